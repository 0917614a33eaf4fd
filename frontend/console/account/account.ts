/** How an officer comes in: their second steps and open sessions, listed, added, removed, ended. */

import { toast } from "../answer";
import * as api from "../api";
import type { DeskSession } from "../desk-session";
import { byId, clone, fill, say, show, slot } from "../dom";
import { moment } from "../format";
import { text } from "../texts";
import { VaultClient } from "../vault/client";
import type { Account, Factor, Visit } from "../wire";
import type { AddDialog, Added } from "./add";

/** The dialog that lists, and the one that asks before something is removed. */
export class AccountDialog {
  private readonly dialog = byId<HTMLDialogElement>("account-dialog");
  private readonly error = byId("account-error");
  private readonly remove = byId<HTMLDialogElement>("remove-dialog");
  private removing: Factor | undefined;

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly add: AddDialog,
    private readonly failed: (error: unknown) => boolean,
  ) {
    byId("account-add").addEventListener("click", () => void this.more());
    byId("remove-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.doRemove();
    });
    for (const button of this.remove.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => this.remove.close());
    }
  }

  /** Show how things stand. */
  async open(): Promise<void> {
    this.dialog.showModal();
    await this.attempt(async () => this.draw(await api.account()));
  }

  private draw(account: Account): void {
    rememberUnlocks(account.factors.some((factor) => factor.unlocks));
    const alone = account.factors.length < 2 && account.second !== "advised";
    byId("account-factors").replaceChildren(...account.factors.map((one) => this.factor(one, alone)));
    show(byId("account-none"), account.factors.length === 0);
    show(byId("account-last"), alone && account.factors.length === 1);
    byId("account-visits").replaceChildren(...account.visits.map((one) => this.visit(one)));
  }

  private factor(factor: Factor, alone: boolean): HTMLElement {
    const made = clone("factor-template");
    fill(made, "name", factor.label);
    fill(made, "kind", text(`signin.account.${factor.kind}`));
    fill(made, "used", used(factor));
    show(slot(made, "unlocks"), factor.unlocks);
    const button = slot<HTMLButtonElement>(made, "remove");
    button.disabled = alone;
    button.setAttribute("aria-label", text("signin.account.remove_named", { name: factor.label }));
    button.addEventListener("click", () => this.ask(factor));
    return made;
  }

  private visit(visit: Visit): HTMLElement {
    const made = clone("visit-template");
    const how = visit.how === "alone" ? "signin.account.alone" : `signin.account.${visit.how}`;
    fill(
      made,
      "name",
      visit.here ? text("signin.account.here") : text("signin.account.began", { date: moment(visit.began) }),
    );
    fill(made, "seen", text("signin.account.seen", { date: moment(visit.seen) }));
    fill(made, "how", text(how));
    const button = slot<HTMLButtonElement>(made, "end");
    show(button, !visit.here);
    button.setAttribute("aria-label", text("signin.account.end_this", { date: moment(visit.began) }));
    button.addEventListener("click", () => void this.end(visit));
    return made;
  }

  private async end(visit: Visit): Promise<void> {
    await this.attempt(async () => {
      this.draw(await api.endVisit(visit.id));
      toast(text("signin.account.ended"));
    });
  }

  private async more(): Promise<void> {
    const session = this.session();
    if (!session) return;
    const secret = (passphrase: string) => secretOf(passphrase, session.me.officer.username);
    const added = await this.add.open(secret, { first: false });
    if (!added) return;
    await this.attempt(async () => {
      await letUnlock(session.vault, added);
      this.draw(await api.account());
      toast(text("signin.account.done"));
    });
  }

  private ask(factor: Factor): void {
    this.removing = factor;
    byId<HTMLFormElement>("remove-form").reset();
    byId("remove-lead").textContent = text("signin.remove.lead", { name: factor.label });
    say(byId("remove-error"), "");
    this.remove.showModal();
  }

  private async doRemove(): Promise<void> {
    const [session, factor] = [this.session(), this.removing];
    if (!session || !factor) return;
    try {
      const typed = byId<HTMLInputElement>("remove-passphrase").value;
      this.draw(await api.removeFactor(factor.id, await secretOf(typed, session.me.officer.username)));
      this.remove.close();
      toast(text("signin.account.removed"));
    } catch (error) {
      if (this.failed(error)) return;
      const wrong = error instanceof api.Refusal && error.code === "wrong_passphrase";
      say(byId("remove-error"), text(wrong ? "signin.add.wrong_passphrase" : "signin.account.failed"));
    }
  }

  private async attempt(act: () => Promise<void>): Promise<void> {
    say(this.error, "");
    try {
      await act();
    } catch (error) {
      if (!this.failed(error)) say(this.error, text("signin.account.failed"));
    }
  }
}

/** Let a new passkey open the lock: the vault seals the officer's identity to what the passkey computed. */
export async function letUnlock(vault: VaultClient, { unlocker }: Added): Promise<void> {
  if (!unlocker) return;
  const blob = await vault.ask("wrapFor", unlocker.output);
  await api.letUnlock(unlocker.factor, { salt: unlocker.salt, blob });
  rememberUnlocks(true);
}

/** Whether a passkey opens the lock while this session lasts: the gate offers it then. */
export function rememberUnlocks(yes: boolean): void {
  byId("console").toggleAttribute("data-unlocks", yes);
}

/** The login secret of a passphrase, stretched in a vault of its own that is forgotten at once. */
async function secretOf(passphrase: string, username: string): Promise<string> {
  const vault = new VaultClient();
  try {
    return await vault.ask("stretch", passphrase, await api.stretching(username));
  } finally {
    vault.forget();
  }
}

function used(factor: Factor): string {
  if (factor.used) return text("signin.account.used", { date: moment(factor.used) });
  return text("signin.account.added", { date: moment(factor.at) });
}
