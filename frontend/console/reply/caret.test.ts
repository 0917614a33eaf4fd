/** Templates go in beside what is typed. */
import { expect, test } from "vitest";
import { between } from "./caret";

test.each([
  ["", "", "T"],
  ["сөз", "", "\n\nT"],
  ["сөз\n", "", "\nT"],
  ["сөз\n\n", "", "T"],
  ["", "сөз", "T\n\n"],
  ["бір", "екі", "\n\nT\n\n"],
])("between %j and %j", (before, behind, put) => {
  expect(between(before, "T", behind)).toBe(put);
});
