/** The list of appeals: drawn at once from what the server knows, then filled as the vault opens them in the background. */

import * as api from "./api";
import type { DeskSession } from "./desk-session";
import { byId, show } from "./dom";
import { decides } from "./erase";
import { passes } from "./filters";
import { Finder } from "./finder";
import { counts, type Folder, shows, sorted } from "./folders";
import { drawRow } from "./row";
import { text } from "./texts";
import type { Envelope, Inbox, Row, SealedThread } from "./wire";

const BATCH = 25;
const POLL_SECONDS = 20;
/** The whole list is asked for again after so many looks at its first page. */
const WHOLE_EVERY = 15;
const DRAWN = 50;

type Failed = (error: unknown) => boolean;

/** Fetch while the vault is still busy; a failure waits until somebody looks. */
function ahead(ids: string[]): Promise<Envelope[]> {
  const fetched = api.envelopes(ids);
  fetched.catch(() => {});
  return fetched;
}

/** Shows one folder of the session's rows and keeps them fresh. */
export class InboxScreen {
  private readonly list = byId<HTMLUListElement>("rows");
  private readonly status = byId("inbox-status");
  private readonly folders = [...document.querySelectorAll<HTMLButtonElement>("[data-folder]")];
  private readonly more = byId<HTMLButtonElement>("rows-more");
  readonly finder = new Finder(
    () => this.session()?.vault,
    () => this.redrawFromTop(),
  );
  private drawn = DRAWN;
  private looks = 0;
  private opening: DeskSession | undefined;
  private folder: Folder = "all";
  private chosen = "";
  /** How often this officer changed something here. */
  private acts = 0;
  /** Where in the list the appeal was that is being read. */
  private place = 0;
  private timer = 0;

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly failed: Failed,
  ) {
    for (const button of this.folders) button.addEventListener("click", () => this.choose(button));
    this.more.addEventListener("click", () => this.showMore());
    this.list.addEventListener("focusin", (event) => {
      this.chosen = (event.target as Element).closest<HTMLElement>("a.row")?.dataset.id ?? this.chosen;
    });
  }

  /** Fetch, draw, open in the background, and look again every 20 seconds. */
  async start(session: DeskSession): Promise<void> {
    this.status.textContent = text("console.thread.opening");
    void decides(session).then((own) => show(byId("erasing-folder"), own));
    await this.refresh(session, false);
    clearInterval(this.timer);
    this.timer = window.setInterval(() => void this.refresh(session, true), POLL_SECONDS * 1000);
  }

  /** Ask the server for the rows; what is new is opened in the background. */
  async refresh(session: DeskSession, background: boolean): Promise<void> {
    if (this.session() !== session || (background && document.hidden)) return;
    try {
      const whole = !background || ++this.looks % WHOLE_EVERY === 0;
      await this.take(session, background, whole);
    } catch (error) {
      if (!this.failed(error)) this.status.textContent = text("console.gate.offline");
    }
  }

  /** Take the first page, or page after page; what is there is opened meanwhile. What has gone is noticed when all were asked for. */
  private async take(session: DeskSession, background: boolean, whole: boolean): Promise<void> {
    const found = new Map<string, Row>();
    let after = "";
    let isFirst = true;
    do {
      const page = await this.ask(session, background || after !== "", after);
      if (!page) return;
      for (const row of page.threads) found.set(row.id, row);
      session.now = page.now;
      after = page.next;
      const kept =
        !after && (whole || found.size === 0) ? [] : session.rows.filter((row) => !found.has(row.id));
      session.rows = sorted([...found.values(), ...kept]);
      if (isFirst || !after) this.draw();
      void this.openAll(session);
      isFirst = false;
    } while (after && whole);
  }

  /** One page; what the server said before this officer's last act is asked again. */
  private async ask(session: DeskSession, background: boolean, after: string): Promise<Inbox | undefined> {
    for (;;) {
      const acts = this.acts;
      const page = await api.inbox(background, after);
      if (this.session() !== session) return undefined;
      if (acts === this.acts) return page;
    }
  }

  /** The rows that the chosen folder and the finder show, in order. */
  visible(): Row[] {
    const session = this.session();
    if (!session) return [];
    const filters = this.finder.filters();
    const rows = session.rows.filter(
      (row) => shows(this.folder, row) && passes(filters, row, session.opened.get(row.id)),
    );
    return this.finder.matching(rows);
  }

  /** Draw everything anew; the chosen row keeps the focus. */
  draw(): void {
    const session = this.session();
    if (!session) return;
    const rows = this.visible();
    const focused = this.list.contains(document.activeElement);
    this.list.replaceChildren(...rows.slice(0, this.drawn).map((row) => drawRow(row, session)));
    show(this.more, rows.length > this.drawn);
    this.finder.report(rows.length, session.rows.length);
    this.drawCounts(session.rows);
    this.drawEmpty(rows.length, session.rows.length);
    this.mark(focused);
    this.progress(session);
  }

  /** Choose the next or the previous row. */
  move(by: number): void {
    const rows = this.visible();
    const at = rows.findIndex((row) => row.id === this.chosen);
    const to = Math.min(rows.length - 1, Math.max(0, at + by));
    this.chosen = rows[to]?.id ?? "";
    if (to >= this.drawn) this.showMore();
    this.mark(true);
  }

  /** The id beside the given one, or "" at an end; where it was when it has left the folder since. */
  beside(id: string, by: number): string {
    const rows = this.visible();
    const at = rows.findIndex((row) => row.id === id);
    const to = at < 0 ? this.place + Math.min(by, 0) : at + by;
    this.place = Math.max(0, to);
    return rows[to]?.id ?? "";
  }

  /** Open the chosen row. */
  openChosen(): void {
    if (this.chosen) location.hash = this.chosen;
  }

  /** Put an appeal back among what this officer has not read. */
  async markUnread(id: string): Promise<void> {
    const row = this.session()?.rows.find((found) => found.id === (id || this.chosen));
    if (!row) return;
    try {
      await api.unread(row.id);
      this.acts++;
      row.read = false;
      this.draw();
    } catch (error) {
      if (!this.failed(error)) this.status.textContent = text("console.gate.offline");
    }
  }

  /** Show a folder by its name. */
  go(folder: Folder): void {
    const button = this.folders.find((found) => found.dataset.folder === folder);
    if (button) this.choose(button);
    this.list.querySelector<HTMLAnchorElement>("a.row")?.focus();
  }

  /** This officer has read an appeal, and knows who wrote last in it: it moves to where it belongs at once. */
  seen({ id, messages }: SealedThread): void {
    const session = this.session();
    const row = session?.rows.find((found) => found.id === id);
    const last = messages.at(-1);
    if (!session || !row) return;
    const at = this.visible().indexOf(row);
    if (at >= 0) this.place = at;
    this.acts++;
    row.read = true;
    if (last) row.last = { author: last.author, at: last.at, sequence: last.sequence };
    session.rows = sorted(session.rows);
  }

  private showMore(): void {
    const next = this.drawn;
    this.drawn += DRAWN;
    this.draw();
    this.list.querySelectorAll<HTMLAnchorElement>("a.row")[next]?.focus();
  }

  private redrawFromTop(): void {
    this.drawn = DRAWN;
    this.draw();
  }

  /** Remember which appeal was opened, and show it as opened. */
  visited(id: string): void {
    this.chosen = id;
    const row = this.session()?.rows.find((found) => found.id === id);
    if (row) row.opened = row.read = true;
    this.draw();
  }

  /** An appeal was set aside, or taken back. */
  moved(id: string, aside: string): void {
    const row = this.session()?.rows.find((found) => found.id === id);
    this.acts++;
    if (row) row.aside = aside;
    this.draw();
  }

  /** An appeal is proposed to be erased, or not any more. */
  proposed(id: string, erasing: boolean): void {
    const row = this.session()?.rows.find((found) => found.id === id);
    if (row) row.erasing = erasing;
    this.draw();
  }

  /** An appeal is gone for good. */
  erased(id: string): void {
    const session = this.session();
    if (session) session.rows = session.rows.filter((row) => row.id !== id);
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
    this.drawn = DRAWN;
    this.finder.clear();
    for (const button of this.folders) this.countOf(button).textContent = "";
  }

  private choose(button: HTMLButtonElement): void {
    this.folder = button.dataset.folder as Folder;
    for (const other of this.folders) other.setAttribute("aria-current", String(other === button));
    if (location.hash) history.pushState(null, "", location.pathname);
    dispatchEvent(new HashChangeEvent("hashchange"));
    this.redrawFromTop();
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
    const [title, hint] =
      this.folder === "erasing"
        ? ["erase.empty_title", "erase.empty_text"]
        : [`console.inbox.${which}_title`, `console.inbox.${which}_text`];
    byId("inbox-empty-title").textContent = text(title);
    byId("inbox-empty-text").textContent = text(hint);
    show(byId("inbox-empty"), visible === 0);
  }

  /** Open what is not open yet, what is shown first, in batches that leave the page its breath. */
  private async openAll(session: DeskSession): Promise<void> {
    if (this.opening === session) return;
    this.opening = session;
    let whole = true;
    try {
      let ids = this.sealedRows(session);
      let fetched = ids.length ? ahead(ids) : undefined;
      while (fetched && this.session() === session) {
        const envelopes = await fetched;
        whole = envelopes.length === ids.length;
        ids = whole ? this.sealedRows(session, ids) : [];
        fetched = ids.length ? ahead(ids) : undefined;
        await this.openBatch(session, envelopes);
      }
      if (this.session() === session) await this.finder.again();
    } catch (error) {
      whole = false;
      this.failed(error);
    } finally {
      if (this.opening === session) this.opening = undefined;
    }
    const more = whole && this.session() === session && this.sealedRows(session).length > 0;
    if (more) await this.openAll(session);
  }

  private sealedRows(session: DeskSession, underway: string[] = []): string[] {
    const found = new Set<string>();
    for (const row of [...this.visible().slice(0, this.drawn), ...session.rows]) {
      if (found.size === BATCH) break;
      if (!session.opened.has(row.id) && !underway.includes(row.id)) found.add(row.id);
    }
    return [...found];
  }

  private async openBatch(session: DeskSession, envelopes: Envelope[]): Promise<void> {
    for (const envelope of envelopes) {
      session.opened.set(envelope.id, await session.vault.ask("openEnvelope", envelope));
      this.redraw(session, envelope.id);
    }
    this.progress(session);
  }

  private redraw(session: DeskSession, id: string): void {
    const old = this.list.querySelector(`a[data-id="${id}"]`);
    const row = old && session.rows.find((found) => found.id === id);
    if (this.session() !== session || !row || !old) return;
    const focused = old === document.activeElement;
    old.closest("li")?.replaceWith(drawRow(row, session));
    this.mark(focused);
  }

  private progress(session: DeskSession): void {
    const total = session.rows.length;
    const done = session.rows.filter((row) => session.opened.has(row.id)).length;
    const key = done < total ? "console.inbox.opening" : "console.inbox.count";
    this.status.textContent = total ? text(key, { done, total }) : "";
  }
}
