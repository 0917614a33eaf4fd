/** Drafts on the server: sealed and sent after every pause in writing, and at once when the page or the keys go. */

import type { DeskSession } from "../desk-session";
import { moment } from "../format";
import { text } from "../texts";
import { VaultError } from "../vault/client";
import * as doors from "./api";

const SEAL_MS = 1000;
const NOTHING = new Uint8Array();

/** One officer's unsent words, one thread at a time; in this page's memory they wait as ciphertext only. */
export class DraftKeeper {
  private thread = "";
  private words = "";
  private timer = 0;
  /** Sealed and not yet on the server, by thread. */
  private readonly waiting = new Map<string, Uint8Array>();
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly say: (words: string) => void,
  ) {
    addEventListener("pagehide", () => void this.send());
    addEventListener("online", () => void this.send());
  }

  /** Something was typed. */
  changed(thread: string, words: string): void {
    if (this.thread !== thread) void this.flush();
    [this.thread, this.words] = [thread, words];
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), SEAL_MS);
  }

  /** Seal and send what was typed last; safe to call when nothing was. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    const [session, thread, words] = [this.session(), this.thread, this.words];
    this.thread = "";
    if (!session || !thread) return this.send();
    const sealing = words.trim() ? session.vault.ask("sealDraft", thread, words) : Promise.resolve(NOTHING);
    this.last = this.last.then(() => this.put(thread, sealing));
    return this.last;
  }

  /** It was sent, or is not wanted: nothing of it stays. */
  drop(thread: string): Promise<void> {
    clearTimeout(this.timer);
    if (this.thread === thread) this.thread = "";
    this.last = this.last.then(() => this.put(thread, Promise.resolve(NOTHING)));
    return this.last;
  }

  /** What was written to a thread before, here or elsewhere; nothing when there is none or it does not open. */
  async restored(thread: string): Promise<string> {
    await this.last;
    const session = this.session();
    const found = await doors.draft(thread);
    if (!session || !found) return "";
    try {
      const words = await session.vault.ask("openDraft", thread, found.sealed);
      this.say(text("reply.draft.restored", { time: moment(found.at) }));
      return words;
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      this.say(text("reply.draft.broken"));
      return "";
    }
  }

  private async put(thread: string, sealing: Promise<Uint8Array>): Promise<void> {
    try {
      this.waiting.set(thread, await sealing);
    } catch (error) {
      const long = error instanceof VaultError && error.code === "draft_too_long";
      return this.say(text(long ? "reply.draft.too_long" : "reply.draft.unsaved"));
    }
    await this.send();
  }

  /** Send what waits; what does not arrive waits on. */
  private async send(): Promise<void> {
    for (const [thread, sealed] of [...this.waiting]) {
      try {
        await doors.saveDraft(thread, sealed);
        if (this.waiting.get(thread) === sealed) this.waiting.delete(thread);
        this.say(sealed.length ? text("reply.draft.saved") : "");
      } catch {
        this.say(text("reply.draft.unsaved"));
      }
    }
  }
}
