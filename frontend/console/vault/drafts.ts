/** Unsent words on their way to the server and back: an age file to the officer's own identity, its length telling little. */

import { openBlob, recipientOf, sealBlob } from "../../sealed";
import type { Keyring } from "./keyring";
import { Problematic } from "./problem";

/** What a draft is filled up to with spaces, in bytes; nothing longer is kept. */
const SIZES = [4096, 16_384, 65_536];
const SPACE = 0x20;

/** Throws Problematic("draft_too_long"). */
export async function sealDraft(keyring: Keyring, thread: string, text: string): Promise<Uint8Array> {
  const words = new TextEncoder().encode(JSON.stringify({ v: 1, thread, text }));
  const size = SIZES.find((one) => one >= words.length);
  if (!size) throw new Problematic("draft_too_long");
  const filled = new Uint8Array(size).fill(SPACE);
  filled.set(words);
  return sealBlob(filled, [await recipientOf(keyring.own())]);
}

/** The words; throws Problematic("sealed") for what is not this officer's or belongs to another thread. */
export async function openDraft(keyring: Keyring, thread: string, sealed: Uint8Array): Promise<string> {
  try {
    const said = JSON.parse(new TextDecoder().decode(await openBlob(sealed, keyring.own()))) as Said;
    if (said.thread === thread && typeof said.text === "string") return said.text;
  } catch {
    throw new Problematic("sealed");
  }
  throw new Problematic("sealed");
}

interface Said {
  thread?: unknown;
  text?: unknown;
}
