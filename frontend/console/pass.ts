/** Passing a thread to one more desk: its key is sealed to that desk here, and the giving desk signs it. */

import { toast } from "./answer";
import * as api from "./api";
import type { DeskSession } from "./desk-session";
import { byId, clone, fill, say, slot } from "./dom";
import { bootstrap, text } from "./texts";
import type { Shown } from "./thread";
import type { Desk } from "./wire";

/** The dialog; desks that hold the thread, or that it may be about, cannot be chosen. */
export class PassDialog {
  private readonly dialog = byId<HTMLDialogElement>("pass-dialog");
  private readonly list = byId("pass-desks");
  private readonly error = byId("pass-error");
  private readonly submit = byId<HTMLButtonElement>("pass-submit");
  private desks: Desk[] = [];

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly shown: () => Shown | undefined,
    private readonly reload: () => Promise<void>,
    private readonly failed: (error: unknown) => boolean,
  ) {
    this.list.addEventListener("change", () => {
      this.submit.disabled = this.chosen() === undefined;
    });
    this.submit.addEventListener("click", () => void this.send());
  }

  /** Ask to which desk. */
  async open(): Promise<void> {
    const [session, shown] = [this.session(), this.shown()];
    if (!session || !shown) return;
    this.desks = sortedByName(await session.desks());
    this.list.replaceChildren(...this.desks.map((desk) => choice(desk, shown)));
    this.submit.disabled = true;
    say(this.error, "");
    this.dialog.showModal();
    this.list.querySelector<HTMLInputElement>("input:enabled")?.focus();
  }

  private chosen(): Desk | undefined {
    const input = this.list.querySelector<HTMLInputElement>("input:checked");
    return this.desks.find((desk) => desk.id === input?.value);
  }

  private async send(): Promise<void> {
    const [session, shown, desk] = [this.session(), this.shown(), this.chosen()];
    if (!session || !shown || !desk) return;
    this.busy(true);
    try {
      await give(session, shown, desk);
      this.dialog.close();
      toast(text("console.pass.done", { desk: desk.name }));
      await this.reload();
    } catch (error) {
      if (!this.failed(error)) say(this.error, text("console.pass.failed"));
    } finally {
      this.busy(false);
    }
  }

  private busy(busy: boolean): void {
    this.submit.disabled = busy;
    const key = busy ? "console.pass.sending" : "console.pass.submit";
    (this.submit.lastElementChild as HTMLElement).textContent = text(key);
  }
}

async function give(session: DeskSession, shown: Shown, desk: Desk): Promise<void> {
  const target = { desk: desk.id, epoch: desk.epoch, recipient: desk.recipient };
  const { id, seat } = shown.sealed;
  const grant = await session.vault.ask("sealGrant", id, seat, target);
  await api.passOn(id, { seat, to: `${desk.id}/${desk.epoch}`, ...grant });
}

function sortedByName(desks: Desk[]): Desk[] {
  const { compare } = new Intl.Collator(bootstrap().language);
  const rank = (desk: Desk) => (desk.role === "region" ? 1 : 0);
  return [...desks].sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
}

function choice(desk: Desk, shown: Shown): HTMLElement {
  const made = clone("choice-template");
  const input = slot<HTMLInputElement>(made, "input");
  const why = obstacle(desk, shown);
  input.value = desk.id;
  input.disabled = why !== "";
  fill(made, "name", desk.name);
  fill(made, "hint", why);
  slot(made, "hint").hidden = why === "";
  return made;
}

/** Why a desk cannot be chosen; empty when it can. */
function obstacle(desk: Desk, shown: Shown): string {
  if (shown.sealed.grants.some((grant) => grant.desk === desk.id && grant.epoch === desk.epoch)) {
    return text("console.pass.holds");
  }
  return isConflict(desk, shown) ? text("console.pass.conflict") : "";
}

/** Whether the pack says that an appeal about these people must not reach this desk. */
export function isConflict(desk: Desk, shown: Shown): boolean {
  const about = shown.opened.content?.about ?? [];
  return about.some((code) => {
    const readers = Object.hasOwn(bootstrap().conflicts, code) ? bootstrap().conflicts[code] : undefined;
    return readers !== undefined && !readers.includes(desk.role);
  });
}
