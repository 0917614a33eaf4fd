/** The chain of a thread's messages: each numbered, signed by who may write, and naming the one before it. */

import type { SealedMessage, SealedThread } from "../wire";
import { Problematic } from "./problem";
import * as sealed from "./sealed";

export interface End {
  next: number;
  last: Uint8Array;
}

const NOTHING_BEFORE = new Uint8Array(32);

/** Check every message in order; throws "gap", "author", "signature" or "manifest". Returns where the next one goes. */
export async function readChain(
  manifest: sealed.Manifest,
  commitment: Uint8Array,
  thread: SealedThread,
): Promise<End> {
  checkFirst(manifest, thread.messages[0]);
  let last = NOTHING_BEFORE;
  for (const [place, message] of thread.messages.entries()) {
    last = await checked(message, place, last, { manifest, commitment, thread });
  }
  return { next: thread.messages.length, last };
}

interface Around {
  manifest: sealed.Manifest;
  commitment: Uint8Array;
  thread: SealedThread;
}

/** The first message is the child's, with the files that the manifest names. */
function checkFirst(manifest: sealed.Manifest, first: SealedMessage | undefined): void {
  if (!first) throw new Problematic("gap");
  if (first.author !== "child") throw new Problematic("author");
  const said = manifest.files.map((file) => sealed.b64(file.hash)).join();
  if (first.files.map((file) => file.hash).join() !== said) throw new Problematic("manifest");
}

async function checked(
  message: SealedMessage,
  place: number,
  last: Uint8Array,
  around: Around,
): Promise<Uint8Array> {
  if (message.sequence !== place || message.previous !== sealed.b64(last)) throw new Problematic("gap");
  const signed = await sealed.messageBytes({
    commitment: around.commitment,
    author: message.author,
    sequence: message.sequence,
    previous: last,
    digest: await sealed.sha256(sealed.unb64(message.ciphertext)),
    files: message.files.map((file) => sealed.unb64(file.hash)),
  });
  const signature = sealed.unb64(message.signature);
  if (!(await sealed.verify(keyOf(message.author, around), signed, signature)))
    throw new Problematic("signature");
  return sealed.messageHash(signed, signature);
}

/** The key of whoever may have written: the child, or a desk that holds the thread. */
function keyOf(author: string, { manifest, thread }: Around): Uint8Array {
  if (author === "child") return manifest.childKey;
  const seat = /^desk\/([^/]+\/\d+)$/.exec(author)?.[1] ?? "";
  const holds = thread.grants.some((grant) => `${grant.desk}/${grant.epoch}` === seat);
  const key = Object.hasOwn(thread.verify, seat) ? thread.verify[seat] : undefined;
  if (!holds || !key) throw new Problematic("author");
  return sealed.unb64(key);
}
