/** Unsent words on their way to the server and back: an age file to the officer's own identity, its length telling little. */

import { openBlob, recipientOf, SealedError, sealBlob } from "../../sealed";
import { padPayload, unpadPayload } from "../../sealed/padding";
import type { Keyring } from "./keyring";
import { Problematic } from "./problem";

/** Throws Problematic("draft_too_long"). */
export async function sealDraft(keyring: Keyring, thread: string, text: string): Promise<Uint8Array> {
  const words = new TextEncoder().encode(JSON.stringify({ v: 1, thread, text }));
  return sealBlob(padded(words), [await recipientOf(keyring.own())]);
}

function padded(words: Uint8Array): Uint8Array {
  try {
    return padPayload(words);
  } catch (error) {
    if (error instanceof SealedError) throw new Problematic("draft_too_long");
    throw error;
  }
}

/** The words; throws Problematic("sealed") for what is not this officer's or belongs to another thread. */
export async function openDraft(keyring: Keyring, thread: string, sealed: Uint8Array): Promise<string> {
  const said = await read(keyring, sealed);
  if (said.thread !== thread || typeof said.text !== "string") throw new Problematic("sealed");
  return said.text;
}

async function read(keyring: Keyring, sealed: Uint8Array): Promise<{ thread?: unknown; text?: unknown }> {
  try {
    return JSON.parse(
      new TextDecoder().decode(unpadPayload(await openBlob(sealed, keyring.own()))),
    ) as object;
  } catch {
    throw new Problematic("sealed");
  }
}
