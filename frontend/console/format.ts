/** Times and sizes as people of a language write them (CLDR, by the server: browsers do not know every language). */

import { bootstrap, text } from "./texts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How a language writes a date: a CLDR pattern of y, MMM or MMMM, d or dd, and quoted words. */
export interface Formats {
  months: string[];
  date: string;
  decimal: string;
}

/** How long ago, short: minutes, hours, then days up to a week, then the date. */
export function age(at: number, now: number): string {
  const seconds = Math.max(0, now - at);
  if (seconds < MINUTE) return text("console.now");
  if (seconds < HOUR) return text("console.minutes", { n: Math.floor(seconds / MINUTE) });
  if (seconds < DAY) return text("console.hours", { n: Math.floor(seconds / HOUR) });
  if (seconds < 7 * DAY) return text("console.days", { n: Math.floor(seconds / DAY) });
  return date(at);
}

/** A date, on this computer's calendar. */
export function date(at: number): string {
  return written(new Date(at * 1000), bootstrap().formats);
}

/** A date with its time, on this computer's clock. */
export function moment(at: number): string {
  const day = new Date(at * 1000);
  const time = [day.getHours(), day.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  return `${date(at)}, ${time}`;
}

const PART = /'([^']*)'|y+|M+|d+/g;

/** A day by a CLDR pattern. */
export function written(day: Date, { months, date: pattern }: Formats): string {
  return pattern.replace(PART, (part, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    if (part.startsWith("y")) return String(day.getFullYear());
    if (part.startsWith("M")) return months[day.getMonth()] ?? "";
    return String(day.getDate());
  });
}

/** Bytes as a person reads them. */
export function size(bytes: number): string {
  if (bytes < 1000) return text("console.size.bytes", { n: bytes });
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobytes"] : [bytes / 1_000_000, "megabytes"];
  return text(`console.size.${unit}`, { n: decimal(value) });
}

/** A number with one digit after the sign while it is small. */
function decimal(value: number): string {
  const digits = value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
  return digits.replace(".", bootstrap().formats.decimal);
}

/** For `<time datetime>`. */
export function iso(at: number): string {
  return new Date(at * 1000).toISOString();
}
