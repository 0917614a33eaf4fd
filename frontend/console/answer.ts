/** An officer's answer: written here, sealed in the vault, sent. What is written stays until it is sent. */

import * as api from "./api";
import { Attachments, OVERHEAD } from "./attachments";
import type { DeskSession } from "./desk-session";
import { byId, say, show } from "./dom";
import { size } from "./format";
import { insertAtCaret } from "./reply/caret";
import { bindClosing } from "./reply/closing";
import { DraftKeeper } from "./reply/keeper";
import { type Leak, leaks } from "./reply/leaks";
import { PreviewDialog } from "./reply/preview";
import { TemplatesDialog } from "./reply/templates";
import { VoiceDialog } from "./reply/voice";
import { LeakWarning } from "./reply/warning";
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

/** The form under a thread: words are kept sealed on the server, added files in this page only. */
export class AnswerForm {
  private readonly form = byId<HTMLFormElement>("answer-form");
  private readonly words = byId<HTMLTextAreaElement>("answer-text");
  private readonly error = byId("answer-error");
  private readonly send = byId<HTMLButtonElement>("answer-send");
  private readonly attachments = new Attachments(this.error, () => this.measure());
  private readonly drafts = new Map<string, Kept>();
  private readonly status = byId("draft-status");
  private readonly keeper: DraftKeeper;
  private readonly warning = new LeakWarning();
  private readonly templates: TemplatesDialog;
  private readonly preview: PreviewDialog;
  private readonly voice = new VoiceDialog((file) => this.attachments.take(file));

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly shown: () => Shown | undefined,
    private readonly reload: () => Promise<void>,
    private readonly failed: (error: unknown) => boolean,
  ) {
    this.keeper = new DraftKeeper(session, (words) => {
      this.status.textContent = words;
    });
    this.templates = new TemplatesDialog(session, (words) => insertAtCaret(this.words, words), failed);
    this.preview = new PreviewDialog(session);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit();
    });
    this.words.addEventListener("input", () => this.typed());
    this.words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.send.click();
    });
    byId("templates-button").addEventListener("click", () => void this.templates.open(this.language()));
    byId("preview-button").addEventListener("click", () => void this.showPreview());
    byId("voice-button").addEventListener("click", () => this.voice.open());
    bindClosing();
    byId("answer-limits").textContent = limits();
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
    const id = this.shown()?.sealed.id ?? "";
    const kept = this.drafts.get(id);
    if (!this.form.hidden) return;
    if (!kept) return void this.fetchDraft(id);
    this.words.value = kept.text;
    this.attachments.set(kept.files);
    this.open();
  }

  /** Words that this officer left on the server, perhaps from another machine; what is typed meanwhile wins. */
  private async fetchDraft(id: string): Promise<void> {
    try {
      const words = await this.keeper.restored(id);
      if (!words || this.shown()?.sealed.id !== id || this.words.value) return;
      this.words.value = words;
      this.open();
    } catch (error) {
      this.failed(error);
    }
  }

  private typed(): void {
    this.measure();
    this.keeper.changed(this.shown()?.sealed.id ?? "", this.words.value);
  }

  /** What was typed last goes to the server sealed; call it before the keys are forgotten. */
  flush(): Promise<void> {
    return this.keeper.flush();
  }

  private language(): string {
    return this.shown()?.opened.content?.language || bootstrap().language;
  }

  private showPreview(): Promise<void> {
    const { text: words, files } = this.draft();
    const desk = this.shown()?.sealed.seat.split("/")[0] ?? "";
    return this.preview.open({ language: this.language(), text: words, files, desk });
  }

  /** What others at home might understand from these words. */
  private async leaksIn(words: string): Promise<Leak[]> {
    const opened = this.shown()?.opened;
    const child = (opened?.messages ?? []).filter(({ author }) => author === "child").map((one) => one.text);
    const code = opened?.content?.school ?? "";
    const school = await this.session()
      ?.schoolName(code)
      .catch(() => "");
    return leaks(words, bootstrap().reply.leaks, { child: child.join("\n"), school: school ?? "" });
  }

  /** Hide the form; what is written is kept for this thread. */
  close(): void {
    void this.keeper.flush();
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
    this.warning.hide();
    this.status.textContent = "";
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
    if (!(await this.warning.ask(draft.text, await this.leaksIn(draft.text)))) return this.words.focus();
    if (this.session() !== session || this.shown()?.sealed.id !== shown.sealed.id) return;
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
    void this.keeper.drop(id);
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

/** What may be added, said before anybody tries. */
function limits(): string {
  const { limits: most, reply } = bootstrap();
  const values = { files: most.files, size: size(Math.floor(most.file_bytes / OVERHEAD)) };
  return text("reply.limits.text", { ...values, minutes: Math.floor(reply.voice_seconds / 60) });
}

/** Say something that needs no answer. */
export function toast(words: string): void {
  const element = byId("toast");
  say(element, words);
  setTimeout(() => say(element, ""), 6000);
}
