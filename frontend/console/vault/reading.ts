/** What comes out of a sealed message is a stranger's JSON: it is read strictly, and everything in it is only text. */

import type { Content, FileNote } from "./contract";

/** It is not what it should be. */
export class NotReadable extends Error {
  constructor() {
    super("content");
    this.name = "NotReadable";
  }
}

type Json = Record<string, unknown>;
const KINDS = ["photo", "voice", "file"] as const;
const SAFE = ["", "yes", "no", "unsure"] as const;
const MOST_CODES = 60;
const MOST_FILES = 6;

function record(value: unknown): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new NotReadable();
  return value as Json;
}

function words(value: unknown, most = 70_000): string {
  if (typeof value !== "string" || value.length > most) throw new NotReadable();
  return value;
}

function list(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new NotReadable();
  return value;
}

function codes(value: unknown): string[] {
  return list(value, MOST_CODES).map((code) => words(code, 60));
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new NotReadable();
  return found;
}

function note(value: unknown): FileNote {
  const { kind, type, name, length } = record(value);
  if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 0) throw new NotReadable();
  return { kind: oneOf(kind, KINDS), type: words(type, 100), name: words(name, 500), length };
}

function parsed(bytes: Uint8Array): Json {
  try {
    const found = record(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
    if (found.v !== 1) throw new NotReadable();
    return found;
  } catch {
    throw new NotReadable();
  }
}

const notes = (value: unknown) => list(value, MOST_FILES).map(note);

/** The first message of a thread; throws NotReadable. */
export function readContent(bytes: Uint8Array): Content {
  const found = parsed(bytes);
  return {
    language: words(found.language, 12),
    reasons: codes(found.reasons),
    about: codes(found.about),
    age: words(found.age, 20),
    who: words(found.who, 20),
    safe: oneOf(found.safe, SAFE),
    text: words(found.text),
    school: words(found.school, 40),
    files: notes(found.files),
  };
}

/** A later message; throws NotReadable. */
export function readMessage(bytes: Uint8Array): { text: string; files: FileNote[] } {
  const found = parsed(bytes);
  words(found.language, 12);
  return { text: words(found.text), files: notes(found.files) };
}
