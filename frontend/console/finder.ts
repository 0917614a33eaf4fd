/** The line above the inbox: words to look for and filters. What is asked here never leaves the browser. */

import { byId, say, show } from "./dom";
import { type Filters, isSet } from "./filters";
import { bootstrap, label, text } from "./texts";
import type { VaultClient } from "./vault/client";
import type { Row } from "./wire";

const PAUSE_MS = 120;

/** The form; `changed` is told whenever other rows shall be shown. */
export class Finder {
  private readonly form = byId<HTMLFormElement>("finder");
  private readonly query = byId<HTMLInputElement>("find-query");
  private readonly panel = byId<HTMLDetailsElement>("find-filters");
  private found: Map<string, number> | undefined;
  private asked = 0;
  private timer = 0;

  constructor(
    private readonly vault: () => VaultClient | undefined,
    private readonly changed: () => void,
  ) {
    fillChoices();
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.query.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => this.changed());
    byId("find-clear").addEventListener("click", () => this.clear());
  }

  /** Put the cursor into the field. */
  focus(): void {
    this.query.focus();
    this.query.select();
  }

  /** Escape in the form: forget what was asked; whether it was there that somebody typed. */
  letGo(): boolean {
    if (!this.form.contains(document.activeElement)) return false;
    this.clear();
    (document.activeElement as HTMLElement).blur();
    return true;
  }

  /** Ask for nothing any more. */
  clear(): void {
    this.form.reset();
    this.found = undefined;
    this.asked++;
    this.changed();
  }

  /** The filters as they are set. */
  filters(): Filters {
    const said = new FormData(this.form);
    const value = (name: string) => String(said.get(name) ?? "");
    return {
      unread: said.has("unread"),
      mine: said.has("mine"),
      present: said.has("present"),
      protection: value("protection") as Filters["protection"],
      reason: value("reason"),
      language: value("language"),
      school: "",
    };
  }

  /** Whether anything is asked for. */
  isAsking(): boolean {
    return this.found !== undefined || isSet(this.filters());
  }

  /** The rows that have the words, the best first; all of them when no words are asked for. */
  matching(rows: Row[]): Row[] {
    const { found } = this;
    if (!found) return rows;
    const place = (row: Row) => found.get(row.id) ?? 0;
    return rows.filter((row) => found.has(row.id)).sort((a, b) => place(a) - place(b));
  }

  /** Say how many rows are shown of how many. */
  report(shown: number, total: number): void {
    const asking = this.isAsking();
    show(byId("find-clear"), asking);
    say(byId("find-result"), asking ? text("inbox.found", { n: shown, total }) : "");
    this.panel.classList.toggle("is-set", isSet(this.filters()));
  }

  /** Ask again: more has been opened since. */
  async again(): Promise<void> {
    const vault = this.vault();
    if (!vault || !this.query.value.trim()) return;
    const turn = ++this.asked;
    const ids = await vault.ask("search", this.query.value);
    if (turn !== this.asked) return;
    this.found = new Map(ids.map((id, place) => [id, place]));
    this.changed();
  }

  private soon(): void {
    clearTimeout(this.timer);
    if (this.query.value.trim())
      this.timer = window.setTimeout(() => void this.again().catch(() => {}), PAUSE_MS);
    else {
      this.found = undefined;
      this.asked++;
      this.changed();
    }
  }
}

/** Reasons and languages as the pack names them. */
function fillChoices(): void {
  const { reasons, languages } = bootstrap();
  for (const code of Object.keys(reasons)) byId("find-reason").append(new Option(label(reasons, code), code));
  for (const code of Object.keys(languages))
    byId("find-language").append(new Option(label(languages, code), code));
}
