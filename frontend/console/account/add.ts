/** Adding a second step: an app that shows digits, or a passkey, which may open the lock as well. */

import * as api from "../api";
import { byId, say, show } from "../dom";
import { symbol } from "../keys/qr";
import { text } from "../texts";
import type { Account } from "../wire";
import * as passkey from "./passkey";

/** A second step that was added; with what its passkey computed, when it can open the lock. */
export interface Added {
  account: Account;
  unlocker?: { factor: string; salt: string; output: Uint8Array };
}

/** How the passphrase's login secret is come by: at the gate it is at hand, later the passphrase is asked for again. */
type Secret = (passphrase: string) => Promise<string>;

/** The dialog. */
export class AddDialog {
  private readonly dialog = byId<HTMLDialogElement>("add-dialog");
  private readonly form = byId<HTMLFormElement>("add-form");
  private readonly label = byId<HTMLInputElement>("add-label");
  private readonly code = byId<HTMLInputElement>("add-code");
  private readonly passphrase = byId<HTMLInputElement>("add-passphrase");
  private readonly error = byId("add-error");
  private readonly status = byId("add-status");
  private readonly submit = byId<HTMLButtonElement>("add-submit");
  private key = "";
  private secret: Secret = async () => "";
  private settle: ((added: Added | undefined) => void) | undefined;

  constructor() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    for (const way of ways()) way.addEventListener("change", () => void this.choose());
    this.dialog.addEventListener("close", () => this.end(undefined));
    for (const button of this.dialog.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => this.dialog.close());
    }
  }

  /** Ask; what was added, or nothing. With `secret` the passphrase is not asked for: it was typed just now. */
  async open(secret: Secret, { first }: { first: boolean }): Promise<Added | undefined> {
    this.secret = secret;
    this.form.reset();
    say(this.error, "");
    say(this.status, "");
    show(byId("add-must"), first);
    show(byId("add-passphrase-field"), !first);
    this.passphrase.required = !first;
    this.offer();
    this.dialog.showModal();
    await this.choose();
    return new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  private offer(): void {
    const possible = passkey.isPossible();
    const [key, app] = ways() as [HTMLInputElement, HTMLInputElement];
    key.disabled = !possible;
    show(byId("add-passkey-impossible"), !possible);
    (possible ? key : app).checked = true;
  }

  private async choose(): Promise<void> {
    const app = this.way() === "totp";
    show(byId("add-app"), app);
    this.code.required = app;
    if (!app) return;
    try {
      const made = await api.newApp();
      this.key = made.key;
      byId("add-picture").replaceChildren(symbol(made.address));
      byId("add-typed").textContent = made.written.replace(/(.{4})/g, "$1 ").trim();
    } catch (error) {
      this.explain(error);
    }
  }

  private way(): string {
    return ways().find((way) => way.checked)?.value ?? "";
  }

  private async send(): Promise<void> {
    if (this.label.value.trim() === "") return say(this.error, text("signin.add.no_label"));
    this.busy(true);
    say(this.error, "");
    try {
      this.end(await (this.way() === "totp" ? this.addApp() : this.addPasskey()));
      this.dialog.close();
    } catch (error) {
      this.explain(error);
    } finally {
      this.busy(false);
      say(this.status, "");
    }
  }

  private async said(): Promise<{ secret: string; label: string }> {
    return { secret: await this.secret(this.passphrase.value), label: this.label.value.trim() };
  }

  private async addApp(): Promise<Added> {
    const code = this.code.value.replace(/\s/g, "");
    return { account: await api.addApp({ ...(await this.said()), key: this.key, code }) };
  }

  private async addPasskey(): Promise<Added> {
    const said = await this.said();
    say(this.status, text("signin.add.touch"));
    const made = await passkey.make(await api.newPasskey());
    const account = await api.addPasskey({ ...said, credential: made.credential });
    const factor = account.factors.at(-1)?.id ?? "";
    return made.computes ? this.withUnlocker(account, factor, made.name) : { account };
  }

  /** Ask the passkey what it computes; without an answer it is a second step all the same. */
  private async withUnlocker(account: Account, factor: string, credential: string): Promise<Added> {
    say(this.status, text("signin.add.again"));
    const salt = passkey.question();
    try {
      const { output } = await passkey.compute([{ credential, salt }]);
      return { account, unlocker: { factor, salt, output } };
    } catch {
      return { account };
    }
  }

  private explain(error: unknown): void {
    const code = error instanceof api.Refusal ? error.code : "stopped";
    const known = ["wrong_passphrase", "wrong_code", "have_it", "too_many", "stopped"];
    say(this.error, text(`signin.add.${known.includes(code) ? code : "failed"}`));
  }

  private busy(busy: boolean): void {
    this.submit.disabled = busy;
    const words = text(busy ? "signin.add.working" : "signin.add.submit");
    (this.submit.lastElementChild as HTMLElement).textContent = words;
  }

  private end(added: Added | undefined): void {
    this.settle?.(added);
    this.settle = undefined;
    this.key = "";
    byId("add-picture").replaceChildren();
    byId("add-typed").textContent = "";
    this.form.reset();
  }
}

function ways(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("#add-form input[name=way]")];
}
