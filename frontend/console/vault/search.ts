/** Searching what this browser has opened. The index is folded words in the worker's memory; nothing of it is readable outside. */

import type { Letter } from "../../sealed";
import { fold } from "../../sealed/words";

/** What an appeal is found by: words with one space before each, in the order of writing. */
type Folded = string;

/** From this length on a word is found without its ending too: “in the school” finds “school” where endings say that. */
const STEM = 6;
const SHORTEST = 4;
const KEPT = 0.6;
const RANKS = 3;

/** The words of a text as they are compared. */
export function words(text: string): string[] {
  return fold(text.replace(/\p{Cf}/gu, "")).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The beginning of a word that its endings leave alone. */
export function stem(word: string): string {
  if (/\p{N}/u.test(word) || word.length < STEM) return word;
  return word.slice(0, Math.max(SHORTEST, Math.ceil(word.length * KEPT)));
}

/** How well a text has all the words asked for: 2 as they are written, 1 by their stems, 0 not. */
function rank(text: Folded, asked: readonly string[], stems: readonly string[]): number {
  if (asked.every((word) => text.includes(` ${word}`))) return 2;
  return stems.every((word) => text.includes(` ${word}`)) ? 1 : 0;
}

/** Grows as appeals are opened; ends with the worker. */
export class SearchIndex {
  private readonly texts = new Map<string, Folded>();

  /** Put in what a first letter says, unless the whole conversation is in already. */
  add(id: string, letter: Letter): void {
    if (!this.texts.has(id)) this.put(id, [letter.text, letter.school ?? ""]);
  }

  /** Put in everything that was written in a conversation. */
  put(id: string, texts: readonly string[]): void {
    const found = texts.flatMap(words).map((word) => ` ${word}`);
    this.texts.set(id, found.join(""));
  }

  /** The appeals with all of these words or words that begin with them, the exact ones first. */
  find(query: string): string[] {
    const asked = words(query);
    if (asked.length === 0) return [];
    const stems = asked.map(stem);
    const ranked: string[][] = Array.from({ length: RANKS }, () => []);
    for (const [id, text] of this.texts) ranked[rank(text, asked, stems)]?.push(id);
    return [...(ranked[2] ?? []), ...(ranked[1] ?? [])];
  }
}
