/** Times and sizes as people of a language write them (CLDR, through the browser). */

import { bootstrap, text } from "./texts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, short: minutes, hours, then days up to a week, then the date. */
export function age(at: number, now: number): string {
  const seconds = Math.max(0, now - at);
  if (seconds < HOUR) return text("console.minutes", { n: Math.floor(seconds / MINUTE) });
  if (seconds < DAY) return text("console.hours", { n: Math.floor(seconds / HOUR) });
  if (seconds < 7 * DAY) return text("console.days", { n: Math.floor(seconds / DAY) });
  return date(at);
}

/** A date. */
export function date(at: number): string {
  return new Intl.DateTimeFormat(bootstrap().language, { dateStyle: "medium" }).format(at * 1000);
}

/** A date with its time. */
export function moment(at: number): string {
  const options = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(bootstrap().language, options).format(at * 1000);
}

/** Bytes as a person reads them. */
export function size(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  const options = { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(bootstrap().language, options).format(value);
}

/** For `<time datetime>`. */
export function iso(at: number): string {
  return new Date(at * 1000).toISOString();
}
