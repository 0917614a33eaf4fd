import { expect, test } from "vitest";
import { written } from "./format";

const months = ["a", "b", "c", "d", "e", "маусым", "g", "h", "i", "j", "k", "l"];
const day = new Date(2022, 5, 8);
const formats = (date: string) => ({ months, date, decimal: "," });

test("a date keeps the words that its language puts between", () => {
  expect(written(day, formats("y 'ж'. dd MMM"))).toBe("2022 ж. 8 маусым");
});

test("a date follows the order of its language", () => {
  expect(written(day, formats("MMM d, y"))).toBe("маусым 8, 2022");
});

test("letters inside quoted words are not parts of a date", () => {
  expect(written(day, formats("d 'de' MMMM 'dy' y"))).toBe("8 de маусым dy 2022");
});
