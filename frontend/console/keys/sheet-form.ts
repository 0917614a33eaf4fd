/** Typing sheets in, one after another, until there are enough; each is checked as it comes. */

import type { Wordlist } from "../../sealed/words";
import { byId, say, show } from "../dom";
import { text } from "../texts";
import { VaultError } from "../vault/client";
import { readSymbol } from "./scan";
import { readSheet, SheetError } from "./sheet";

export interface Asked {
  title: string;
  lead: string;
  threshold: number;
  lists: readonly Wordlist[];
  /** Gets the sheets when there are enough; a VaultError of it is said and they are asked for again. */
  done: (sheets: Uint8Array[]) => Promise<void>;
}

/** The form; `ask` begins, `close` forgets what was typed. */
export class SheetForm {
  private readonly root = byId("sheet-form");
  private readonly field = byId<HTMLTextAreaElement>("sheet-words");
  private readonly picture = byId<HTMLInputElement>("sheet-picture");
  private readonly error = byId("sheet-error");
  private readonly submit = byId<HTMLButtonElement>("sheet-submit");
  private asked: Asked | undefined;
  private sheets: Uint8Array[] = [];

  constructor() {
    byId("sheet-inner").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.take();
    });
    this.picture.addEventListener("change", () => void this.scan());
    byId("sheet-cancel").addEventListener("click", () => this.close());
  }

  ask(asked: Asked): void {
    this.asked = asked;
    byId("sheet-title").textContent = asked.title;
    byId("sheet-lead").textContent = asked.lead;
    show(this.root, true);
    this.begin("");
  }

  close(): void {
    this.asked = undefined;
    this.sheets = [];
    this.field.value = "";
    show(this.root, false);
  }

  private begin(error: string): void {
    this.sheets = [];
    this.next();
    say(this.error, error);
  }

  private next(): void {
    const count = this.asked?.threshold ?? 0;
    byId("sheet-label").textContent = text("keys.rehearse.sheet", { number: this.sheets.length + 1, count });
    this.field.value = "";
    say(this.error, "");
    this.field.focus();
  }

  /** Take the words from a picture of the sheet's symbol. */
  private async scan(): Promise<void> {
    const picture = this.picture.files?.[0];
    this.picture.value = "";
    if (!picture) return;
    try {
      this.field.value = await readSymbol(picture);
    } catch {
      say(this.error, text("keys.sheet_error.picture"));
      return;
    }
    await this.take();
  }

  private async take(): Promise<void> {
    const { asked } = this;
    if (!asked) return;
    try {
      const sheet = await readSheet(this.field.value, asked.lists);
      if (this.sheets.some((other) => other.join() === sheet.join())) throw new VaultError("same_sheet");
      this.sheets.push(sheet);
    } catch (error) {
      say(this.error, wording(error));
      return;
    }
    if (this.sheets.length < asked.threshold) this.next();
    else await this.finish(asked);
  }

  private async finish(asked: Asked): Promise<void> {
    this.submit.disabled = true;
    try {
      await asked.done(this.sheets);
      this.close();
    } catch (error) {
      this.begin(wording(error));
    } finally {
      this.submit.disabled = false;
    }
  }
}

/** What went wrong with a sheet. */
function wording(error: unknown): string {
  if (error instanceof SheetError)
    return text(`keys.sheet_error.${error.code}`, { words: error.words.join(", ") });
  if (error instanceof VaultError && error.code.endsWith("sheets"))
    return text("keys.sheet_error.other_sheets");
  if (error instanceof VaultError && error.code === "same_sheet") return text("keys.sheet_error.same_sheet");
  return text("keys.failed");
}
