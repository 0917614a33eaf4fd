/** The two ways to compute the same: the browser's own cryptography, or a library where it has none. */

import type { Bytes } from "./bytes";
import { native } from "./native";

/** A key encapsulated to a recipient: what is sent, and the secret both sides then have. */
export interface Encapsulated {
  readonly share: Bytes;
  readonly secret: Bytes;
}

/** Hybrid encapsulation is MLKEM768-X25519 (X-Wing); an identity is its 32-byte seed, a recipient has 1,216 bytes. */
export interface Engine {
  readonly name: "native" | "portable";
  /** ChaCha20-Poly1305. */
  seal(key: Bytes, nonce: Bytes, plain: Bytes): Promise<Bytes>;
  /** Throws when key, nonce or bytes are wrong. */
  open(key: Bytes, nonce: Bytes, sealed: Bytes): Promise<Bytes>;
  recipientOf(identity: Bytes): Promise<Bytes>;
  encapsulate(recipient: Bytes): Promise<Encapsulated>;
  decapsulate(identity: Bytes, share: Bytes): Promise<Bytes>;
  /** Ed25519: the 32-byte public key of a 32-byte seed. */
  verifyKeyOf(seed: Bytes): Promise<Bytes>;
  sign(seed: Bytes, data: Bytes): Promise<Bytes>;
  verify(key: Bytes, signature: Bytes, data: Bytes): Promise<boolean>;
}

let chosen: Promise<Engine> | undefined;

/** The engine for this browser; loads one of the two on first use. A load that failed is tried again next time. */
export function engine(): Promise<Engine> {
  chosen ??= choose().catch((error: unknown) => {
    chosen = undefined;
    throw error;
  });
  return chosen;
}

/** Take this engine from now on: for tests, which compare the two. */
export function useEngine(other: Engine): void {
  chosen = Promise.resolve(other);
}

async function choose(): Promise<Engine> {
  if ("encapsulateBits" in SubtleCrypto.prototype) {
    if (await computesRight(native)) return native;
  }
  return (await import("./portable")).portable;
}

/**
 * Whether an engine gives the known answer: a browser whose hybrid differs from the standard would seal what nobody
 * can open. The share is no real one, which takes the path of implicit rejection and is the same everywhere.
 */
export async function computesRight(tried: Engine): Promise<boolean> {
  try {
    const seed = new Uint8Array(32).fill(1) as Bytes;
    const secret = await tried.decapsulate(seed, new Uint8Array(1120).fill(9) as Bytes);
    const box = await tried.seal(secret, new Uint8Array(12) as Bytes, await tried.sign(seed, secret));
    return box.subarray(-4).join() === KNOWN;
  } catch {
    return false;
  }
}

const KNOWN = "159,175,59,222";
