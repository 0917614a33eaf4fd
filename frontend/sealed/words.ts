/**
 * Reading words that a person typed: any case, any keyboard. A word is known by its first four folded letters.
 * `sealed/words.py` does the same; `tests/vectors/words.json` keeps them alike.
 */

/** Cyrillic letters that many keyboards lack, and what people type instead. Accents (й, ё, ї) go by themselves. */
const TYPED_AS = new Map([..."қкңнғгүуұуөоәаіиһх".matchAll(/(.)(.)/g)].map((pair) => [pair[1], pair[2]]));
/** Latin letters in the shape of Cyrillic ones, for a word in which both occur. */
const LOOKS_LIKE = new Map(
  [..."aаcсeеiиoоpрxхyуhхkкəа".matchAll(/(.)(.)/g)].map((pair) => [pair[1], pair[2]]),
);
const CYRILLIC = /[\u0400-\u052f]/;
const LETTERS = 4;

/** A list of 2,048 words; the place of a word is eleven bits. */
export type Wordlist = readonly string[];

/** A word as it is compared: compatible forms taken apart, lower case, without accents, letters folded. */
export function fold(word: string): string {
  const bare = word.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  const shapes = CYRILLIC.test(bare) ? LOOKS_LIKE : undefined;
  return [...bare].map((letter) => shapes?.get(letter) ?? TYPED_AS.get(letter) ?? letter).join("");
}

/** What a word is known by. */
export function keyOf(word: string): string {
  return [...fold(word)].slice(0, LETTERS).join("");
}

/** The words in what somebody typed: letters together, whatever stands between. */
export function wordsIn(typed: string): string[] {
  return typed.replace(/\p{Cf}/gu, "").match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** The place of each word in a list, -1 for a word that is not in it. */
export function placesIn(words: readonly string[], list: Wordlist): number[] {
  const places = new Map(list.map((word, place) => [keyOf(word), place]));
  return words.map((word) => places.get(keyOf(word)) ?? -1);
}

/** A big-endian number as places of eleven bits, most significant first. */
export function placesOf(bytes: Uint8Array, count: number): number[] {
  const number = numberOf(bytes);
  return Array.from({ length: count }, (_, turn) =>
    Number((number >> BigInt(11 * (count - 1 - turn))) & 2047n),
  );
}

/** A big-endian number of `length` bytes from places of eleven bits. */
export function bytesOfPlaces(places: readonly number[], length: number): Uint8Array<ArrayBuffer> {
  return bytesOfNumber(
    places.reduce((number, place) => (number << 11n) | BigInt(place), 0n),
    length,
  );
}

/** Words for a big-endian number, for example a receipt (six) or a verification code (seven). */
export function wordsFor(bytes: Uint8Array, count: number, list: Wordlist): string[] {
  return placesOf(bytes, count).map((place) => list[place] as string);
}

/** The number that bytes write, most significant first. */
export function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** `length` bytes that write a number, most significant first. */
export function bytesOfNumber(number: bigint, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => Number((number >> BigInt(8 * (length - 1 - i))) & 255n));
}
