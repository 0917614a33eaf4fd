/** Sheets bring an escrow identity back, enough of them and no fewer; what is wrong with them is said. */

import { describe, expect, test } from "vitest";
import vectors from "../../../tests/vectors/desk-keys.json";
import wordings from "../../../tests/vectors/words.json";
import { openBlob, recipientOf, sealBlob } from "../../sealed/age";
import { b64, random, unb64, utf8 } from "../../sealed/bytes";
import { deskMark, epochSignature, identityMark, keyGrantSignature, vouches } from "../../sealed/epoch";
import { sha256 } from "../../sealed/hash";
import { partsOf, readSheet, SHEET_WORDS, sheetOf, sheetWords } from "../keys/sheet";
import { identityOn, newEscrow } from "./escrow";

/** 2,048 words of four letters, each of the first with each of the second and so on. */
function synthetic(letters: readonly string[]): string[] {
  return letters.reduce<string[]>(
    (words, next) => words.flatMap((word) => [...next].map((one) => word + one)),
    [""],
  );
}

const LISTS = [wordings.lists.cyrillic, wordings.lists.latin].map(synthetic);
const ROUNDS = 12;

/** Every choice of `count` of these. */
function choices<T>(from: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return from.flatMap((one, turn) => choices(from.slice(turn + 1), count - 1).map((rest) => [one, ...rest]));
}

describe.each([
  [2, 2],
  [2, 3],
  [3, 5],
  [4, 6],
])("%i of %i sheets", (threshold, count) => {
  test("bring the identity back, whichever they are and in whatever order", async () => {
    const { recipient, sheets } = await newEscrow(threshold, count);
    const sealed = await sealBlob(utf8("key"), [recipient]);
    expect(new Set(sheets.map(b64)).size).toBe(count);
    for (const some of choices(sheets, threshold)) {
      const identity = await identityOn(some.reverse(), recipient);
      expect(await openBlob(sealed, identity)).toEqual(utf8("key"));
    }
    expect(await recipientOf(await identityOn(sheets, recipient))).toEqual(recipient);
  });

  test("are needed: one fewer brings back nothing", async () => {
    const { recipient, sheets } = await newEscrow(threshold, count);
    const few = sheets.slice(0, threshold - 1);
    await expect(identityOn(few.length > 1 ? few : [...few, ...few], recipient)).rejects.toMatchObject({
      code: few.length > 1 ? "other_sheets" : "same_sheet",
    });
  });
});

test("a sheet of another set is refused, also when its name of the set was forged", async () => {
  const [one, other] = [await newEscrow(2, 3), await newEscrow(2, 3)];
  const [first, second] = [one.sheets[0] as Uint8Array, other.sheets[1] as Uint8Array];
  await expect(identityOn([first, second], one.recipient)).rejects.toMatchObject({ code: "other_sheets" });
  const forged = await sheetOf(partsOf(first).set, partsOf(second).share);
  await expect(identityOn([first, forged], one.recipient)).rejects.toMatchObject({ code: "other_sheets" });
});

test("a sheet that is there twice counts once", async () => {
  const { recipient, sheets } = await newEscrow(2, 3);
  const twice = [sheets[0] as Uint8Array, sheets[0] as Uint8Array];
  await expect(identityOn(twice, recipient)).rejects.toMatchObject({ code: "same_sheet" });
});

test.each(vectors.escrows)("sheets that were printed before still work ($threshold needed)", async (kept) => {
  const sheets = kept.sheets.map((sheet) => unb64(sheet)).slice(-kept.threshold);
  expect(await recipientOf(await identityOn(sheets, unb64(kept.recipient)))).toEqual(unb64(kept.recipient));
});

describe("a sheet's words", () => {
  test("are read as they were printed, in each language, in any case, or by their first four letters", async () => {
    for (let round = 0; round < ROUNDS; round++)
      for (const list of LISTS) {
        const sheet = await sheetOf(random(2), random(17));
        const words = sheetWords(sheet, list);
        expect(words).toHaveLength(SHEET_WORDS);
        for (const typed of [words, words.map((word) => [...word].slice(0, 4).join(""))])
          expect(await readSheet(`  ${typed.join("\n").toUpperCase()}. `, LISTS)).toEqual(sheet);
      }
  });

  test("that were typed wrongly are noticed", async () => {
    const list = LISTS[0] as string[];
    const words = sheetWords(await sheetOf(random(2), random(17)), list);
    const wrong = async (typed: string[]) => readSheet(typed.join(" "), LISTS);
    await expect(wrong(words.slice(1))).rejects.toMatchObject({ code: "words" });
    await expect(wrong([...words, "алма"])).rejects.toMatchObject({ code: "words" });
    await expect(wrong(["йцукен", ...words.slice(1)])).rejects.toMatchObject({
      code: "unknown",
      words: ["йцукен"],
    });
    for (const [place, word] of words.entries()) {
      const other = list.find((one) => one !== word) as string;
      const typed = words.map((one, turn) => (turn === place ? other : one));
      await expect(wrong(typed)).rejects.toMatchObject({ code: "check" });
    }
  });
});

describe("what vouches for keys is the same as in Python", () => {
  const { epoch } = vectors;
  const [signing, recipient, verify] = [epoch.signing, epoch.recipient, epoch.verify].map((one) =>
    unb64(one),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const named = { name: epoch.name, recipient, verify };

  test("signatures", async () => {
    expect(b64(await epochSignature(signing, named))).toBe(epoch.signature);
    const hash = await sha256(unb64(epoch.blob));
    expect(b64(await keyGrantSignature(signing, epoch.name, recipient, hash))).toBe(epoch.grant_signature);
  });

  test("a signature is for one epoch of one desk", async () => {
    expect(await vouches(verify, unb64(epoch.signature), named)).toBe(true);
    expect(await vouches(verify, unb64(epoch.signature), { ...named, name: "KZ-11/1" })).toBe(false);
    expect(await vouches(verify, unb64(epoch.signature), { ...named, recipient: random(1216) })).toBe(false);
  });

  test("words that people compare", async () => {
    expect(b64(await deskMark(recipient, verify))).toBe(epoch.desk_mark);
    expect(b64(await identityMark(recipient))).toBe(epoch.identity_mark);
    expect(await identityMark(await recipientOf(random(32)))).not.toEqual(unb64(epoch.identity_mark));
  });
});
