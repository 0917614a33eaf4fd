import { expect, test } from "vitest";
import { readPoster } from "./poster";

const REGIONS = ["KZ-10", "KZ-11", "KZ-79"];
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Numbers that only look random, the same in every run. */
function* dice(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

test("every code is read back however it was typed", () => {
  const throws = dice(7);
  const pick = <T>(from: ArrayLike<T>) =>
    from[Math.floor((throws.next().value as number) * from.length)] as T;
  for (let turn = 0; turn < 500; turn++) {
    const region = pick(REGIONS);
    const code = Array.from({ length: 8 }, () => pick(ALPHABET)).join("");
    const spaced = code.replace(/(.{4})/, "$1 ");
    const typed = pick([`${region}.${code}`, `${region} ${spaced}`, `${region}·${code}`.toLowerCase()]);
    expect(readPoster(typed, REGIONS), typed).toEqual({ region, code });
  }
});

test("letters that look like digits count as those digits", () => {
  expect(readPoster("kz-10.oil1-oil1", REGIONS)).toEqual({ region: "KZ-10", code: "01110111" });
});

test("a region alone is enough", () => {
  expect(readPoster("KZ-79", REGIONS)).toEqual({ region: "KZ-79", code: "" });
});

test("a code alone leaves the region to the child", () => {
  expect(readPoster("abcd 1234", REGIONS)).toEqual({ region: "", code: "ABCD1234" });
});

test("what is neither is not read", () => {
  for (const typed of ["", "KZ-99", "KZ-10.ABC", "KZ-10.ABCD12345", "ABCDEFGU", "<script>", "қазақ"])
    expect(readPoster(typed, REGIONS), typed).toBeUndefined();
});
