import { expect, test } from "vitest";
import { Chord } from "./chord";

test("g and then i lead to the inbox, once", () => {
  const chord = new Chord(() => 0);
  expect(chord.press("i")).toEqual({ used: false, folder: undefined });
  expect(chord.press("g")).toEqual({ used: true, folder: undefined });
  expect(chord.press("i")).toEqual({ used: true, folder: "all" });
  expect(chord.press("i").used).toBe(false);
});

test("a g that was long ago is forgotten, and a wrong second key does nothing else", () => {
  let now = 0;
  const chord = new Chord(() => now);
  chord.press("g");
  expect(chord.press("p")).toEqual({ used: true, folder: undefined });
  chord.press("g");
  now = 2000;
  expect(chord.press("i").used).toBe(false);
});

test("what every object has is no place to go", () => {
  const chord = new Chord(() => 0);
  chord.press("g");
  expect(chord.press("constructor").folder).toBeUndefined();
});
