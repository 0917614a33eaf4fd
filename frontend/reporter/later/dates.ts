/** Dates as the pack writes them: a cheap phone's browser does not know every language's months. */

import { text } from "./texts";

const two = (n: number) => String(n).padStart(2, "0");

function parts(seconds: number): Record<string, string | number> {
  const moment = new Date(seconds * 1000);
  return {
    day: moment.getDate(),
    month: text("date.months").split(" ")[moment.getMonth()] ?? "",
    year: moment.getFullYear(),
    time: `${two(moment.getHours())}:${two(moment.getMinutes())}`,
  };
}

/** A day with its year. `seconds` is Unix time. */
export function dayText(seconds: number): string {
  return text("date.day", parts(seconds));
}

/** A day and a time on the phone's clock, without the year. */
export function momentText(seconds: number): string {
  return text("date.moment", parts(seconds));
}
