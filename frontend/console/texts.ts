/** The page's words: everything the pack says about the console in the page's language. */

import { byId } from "./dom";
import type { Formats } from "./format";
import type { Replying } from "./reply/tables";

export interface Bootstrap {
  language: string;
  texts: Record<string, string>;
  reasons: Record<string, string>;
  /** The codes for why an appeal is set aside. */
  aside: string[];
  /** Why the law has an appeal erased, with the legal basis of each reason. */
  erasures: Record<string, string>;
  about: Record<string, string>;
  conflicts: Record<string, string[]>;
  languages: Record<string, string>;
  regions: Record<string, string>;
  limits: { files: number; file_bytes: number };
  formats: Formats;
  reply: Replying;
}

let loaded: Bootstrap | undefined;

/** What the server put into the page for the islands; read once. */
export function bootstrap(): Bootstrap {
  loaded ??= JSON.parse(byId("bootstrap").textContent ?? "{}") as Bootstrap;
  return loaded;
}

/** A text with its `{placeholders}` filled; an unknown key shows itself, so that it is seen and mended. */
export function text(key: string, values: Record<string, string | number> = {}): string {
  const found = bootstrap().texts[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => unturned(String(values[name] ?? whole)));
}

const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Somebody's word without the characters that turn the direction of writing: the words around it stay where they are. */
export function unturned(word: string): string {
  return word.replace(TURNING, "");
}

/** Whether there is such a text. */
export function hasText(key: string): boolean {
  return Object.hasOwn(bootstrap().texts, key);
}

/** A code in words; one that is not known shows itself. */
export function coded(kind: "age" | "who", code: string): string {
  const key = `console.${kind}.${code}`;
  return hasText(key) ? text(key) : unturned(code);
}

/** What a code of the pack is called, or the code itself when the pack does not know it. */
export function label(table: Record<string, string>, code: string): string {
  return unturned(Object.hasOwn(table, code) ? (table[code] ?? code) : code);
}
