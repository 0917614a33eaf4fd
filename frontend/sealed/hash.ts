/** Hashes, keyed hashes and derived keys, by WebCrypto, which every supported browser has. */

import { type Bytes, concat, u32, utf8 } from "./bytes";

const PREFIX = "balaqorgau/1";
const HMAC = { name: "HMAC", hash: "SHA-256" };
const ZEROS = new Uint8Array(32);

/** SHA-256. */
export async function sha256(data: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data as Bytes));
}

/** HMAC-SHA256; an empty key counts as zeros, which is the same thing. */
export async function hmac(key: Uint8Array, data: Uint8Array): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", (key.length ? key : ZEROS) as Bytes, HMAC, false, [
    "sign",
  ]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data as Bytes));
}

/** The first block of HKDF-Expand: up to 32 bytes. Source: RFC 5869. */
export async function expand(key: Uint8Array, info: Uint8Array, length = 32): Promise<Bytes> {
  return (await hmac(key, concat(info, new Uint8Array([1])))).subarray(0, length);
}

/** HKDF-SHA256, 32 bytes. */
export async function hkdf(key: Uint8Array, salt: Uint8Array, info: Uint8Array): Promise<Bytes> {
  return expand(await hmac(salt, key), info);
}

/**
 * PBKDF2-HMAC-SHA256 with one turn, as scrypt needs it at both ends. Built of its blocks (RFC 8018, 5.2), because Firefox's
 * own gives no more than 256 bytes.
 */
export async function pbkdf2(secret: Uint8Array, salt: Uint8Array, length: number): Promise<Bytes> {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    hmac(secret, concat(salt, u32(i + 1))),
  );
  return concat(...(await Promise.all(blocks))).subarray(0, length);
}

/** Our label, which separates one use of a hash from all others. */
export function label(name: string): Bytes {
  return utf8(`${PREFIX} ${name}`);
}

/** H(name, parts…): SHA-256 over the label, a zero byte, and each part behind its length. */
export function tagged(name: string, ...parts: Uint8Array[]): Promise<Bytes> {
  const framed = parts.flatMap((part) => [u32(part.length), part]);
  return sha256(concat(label(name), new Uint8Array(1), ...framed));
}

/** HK(key, name): a key derived for one use, 32 bytes. */
export function derive(key: Uint8Array, name: string): Promise<Bytes> {
  return hkdf(key, new Uint8Array(), label(name));
}

/** The salt of an installation's receipts. */
export function deploymentSalt(deployment: Uint8Array): Promise<Bytes> {
  return sha256(concat(utf8(PREFIX), deployment));
}
