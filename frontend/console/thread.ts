/** One appeal: fetched sealed, opened in the vault, drawn as text; opening it is signed by the desk and written down. */

import { AnswerForm } from "./answer";
import * as api from "./api";
import { AsideDialog } from "./aside";
import type { DeskSession } from "./desk-session";
import { byId, notice, show } from "./dom";
import { EraseDialog } from "./erase";
import { drawFacts } from "./facts";
import type { InboxScreen } from "./inbox";
import { drawMessages } from "./message";
import { PassDialog } from "./pass";
import { reasons } from "./row";
import { text } from "./texts";
import { drawHolders, drawTrail } from "./trail";
import type { OpenedThread } from "./vault/contract";
import type { SealedThread } from "./wire";

type Failed = (error: unknown) => boolean;

/** A thread as it is shown: what the server holds beside what the vault opened. */
export interface Shown {
  sealed: SealedThread;
  opened: OpenedThread;
}

/** Shows a thread, or nothing. */
export class ThreadScreen {
  private readonly root = byId("thread");
  private readonly title = byId("thread-title");
  private readonly answer: AnswerForm;
  private readonly pass: PassDialog;
  private readonly aside: AsideDialog;
  private readonly erase: EraseDialog;
  private shown: Shown | undefined;
  private wanted = "";

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly inbox: InboxScreen,
    private readonly failed: Failed,
  ) {
    const reload = () => this.load(this.wanted);
    this.answer = new AnswerForm(session, () => this.shown, reload, failed);
    this.pass = new PassDialog(session, () => this.shown, reload, failed);
    this.aside = new AsideDialog(
      session,
      () => this.shown,
      (why) => this.moved(why),
      failed,
    );
    this.erase = new EraseDialog(
      session,
      () => this.shown,
      (proposed) => this.proposed(proposed),
      () => this.erased(),
      failed,
    );
    byId("back-button").addEventListener("click", () => this.leave());
    byId("answer-button").addEventListener("click", () => this.startAnswer());
    byId("pass-button").addEventListener("click", () => void this.startPass());
  }

  /** Back to the list, and the appeal is unread again. */
  async markUnread(): Promise<void> {
    const id = this.wanted;
    this.leave();
    await this.inbox.markUnread(id);
  }

  /** Unsent words go to the server, sealed; call it before the keys are forgotten. */
  flush(): Promise<void> {
    return this.answer.flush();
  }

  isOpen(): boolean {
    return this.wanted !== "";
  }

  /** Show a thread by its id. */
  async open(id: string): Promise<void> {
    this.empty();
    this.wanted = id;
    this.reading(true);
    this.title.textContent = text("console.thread.opening");
    await this.load(id, () => this.title.focus());
    if (this.wanted === id && !this.shown) this.title.focus();
  }

  /** Back to the list. */
  leave(): void {
    if (!this.isOpen()) return;
    this.clear();
    if (location.hash) history.pushState(null, "", location.pathname);
    this.inbox.draw();
    this.inbox.focus();
  }

  /** Escape: out of the field first, then out of the thread. */
  back(): void {
    if (!this.inbox.finder.letGo() && !this.answer.letGo()) this.leave();
  }

  /** The next or the previous appeal of the list. */
  step(by: number): void {
    const id = this.inbox.beside(this.wanted, by);
    if (id) location.hash = id;
  }

  startAnswer(): void {
    if (this.shown?.sealed.can_speak) this.answer.open();
  }

  /** Set aside or taken back: the list knows, and the thread says so. */
  private async moved(aside: string): Promise<void> {
    this.inbox.moved(this.wanted, aside);
    await this.load(this.wanted);
  }

  private async proposed(proposed: boolean): Promise<void> {
    this.inbox.proposed(this.wanted, proposed);
    await this.load(this.wanted);
  }

  /** Erased for good: nothing of it stays on the page. */
  private erased(): void {
    this.inbox.erased(this.wanted);
    this.leave();
  }

  async startPass(): Promise<void> {
    if (this.shown?.sealed.can_speak) await this.pass.open();
  }

  startAside(): void {
    if (this.shown?.sealed.can_speak) this.aside.start();
  }

  /** Take everything readable out of the page. */
  clear(): void {
    this.empty();
    this.wanted = "";
    this.reading(false);
    if (!this.session()) this.answer.forget();
  }

  private empty(): void {
    this.answer.close();
    this.erase.clear();
    this.shown = undefined;
    this.allow(false);
    this.title.textContent = "";
    for (const id of ["messages", "facts", "holders", "trail", "thread-notices"]) byId(id).replaceChildren();
  }

  private reading(open: boolean): void {
    show(this.root, open);
    show(byId("inbox"), !open);
    byId("desk").classList.toggle("is-reading", open);
    byId("main").scrollTop = 0;
  }

  /** `drawn` is called before anybody can have gone on: whoever begins to write at once keeps the cursor. */
  private async load(id: string, drawn?: () => void): Promise<void> {
    const session = this.session();
    if (!session) return;
    try {
      const sealed = await api.thread(id);
      const opened = await session.vault.ask("openThread", sealed);
      if (this.wanted !== id || this.session() !== session) return;
      this.shown = { sealed, opened };
      this.inbox.seen(sealed);
      this.draw(session);
      drawn?.();
      await this.tellOpened(session, sealed, opened);
    } catch (error) {
      this.explain(error);
    }
  }

  /** The first opening by a desk stops a clock: the desk says so with its key, and the trail shows it. */
  private async tellOpened(session: DeskSession, sealed: SealedThread, opened: OpenedThread): Promise<void> {
    if (opened.problem || !sealed.can_speak || session.told.has(sealed.id)) return;
    const signature = await session.vault.ask("signAct", sealed.id, sealed.seat, "opened");
    await api.opened(sealed.id, sealed.seat, signature);
    session.told.add(sealed.id);
    this.inbox.visited(sealed.id);
    const fresh = await api.thread(sealed.id);
    if (this.shown?.sealed.id === sealed.id) drawTrail(fresh, session);
  }

  private draw(session: DeskSession): void {
    if (!this.shown) return;
    const { sealed, opened } = this.shown;
    this.title.textContent = opened.content ? reasons(opened.content) : text("console.inbox.sealed");
    this.drawNotices(sealed, opened);
    drawMessages(this.shown, session);
    drawFacts(this.shown, session);
    drawHolders(sealed, session);
    drawTrail(sealed, session);
    this.allow(sealed.can_speak && !opened.problem);
    this.answer.restore();
  }

  private allow(speak: boolean): void {
    byId<HTMLButtonElement>("answer-button").disabled = !speak;
    byId<HTMLButtonElement>("pass-button").disabled = !speak;
    this.aside.offer(speak);
    void this.erase.offer(speak);
  }

  private drawNotices(sealed: SealedThread, opened: OpenedThread): void {
    const notices: HTMLElement[] = [];
    const why = opened.problem && text(`console.broken.${opened.problem}`);
    if (why) notices.push(notice("alert", text("console.broken_notice", { why }), "is-danger"));
    if (opened.content?.safe === "no")
      notices.push(notice("alert", text("console.thread.unsafe"), "is-danger"));
    if (protection(sealed) === "server") {
      notices.push(notice("server", text("console.protection.server_long"), "is-warn"));
    }
    if (sealed.aside) notices.push(notice("box", asideNotice(sealed.aside), "is-warn"));
    if (!sealed.can_speak) notices.push(notice("key", text("console.thread.cannot_speak"), "is-warn"));
    byId("thread-notices").replaceChildren(...notices);
  }

  private explain(error: unknown): void {
    if (this.failed(error) || !this.isOpen()) return;
    const gone = error instanceof api.Refusal && error.status === 404;
    this.title.textContent = text(gone ? "console.thread.gone" : "console.gate.offline");
    this.allow(false);
  }
}

/** That the appeal is set aside, and why. */
function asideNotice(why: string): string {
  return text("aside.notice", { why: text(`aside.reason.${why}`) });
}

/** Where a thread was sealed, as its manifest says. */
export function protection(sealed: SealedThread): string {
  try {
    return String((JSON.parse(sealed.manifest) as { protection?: unknown }).protection);
  } catch {
    return "";
  }
}
