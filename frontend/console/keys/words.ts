/** Words for secrets that people write down, and for fingerprints that they compare. */

import { random } from "../../sealed/bytes";
import { keyOf, type Wordlist, wordsFor } from "../../sealed/words";
import * as api from "./api";

const WORDS = 6;
const LIST = 2048;
const lists = new Map<string, Promise<Wordlist>>();

/** A language's list; one that is shorter than it should be, or says the same twice, is refused. */
export function wordlist(language: string): Promise<Wordlist> {
  const found = lists.get(language) ?? api.words(language).then(checked);
  lists.set(language, found);
  found.catch(() => lists.delete(language));
  return found;
}

/** The list, if 2,048 different words are in it: else a server could make passphrases that are easy to guess. */
export function checked(list: readonly string[]): Wordlist {
  if (new Set(list.map(keyOf)).size !== LIST) throw new RangeError("not 2,048 different words");
  return list;
}

/** Six words, each chosen evenly: 66 bits. */
export function newPassphrase(list: Wordlist): string[] {
  return wordsFor(random(9), WORDS, list);
}

/** A fingerprint of 66 bits as six words. */
export function markWords(mark: Uint8Array, list: Wordlist): string {
  return wordsFor(mark, WORDS, list).join(" ");
}
