/** The door: a passphrase becomes two secrets in the vault; one signs in, the other opens the keys. */

import * as api from "./api";
import { DeskSession } from "./desk-session";
import { byId, say, show } from "./dom";
import { bootstrap, text } from "./texts";
import { VaultClient, VaultError } from "./vault/client";

type Opened = (session: DeskSession) => void;

/** The address when the officer chose a language by hand: it is remembered. */
const CHOSEN = /\/in\//;

/** A wait that somebody may end by typing. */
const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The gate and what it needs of the page. */
export class Gate {
  private readonly root = byId("gate");
  private readonly form = byId<HTMLFormElement>("gate-form");
  private readonly username = byId<HTMLInputElement>("gate-username");
  private readonly passphrase = byId<HTMLInputElement>("gate-passphrase");
  private readonly error = byId("gate-error");
  private readonly submit = byId<HTMLButtonElement>("gate-submit");
  /** Who types before the script is here finds what they typed. */
  private asked = false;

  constructor(private readonly opened: Opened) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.enter();
    });
    byId<HTMLInputElement>("gate-show").addEventListener("change", (event) => {
      this.passphrase.type = (event.target as HTMLInputElement).checked ? "text" : "password";
    });
    byId("gate-other").addEventListener("click", () => this.ask(""));
    this.submit.disabled = false;
  }

  /** Ask for a passphrase; for a name as well when it is not known. `why` is said above. */
  ask(username: string, why = ""): void {
    if (username || this.asked) this.username.value = username;
    show(byId("gate-username-field"), username === "");
    show(byId("gate-other"), username !== "");
    const title = username ? `${text("console.gate.title")}: ${username}` : text("console.gate.title");
    byId("gate-title").textContent = title;
    byId("gate-locked-text").textContent = why;
    show(byId("gate-locked"), why !== "");
    say(this.error, "");
    show(this.root, true);
    const busy = !this.asked && this.root.contains(document.activeElement);
    if (!busy) (username ? this.passphrase : this.username).focus();
    this.asked = true;
  }

  private async enter(): Promise<void> {
    const vault = new VaultClient();
    this.working(true);
    say(this.error, "");
    try {
      const session = await this.openWith(vault, this.username.value.trim().toLowerCase());
      this.clear();
      this.opened(session);
    } catch (error) {
      vault.forget();
      this.explain(error);
    } finally {
      this.working(false);
    }
  }

  private async openWith(vault: VaultClient, username: string): Promise<DeskSession> {
    const secret = await vault.ask("stretch", this.passphrase.value, await api.stretching(username));
    const me = await this.signIn(username, secret);
    const seats = await vault.ask("open", await api.keys());
    if (CHOSEN.test(location.pathname)) await api.chooseLanguage(bootstrap().language);
    return new DeskSession(vault, me, seats);
  }

  /** Sign in; when there were too many tries, wait in sight of the officer and try again. */
  private async signIn(username: string, secret: string): Promise<Awaited<ReturnType<typeof api.signIn>>> {
    for (;;) {
      try {
        return await api.signIn(username, secret);
      } catch (error) {
        if (!(error instanceof api.Refusal) || error.code !== "slow_down") throw error;
        await this.countDown(Number(error.detail.seconds));
      }
    }
  }

  private async countDown(seconds: number): Promise<void> {
    for (let left = seconds; left > 0; left--) {
      say(this.error, text("console.gate.slow_down", { seconds: left }));
      await sleep(1);
    }
    say(this.error, "");
  }

  private explain(error: unknown): void {
    say(this.error, text(`console.gate.${reason(error)}`));
    this.passphrase.select();
  }

  private working(busy: boolean): void {
    this.submit.disabled = busy;
    byId("gate-submit-text").textContent = text(busy ? "console.gate.working" : "console.gate.submit");
  }

  private clear(): void {
    this.form.reset();
    this.passphrase.type = "password";
    show(this.root, false);
  }
}

const REASONS: Record<string, string> = {
  wrong_name_or_passphrase: "wrong",
  wrong_passphrase: "wrong_passphrase",
  offline: "offline",
};

/** The text for whatever went wrong. */
function reason(error: unknown): string {
  const code = error instanceof api.Refusal || error instanceof VaultError ? error.code : "";
  return REASONS[code] ?? "failed";
}
