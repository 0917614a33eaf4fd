import { expect, test } from "vitest";
import type { Letter } from "../../sealed";
import { SearchIndex, stem, words } from "./search";

function indexOf(texts: Record<string, string>): SearchIndex {
  const index = new SearchIndex();
  for (const [id, text] of Object.entries(texts)) index.add(id, { text, school: "" } as Letter);
  return index;
}

test.each([
  ["Мұғалім ұрды", "мугалим урды"],
  ["МҰҒАЛІМ", "мугалім"],
  ["Ёлка стоит", "елка"],
  ["Үйге қайтпаймын", "уиге каитпаимын"],
  ["school is scary", "Scary SCHOOL"],
])("%j is found by %j", (written, asked) => {
  expect(indexOf({ a: written }).find(asked)).toEqual(["a"]);
});

test.each([
  ["мектептегі балалар", "мектеп"],
  ["мектеп", "мектептегі"],
  ["учительница кричит", "учительнице"],
  ["в школе", "школ"],
])("endings do not hide: %j by %j", (written, asked) => {
  expect(indexOf({ a: written }).find(asked)).toEqual(["a"]);
});

test("all words must be there, in any order, and a middle of a word is no beginning", () => {
  const index = indexOf({ a: "әке үйде ұрысады", b: "әке жұмыста" });
  expect(index.find("үйде әке")).toEqual(["a"]);
  expect(index.find("мыста")).toEqual([]);
});

test("a word as it is written comes before one that shares its stem", () => {
  expect(indexOf({ a: "мектептегі", b: "мектептен" }).find("мектептен")).toEqual(["b", "a"]);
});

test.each(["", "   ", "!?", "\u200b"])("nothing is asked by %j, so nothing is found", (asked) => {
  expect(indexOf({ a: "сөз" }).find(asked)).toEqual([]);
});

test("what is written later in a conversation is found too, and hidden signs do not hide", () => {
  const index = indexOf({ a: "бірінші" });
  index.put("a", ["бірінші", "қар\u200dлығаш"]);
  expect(index.find("қарлығаш")).toEqual(["a"]);
});

test("numbers are found whole from their beginning, never by a part of them", () => {
  expect(indexOf({ a: "2026007 нөмір" }).find("2026099")).toEqual([]);
  expect(stem("2026099")).toBe("2026099");
});

test("ten thousand appeals of a hundred words are looked through", () => {
  const index = new SearchIndex();
  const filling = "бала мектепте отыр ".repeat(33);
  for (let n = 0; n < 10_000; n++) index.put(String(n), [filling + (n === 7 ? "ақшақар" : "")]);
  expect(index.find("акшакар")).toEqual(["7"]);
  expect(words("A-b, c")).toEqual(["a", "b", "c"]);
});
