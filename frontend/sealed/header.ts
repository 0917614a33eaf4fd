/** The header of an age file, read and written strictly. Source: C2SP age v1. */

import { base64, type Bytes, text, unbase64, utf8 } from "./bytes";
import { SealedError } from "./errors";

/** One recipient's part of a header: its arguments (the first is its kind) and its body. */
export interface Stanza {
  readonly args: readonly string[];
  readonly body: Bytes;
}

/** `signed` is what the MAC covers, `rest` the payload behind the header. */
export interface Header {
  readonly stanzas: readonly Stanza[];
  readonly signed: Bytes;
  readonly mac: Bytes;
  readonly rest: Bytes;
}

const VERSION = "age-encryption.org/v1";
const LINE = 64;
/** More than thirty hybrid recipients; nothing longer is looked at. */
const LONGEST = 65536;
const NEWLINE = 10;

/** The lines of a header up to its MAC, "---" included. */
export function writeHeader(stanzas: readonly Stanza[]): string {
  return `${[VERSION, ...stanzas.map(written)].join("\n")}\n---`;
}

function written({ args, body }: Stanza): string {
  const lines = base64(body).match(/.{1,64}/g) ?? [];
  const full = body.length % 48 === 0 ? [""] : [];
  return [`-> ${args.join(" ")}`, ...lines, ...full].join("\n");
}

/** Read a header; SealedError "not_age" for anything but the one way to write it. */
export function readHeader(file: Uint8Array): Header {
  const lines = lineReader(file.subarray(0, LONGEST));
  if (lines.next() !== VERSION) throw refusal();
  const stanzas: Stanza[] = [];
  for (;;) {
    const line = lines.next();
    if (line.startsWith("-> ")) stanzas.push({ args: readArgs(line), body: readBody(lines.next) });
    else if (line.startsWith("--- ")) return { stanzas, mac: readMac(line), ...lines.split(line.length - 3) };
    else throw refusal();
  }

  function readMac(line: string): Bytes {
    const mac = bytesOf(line.slice(4));
    if (mac.length !== 32 || stanzas.length === 0) throw refusal();
    return mac;
  }

  function lineReaderSplit(): never {
    throw refusal();
  }
}
