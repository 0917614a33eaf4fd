/** Opening threads, and everything that needs a thread's seed. Nothing is believed that is not signed and in its place. */

import * as sealed from "../../sealed";
import { utf8 } from "../../sealed/bytes";
import { derive, sha256 } from "../../sealed/hash";
import { padPayload, unpadPayload } from "../../sealed/padding";
import type { SealedAnswer } from "../api";
import type { Envelope, SealedThread } from "../wire";
import type {
  Draft,
  OpenedEnvelope,
  OpenedMessage,
  OpenedThread,
  Problem,
  Renewed,
  Target,
} from "./contract";
import type { Keyring } from "./keyring";
import { Problematic } from "./problem";

const SMALLEST = 4096;

type Sealed = Pick<Envelope, "manifest" | "seat" | "grant" | "more">;

interface Held {
  seed: Uint8Array;
  manifest: sealed.Manifest;
  commitment: Uint8Array;
  next: number;
  last: Uint8Array;
  messages: readonly OpenedMessage[];
  /** The verifying keys of the desks that hold it. */
  verify: Record<string, string>;
}

/** Threads that are open, by their id. */
export class Threads {
  private readonly held = new Map<string, Held>();

  constructor(private readonly keyring: Keyring) {}

  /** The first message, for the list. */
  async openEnvelope(envelope: Envelope): Promise<OpenedEnvelope> {
    try {
      const { manifest, seed } = await this.know(envelope);
      const content = await sealed.openMessage(sealed.unb64(envelope.ciphertext), seed);
      checkContent(content, manifest);
      return { id: envelope.id, problem: "", content };
    } catch (error) {
      return { id: envelope.id, problem: problemOf(error) };
    }
  }

  /** Every message; the whole chain is checked first. */
  async openThread(thread: SealedThread): Promise<OpenedThread> {
    try {
      const { manifest, seed } = await this.know(thread);
      const known = { manifest: thread.manifest, seed, verify: keysOfHolders(thread) };
      const { commitment, next, last, messages } = await sealed.openThread(thread.messages, known);
      if (sealed.b64(commitment) !== thread.commitment) throw new Problematic("manifest");
      const content = checkContent(messages[0]?.letter, manifest);
      const shown = messages.map(drawn);
      const { verify } = known;
      this.held.set(thread.id, { seed, manifest, commitment, next, last, messages: shown, verify });
      return { id: thread.id, problem: "", content, messages: shown };
    } catch (error) {
      return { id: thread.id, problem: problemOf(error), messages: [] };
    }
  }

  /** The desk's signature under something it does with a thread: "opened", "quarantined 1 play". */
  async signAct(thread: string, seat: string, kind: string): Promise<string> {
    const { signing } = this.keyring.seat(seat);
    return sealed.b64(await sealed.eventSignature(signing, this.thread(thread).commitment, kind, seat));
  }

  /** Whether a desk signed this, and the hash of its sealed words, about the thread. */
  async isActOf(
    thread: string,
    seat: string,
    said: string,
    act: { words: string; signature: string },
  ): Promise<boolean> {
    const { commitment, verify } = this.thread(thread);
    const kind = `${said} ${sealed.b64(await sha256(sealed.unb64(act.words)))}`;
    const key = verify[seat];
    return (
      !!key && sealed.isEventSigned(sealed.unb64(key), commitment, kind, seat, sealed.unb64(act.signature))
    );
  }

  /** Words that are no message: for whoever can open the thread, bound to it, gone with it. */
  async sealWords(thread: string, text: string): Promise<{ ciphertext: string; hash: string }> {
    const words = utf8(JSON.stringify({ v: 1, thread, text }));
    const blob = await sealed.sealBlob(padded(words), [
      await sealed.recipientOf(await derive(this.thread(thread).seed, "identity")),
    ]);
    return { ciphertext: sealed.b64(blob), hash: sealed.b64(await sha256(blob)) };
  }

  async openWords(thread: string, words: string): Promise<string> {
    const identity = await derive(this.thread(thread).seed, "identity");
    const plain = unpadPayload(await sealed.openBlob(sealed.unb64(words), identity));
    const said = JSON.parse(new TextDecoder().decode(plain)) as { thread?: unknown; text?: unknown };
    if (said.thread !== thread || typeof said.text !== "string") throw new Problematic("sealed");
    return said.text;
  }

  /** A file of a message: the one that the message names, of the length that it says. */
  async openFile(thread: string, sequence: number, index: number, bytes: Uint8Array): Promise<Uint8Array> {
    const { messages, seed } = this.thread(thread);
    const note = messages[sequence]?.files[index];
    if (!note) throw new Problematic("sealed");
    return sealed.openFile(bytes, seed, { hash: sealed.unb64(note.hash), note });
  }

