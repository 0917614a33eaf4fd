/** A whole thread, checked: nothing missing, doubled, moved or written by a stranger. */

import { b64, type Bytes, equal, unb64 } from "./bytes";
import { orFault, SealedError } from "./errors";
import { sha256 } from "./hash";
import type { Letter } from "./letter";
import { commitmentOf, type Part, readManifest } from "./manifest";
import { openMessage } from "./message";
import { CHILD, FIRST, isSigned, messageBytes, messageHash } from "./signed";

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
}

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
    if (message.sequence !== opened.length || message.previous !== b64(last)) throw refusal(opened.length, "place");
    if (opened.length === 0) checkFirst(message, [manifest.payload, ...manifest.files]);
    const key = message.author === CHILD ? manifest.child_key : deskKey(message, known);
    last = await checked(message, { commitment, key: unb64(key, 32), previous: last });
    opened.push(await openOne(message, known.seed));
  }
  if (opened.length === 0) throw refusal(0, "empty");
  return { commitment, messages: opened, next: opened.length, last };
}

/** The first message is the appeal: by the child, and of what the manifest says. */
function checkFirst(message: WireMessage, parts: readonly Part[]): void {
  const named = parts.slice(1).map(({ hash }) => hash);
  const same = message.files.map(({ hash }) => hash).join() === named.join();
  if (message.author !== CHILD || !same) throw refusal(0, "not the appeal");
}

function deskKey({ author, sequence }: WireMessage, { verify }: Known): string {
  const seat = author.replace(/^desk\//, "");
  const key = seat === author || !Object.prototype.hasOwnProperty.call(verify, seat) ? undefined : verify[seat];
  if (!key) throw refusal(sequence, "a stranger");
  return key;
}
