/** Bytes and the few ways to write them. Secrets are bytes throughout, never strings. */

/** Bytes in a buffer of their own, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const PIECE = 8192;

/** UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

/** The text in UTF-8; throws TypeError when it is not. */
export function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** All parts, one after the other. */
export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Four bytes, big-endian. */
export function u32(number: number): Bytes {
  return new Uint8Array([number >>> 24, number >>> 16, number >>> 8, number]);
}

/** Random bytes from the browser's own generator, the only source there is. */
export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Whether both are the same; the time it takes does not depend on where they differ. */
export function equal(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) difference |= (one[i] ?? 0) ^ (other[i] ?? 0);
  return difference === 0;
}

/** Standard base64 without padding, as age writes it. */
export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(binary).replace(/=/g, "");
}

/** The bytes of standard base64 without padding; RangeError for any other way to write them. */
export function unbase64(written: string): Bytes {
  const bytes = decoded(written);
  if (base64(bytes) !== written) throw new RangeError("not canonical base64");
  return bytes;
}

function decoded(written: string): Bytes {
  try {
    return Uint8Array.from(atob(written), (character) => character.charCodeAt(0));
  } catch {
    throw new RangeError("not base64");
  }
}

/** Base64url without padding, as the wire writes bytes. */
export function b64(bytes: Uint8Array): string {
  return base64(bytes).replace(/\+/g, "-").replace(/\//g, "_");
}

/** The bytes of base64url without padding; RangeError for anything else, and for another length than `length`. */
export function unb64(written: string, length?: number): Bytes {
  if (/[+/]/.test(written)) throw new RangeError("not base64url");
  const bytes = unbase64(written.replace(/-/g, "+").replace(/_/g, "/"));
  if (length !== undefined && bytes.length !== length) throw new RangeError(`not ${length} bytes`);
  return bytes;
}
