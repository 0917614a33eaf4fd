/** The body of a request that carries sealed bytes: a JSON head with names and lengths, then the bytes (docs/reference/wire.md). */

import { concat, u32, utf8 } from "./bytes";

const FILL = 12_288;

/** A text or sealed bytes with a name; texts go into the head. */
export interface ParcelPart {
  readonly name: string;
  readonly value: string | Uint8Array;
}

/**
 * A request body. Texts come back by name, bytes in their order. With a name in `hide`, the head and the parts of that name
 * together are filled up to a multiple of FILL: their number and what the head says cannot be read from the length.
 */
export function parcel(all: readonly ParcelPart[], hide = ""): Blob {
  const fields: Record<string, string> = {};
  const parts: [string, number][] = [];
  const data: Uint8Array[] = [];
  for (const { name, value } of all) {
    if (typeof value === "string") fields[name] = value;
    else {
      parts.push([name, value.length]);
      data.push(value);
    }
  }
  const written = utf8(JSON.stringify({ fields, parts }));
  const hidden = parts.reduce((sum, [name, length]) => sum + (name === hide ? length : 0), written.length);
  const head = hide ? concat(written, utf8(" ".repeat(FILL - 1 - ((hidden - 1) % FILL)))) : written;
  return new Blob([concat(u32(head.length), head), ...data] as BlobPart[], {
    type: "application/octet-stream",
  });
}
