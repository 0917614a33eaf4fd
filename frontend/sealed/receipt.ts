/** The receipt: 66 random bits that only the child has, as six words or twenty digits. */

import { type Bytes, random } from "./bytes";
import { SealedError } from "./errors";
import { bytesOfNumber, bytesOfPlaces, numberOf, placesIn, type Wordlist, wordsFor, wordsIn } from "./words";

const LENGTH = 9;
const BITS = 66n;
const WORDS = 6;
const DIGITS = 20;

/** Nine bytes, big-endian, below 2^66. Secret. */
export type Receipt = Bytes & { readonly receipt?: never };

/** 66 random bits. */
export function newReceipt(): Receipt {
  const receipt = random(LENGTH);
  receipt[0] = (receipt[0] as number) & 3;
  return receipt;
}

/** The six words of a receipt in a list. */
export function receiptWords(receipt: Receipt, list: Wordlist): string[] {
  return wordsFor(receipt, WORDS, list);
}

/** The twenty digits of a receipt. */
export function receiptDigits(receipt: Receipt): string {
  return numberOf(receipt).toString().padStart(DIGITS, "0");
}

/** The receipt in twenty digits, whatever stands between them; SealedError "bad_receipt". */
export function receiptFromDigits(typed: string): Receipt {
  const digits = typed.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");
  const number = /^\d{20}$/.test(digits) ? BigInt(digits) : 1n << BITS;
  if (number >> BITS) throw new SealedError("bad_receipt", "twenty digits are needed");
  return bytesOfNumber(number, LENGTH);
}

/**
 * The receipt in six words, by the first list that knows them all; SealedError "bad_receipt" says which words the
 * best list does not know (or has no places when there are not six words).
 */
export function receiptFromWords(typed: string, lists: readonly Wordlist[]): Receipt {
  return receiptsFromWords(typed, lists)[0] as Receipt;
}

/** Every receipt that six words can mean, in the order of the lists: words of two languages may fold alike. */
export function receiptsFromWords(typed: string, lists: readonly Wordlist[]): Receipt[] {
  const words = wordsIn(typed);
  if (words.length !== WORDS) throw new SealedError("bad_receipt", "six words are needed");
  const readings = lists.map((list) => placesIn(words, list));
  const whole = readings.filter((places) => unknown(places).length === 0);
  if (whole.length === 0)
    throw new SealedError("bad_receipt", "unknown words", fewest(readings.map(unknown)));
  return whole.map((places) => bytesOfPlaces(places, LENGTH));
}

function unknown(places: readonly number[]): number[] {
  return places.flatMap((place, turn) => (place < 0 ? [turn] : []));
}

function fewest(all: readonly number[][]): number[] {
  return all.reduce((least, next) => (next.length < least.length ? next : least), all[0] ?? []);
}
