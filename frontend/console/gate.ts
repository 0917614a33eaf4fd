/** The door: a passphrase becomes two secrets in the vault; one signs in, the other opens the keys. */

import { letUnlock, rememberUnlocks } from "./account/account";
import type { AddDialog, Added } from "./account/add";
import * as passkey from "./account/passkey";
import { SecondStep } from "./account/second";
import * as api from "./api";
import { DeskSession } from "./desk-session";
import { byId, say, show } from "./dom";
import { bootstrap, text } from "./texts";
import { VaultClient, VaultError } from "./vault/client";
import type { HalfIn, Me, Ways } from "./wire";

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
  private readonly second = new SecondStep();
  private readonly touch = byId<HTMLButtonElement>("gate-passkey");

  constructor(
    private readonly add: AddDialog,
    private readonly opened: Opened,
  ) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.enter((vault) => this.openWith(vault, this.username.value.trim().toLowerCase()));
    });
    this.touch.addEventListener("click", () => void this.enter((vault) => this.openByPasskey(vault)));
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
    show(this.touch, username !== "" && unlocks() && passkey.isPossible());
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

  private async enter(open: (vault: VaultClient) => Promise<DeskSession>): Promise<void> {
    const vault = new VaultClient();
    this.working(true);
    say(this.error, "");
    try {
      const session = await open(vault);
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
    const { me, added } = await this.comeIn(username, secret);
    if (me.administrator) return leadOn();
    const keys = await api.keys();
    const session = await this.sit(vault, me, await vault.ask("open", keys));
    rememberUnlocks(keys.unlockers.length > 0);
    if (added) await letUnlock(vault, added);
    return session;
  }

  /** The passphrase, then the second step; whoever must have one and has none yet adds it here. */
  private async comeIn(username: string, secret: string): Promise<{ me: Me; added?: Added | undefined }> {
    const answer = await this.signIn(username, secret);
    const me = isHalf(answer) ? await this.showSecond(answer.second) : answer;
    if (me.second !== "missing") return { me };
    const added = await this.add.open(async () => secret, { first: true });
    if (!added) throw new VaultError("");
    return { me, added };
  }

  private async showSecond(ways: Ways): Promise<Me> {
    show(this.form, false);
    show(byId("gate-title"), false);
    try {
      return await this.second.ask(ways);
    } finally {
      show(this.form, true);
      show(byId("gate-title"), true);
    }
  }

  /** While the session lasts a passkey stands for the passphrase: what it computes opens the identity. */
  private async openByPasskey(vault: VaultClient): Promise<DeskSession> {
    const [me, keys] = [await api.me(), await api.keys()];
    const { credential, output } = await touched(keys.unlockers);
    const found = keys.unlockers.find((one) => one.credential === credential);
    if (!found) throw new VaultError("unlock_failed");
    await vault.ask("touched", output);
    return this.sit(vault, me, await vault.ask("open", { ...keys, identity: found.blob }));
  }

  private async sit(vault: VaultClient, me: Me, seats: string[]): Promise<DeskSession> {
    if (CHOSEN.test(location.pathname)) await api.chooseLanguage(bootstrap().language);
    return new DeskSession(vault, me, seats);
  }

  /** Sign in; when there were too many tries, wait in sight of the officer and try again. */
  private async signIn(username: string, secret: string): Promise<Me | HalfIn> {
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
    say(this.error, reason(error));
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

/** An administrator has no keys to open: their pages are elsewhere, and this one forgets what it computed. */
async function leadOn(): Promise<never> {
  if (CHOSEN.test(location.pathname)) await api.chooseLanguage(bootstrap().language);
  location.assign(byId("console").dataset.administration ?? "/");
  throw new VaultError("");
}

const REASONS: Record<string, string> = {
  wrong_name_or_passphrase: "wrong",
  wrong_passphrase: "wrong_passphrase",
  offline: "offline",
  signed_out: "locked_ended",
};

/** What to say of whatever went wrong; nothing to somebody who went back. */
function reason(error: unknown): string {
  if (error instanceof VaultError && error.code === "") return "";
  if (error instanceof VaultError && error.code === "late") return text("signin.ask.late");
  if (error instanceof VaultError && error.code === "unlock_failed") return text("signin.unlock_failed");
  const code = error instanceof api.Refusal || error instanceof VaultError ? error.code : "";
  return text(`console.gate.${REASONS[code] ?? "failed"}`);
}

/** Whether a passkey of whoever was here last opens the lock while the session lasts. */
const unlocks = () => byId("console").hasAttribute("data-unlocks");

/** Whether the passphrase was right and something more is asked. */
function isHalf(answer: Me | HalfIn): answer is HalfIn {
  return typeof answer.second === "object";
}

/** What a passkey computes; whatever the browser says against it is one reason: it did not open. */
async function touched(unlockers: passkey.Unlocker[]): Promise<{ credential: string; output: Uint8Array }> {
  try {
    return await passkey.compute(unlockers);
  } catch {
    throw new VaultError("unlock_failed");
  }
}
