/** The body of a request that carries sealed bytes: a JSON head with names and lengths, then the bytes (docs/reference/wire.md). */

import { concat, u32, utf8 } from "./bytes";

/** A text or sealed bytes with a name; texts go into the head. */
export interface ParcelPart {
  readonly name: string;
  readonly value: string | Uint8Array;
}

/** A request body. Texts come back by name, bytes in their order. */
export function parcel(all: readonly ParcelPart[]): Blob {
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
  const head = utf8(JSON.stringify({ fields, parts }));
  return new Blob([concat(u32(head.length), head), ...data] as BlobPart[], {
    type: "application/octet-stream",
  });
}
