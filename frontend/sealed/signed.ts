/** What is signed: messages in a chain, grants, events, and a child's wish to erase. */

import { type Bytes, u32, utf8 } from "./bytes";
import { engine } from "./engine";
import { tagged } from "./hash";

/** A message's place in its thread, and what it consists of. `author` is "child" or "desk/<id>/<epoch>". */
export interface Place {
  readonly commitment: Uint8Array;
  readonly author: string;
  readonly sequence: number;
  /** The hash of the message before; 32 zeros for the first. */
  readonly previous: Uint8Array;
}

export const FIRST = new Uint8Array(32);
export const CHILD = "child";

/** The 32 bytes that a message's author signs. */
export function messageBytes(place: Place, hash: Uint8Array, files: readonly Uint8Array[]): Promise<Bytes> {
  const { commitment, author, sequence, previous } = place;
  return tagged("message", commitment, utf8(author), u32(sequence), previous, hash, ...files);
}

/** What the next message names as the one before it. */
export function messageHash(signed: Uint8Array, signature: Uint8Array): Promise<Bytes> {
  return tagged("message hash", signed, signature);
}

export async function sign(seed: Uint8Array, signed: Bytes): Promise<Bytes> {
  return (await engine()).sign(seed as Bytes, signed);
}

/** Whether the key's owner signed this. */
export async function isSigned(key: Uint8Array, signature: Uint8Array, signed: Uint8Array): Promise<boolean> {
  try {
    return await (await engine()).verify(key as Bytes, signature as Bytes, signed as Bytes);
  } catch {
    return false;
  }
}

/** The public half of a signing seed, 32 bytes. */
export async function verifyKeyOf(seed: Uint8Array): Promise<Bytes> {
  return (await engine()).verifyKeyOf(seed as Bytes);
}

/** A child's signed wish to erase, or to take that back; `count` such acts came before. */
export async function eraseSignature(
  seed: Uint8Array,
  commitment: Uint8Array,
  act: "erase" | "withdraw",
  count: number,
): Promise<Bytes> {
  return sign(seed, await tagged("erase", commitment, utf8(act), u32(count)));
}

/** A desk's signature under an event without a text of its own, for example "opened"; `actor` is "<id>/<epoch>". */
export async function eventSignature(
  seed: Uint8Array,
  commitment: Uint8Array,
  kind: string,
  actor: string,
): Promise<Bytes> {
  return sign(seed, await tagged("event", commitment, utf8(kind), utf8(actor)));
}

/** Whether a desk's epoch signed an event. */
export async function isEventSigned(
  key: Uint8Array,
  commitment: Uint8Array,
  kind: string,
  actor: string,
  signature: Uint8Array,
): Promise<boolean> {
  return isSigned(key, signature, await tagged("event", commitment, utf8(kind), utf8(actor)));
}

/** A desk's signature under the grant by which it passes a thread on; both desks as "<id>/<epoch>". */
export async function grantSignature(
  seed: Uint8Array,
  commitment: Uint8Array,
  from: string,
  to: string,
  hash: Uint8Array,
): Promise<Bytes> {
  return sign(seed, await tagged("grant", commitment, utf8(from), utf8(to), hash));
}
