/** An officer's answer: written here, sealed in the vault, sent. What is written stays until it is sent or the desk is locked. */

import * as api from "./api";
import { Attachments } from "./attachments";
import type { DeskSession } from "./desk-session";
import { byId, say, show } from "./dom";
import { size } from "./format";
import { bootstrap, label, text } from "./texts";
import type { Shown } from "./thread";
import { lastWritten } from "./trail";
import { VaultError } from "./vault/client";
import type { Draft } from "./vault/contract";

/** The largest padded payload, less its length prefix (docs/reference/wire.md). */
const ROOM = 65_536 - 4;

interface Kept {
  text: string;
  files: Draft["files"];
}

/** The form under a thread; one draft for each thread, in memory only. */
export class AnswerForm {
  private readonly form = byId<HTMLFormElement>("answer-form");
  private readonly words = byId<HTMLTextAreaElement>("answer-text");
  private readonly error = byId("answer-error");
  private readonly send = byId<HTMLButtonElement>("answer-send");
  private readonly attachments = new Attachments(this.error, () => this.measure());
  private readonly drafts = new Map<string, Kept>();

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly shown: () => Shown | undefined,
    private readonly reload: () => Promise<void>,
    private readonly failed: (error: unknown) => boolean,
  ) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.words.addEventListener("input", () => this.measure());
    byId("answer-close").addEventListener("click", () => this.close());
  }

  /** Show the form and put the cursor into it. */
  open(): void {
    const shown = this.shown();
    if (!shown) return;
    const language = label(bootstrap().languages, shown.opened.content?.language ?? "");
    byId("answer-language").textContent = text("console.answer.language", { language });
    show(this.form, true);
    this.measure();
    this.words.focus();
    this.form.scrollIntoView({ block: "nearest" });
  }

  /** When the thread is drawn: whatever was written to it before is there again. */
  restore(): void {
    const kept = this.drafts.get(this.shown()?.sealed.id ?? "");
    if (!kept || !this.form.hidden) return;
    this.words.value = kept.text;
    this.attachments.set(kept.files);
    this.open();
  }

  /** Hide the form; what is written is kept for this thread. */
  close(): void {
    this.keep();
    this.reset();
    show(this.form, false);
  }

  /** Leave the field if the cursor is in it; whether it was. */
  letGo(): boolean {
    const inside = this.form.contains(document.activeElement);
    if (inside) (document.activeElement as HTMLElement).blur();
    return inside;
  }

  /** Forget every draft. */
  forget(): void {
    this.drafts.clear();
    this.reset();
    show(this.form, false);
  }

  private keep(): void {
    const id = this.shown()?.sealed.id;
    if (!id || this.form.hidden) return;
    const kept = { text: this.words.value, files: this.attachments.files };
    if (kept.text || kept.files.length) this.drafts.set(id, kept);
    else this.drafts.delete(id);
  }

  private reset(): void {
    this.words.value = "";
    this.attachments.set([]);
    say(this.error, "");
    show(byId("answer-conflict"), false);
  }

  private draft(): Draft {
    return { language: bootstrap().language, text: this.words.value.trim(), files: this.attachments.files };
  }

  /** How many bytes are left; each file's description takes some. */
  private measure(): number {
    const { language, text: words, files } = this.draft();
    const notes = files.map(({ kind, type, name, data }) => ({ kind, type, name, length: data.length }));
    const used = new TextEncoder().encode(
      JSON.stringify({ v: 1, language, text: words, files: notes }),
    ).length;
    const left = ROOM - used;
    const key = left < 0 ? "console.answer.too_long" : "console.answer.room";
    byId("answer-room").textContent = text(key, { bytes: size(Math.abs(left)) });
    return left;
  }

  private async submit(): Promise<void> {
    const [session, shown, draft] = [this.session(), this.shown(), this.draft()];
    if (!session || !shown) return;
    if (!draft.text && draft.files.length === 0) return this.complain(text("console.answer.empty"));
    if (this.measure() < 0) return this.words.focus();
    this.busy(true);
    try {
      const sealed = await session.vault.ask("sealAnswer", shown.sealed.id, shown.sealed.seat, draft);
      await api.answer(shown.sealed.id, sealed);
      await this.sent(shown.sealed.id);
    } catch (error) {
      await this.explain(error);
    } finally {
      this.busy(false);
    }
  }

  private async sent(id: string): Promise<void> {
    this.drafts.delete(id);
    if (this.shown()?.sealed.id === id) {
      this.reset();
      show(this.form, false);
    }
    toast(text("console.answer.sent"));
    await this.reload();
  }

  /** Somebody wrote first: their message is fetched and shown, the words here stay. */
  private async explain(error: unknown): Promise<void> {
    if (this.failed(error)) return;
    if (error instanceof api.Refusal && error.code === "out_of_date") {
      await this.reload();
      this.sayWhoWasFirst();
      show(byId("answer-conflict"), true);
      byId("answer-conflict").scrollIntoView({ block: "nearest" });
      return;
    }
    if (!(error instanceof VaultError && error.code === "locked"))
      this.complain(text("console.answer.failed"));
  }

  /** Name whoever wrote meanwhile, and when. */
  private sayWhoWasFirst(): void {
    const [session, shown] = [this.session(), this.shown()];
    const first = session && shown && lastWritten(shown.sealed, session);
    const words = first ? text("inbox.conflict", first) : text("console.answer.out_of_date");
    byId("answer-conflict-text").textContent = words;
  }

  private complain(words: string): void {
    say(this.error, words);
    this.words.focus();
  }

  private busy(busy: boolean): void {
    this.send.disabled = busy;
    const key = busy ? "console.answer.sending" : "console.answer.send";
    (this.send.lastElementChild as HTMLElement).textContent = text(key);
  }
}

/** Say something that needs no answer. */
export function toast(words: string): void {
  const element = byId("toast");
  say(element, words);
  setTimeout(() => say(element, ""), 6000);
}
