/** Opening threads, and everything that needs a thread's seed. Nothing is believed that is not signed and in its place. */

import type { SealedAnswer } from "../api";
import type { Envelope, SealedMessage, SealedThread } from "../wire";
import { readChain } from "./chain";
import type {
  Content,
  Draft,
  OpenedEnvelope,
  OpenedMessage,
  OpenedThread,
  Problem,
  Target,
} from "./contract";
import { openGrant } from "./grants";
import type { Keyring } from "./keyring";
import { Problematic } from "./problem";
import { NotReadable, readContent, readMessage } from "./reading";
import * as sealed from "./sealed";

interface Held {
  seed: Uint8Array;
  identity: Uint8Array;
  core: Uint8Array;
  commitment: Uint8Array;
  next: number;
  last: Uint8Array;
  messages: OpenedMessage[];
}

type Known = Pick<Held, "seed" | "identity" | "core" | "commitment"> & { manifest: sealed.Manifest };

/** Threads that are open, by their id. */
export class Threads {
  private readonly held = new Map<string, Held>();

  constructor(private readonly keyring: Keyring) {}

  /** The first message, for the list. */
  async openEnvelope(envelope: Envelope): Promise<OpenedEnvelope> {
    try {
      const known = await this.know(envelope);
      return {
        id: envelope.id,
        problem: "",
        content: await firstMessage(known, sealed.unb64(envelope.ciphertext)),
      };
    } catch (error) {
      return { id: envelope.id, problem: problemOf(error) };
    }
  }

  /** Every message; the whole chain is checked first. */
  async openThread(thread: SealedThread): Promise<OpenedThread> {
    try {
      const known = await this.know(thread);
      if (sealed.b64(known.commitment) !== thread.commitment) throw new Problematic("manifest");
      const { next, last } = await readChain(known.manifest, known.commitment, thread);
      const content = await firstMessage(known, sealed.unb64(thread.messages[0]?.ciphertext ?? ""));
      const messages = await openAll(known, content, thread.messages);
      this.held.set(thread.id, { ...known, next, last, messages });
      return { id: thread.id, problem: "", content, messages };
    } catch (error) {
      return { id: thread.id, problem: problemOf(error), messages: [] };
    }
  }

  /** The desk says that it opened the thread. */
  async signOpened(thread: string, seat: string): Promise<string> {
    const { commitment } = this.thread(thread);
    const signed = await sealed.eventBytes(commitment, "opened", seat);
    return sealed.b64(await sealed.sign(this.keyring.seat(seat).signing, signed));
  }

  /** A file of a message: the one that the message names, of the length that it says. */
  async openFile(thread: string, sequence: number, index: number, bytes: Uint8Array): Promise<Uint8Array> {
    const held = this.thread(thread);
    const note = held.messages.find((message) => message.sequence === sequence)?.files[index];
    if (!note || sealed.b64(await sealed.sha256(bytes)) !== note.hash) throw new Problematic("sealed");
    const plain = sealed.unpad(await sealed.ageOpen(bytes, held.identity));
    if (plain.length !== note.length) throw new Problematic("sealed");
    return plain;
  }

  /** An answer, sealed to the thread and signed by the desk as its next message. */
  async sealAnswer(thread: string, seat: string, draft: Draft): Promise<SealedAnswer> {
    const held = this.thread(thread);
    const recipient = await sealed.recipient(held.identity);
    const seal = (plain: Uint8Array) => sealed.ageSeal(plain, recipient);
    const payload = await seal(sealed.padPayload(messageJson(draft)));
    const files = await Promise.all(draft.files.map((file) => seal(sealed.padFile(file.bytes))));
    const signed = await sealed.messageBytes({
      commitment: held.commitment,
      author: `desk/${seat}`,
      sequence: held.next,
      previous: held.last,
      digest: await sealed.sha256(payload),
      files: await Promise.all(files.map(sealed.sha256)),
    });
    const signature = sealed.b64(await sealed.sign(this.keyring.seat(seat).signing, signed));
    return { seat, sequence: held.next, previous: sealed.b64(held.last), signature, payload, files };
  }

