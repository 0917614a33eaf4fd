import { expect, test } from "vitest";
import { dayText, momentText } from "./dates";
import { safeName } from "./files";
import { grouped } from "./receipt";
import { sentencesOf, text, useTexts } from "./texts";

test("a text has its values filled in and says nothing of those it lacks", () => {
  useTexts({ a: "{n} of {m}", b: "plain" });
  expect(text("a", { n: 1, m: 2 })).toBe("1 of 2");
  expect(text("a")).toBe(" of ");
  expect(text("missing")).toBe("");
});

test("sentences are parted after their full stops and nothing is lost", () => {
  for (const whole of [
    "One. Two!  Three?",
    "Тыңдап тұрмыз: 3 секунд. Тағы 2 бар.",
    "No end",
    "«So?» he said…",
    "",
  ])
    expect(sentencesOf(whole).join("")).toBe(whole);
  expect(sentencesOf("One. Two!")).toHaveLength(2);
});

test("an abbreviation before a no-break space ends no sentence", () => {
  expect(sentencesOf("2026\u00a0ж.\u00a03\u00a0қараша күні жойылады. Сосын жоқ.")).toEqual([
    "2026\u00a0ж.\u00a03\u00a0қараша күні жойылады. ",
    "Сосын жоқ.",
  ]);
});

test("dates are written with the pack's own months", () => {
  useTexts({
    "date.months": "a b c d e f g h i j қараша l",
    "date.moment": "{day} {month}, {time}",
    "date.day": "{year} ж. {day} {month}",
  });
  const seconds = new Date(2026, 10, 3, 7, 5).getTime() / 1000;
  expect(momentText(seconds)).toBe("3 қараша, 07:05");
  expect(dayText(seconds)).toBe("2026 ж. 3 қараша");
});

test("twenty digits are shown in fours", () => {
  expect(grouped("12345678901234567890")).toBe("1234 5678 9012 3456 7890");
});

test("a hostile file name becomes only a name", () => {
  for (const name of [
    "../../etc/passwd",
    "a\u202egpj.exe",
    "con:aux",
    "\0\n",
    ".hidden",
    "",
    "x".repeat(500),
  ]) {
    const safe = safeName(name);
    expect(safe).not.toMatch(/[\p{C}/\\:]|^\./u);
    expect(safe.length).toBeGreaterThan(0);
    expect(safe.length).toBeLessThanOrEqual(80);
  }
});
