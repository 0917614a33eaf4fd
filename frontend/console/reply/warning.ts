/** Says calmly, before an answer goes, what in it others at home might understand. It never stands in the way. */

import { byId, show } from "../dom";
import { text, unturned } from "../texts";
import type { Leak } from "./leaks";

/** Asks once for a text; the same text again goes without a word. */
export class LeakWarning {
  private readonly place = byId("leak-warning");
  private asked = "";
  private done: ((send: boolean) => void) | undefined;

  constructor() {
    byId("leak-anyway").addEventListener("click", () => this.answer(true));
    byId("leak-back").addEventListener("click", () => this.answer(false));
  }

  /** Whether to send. */
  ask(words: string, found: readonly Leak[]): Promise<boolean> {
    if (found.length === 0 || this.asked === words) {
      this.hide();
      return Promise.resolve(true);
    }
    this.answer(false);
    this.asked = words;
    byId("leak-list").replaceChildren(...found.map(line));
    show(this.place, true);
    byId("leak-title").focus({ preventScroll: true });
    this.place.scrollIntoView({ block: "nearest" });
    return new Promise((resolve) => {
      this.done = resolve;
    });
  }

  /** Take it away with what it quotes. */
  hide(): void {
    this.answer(false);
    this.asked = "";
  }

  private answer(send: boolean): void {
    show(this.place, false);
    byId("leak-list").replaceChildren();
    this.done?.(send);
    this.done = undefined;
  }
}

function line({ kind, found }: Leak): HTMLElement {
  const made = document.createElement("li");
  made.textContent = text(`reply.leak.${kind}`, { found: unturned(found) });
  return made;
}