  /** The thread's seed for one more desk, signed by the desk that gives it. */
  async sealGrant(
    thread: string,
    seat: string,
    target: Target,
  ): Promise<{ ciphertext: string; signature: string }> {
    const { seed, core, commitment } = this.thread(thread);
    const plain = {
      v: 1,
      seed: sealed.b64(seed),
      core: sealed.b64(core),
      desk: target.desk,
      epoch: target.epoch,
    };
    const padded = sealed.padGrant(new TextEncoder().encode(sealed.canonical(plain)));
    const ciphertext = await sealed.ageSeal(padded, sealed.unb64(target.recipient));
    const receiver = `${target.desk}/${target.epoch}`;
    const signed = await sealed.grantBytes(commitment, seat, receiver, await sealed.sha256(ciphertext));
    const signature = await sealed.sign(this.keyring.seat(seat).signing, signed);
    return { ciphertext: sealed.b64(ciphertext), signature: sealed.b64(signature) };
  }

  private thread(id: string): Held {
    const found = this.held.get(id);
    if (!found) throw new Problematic("sealed");
    return found;
  }

  private async know(envelope: Pick<Envelope, "manifest" | "seat" | "grant">): Promise<Known> {
    const manifest = await manifestIn(envelope.manifest);
    const grant = await openGrant(envelope.grant, this.keyring.seat(envelope.seat).identity);
    if (`${grant.desk}/${grant.epoch}` !== envelope.seat) throw new Problematic("grant");
    const core = await manifest.core();
    if (sealed.b64(core) !== sealed.b64(grant.core)) throw new Problematic("grant");
    const identity = await sealed.derive(grant.seed, "identity");
    return { manifest, seed: grant.seed, identity, core, commitment: await manifest.commitment() };
  }
}

async function manifestIn(text: string): Promise<sealed.Manifest> {
  try {
    return await sealed.parseManifest(text);
  } catch {
    throw new Problematic("manifest");
  }
}

async function firstMessage(known: Known, ciphertext: Uint8Array): Promise<Content> {
  if (sealed.b64(await sealed.sha256(ciphertext)) !== sealed.b64(known.manifest.payload.hash)) {
    throw new Problematic("manifest");
  }
  const content = readContent(await plain(ciphertext, known.identity));
  if (content.safe !== known.manifest.safe || content.files.length !== known.manifest.files.length) {
    throw new Problematic("manifest");
  }
  return content;
}

async function plain(ciphertext: Uint8Array, identity: Uint8Array): Promise<Uint8Array> {
  return sealed.unpadPayload(await sealed.ageOpen(ciphertext, identity));
}

async function openAll(known: Known, content: Content, messages: SealedMessage[]): Promise<OpenedMessage[]> {
  const opened = [named(messages[0], content.text, content.files)];
  for (const message of messages.slice(1)) {
    const { text, files } = readMessage(await plain(sealed.unb64(message.ciphertext), known.identity));
    opened.push(named(message, text, files));
  }
  return opened;
}

/** A message with its files, each beside the hash that it was sent under. */
function named(message: SealedMessage | undefined, text: string, files: Content["files"]): OpenedMessage {
  if (!message || message.files.length !== files.length) throw new NotReadable();
  const withHash = files.map((file, place) => ({ ...file, hash: message.files[place]?.hash ?? "" }));
  return { sequence: message.sequence, author: message.author, at: message.at, text, files: withHash };
}

function messageJson({ language, text, files }: Draft): Uint8Array {
  const notes = files.map(({ kind, type, name, bytes }) => ({ kind, type, name, length: bytes.length }));
  return new TextEncoder().encode(JSON.stringify({ v: 1, language, text, files: notes }));
}

const PROBLEMS: readonly string[] = ["manifest", "grant", "signature", "gap", "author", "content"];

/** What to tell the officer; whatever is not known better did not open. */
function problemOf(error: unknown): Problem {
  const code =
    error instanceof NotReadable ? "content" : error instanceof Problematic ? error.code : "sealed";
  return (PROBLEMS.includes(code) ? code : "sealed") as Problem;
}