  /** An answer, sealed to the thread and signed by the desk as its next message. */
  async sealAnswer(thread: string, seat: string, draft: Draft): Promise<SealedAnswer> {
    const { seed, commitment, next, last } = this.thread(thread);
    const { payload, files, signature } = await sealed.sealReply({
      seed,
      sign: this.keyring.seat(seat).signing,
      place: { commitment, author: `desk/${seat}`, sequence: next, previous: last },
      letter: { language: draft.language, text: draft.text },
      files: draft.files,
    });
    const place = { seat, sequence: next, previous: sealed.b64(last), signature: sealed.b64(signature) };
    return { ...place, payload, files: [...files] };
  }

  /** The thread's seed for one more desk, signed by the desk that gives it. */
  async sealGrant(
    thread: string,
    seat: string,
    { desk, epoch, recipient }: Target,
  ): Promise<{ ciphertext: string; signature: string }> {
    const { seed, manifest, commitment } = this.thread(thread);
    const to = { id: desk, epoch, recipient: sealed.unb64(recipient) };
    const sign = this.keyring.seat(seat).signing;
    const { grant, signature } = await sealed.sealGrant({ seed, manifest, commitment, from: seat, sign, to });
    return { ciphertext: sealed.b64(grant), signature: sealed.b64(signature) };
  }

  /** The seed of a thread for the same desk's next key, without anybody reading it. */
  async renew(envelope: Envelope, { desk, epoch, recipient }: Target): Promise<Renewed> {
    const [first, ...more] = [envelope, ...envelope.more].filter(({ seat }) => seat.startsWith(`${desk}/`));
    if (!first) throw new Problematic("grant");
    const { seat, grant } = first;
    const known = await this.know({ manifest: envelope.manifest, seat, grant, more });
    const commitment = await sealed.commitmentOf(envelope.manifest);
    const to = { id: desk, epoch, recipient: sealed.unb64(recipient) };
    const sign = this.keyring.seat(known.seat).signing;
    const given = await sealed.sealGrant({ ...known, commitment, from: known.seat, sign, to });
    return { seat: known.seat, ciphertext: sealed.b64(given.grant), signature: sealed.b64(given.signature) };
  }

  private thread(id: string): Held {
    const found = this.held.get(id);
    if (!found) throw new Problematic("sealed");
    return found;
  }

  /** The seed in the first grant that opens: a desk that spoilt one does not stand in another's way. */
  private async know({ manifest: written, more, ...first }: Sealed) {
    const manifest = sealed.readManifest(written);
    let failed: unknown;
    for (const { grant, seat } of [first, ...more]) {
      try {
        const seed = await sealed.openGrant(sealed.unb64(grant), this.keyring.seat(seat).identity, manifest);
        return { manifest, seed, seat };
      } catch (error) {
        failed ??= error;
      }
    }
    throw failed;
  }
}

/** Words of the smallest size that there is, so that their length tells nothing. */
function padded(words: Uint8Array): Uint8Array {
  const made = padPayload(words);
  if (made.length !== SMALLEST) throw new Problematic("words_too_long");
  return made;
}

/** The first message says of itself what the readable manifest says of it. */
function checkContent(content: sealed.Letter | undefined, manifest: sealed.Manifest): sealed.Letter {
  if (!content || content.safe !== manifest.safe || content.files.length !== manifest.files.length) {
    throw new Problematic("manifest");
  }
  return content;
}

/** The verifying keys of those desks only that hold the thread: nobody else may have written in it. */
function keysOfHolders({ verify, grants }: SealedThread): Record<string, string> {
  const holders = new Set(grants.map((grant) => `${grant.desk}/${grant.epoch}`));
  return Object.fromEntries(Object.entries(verify).filter(([seat]) => holders.has(seat)));
}

/** A message as the page draws it, each file beside the hash that it was sent under. */
function drawn({ sequence, author, at, letter, files, spoilt }: sealed.OpenedMessage): OpenedMessage {
  if (letter.files.length !== files.length) throw new Problematic("thread");
  const named = letter.files.map((note, place) => ({ ...note, hash: files[place]?.hash ?? "" }));
  return { sequence, author, at, text: letter.text, spoilt, files: named };
}

const PROBLEM_OF: Partial<Record<sealed.Fault, Problem>> = {
  bad_manifest: "manifest",
  bad_grant: "grant",
  bad_thread: "thread",
};

/** What to tell the officer; whatever is not known better did not open. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problematic) return error.code as Problem;
  return (error instanceof sealed.SealedError && PROBLEM_OF[error.code]) || "sealed";
}
