/// <reference types="vite/types/importMeta.d.ts" />
/** Words of danger on sentences that nobody looked at while the words were written. */
import { describe, expect, it } from "vitest";
import { type DangerData, danger, fold } from "./matcher";

const FOLDER = "../../../tests/fixtures/danger";
const TEXTS = import.meta.glob<string>("../../../tests/fixtures/danger/*.txt", {
  query: "?raw",
  import: "default",
  eager: true,
});
const TABLES = import.meta.glob<unknown>("../../../tests/fixtures/danger/*.json", {
  import: "default",
  eager: true,
});
const RECALL = 0.95;
/** What was measured when the words were written, and a little more: an alarm shows help and blocks nothing. */
const FALSE_ALARMS: Record<string, number> = { kk: 0.035, ru: 0.05, en: 0.035 };
const LONG = 10_000;

function sentences(name: string): string[] {
  const text = TEXTS[`${FOLDER}/${name}.txt`] ?? "";
  return text.split("\n").filter(Boolean);
}

function words(language: string): DangerData {
  return TABLES[`${FOLDER}/${language}.compiled.json`] as DangerData;
}

describe.each(Object.keys(FALSE_ALARMS))("words of danger in %s", (language) => {
  const data = words(language);

  it("finds at least 95 of 100 held-out sentences of danger", () => {
    const known = new Set(sentences(`${language}.dev.danger`).map((sentence) => fold(sentence, data)));
    const held = sentences(`${language}.heldout.danger`).filter(
      (sentence) => !known.has(fold(sentence, data)),
    );
    const missed = held.filter((sentence) => !danger(sentence, data));
    console.info(`${language}: ${held.length - missed.length} of ${held.length} found; missed:`, missed);
    expect(held.length).toBeGreaterThanOrEqual(190);
    expect(1 - missed.length / held.length).toBeGreaterThanOrEqual(RECALL);
  });

  it("raises few alarms over held-out sentences without danger", () => {
    const harmless = sentences(`${language}.heldout.harmless`);
    const alarms = harmless.filter((sentence) => danger(sentence, data));
    console.info(`${language}: ${alarms.length} false alarms in ${harmless.length}:`, alarms);
    expect(harmless).toHaveLength(200);
    expect(alarms.length / harmless.length).toBeLessThanOrEqual(FALSE_ALARMS[language] ?? 0);
  });

  it("finds danger in capitals, with endings drawn out, and in the middle of a long letter", () => {
    const found = sentences(`${language}.heldout.danger`).filter((sentence) => danger(sentence, data));
    const around = sentences(`${language}.heldout.harmless`).filter((sentence) => !danger(sentence, data));
    for (const sentence of found) {
      expect(danger(sentence.toUpperCase(), data), sentence).toBe(true);
      expect(danger(sentence.replace(/(\p{L})(?=\P{L}|$)/gu, "$1$1$1"), data), sentence).toBe(true);
      const letter = `${around.slice(0, 20).join(". ")}. ${sentence}. ${around.slice(20, 40).join(". ")}.`;
      expect(danger(letter, data), sentence).toBe(true);
    }
  });

  it("folds as the program that compiled the words does", () => {
    for (const [text, read] of TABLES[`${FOLDER}/${language}.folded.json`] as [string, string][])
      expect(fold(text, data).trim()).toBe(read.replace(/[^\p{L}]+/gu, " ").trim());
  });

  it.each([
    ["nothing", ""],
    ["one letter", "a".repeat(LONG)],
    ["spaces", " ".repeat(LONG)],
    ["words without end", "ab ".repeat(LONG / 3)],
    ["signs", "\\(*&~|{}[]".repeat(LONG / 10)],
    ["other scripts", "你好 😀 ".repeat(LONG / 6)],
  ])("says no to %s, soon", (_, text) => {
    const begun = performance.now();
    expect(danger(text, data)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it("reads the longest letter soon", () => {
    const quiet = sentences(`${language}.heldout.harmless`).filter((sentence) => !danger(sentence, data));
    const letter = quiet.join(". ").repeat(4).slice(0, LONG);
    const begun = performance.now();
    const found = danger(`${letter} ${letter}`, data);
    expect(found).toBeTypeOf("boolean");
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
