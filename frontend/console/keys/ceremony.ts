/** The first officer of a desk makes its key: choose, print, hand out, prove by typing sheets back, open. */

import type { DeskSession } from "../desk-session";
import { byId, say, show } from "../dom";
import { date } from "../format";
import { bootstrap, text } from "../texts";
import * as api from "./api";
import { clearPaper, drawSheet, lay } from "./paper";
import type { SheetForm } from "./sheet-form";
import { wordlist } from "./words";

const STEPS = ["choose", "print"] as const;
type Step = (typeof STEPS)[number];

interface Choice {
  threshold: number;
  count: number;
}

/** Leads through one ceremony. */
export class Ceremony {
  private readonly root = byId("ceremony");
  private readonly error = byId("ceremony-error");
  private desk: api.DeskKeys | undefined;
  private choice: Choice = { threshold: 2, count: 3 };

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly form: SheetForm,
    private readonly done: () => Promise<void>,
  ) {
    byId("ceremony-begin").addEventListener("click", () => void this.begin());
    byId("ceremony-print").addEventListener("click", () => window.print());
    byId("ceremony-printed").addEventListener("click", () => void this.rehearse());
    for (const button of document.querySelectorAll("[data-ceremony-cancel]"))
      button.addEventListener("click", () => this.close());
  }

  start(desk: api.DeskKeys): void {
    this.desk = desk;
    byId("ceremony-title").textContent = text("keys.ceremony.title", { desk: desk.name });
    this.step("choose");
    byId("ceremony-title").focus();
  }

  /** Forget everything of it; sheets that were printed are worth nothing then. */
  close(): void {
    this.desk = undefined;
    show(this.root, false);
    this.form.close();
    this.forgetSheets();
  }

  private step(step: Step): void {
    show(this.root, true);
    for (const one of STEPS) show(byId(`ceremony-${one}-step`), one === step);
    say(this.error, "");
  }

  private async begin(): Promise<void> {
    const { desk } = this;
    const session = this.session();
    if (!desk || !session) return;
    this.choice = chosen();
    const { threshold, count } = this.choice;
    try {
      const list = await wordlist(bootstrap().language);
      const sheets = await session.vault.ask("beginDesk", desk.id, threshold, count);
      const facts = { desk: desk.id, name: desk.name, threshold, today: date(Date.now() / 1000) };
      const draw = () => sheets.map((sheet, turn) => drawSheet(sheet, turn, count, facts, list));
      lay(...draw());
      byId("ceremony-sheets").replaceChildren(...draw());
      this.step("print");
      byId("ceremony-print").focus();
    } catch {
      say(this.error, text("keys.failed"));
    }
  }

  private async rehearse(): Promise<void> {
    this.forgetSheets();
    show(this.root, false);
    const { threshold, count } = this.choice;
    this.form.ask({
      title: text("keys.rehearse.title"),
      lead: text("keys.rehearse.lead", { threshold, count }),
      threshold,
      lists: [await wordlist(bootstrap().language)],
      done: (sheets) => this.open(sheets),
    });
  }

  private async open(sheets: Uint8Array[]): Promise<void> {
    const session = this.session();
    if (!session) return;
    await session.vault.ask("rehearse", sheets);
    await api.made(await session.vault.ask("finishDesk"));
    this.close();
    await this.done();
  }

  private forgetSheets(): void {
    clearPaper();
    byId("ceremony-sheets").replaceChildren();
  }
}

function chosen(): Choice {
  const value = document.querySelector<HTMLInputElement>("[name=ceremony-sheets]:checked")?.value ?? "2/3";
  const [threshold, count] = value.split("/").map(Number);
  return { threshold: threshold ?? 2, count: count ?? 3 };
}
