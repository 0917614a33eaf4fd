/** Sealing a message of a thread, and opening one: the same for a child and for a desk. */

import { openBlob, recipientOf, sealBlob } from "./age";
import { type Bytes, equal } from "./bytes";
import { SealedError } from "./errors";
import { derive, sha256 } from "./hash";
import {
  type Appeal,
  type Enclosure,
  type FileNote,
  type Letter,
  type Message,
  readLetter,
  writeLetter,
} from "./letter";
import { padFile, padPayload, unpadFile, unpadPayload } from "./padding";
import { messageBytes, messageHash, type Place, sign } from "./signed";

/** A sealed text and its sealed files, in order. */
export interface Sealed {
  readonly payload: Bytes;
  readonly files: readonly Bytes[];
}

/** A message as it is sent; `hash` is what the next one names as the one before. */
export interface SealedMessage extends Sealed {
  readonly signature: Bytes;
  readonly hash: Bytes;
}

/** Seal a letter and its files to a thread. SealedError "text_too_long" before anything is sealed. */
export async function sealLetter(
  seed: Uint8Array,
  letter: Message | Appeal,
  enclosures: readonly Enclosure[],
): Promise<Sealed> {
  const plain = padPayload(writeLetter(letter, enclosures));
  const to = [await recipientOf(await derive(seed, "identity"))];
  const files: Bytes[] = [];
  for (const { data } of enclosures) files.push(await sealBlob(padFile(data), to));
  return { payload: await sealBlob(plain, to), files };
}

/** Seal and sign a message at its place of a thread. A child signs with `child.sign`, a desk with its epoch's key. */
export async function sealMessage(how: {
  readonly seed: Uint8Array;
  readonly sign: Uint8Array;
  readonly place: Place;
  readonly letter: Message;
  readonly files?: readonly Enclosure[];
}): Promise<SealedMessage> {
  const sealed = await sealLetter(how.seed, how.letter, how.files ?? []);
  return { ...sealed, ...(await signMessage(how.sign, how.place, sealed)) };
}

/** A desk's answer: the author is "desk/<id>/<epoch>". */
export const sealReply = sealMessage;

/** The signature of a sealed message, and its hash. */
export async function signMessage(
  seed: Uint8Array,
  place: Place,
  { payload, files }: Sealed,
): Promise<{ signature: Bytes; hash: Bytes }> {
  const signed = await messageBytes(place, await sha256(payload), await Promise.all(files.map(sha256)));
  const signature = await sign(seed, signed);
  return { signature, hash: await messageHash(signed, signature) };
}

/** What was written; raises SealedError. */
export async function openMessage(payload: Uint8Array, seed: Uint8Array): Promise<Letter> {
  return readLetter(unpadPayload(await openBlob(payload, await derive(seed, "identity"))));
}

/** A file of a thread: `hash` is of the sealed bytes, `note` is what its letter says. SealedError "changed". */
export async function openFile(
  sealed: Uint8Array,
  seed: Uint8Array,
  expected: { readonly hash: Uint8Array; readonly note: FileNote },
): Promise<Uint8Array> {
  if (!equal(await sha256(sealed), expected.hash)) throw new SealedError("changed", "another file");
  const plain = unpadFile(await openBlob(sealed, await derive(seed, "identity")));
  if (plain.length !== expected.note.length) throw new SealedError("changed", "another length");
  return plain;
}
