/** What is printed: the paper alone comes out of the printer, and leaves the page as soon as it is not needed. */

import type { Wordlist } from "../../sealed/words";
import { byId, clone, fill, slot } from "../dom";
import { text } from "../texts";
import { symbol } from "./qr";
import { sheetWords } from "./sheet";

/** A sheet with what surrounds it. */
export interface SheetFacts {
  desk: string;
  name: string;
  threshold: number;
  today: string;
}

/** Put these pages onto the paper. */
export function lay(...pages: HTMLElement[]): void {
  byId("paper").replaceChildren(...pages);
  document.body.classList.toggle("has-paper", pages.length > 0);
}

/** Take everything off the paper. */
export function clearPaper(): void {
  lay();
}

/** An ordered list of words, each with its number. */
export function numbered(words: readonly string[]): HTMLOListElement {
  const list = document.createElement("ol");
  list.className = "words";
  list.append(
    ...words.map((word) => {
      const item = document.createElement("li");
      item.textContent = word;
      return item;
    }),
  );
  return list;
}

/** A keeper's sheet: words, the same as a QR symbol, and what the keeper must do. */
export function drawSheet(
  sheet: Uint8Array,
  turn: number,
  count: number,
  facts: SheetFacts,
  list: Wordlist,
): HTMLElement {
  const page = clone("sheet-template");
  const words = sheetWords(sheet, list);
  fill(page, "title", text("keys.sheet.title", { number: turn + 1, count, desk: facts.name }));
  fill(page, "rule", text("keys.sheet.rule", { threshold: facts.threshold, count }));
  fill(page, "made", text("keys.sheet.made", { day: facts.today }));
  slot(page, "words").replaceChildren(numbered(words));
  slot(page, "qr").replaceChildren(symbol(words.join(" ")));
  return page;
}
