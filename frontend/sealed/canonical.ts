/** One way to write a JSON value, so that its bytes can be hashed. Source: RFC 8785, with integers only and NFC strings. */

import { type Bytes, utf8 } from "./bytes";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Canonical JSON as text: keys sorted, no white space. RangeError for other numbers than safe integers, other keys than ASCII. */
export function canonicalText(value: Json): string {
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError("not an integer");
  if (typeof value === "string") return JSON.stringify(wellFormed(value));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalText).join()}]`;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(ascii(key))}:${canonicalText(value[key] as Json)}`);
  return `{${members.join()}}`;
}

/** Only ASCII sorts alike everywhere. */
function ascii(key: string): string {
  if (/[^\0-\x7f]/.test(key)) throw new RangeError("a key that is not ASCII");
  return key;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** NFC, half characters replaced: what UTF-8 can carry and every system reads alike. */
function wellFormed(value: string): string {
  return value.normalize("NFC").replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Canonical JSON in UTF-8. */
export function canonical(value: Json): Bytes {
  return utf8(canonicalText(value));
}
