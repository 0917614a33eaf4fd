/** What somebody wrote, as it is before sealing and after opening. */

import { type Bytes, text } from "./bytes";
import { canonical, type Json } from "./canonical";
import { SealedError } from "./errors";

export type FileKind = "photo" | "voice" | "file";
export type Safe = "yes" | "no" | "unsure" | "";

/** A file as its letter describes it; `length` is the true one, before padding. */
export interface FileNote {
  readonly kind: FileKind;
  readonly type: string;
  readonly name: string;
  readonly length: number;
}

/** A file on its way: encoded already, metadata gone. */
export interface Enclosure {
  readonly kind: FileKind;
  readonly type: string;
  readonly name?: string;
  readonly data: Uint8Array;
}

/** A later message of a child, or a desk's. */
export interface Message {
  readonly language: string;
  readonly text: string;
}

/** A first letter. Coded words come from the country pack; `school` is "REGION.CODE" or empty. */
export interface Appeal extends Message {
  readonly reasons: readonly string[];
  readonly about: readonly string[];
  readonly age: "" | "under10" | "10_13" | "14_17" | "adult";
  readonly who: "" | "self" | "other";
  readonly safe: Safe;
  readonly school: string;
}

/** An opened letter; what a message lacks is empty. */
export interface Letter extends Message {
  readonly reasons: readonly string[];
  readonly about: readonly string[];
  readonly age: string;
  readonly who: string;
  readonly safe: string;
  readonly school: string;
  readonly files: readonly FileNote[];
}

const KINDS: readonly string[] = ["photo", "voice", "file"];

/** A letter as bytes, before padding. */
export function writeLetter(letter: Message | Appeal, files: readonly Enclosure[]): Bytes {
  const described = files.map(({ kind, type, name = "", data }) => ({
    kind,
    type,
    name,
    length: data.length,
  }));
  return canonical({ ...letter, v: 1, files: described } as unknown as Json);
}

/** A letter from bytes; SealedError "changed" for what no page of ours writes. */
export function readLetter(bytes: Uint8Array): Letter {
  const value = parsed(bytes);
  if (value.v !== 1 || typeof value.text !== "string" || typeof value.language !== "string") throw refusal();
  return {
    language: value.language,
    text: value.text,
    reasons: words(value.reasons),
    about: words(value.about),
    age: word(value.age),
    who: word(value.who),
    safe: word(value.safe),
    school: word(value.school),
    files: list(value.files).map(note),
  };
}

function parsed(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text(bytes));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: whatever is wrong with it, it is no letter.
  }
  throw refusal();
}

function note(value: unknown): FileNote {
  const { kind, type, name, length } = Object(value) as Record<string, unknown>;
  if (!KINDS.includes(kind as string) || typeof type !== "string" || typeof name !== "string")
    throw refusal();
  if (!Number.isSafeInteger(length) || (length as number) < 0) throw refusal();
  return { kind: kind as FileKind, type, name, length: length as number };
}

function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw refusal();
  return value;
}

function words(value: unknown): string[] {
  return list(value).map(word);
}

function word(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value !== "string") throw refusal();
  return value;
}

function refusal(): SealedError {
  return new SealedError("changed", "not a letter");
}
