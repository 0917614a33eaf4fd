/** Lengths that say nothing: texts padded to a few fixed sizes, files to PADMÉ lengths. Bytes count, not characters. */

import { type Bytes, concat, u32 } from "./bytes";
import { SealedError } from "./errors";

const PAYLOAD_SIZES = [4096, 16384, 65536];
const GRANT_SIZE = 512;
const PREFIX = 4;

/** How many bytes of JSON the largest payload takes; for saying the limit before it is hit. */
export const LONGEST_TEXT = 65536 - PREFIX;

/** What an unpadded length becomes: at most 12 % more, and O(log log n) bits leak. Source: arXiv 1806.03160. */
export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = 31 - Math.clz32(length);
  const step = 2 ** (exponent - (32 - Math.clz32(exponent)));
  return Math.ceil(length / step) * step;
}

/** u32 length, the bytes, zeros up to the smallest size that fits; SealedError "text_too_long". */
export function padPayload(plain: Uint8Array): Bytes {
  const size = PAYLOAD_SIZES.find((size) => plain.length + PREFIX <= size);
  if (!size) throw new SealedError("text_too_long");
  return padTo(plain, size);
}

export function padFile(plain: Uint8Array): Bytes {
  return padTo(plain, padme(plain.length + PREFIX));
}

export function padGrant(plain: Uint8Array): Bytes {
  return padTo(plain, GRANT_SIZE);
}

export function unpadPayload(padded: Uint8Array): Uint8Array {
  return unpad(padded, () => PAYLOAD_SIZES.includes(padded.length));
}

export function unpadFile(padded: Uint8Array): Uint8Array {
  return unpad(padded, (length) => padded.length === padme(length + PREFIX));
}

export function unpadGrant(padded: Uint8Array): Uint8Array {
  return unpad(padded, () => padded.length === GRANT_SIZE);
}

function padTo(plain: Uint8Array, size: number): Bytes {
  if (plain.length + PREFIX > size) throw new SealedError("text_too_long");
  return concat(u32(plain.length), plain, new Uint8Array(size - PREFIX - plain.length));
}

/** The bytes inside; SealedError "changed" for a size that we do not make, a length beyond it, a filler that says something. */
function unpad(padded: Uint8Array, fits: (length: number) => boolean): Uint8Array {
  if (padded.length < PREFIX) throw new SealedError("changed", "no length");
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const filler = padded.subarray(PREFIX + length);
  if (length > padded.length - PREFIX || !fits(length) || filler.some(Boolean))
    throw new SealedError("changed", "padding");
  return padded.subarray(PREFIX, PREFIX + length);
}
