/** The list of appeals: drawn at once from what the server knows, then filled as the vault opens them in the background. */

import * as api from "./api";
import type { DeskSession } from "./desk-session";
import { byId, show } from "./dom";
import { counts, type Folder, shows, sorted } from "./folders";
import { drawRow } from "./row";
import { text } from "./texts";
import type { Row } from "./wire";

const BATCH = 25;
const POLL_SECONDS = 20;

type Failed = (error: unknown) => boolean;

/** Shows one folder of the session's rows and keeps them fresh. */
export class InboxScreen {
  private readonly list = byId<HTMLUListElement>("rows");
  private readonly status = byId("inbox-status");
  private readonly folders = [...document.querySelectorAll<HTMLButtonElement>("[data-folder]")];
  private folder: Folder = "all";
  private chosen = "";
  private timer = 0;

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly failed: Failed,
  ) {
    for (const button of this.folders) button.addEventListener("click", () => this.choose(button));
  }

  /** Fetch, draw, open in the background, and look again every 20 seconds. */
  async start(session: DeskSession): Promise<void> {
    this.status.textContent = text("console.thread.opening");
    await this.refresh(session, false);
    clearInterval(this.timer);
    this.timer = window.setInterval(() => void this.refresh(session, true), POLL_SECONDS * 1000);
  }

  /** Ask the server for the rows; what is new is opened in the background. */
  async refresh(session: DeskSession, background: boolean): Promise<void> {
    if (this.session() !== session || (background && document.hidden)) return;
    try {
      const { now, threads } = await api.inbox(background);
      if (this.session() !== session) return;
      session.now = now;
      session.rows = sorted(threads);
      this.draw();
      void this.openAll(session);
    } catch (error) {
      if (!this.failed(error)) this.status.textContent = text("console.gate.offline");
    }
  }

  /** The rows that the chosen folder shows, in order. */
  visible(): Row[] {
    return (this.session()?.rows ?? []).filter((row) => shows(this.folder, row));
  }

  /** Draw everything anew; the chosen row keeps the focus. */
  draw(): void {
    const session = this.session();
    if (!session) return;
    const rows = this.visible();
    const focused = this.list.contains(document.activeElement);
    this.list.replaceChildren(...rows.map((row) => drawRow(row, session)));
    this.drawCounts(session.rows);
    this.drawEmpty(rows.length, session.rows.length);
    this.mark(focused);
    this.progress(session);
  }

  /** Choose the next or the previous row. */
  move(by: number): void {
    const rows = this.visible();
    const at = rows.findIndex((row) => row.id === this.chosen);
    this.chosen = rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.id ?? "";
    this.mark(true);
  }

  /** The id beside the given one, or "" at an end. */
  beside(id: string, by: number): string {
    const rows = this.visible();
    const at = rows.findIndex((row) => row.id === id);
    return at < 0 ? "" : (rows[at + by]?.id ?? "");
  }

  /** Remember which appeal was opened, and show it as opened. */
  visited(id: string): void {
    this.chosen = id;
    const row = this.session()?.rows.find((found) => found.id === id);
    if (row) row.opened = true;
    this.draw();
  }

  /** Put the focus where the officer left it. */
  focus(): void {
    this.mark(true);
  }

  /** Take everything readable out of the page. */
  clear(): void {
    clearInterval(this.timer);
    this.list.replaceChildren();
    this.status.textContent = "";
    this.chosen = "";
    for (const button of this.folders) this.countOf(button).textContent = "";
  }

  private choose(button: HTMLButtonElement): void {
    this.folder = button.dataset.folder as Folder;
    for (const other of this.folders) other.setAttribute("aria-current", String(other === button));
    if (location.hash) history.pushState(null, "", location.pathname);
    dispatchEvent(new HashChangeEvent("hashchange"));
    this.draw();
  }

  private mark(focus: boolean): void {
    for (const link of this.list.querySelectorAll<HTMLAnchorElement>("a.row")) {
      const isChosen = link.dataset.id === this.chosen;
      link.classList.toggle("is-chosen", isChosen);
      if (isChosen && focus) link.focus();
    }
  }

  private drawCounts(rows: Row[]): void {
    const found = counts(rows);
    for (const button of this.folders) {
      this.countOf(button).textContent = String(found[button.dataset.folder as Folder] || "");
    }
  }

  private countOf(button: HTMLButtonElement): Element {
    return button.querySelector(".count") as Element;
  }

  private drawEmpty(visible: number, all: number): void {
    const which = all === 0 ? "empty" : "empty_folder";
    byId("inbox-empty-title").textContent = text(`console.inbox.${which}_title`);
    byId("inbox-empty-text").textContent = text(`console.inbox.${which}_text`);
    show(byId("inbox-empty"), visible === 0);
  }

  /** Open what is not open yet, the top of the list first, in batches that leave the page its breath. */
  private async openAll(session: DeskSession): Promise<void> {
    for (;;) {
      const ids = session.rows.filter((row) => !session.opened.has(row.id)).map((row) => row.id);
      if (ids.length === 0 || this.session() !== session) return;
      if (!(await this.openBatch(session, ids.slice(0, BATCH)))) return;
    }
  }

  private async openBatch(session: DeskSession, ids: string[]): Promise<boolean> {
    try {
      const envelopes = await api.envelopes(ids);
      for (const envelope of envelopes) {
        session.opened.set(envelope.id, await session.vault.ask("openEnvelope", envelope));
        this.redraw(session, envelope.id);
      }
      return envelopes.length === ids.length;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  private redraw(session: DeskSession, id: string): void {
    const row = session.rows.find((found) => found.id === id);
    const old = this.list.querySelector(`a[data-id="${id}"]`);
    if (this.session() !== session || !row || !old) return;
    const focused = old === document.activeElement;
    old.closest("li")?.replaceWith(drawRow(row, session));
    this.mark(focused);
    this.progress(session);
  }

  private progress(session: DeskSession): void {
    const total = session.rows.length;
    const done = session.rows.filter((row) => session.opened.has(row.id)).length;
    const key = done < total ? "console.inbox.opening" : "console.inbox.count";
    this.status.textContent = total ? text(key, { done, total }) : "";
  }
}
