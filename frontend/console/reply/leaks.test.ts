/// <reference types="vite/types/importMeta.d.ts" />
/** Rules against sentences that were written before them and apart from them (tests/fixtures/leaks): each language its floors. */
import { describe, expect, test } from "vitest";
import { type LeakKind, leaks } from "./leaks";
import type { LeakRules } from "./tables";

const FOLDER = "../../../tests/fixtures/leaks";
const TEXTS = import.meta.glob<string>("../../../tests/fixtures/leaks/*.txt", {
  query: "?raw",
  import: "default",
  eager: true,
});
const TABLES = import.meta.glob<unknown>("../../../tests/fixtures/leaks/*.json", {
  import: "default",
  eager: true,
});
const LANGUAGES = ["kk", "ru", "en"] as const;
const NOTHING = { child: "", school: "" };
const LEAST = 0.9;
const MOST_ALARMS = 0.05;
const KINDS = ["name", "phone", "address", "school", "date"] as const;

const read = (name: string) => (TEXTS[`${FOLDER}/${name}`] ?? "").trimEnd().split("\n");
const rules = LANGUAGES.map((language) => TABLES[`${FOLDER}/${language}.json`] as LeakRules);
const of = (text: string, known = NOTHING) => leaks(text, rules, known);

describe.each(LANGUAGES)("%s", (language) => {
  const held = read(`${language}.heldout.leak.txt`).map((line) => line.split("\t") as [LeakKind, string]);
  const calm = read(`${language}.heldout.calm.txt`);

  test("there are a hundred held-out sentences or more, and none twice", () => {
    expect(held.length + calm.length).toBeGreaterThanOrEqual(100);
    expect(new Set([...held.map(([, text]) => text), ...calm]).size).toBe(held.length + calm.length);
  });

  test("what could betray a child is found, and calm words are left in peace", () => {
    const missed = held.filter(([, text]) => of(text).length === 0);
    const alarms = calm.filter((text) => of(text).length > 0);
    const recall = 1 - missed.length / held.length;
    const parts = KINDS.map((kind) => {
      const all = held.filter(([one]) => one === kind);
      const found = all.filter(([, text]) => of(text).some((leak) => leak.kind === kind));
      return `${kind} ${found.length}/${all.length}`;
    });
    console.info(
      `${language}: recall ${recall.toFixed(3)} (${missed.length} of ${held.length} missed), false alarms ${(alarms.length / calm.length).toFixed(3)} (${alarms.length} of ${calm.length}); of the right kind: ${parts.join(", ")}`,
    );
    expect(recall).toBeGreaterThanOrEqual(LEAST);
    expect(alarms.length / calm.length).toBeLessThanOrEqual(MOST_ALARMS);
  });
});

test("a name from the child's own letter is known again with another ending, and in small letters", () => {
  const known = { child: "Мені Қуандық тиісе береді", school: "" };
  expect(of("біз қуандықпен сөйлестік", known)).toContainEqual({ kind: "told", found: "қуандықпен" });
  expect(of("біз қуандықпен сөйлестік")).toEqual([]);
});

test("what the child's school is called is found as it is", () => {
  const known = { child: "", school: "Жеті жарғы" };
  expect(of("жеті жарғы мектебі", known)).toContainEqual({ kind: "school", found: "жеті жарғы" });
});

test("what overlaps is one thing", () => {
  expect(of("№12 мектеп")).toEqual([{ kind: "school", found: "№12 мектеп" }]);
});

test("each thing is said once", () => {
  const found = of("Tomorrow, tomorrow, tomorrow");
  expect(found).toEqual([{ kind: "date", found: "tomorrow" }]);
});

test("a long answer is looked through at once", () => {
  const text = "Біз саған көмектескіміз келеді, 12 мектеп. ".repeat(700);
  expect(of(text)).toHaveLength(1);
});
