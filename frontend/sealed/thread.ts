/** A whole thread, checked: nothing missing, doubled, moved or written by a stranger. */

import { type Bytes, b64, unb64 } from "./bytes";
import { SealedError } from "./errors";
import { sha256 } from "./hash";
import type { Letter } from "./letter";
import { commitmentOf, type Manifest, type Part, readManifest } from "./manifest";
import { openMessage } from "./message";
import { CHILD, FIRST, isSigned, messageBytes, messageHash, type Place } from "./signed";

/** A message as the wire writes it; bytes are base64url. */
export interface WireMessage {
  readonly sequence: number;
  readonly author: string;
  readonly previous: string;
  readonly signature: string;
  readonly at: number;
  readonly ciphertext: string;
  readonly files: readonly Part[];
}

/** A message that is where it says, by whom it says. */
export interface OpenedMessage {
  readonly sequence: number;
  readonly author: string;
  readonly at: number;
  readonly letter: Letter;
  readonly files: readonly Part[];
  /** Its author sent what nobody can open; `letter` is empty then. */
  readonly spoilt: boolean;
}

const NOTHING: Letter = {
  language: "",
  text: "",
  reasons: [],
  about: [],
  age: "",
  who: "",
  safe: "",
  school: "",
  files: [],
};

/** `next` and `last` are where a further message goes. */
export interface OpenedThread {
  readonly commitment: Bytes;
  readonly messages: readonly OpenedMessage[];
  readonly next: number;
  readonly last: Bytes;
}

/** What a thread is checked against: the manifest as sent, its seed, and the desks' verifying keys by "<id>/<epoch>". */
export interface Known {
  readonly manifest: string;
  readonly seed: Uint8Array;
  readonly verify: Readonly<Record<string, string>>;
}

/** Check and open all messages, the first included; SealedError "bad_thread" says which one is wrong. */
export async function openThread(messages: readonly WireMessage[], known: Known): Promise<OpenedThread> {
  const manifest = readManifest(known.manifest);
  const commitment = await commitmentOf(known.manifest);
  const opened: OpenedMessage[] = [];
  let last: Bytes = FIRST;
  for (const message of messages) {
    const { sequence, author, at } = message;
    if (sequence !== opened.length || message.previous !== b64(last)) throw refusal(opened.length, "place");
    const ciphertext = bytesOf(message, message.ciphertext);
    const hash = await sha256(ciphertext);
    if (sequence === 0) checkFirst(message, b64(hash), manifest);
    const key = author === CHILD ? manifest.child_key : deskKey(message, known.verify);
    last = await checkSigned(message, { commitment, author, sequence, previous: last }, hash, key);
    opened.push({ sequence, author, at, ...(await contents(message, ciphertext, known.seed)) });
  }
  if (opened.length === 0) throw refusal(0, "empty");
  return { commitment, messages: opened, next: opened.length, last };
}

/**
 * What a message says. The appeal itself must open; a later one was signed and counted before it is opened, so that one that
 * its author spoilt hides nothing else.
 */
async function contents(
  { sequence, files }: WireMessage,
  ciphertext: Bytes,
  seed: Uint8Array,
): Promise<Pick<OpenedMessage, "letter" | "files" | "spoilt">> {
  try {
    const letter = await openMessage(ciphertext, seed);
    if (sequence === 0 || letter.files.length === files.length) return { letter, files, spoilt: false };
  } catch (error) {
    if (sequence === 0) throw error;
  }
  return { letter: NOTHING, files: [], spoilt: true };
}

/** The first message is the appeal: by the child, and of what the manifest says. */
function checkFirst({ author, files }: WireMessage, hash: string, manifest: Manifest): void {
  const parts = files.map(written).join();
  const named = manifest.files.map(written).join();
  if (author !== CHILD || hash !== manifest.payload.hash || parts !== named)
    throw refusal(0, "not the appeal");
}

function written({ hash, length }: Part): string {
  return `${hash} ${length}`;
}

/** The verifying key of the desk that says it wrote this. */
function deskKey({ author, sequence }: WireMessage, verify: Known["verify"]): string {
  const [, seat = ""] = /^desk\/(.+)$/.exec(author) ?? [];
  const key = Object.entries(verify).find(([name]) => name === seat)?.[1];
  if (!key) throw refusal(sequence, "a stranger");
  return key;
}

/** The hash of a message, once its author is seen to have signed it. */
async function checkSigned(message: WireMessage, place: Place, hash: Bytes, key: string): Promise<Bytes> {
  const files = message.files.map((file) => bytesOf(message, file.hash));
  const signed = await messageBytes(place, hash, files);
  const signature = bytesOf(message, message.signature);
  if (!(await isSigned(bytesOf(message, key), signature, signed))) throw refusal(place.sequence, "signature");
  return messageHash(signed, signature);
}

function bytesOf({ sequence }: WireMessage, written: string): Bytes {
  try {
    return unb64(written);
  } catch {
    throw refusal(sequence, "base64");
  }
}

function refusal(sequence: number, why: string): SealedError {
  return new SealedError("bad_thread", `message ${sequence}: ${why}`, [sequence]);
}
