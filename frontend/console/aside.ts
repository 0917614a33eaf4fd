/** Setting an appeal aside because it is no real one, with the desk's signature under the reason; and taking it back. */

import { toast } from "./answer";
import * as api from "./api";
import type { DeskSession } from "./desk-session";
import { byId, clone, fill, say, show, slot } from "./dom";
import { bootstrap, text } from "./texts";
import type { Shown } from "./thread";

const QUARANTINED = "quarantined";
const REOPENED = "reopened";

/** The dialog, and the button that opens it or takes the appeal back. */
export class AsideDialog {
  private readonly dialog = byId<HTMLDialogElement>("aside-dialog");
  private readonly list = byId("aside-reasons");
  private readonly error = byId("aside-error");
  private readonly submit = byId<HTMLButtonElement>("aside-submit");
  private readonly open = byId<HTMLButtonElement>("aside-button");
  private readonly back = byId<HTMLButtonElement>("aside-back");

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly shown: () => Shown | undefined,
    private readonly changed: (aside: string) => Promise<void>,
    private readonly failed: (error: unknown) => boolean,
  ) {
    this.list.addEventListener("change", () => {
      this.submit.disabled = this.chosen() === "";
    });
    this.list.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (!this.submit.disabled) void this.setAside();
    });
    this.open.addEventListener("click", () => this.ask());
    this.submit.addEventListener("click", () => void this.setAside());
    this.back.addEventListener("click", () => void this.takeBack());
  }

  /** Offer what can be done with the appeal that is shown. */
  offer(allowed: boolean): void {
    const aside = this.shown()?.sealed.aside ?? "";
    show(this.open, aside === "");
    show(this.back, aside !== "");
    this.open.disabled = !allowed;
    this.back.disabled = !allowed;
  }

  /** Ask why, or take back what was set aside. */
  start(): void {
    if (this.back.hidden) this.ask();
    else void this.takeBack();
  }

  private ask(): void {
    this.list.replaceChildren(...bootstrap().aside.map(choice));
    this.submit.disabled = true;
    say(this.error, "");
    this.dialog.showModal();
    this.list.querySelector("input")?.focus();
  }

  private chosen(): string {
    return this.list.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
  }

  private async setAside(): Promise<void> {
    const why = this.chosen();
    this.busy(true);
    try {
      await this.sign(`${QUARANTINED} ${this.turn()} ${why}`, (id, seat, signature) =>
        api.setAside(id, { seat, why, signature }),
      );
      this.dialog.close();
      toast(text("aside.done"));
      await this.changed(why);
    } catch (error) {
      this.explain(error);
    } finally {
      this.busy(false);
    }
  }

  private async takeBack(): Promise<void> {
    try {
      await this.sign(`${REOPENED} ${this.turn()}`, (id, seat, signature) =>
        api.takeBack(id, { seat, signature }),
      );
      toast(text("aside.returned"));
      await this.changed("");
    } catch (error) {
      if (!this.failed(error)) toast(text(reason(error)));
    }
  }

  /** The number of the desk's next such act: an old signature never fits again. */
  private turn(): number {
    const { seat, events } = this.shown()?.sealed ?? { seat: "", events: [] };
    const desk = `${seat.split("/")[0]}/`;
    const acts = events.filter(({ kind }) => kind === QUARANTINED || kind === REOPENED);
    return 1 + acts.filter(({ detail }) => detail.startsWith(desk)).length;
  }

  private async sign(kind: string, send: (id: string, seat: string, signature: string) => Promise<unknown>) {
    const [session, shown] = [this.session(), this.shown()];
    if (!session || !shown) return;
    const { id, seat } = shown.sealed;
    await send(id, seat, await session.vault.ask("signAct", id, seat, kind));
  }

  private explain(error: unknown): void {
    if (!this.failed(error)) say(this.error, text(reason(error)));
  }

  private busy(busy: boolean): void {
    this.submit.disabled = busy;
    const words = text(busy ? "aside.working" : "aside.submit");
    (this.submit.lastElementChild as HTMLElement).textContent = words;
  }
}

function reason(error: unknown): string {
  return error instanceof api.Refusal && error.status === 409 ? "aside.faster" : "aside.failed";
}

function choice(code: string): HTMLElement {
  const made = clone("choice-template");
  slot<HTMLInputElement>(made, "input").value = code;
  fill(made, "name", text(`aside.reason.${code}`));
  slot(made, "hint").hidden = true;
  return made;
}
