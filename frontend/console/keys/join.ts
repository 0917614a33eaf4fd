/** The page of an invitation: the link's secret stays here, the passphrase is made here, only sealed things leave. */

import { b64, unb64 } from "../../sealed/bytes";
import { derive } from "../../sealed/hash";
import type { Wordlist } from "../../sealed/words";
import { Refusal } from "../api";
import { byId, clone, fill, say, show, slot } from "../dom";
import { bootstrap, text } from "../texts";
import { VaultClient } from "../vault/client";
import { normal } from "../vault/normal";
import * as api from "./api";
import { clearPaper, lay, numbered } from "./paper";
import { newPassphrase, wordlist } from "./words";

const STEPS = ["wait", "gone", "welcome", "words", "repeat", "done"] as const;
type Step = (typeof STEPS)[number];

/** Leads one invited person through it. */
class Joining {
  private token = "";
  private guest: api.Guest | undefined;
  private list: Wordlist = [];
  private passphrase: string[] = [];
  private readonly field = byId<HTMLInputElement>("join-repeat");
  private readonly error = byId("join-error");

  async start(): Promise<void> {
    const secret = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    for (const link of document.querySelectorAll<HTMLAnchorElement>("#join-languages a")) link.hash = secret;
    byId("join-begin").addEventListener("click", () => this.showWords());
    byId("join-print").addEventListener("click", () => window.print());
    byId("join-written").addEventListener("click", () => this.askBack());
    byId("join-other").addEventListener("click", () => this.showWords());
    byId("join-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.finish();
    });
    addEventListener("pagehide", () => this.forget());
    try {
      this.token = b64(await derive(unb64(secret), "invitation"));
      this.guest = await api.invitation(this.token);
      this.list = await wordlist(bootstrap().language);
      this.welcome(this.guest);
    } catch (error) {
      this.turnAway(error);
    }
  }

  private turnAway(error: unknown): void {
    const offline = error instanceof Refusal && error.code !== "no_invitation";
    byId("join-gone-text").textContent = text(offline ? "keys.failed" : "keys.join.gone");
    this.step("gone");
  }

  private step(step: Step): void {
    for (const one of STEPS) show(byId(`join-${one}-step`), one === step);
    byId(`join-${step}-step`).querySelector<HTMLElement>("h1")?.focus();
  }

  private welcome(guest: api.Guest): void {
    byId("join-welcome-text").textContent = text(greeting(guest), {
      name: guest.name,
      desk: guest.desk_name,
    });
    for (const place of document.querySelectorAll("[data-username]")) place.textContent = guest.username;
    this.step("welcome");
  }

  private showWords(): void {
    this.passphrase = newPassphrase(this.list);
    byId("join-list").replaceChildren(numbered(this.passphrase));
    const page = clone("passphrase-template");
    fill(page, "username", this.guest?.username ?? "");
    slot(page, "words").replaceChildren(numbered(this.passphrase));
    lay(page);
    this.step("words");
  }

  private askBack(): void {
    byId("join-list").replaceChildren();
    clearPaper();
    this.field.value = "";
    say(this.error, "");
    this.step("repeat");
    this.field.focus();
  }

  private async finish(): Promise<void> {
    const passphrase = this.passphrase.join(" ");
    if (normal(this.field.value) !== normal(passphrase)) {
      say(this.error, text("keys.join.differs"));
      this.field.select();
      return;
    }
    this.working(true);
    const vault = new VaultClient();
    try {
      const made = await vault.ask("enroll", passphrase);
      await api.join({ ...made, token: this.token, language: bootstrap().language });
      this.forget();
      this.step("done");
    } catch (error) {
      say(
        this.error,
        text(error instanceof Refusal && error.code === "no_invitation" ? "keys.join.gone" : "keys.failed"),
      );
    } finally {
      vault.forget();
      this.working(false);
    }
  }

  private working(busy: boolean): void {
    byId<HTMLButtonElement>("join-submit").disabled = busy;
    byId("join-submit-text").textContent = text(busy ? "keys.join.working" : "keys.join.submit");
  }

  /** Nothing of the passphrase stays in the page. */
  private forget(): void {
    this.passphrase = [];
    this.field.value = "";
    byId("join-list").replaceChildren();
    clearPaper();
  }
}

/** An administrator is of no desk. */
function greeting(guest: api.Guest): string {
  if (guest.desk === "") return "keys.join.welcome_admin";
  return guest.again ? "keys.join.welcome_again" : "keys.join.welcome";
}

void new Joining().start();
