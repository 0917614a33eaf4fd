/** A child's mailbox: opened with the receipt's keys, read, written to, erased. Everything it holds is forgotten on leaving. */

import {
  type Child,
  deriveChild,
  eraseSignature,
  type FileNote,
  type MailboxAnswer,
  type OpenedMailbox,
  openFile,
  openMailbox,
  type Part,
  type Receipt,
  readManifest,
  type SealedMessage,
  sealMessage,
  unb64,
} from "../../sealed";
import { type Bytes, b64 } from "../../sealed/bytes";
import { parcel } from "../../sealed/parcel";
import { type Attachment, sameFiles } from "./attachments";
import { type Desk, loadDirectory } from "./directory";
import { language } from "./language";
import { post, postJson, Refusal } from "./post";
import { enclosure } from "./sealing";
import type { Site } from "./site";

export type Erase = MailboxAnswer["erase"];

/** What the page shows: the thread, unless its child asked to erase it. */
export interface Opened {
  readonly thread: OpenedMailbox | undefined;
  readonly events: MailboxAnswer["events"];
  readonly erase: Erase;
  /** Desks by id, for their names. */
  readonly desks: readonly Desk[];
}

interface Unsent {
  readonly text: string;
  readonly files: readonly Attachment[];
  readonly sequence: number;
  readonly previous: Bytes;
  readonly sealed: SealedMessage;
}

/** The mailbox of the first receipt that has one. Throws Refusal("no_mailbox") when none has. */
export async function findMailbox(site: Site, receipts: readonly Receipt[]): Promise<Mailbox> {
  let refusal: unknown;
  for (const receipt of receipts) {
    const mailbox = new Mailbox(site, await deriveChild(receipt, unb64(site.deployment)));
    try {
      await mailbox.refresh();
      return mailbox;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "no_mailbox") throw error;
      refusal = error;
    }
  }
  throw refusal;
}

export class Mailbox {
  opened: Opened | undefined;
  private commitment = "";
  private unsent: Unsent | undefined;

  constructor(
    private readonly site: Site,
    private readonly child: Child,
  ) {}

  private get token(): string {
    return b64(this.child.token);
  }

  /** Fetches and checks everything anew. Throws Refusal or SealedError. */
  async refresh(): Promise<Opened> {
    const answer = await postJson<MailboxAnswer>("/api/mailbox", { token: this.token });
    this.commitment = answer.commitment;
    this.opened = answer.manifest
      ? await this.open(answer)
      : { thread: undefined, events: [], erase: answer.erase, desks: [] };
    return this.opened;
  }

  private async open(answer: MailboxAnswer): Promise<Opened> {
    const desks = await this.publishedDesks(answer);
    const keys = Object.fromEntries(desks.map((desk) => [`${desk.id}/${desk.epoch}`, desk.verify]));
    const thread = await openMailbox(answer, this.child, unb64(this.site.deployment), keys);
    return { thread, events: answer.events, erase: answer.erase, desks };
  }

  /** The desks of the directory files that this page was published with; their keys outrank what the server says. */
  private async publishedDesks(answer: MailboxAnswer): Promise<Desk[]> {
    const seats = [
      ...readManifest(answer.manifest).grants.map((grant) => grant.desk),
      ...Object.keys(answer.desks),
    ];
    const held = new Set(seats.map((seat) => seat.split("/")[0]));
    const regions = this.site.regions.filter((region) => held.has(region.id));
    const wanted = regions.length ? regions : this.site.regions.slice(0, 1);
    const files = await Promise.all(wanted.map((region) => loadDirectory(this.site, region.id)));
    return files.flatMap((file) => file.desks);
  }

  /** A file of the thread, opened. */
  async file(part: Part, note: FileNote): Promise<Uint8Array> {
    const sealed = new Uint8Array(await post("/api/mailbox/file", { token: this.token, hash: part.hash }));
    return openFile(sealed, this.thread.seed, { hash: unb64(part.hash), note });
  }

  private get thread(): OpenedMailbox {
    if (!this.opened?.thread) throw new Refusal("server", "erased");
    return this.opened.thread;
  }

  /** Writes on. A repeated try sends the same bytes; when somebody else was first, it is sealed for the place after. */
  async write(text: string, files: readonly Attachment[]): Promise<void> {
    try {
      await this.deliver(await this.sealed(text, files));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "out_of_date") throw error;
      this.unsent = undefined;
      await this.refresh();
      await this.deliver(await this.sealed(text, files));
    }
    this.unsent = undefined;
    await this.refresh().catch(() => undefined); // It has arrived: not seeing it yet is no reason to send it again.
  }

  private async sealed(text: string, files: readonly Attachment[]): Promise<Unsent> {
    const before = this.unsent;
    if (before?.text === text && sameFiles(before.files, files)) return before;
    const { commitment, next: sequence, last: previous, seed } = this.thread;
    const sealed = await sealMessage({
      seed,
      sign: this.child.sign,
      place: { commitment, author: "child", sequence, previous },
      letter: { language: language(), text },
      files: files.map(enclosure),
    });
    this.unsent = { text, files, sequence, previous, sealed };
    return this.unsent;
  }

  private async deliver({ sequence, previous, sealed }: Unsent): Promise<void> {
    const body = parcel([
      { name: "token", value: this.token },
      { name: "sequence", value: `${sequence}` },
      { name: "previous", value: b64(previous) },
      { name: "signature", value: b64(sealed.signature) },
      { name: "payload", value: sealed.payload },
      ...sealed.files.map((value) => ({ name: "file", value })),
    ]);
    await post("/api/mailbox/messages", body);
  }

  /** Asks to erase everything, or takes that back. */
  async erase(act: "erase" | "withdraw"): Promise<void> {
    const count = this.opened?.erase.count ?? 0;
    const signature = await eraseSignature(this.child.sign, unb64(this.commitment), act, count);
    await post("/api/mailbox/erase", { token: this.token, act, signature: b64(signature) });
    await this.refresh();
  }

  /** Overwrites the keys. */
  forget(): void {
    this.opened?.thread?.seed.fill(0);
    for (const key of [this.child.identity, this.child.sign, this.child.token, this.child.verification])
      key.fill(0);
    this.opened = undefined;
    this.unsent = undefined;
  }
}
