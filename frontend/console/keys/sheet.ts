/** A keeper's sheet: one share of the escrow secret as sixteen words. Bytes: set 2 ‖ share 17 ‖ check 3. */

import { concat, equal } from "../../sealed/bytes";
import { sha256, tagged } from "../../sealed/hash";
import { bytesOfPlaces, placesIn, type Wordlist, wordsFor, wordsIn } from "../../sealed/words";

export const SHEET_WORDS = 16;
const LENGTH = 22;
const SET = 2;
const CHECK = 3;

/** A sheet cannot be read; `code` says why. */
export class SheetError extends Error {
  constructor(
    readonly code: "words" | "unknown" | "check",
    readonly words: readonly string[] = [],
  ) {
    super(code);
    this.name = "SheetError";
  }
}

const checkOf = async (body: Uint8Array) => (await tagged("sheet", body)).slice(0, CHECK);

/** What names a set of sheets: two bytes of its identity's hash. */
export async function setOf(recipient: Uint8Array): Promise<Uint8Array> {
  return (await sha256(recipient)).slice(0, SET);
}

/** A share as a sheet's bytes. */
export async function sheetOf(set: Uint8Array, share: Uint8Array): Promise<Uint8Array> {
  const body = concat(set, share);
  return concat(body, await checkOf(body));
}

/** A sheet's words. */
export function sheetWords(sheet: Uint8Array, list: Wordlist): string[] {
  return wordsFor(sheet, SHEET_WORDS, list);
}

/** The sheet in what somebody typed; the first four letters of each word are enough. Throws SheetError. */
export async function readSheet(typed: string, lists: readonly Wordlist[]): Promise<Uint8Array> {
  const words = wordsIn(typed);
  if (words.length !== SHEET_WORDS) throw new SheetError("words");
  const readings = lists.map((list) => placesIn(words, list));
  const whole = readings.filter((places) => !places.includes(-1));
  if (whole.length === 0) throw new SheetError("unknown", strangers(words, readings));
  for (const places of whole) {
    const sheet = bytesOfPlaces(places, LENGTH);
    if (await isWhole(sheet)) return sheet;
  }
  throw new SheetError("check");
}

/** The words that the list which knows most of them does not know. */
function strangers(words: readonly string[], readings: readonly number[][]): string[] {
  const missing = readings.map((places) => words.filter((_, turn) => places[turn] === -1));
  return missing.sort((one, other) => one.length - other.length)[0] ?? [];
}

async function isWhole(sheet: Uint8Array): Promise<boolean> {
  const body = sheet.slice(0, LENGTH - CHECK);
  return equal(await checkOf(body), sheet.slice(LENGTH - CHECK));
}

/** The set that a sheet is of, and its share. */
export function partsOf(sheet: Uint8Array): { set: Uint8Array; share: Uint8Array } {
  return { set: sheet.slice(0, SET), share: sheet.slice(SET, LENGTH - CHECK) };
}
