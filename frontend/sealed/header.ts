/** The header of an age file, read and written strictly. Source: C2SP age v1. */

import { type Bytes, base64, unbase64 } from "./bytes";
import { SealedError } from "./errors";

/** One recipient's part of a header: its arguments (the first is its kind) and its body. */
export interface Stanza {
  readonly args: readonly string[];
  readonly body: Bytes;
}

/** `signed` is what the MAC covers, `rest` the payload behind the header. */
export interface Header {
  readonly stanzas: readonly Stanza[];
  readonly signed: Uint8Array;
  readonly mac: Bytes;
  readonly rest: Uint8Array;
}

const VERSION = "age-encryption.org/v1";
const COLUMNS = 64;
/** Room for forty hybrid recipients; a longer header is refused. */
const LONGEST = 65536;
const NEWLINE = 10;

/** A header up to its MAC, "---" included. */
export function writeHeader(stanzas: readonly Stanza[]): string {
  return `${[VERSION, ...stanzas.map(written)].join("\n")}\n---`;
}

/** A body ends with a line shorter than 64 characters, if need be an empty one. */
function written({ args, body }: Stanza): string {
  const characters = base64(body);
  const lines = Array.from({ length: Math.floor(characters.length / COLUMNS) + 1 }, (_, line) =>
    characters.slice(line * COLUMNS, (line + 1) * COLUMNS),
  );
  return [`-> ${args.join(" ")}`, ...lines].join("\n");
}

/** Read a header; SealedError "not_age" for all but the one way to write it. */
export function readHeader(file: Uint8Array): Header {
  const lines = new Lines(file);
  if (lines.next() !== VERSION) throw refusal("another version");
  const stanzas: Stanza[] = [];
  let line = lines.next();
  for (; line.startsWith("-> "); line = lines.next())
    stanzas.push({ args: argsOf(line), body: bodyOf(lines) });
  if (!line.startsWith("--- ") || stanzas.length === 0) throw refusal("no MAC");
  const mac = exact64(line.slice(4));
  if (mac.length !== 32) throw refusal("a MAC of another length");
  const signed = file.subarray(0, lines.at - line.length + 2);
  return { stanzas, mac, signed, rest: file.subarray(lines.at) };
}

/** The lines of a file from its beginning. */
class Lines {
  at = 0;

  constructor(private readonly file: Uint8Array) {}

  next(): string {
    const end = this.file.indexOf(NEWLINE, this.at);
    if (end < 0 || end >= LONGEST) throw refusal("no end of line");
    const line = String.fromCharCode(...this.file.subarray(this.at, end));
    this.at = end + 1;
    return line;
  }
}

function argsOf(line: string): string[] {
  const args = line.slice(3).split(" ");
  if (!args.every((arg) => /^[!-~]+$/.test(arg))) throw refusal("an argument");
  return args;
}

function bodyOf(lines: Lines): Bytes {
  let characters = "";
  for (;;) {
    const line = lines.next();
    characters += line;
    if (line.length > COLUMNS) throw refusal("a long line");
    if (line.length < COLUMNS) return exact64(characters);
  }
}

/** The bytes of canonical unpadded base64; SealedError "not_age". */
export function exact64(characters: string): Bytes {
  try {
    return unbase64(characters);
  } catch {
    throw refusal("base64");
  }
}

function refusal(why: string): SealedError {
  return new SealedError("not_age", why);
}
