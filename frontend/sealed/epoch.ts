/** What vouches for keys: the signature over a desk's epoch, the one under its private halves when they are given, and short names. */

import { type Bytes, utf8 } from "./bytes";
import { tagged } from "./hash";
import { isSigned, sign } from "./signed";

/** A desk's epoch by its public halves; `name` is "<id>/<epoch>". */
export interface Epoch {
  readonly name: string;
  readonly recipient: Uint8Array;
  readonly verify: Uint8Array;
}

const epochBytes = ({ name, recipient, verify }: Epoch) => tagged("epoch", utf8(name), recipient, verify);

/** The signature under an epoch: of the one before it, of the Ombudsman's, or its own. */
export async function epochSignature(seed: Uint8Array, epoch: Epoch): Promise<Bytes> {
  return sign(seed, await epochBytes(epoch));
}

/** Whether the owner of `key` vouches for an epoch. */
export async function vouches(key: Uint8Array, signature: Uint8Array, epoch: Epoch): Promise<boolean> {
  return isSigned(key, signature, await epochBytes(epoch));
}

/** An epoch's own signature under its private halves, sealed to `recipient`; `hash` is the age file's. */
export async function keyGrantSignature(
  seed: Uint8Array,
  name: string,
  recipient: Uint8Array,
  hash: Uint8Array,
): Promise<Bytes> {
  return sign(seed, await tagged("desk key grant", utf8(name), recipient, hash));
}

/** Whether an epoch's keys were sealed to `recipient` by somebody who had them. */
export async function wasGiven(
  key: Uint8Array,
  signature: Uint8Array,
  { name, recipient, hash }: { name: string; recipient: Uint8Array; hash: Uint8Array },
): Promise<boolean> {
  return isSigned(key, signature, await tagged("desk key grant", utf8(name), recipient, hash));
}

/** 66 bits that two people compare as six words. */
export async function identityMark(recipient: Uint8Array): Promise<Bytes> {
  return sixWords(await tagged("officer key", recipient));
}

/** 66 bits of a desk's epoch that two people compare as six words. */
export async function deskMark(recipient: Uint8Array, verify: Uint8Array): Promise<Bytes> {
  return sixWords(await tagged("desk key", recipient, verify));
}

/** The first nine bytes without their six highest bits: six places of eleven. */
function sixWords(hash: Bytes): Bytes {
  const mark = hash.slice(0, 9);
  mark[0] = (mark[0] as number) & 3;
  return mark;
}
