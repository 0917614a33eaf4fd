/** Erasing an appeal by law: proposed with a reason and sealed words, decided by somebody of the Ombudsman's; all of it signed. */

import { toast } from "./answer";
import * as api from "./api";
import type { DeskSession } from "./desk-session";
import { byId, clone, fill, say, show, slot } from "./dom";
import { moment } from "./format";
import { bootstrap, text } from "./texts";
import type { Shown } from "./thread";
import { VaultError } from "./vault/client";
import type { Erasure } from "./wire";

type Mode = "propose" | "refuse" | "confirm";

const OMBUDSMAN = "ombudsman";
const MOST_WORDS = 1200;
const TITLES: Record<Mode, [title: string, lead: string, submit: string]> = {
  propose: ["erase.title", "erase.lead", "erase.submit"],
  refuse: ["erase.refuse_title", "erase.refuse_lead", "erase.refuse_submit"],
  confirm: ["erase.confirm_title", "erase.confirm_lead", "erase.confirm_submit"],
};
const DONE: Record<Mode, string> = {
  propose: "erase.proposed",
  refuse: "erase.refused",
  confirm: "erase.confirmed",
};

/** Whether the officer is of the Ombudsman's desk: only they decide, and see what waits. */
export async function decides(session: DeskSession): Promise<boolean> {
  return (await session.desks()).some((desk) => desk.role === OMBUDSMAN && session.isMine(desk.id));
}

/** The notice of a proposal, and the dialog for proposing, refusing and confirming. */
export class EraseDialog {
  private readonly button = byId<HTMLButtonElement>("erase-button");
  private readonly panel = byId("erasure");
  private readonly dialog = byId<HTMLDialogElement>("erase-dialog");
  private readonly list = byId("erase-reasons");
  private readonly words = byId<HTMLTextAreaElement>("erase-words");
  private readonly error = byId("erase-error");
  private readonly submit = byId<HTMLButtonElement>("erase-submit");
  private readonly withdraw = byId<HTMLButtonElement>("erase-withdraw");
  private mode: Mode = "propose";
  private about = "";
  private readonly unsent = new Map<string, string>();

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly shown: () => Shown | undefined,
    private readonly changed: (proposed: boolean) => Promise<void>,
    private readonly gone: () => void,
    private readonly failed: (error: unknown) => boolean,
  ) {
    this.button.addEventListener("click", () => this.ask("propose"));
    byId("erase-confirm").addEventListener("click", () => this.ask("confirm"));
    byId("erase-refuse").addEventListener("click", () => this.ask("refuse"));
    this.withdraw.addEventListener("click", () => void this.takeBack());
    this.submit.addEventListener("click", () => void this.send());
    for (const part of [this.list, this.words]) part.addEventListener("input", () => this.allow());
    this.list.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    this.words.maxLength = MOST_WORDS;
  }

  /** Offer what can be done with the appeal that is shown, and tell what was proposed. */
  async offer(allowed: boolean): Promise<void> {
    const erasure = this.shown()?.sealed.erasure ?? null;
    const waits = erasure !== null && !erasure.refused;
    show(this.button, !waits);
    this.button.disabled = !allowed;
    show(this.panel, false);
    if (erasure) await this.tell(erasure, waits, allowed);
  }

  /** Take every word out of the page; what was typed and not sent waits until the keys are forgotten. */
  clear(): void {
    this.dialog.close();
    this.keep();
    if (!this.session()) this.unsent.clear();
    show(this.panel, false);
    for (const id of ["erasure-text", "erasure-words", "erasure-hint"]) byId(id).textContent = "";
  }

  private async tell(erasure: Erasure, waits: boolean, allowed: boolean): Promise<void> {
    const [session, shown] = [this.session(), this.shown()];
    if (!session || !shown) return;
    const { sealed } = shown;
    const proven = await session.vault.ask("isActOf", sealed.id, erasure.seat, said(erasure), erasure);
    const words = await this.opened(session, sealed.id, erasure.refused ? erasure.refusal : erasure.words);
    const second = waits && (await decides(session));
    if (this.shown() !== shown) return;
    byId("erasure-text").textContent = erasure.refused
      ? text("erase.was_refused")
      : proposed(erasure, session);
    byId("erasure-words").textContent = words;
    byId("erasure-hint").textContent = hint(erasure, { waits, proven, second });
    const decidable = second && proven && allowed && !erasure.mine;
    show(byId("erase-confirm"), decidable);
    show(byId("erase-refuse"), second && allowed && !erasure.mine);
    show(
      this.withdraw,
      waits &&
        allowed &&
        session.isMine(deskOf(erasure.seat)) &&
        deskOf(sealed.seat) === deskOf(erasure.seat),
    );
    show(this.panel, true);
  }

  private async opened(session: DeskSession, id: string, words: string): Promise<string> {
    try {
      return await session.vault.ask("openWords", id, words);
    } catch {
      return text("erase.sealed");
    }
  }

  private ask(mode: Mode): void {
    this.remember(mode);
    const [title, lead, submit] = TITLES[mode];
    byId("erase-title").textContent = text(title);
    byId("erase-lead").textContent = text(lead);
    this.label(submit);
    this.list.replaceChildren(...Object.entries(bootstrap().erasures).map(choice));
    show(byId("erase-why"), mode === "propose");
    show(byId("erase-words-field"), mode !== "confirm");
    say(this.error, "");
    this.allow();
    this.dialog.showModal();
    (mode === "propose" ? this.list.querySelector("input") : this.words)?.focus();
  }

  /** What was typed for this very thing is there again. */
  private remember(mode: Mode): void {
    this.keep();
    this.mode = mode;
    this.about = `${mode} ${this.shown()?.sealed.id}`;
    this.words.value = this.unsent.get(this.about) ?? "";
  }

  private keep(): void {
    this.unsent.set(this.about, this.words.value);
    this.about = this.words.value = "";
  }

  private why(): string {
    return this.list.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
  }

  private allow(): void {
    const told = this.mode === "confirm" || this.words.value.trim() !== "";
    this.submit.disabled = !told || (this.mode === "propose" && !this.why());
  }

  private async send(): Promise<void> {
    const { mode } = this;
    this.busy(true);
    try {
      await this[mode]();
      this.words.value = "";
      this.dialog.close();
      toast(text(DONE[mode]));
      if (mode === "confirm") this.gone();
      else await this.changed(mode === "propose");
    } catch (error) {
      if (!this.failed(error)) say(this.error, text(reason(error)));
    } finally {
      this.busy(false);
    }
  }

  private async propose(): Promise<void> {
    const { session, id, seat } = this.here();
    const { ciphertext, hash } = await session.vault.ask("sealWords", id, this.words.value.trim());
    const why = this.why();
    const number = this.number();
    const kind = `erasure-proposed ${why} ${session.me.officer.id} ${number} ${hash}`;
    const signature = await session.vault.ask("signAct", id, seat, kind);
    await api.erasure(id, "", { seat, why, words: ciphertext, signature });
  }

  private async refuse(): Promise<void> {
    const { session, id } = this.here();
    const { ciphertext, hash } = await session.vault.ask("sealWords", id, this.words.value.trim());
    await this.decide("refused", "refuse", hash, { words: ciphertext });
  }

  private confirm(): Promise<void> {
    return this.decide("confirmed", "confirm");
  }

  private async takeBack(): Promise<void> {
    try {
      await this.decide("withdrawn", "withdraw");
      toast(text("erase.withdrawn"));
      await this.changed(false);
    } catch (error) {
      if (!this.failed(error)) toast(text(reason(error)));
    }
  }

  private async decide(outcome: string, door: string, hash = "", more = {}): Promise<void> {
    const { session, id, seat, erasure } = this.here();
    if (!erasure) return;
    const mark = await session.vault.ask("markOf", erasure.signature);
    const kind = `erasure-${outcome} ${erasure.reason} ${session.me.officer.id} ${mark} ${hash}`.trim();
    const signature = await session.vault.ask("signAct", id, seat, kind);
    await api.erasure(id, `/${door}`, { seat, signature, ...more });
  }

  private here() {
    const [session, shown] = [this.session(), this.shown()];
    if (!session || !shown) throw new api.Refusal("signed_out", 401);
    const { id, seat, erasure } = shown.sealed;
    return { session, id, seat, erasure };
  }

  /** How many proposals there were. */
  private number(): number {
    const events = this.shown()?.sealed.events ?? [];
    return events.filter((event) => event.kind === "erasure-proposed").length;
  }

  private busy(busy: boolean): void {
    this.submit.disabled = busy;
    this.label(busy ? "erase.working" : TITLES[this.mode][2]);
    if (!busy) this.allow();
  }

  private label(key: string): void {
    (this.submit.lastElementChild as HTMLElement).textContent = text(key);
  }
}

/** What the proposer signed: all that the notice tells. */
function said(erasure: Erasure): string {
  return `erasure-proposed ${erasure.reason} ${erasure.officer} ${erasure.number}`;
}

function proposed(erasure: Erasure, session: DeskSession): string {
  const who = erasure.name || session.deskName(deskOf(erasure.seat));
  const why = [text(`erase.reason.${erasure.reason}`), bootstrap().erasures[erasure.reason] ?? ""];
  return text("erase.notice", { who, when: moment(erasure.at), why: why.join(" – ") });
}

function hint(erasure: Erasure, known: { waits: boolean; proven: boolean; second: boolean }): string {
  if (!known.waits) return "";
  if (!known.proven) return text("erase.unproven");
  if (!known.second) return text("erase.waits");
  return text(erasure.mine ? "erase.own" : "erase.decide");
}

function deskOf(seat: string): string {
  return seat.slice(0, seat.lastIndexOf("/"));
}

function reason(error: unknown): string {
  if (error instanceof VaultError && error.code === "words_too_long") return "erase.long";
  if (!(error instanceof api.Refusal)) return "erase.failed";
  if (error.code === "nobody_to_confirm") return "erase.nobody";
  return error.status === 409 || error.status === 410 ? "erase.faster" : "erase.failed";
}

function choice([code, basis]: [string, string]): HTMLElement {
  const made = clone("choice-template");
  slot<HTMLInputElement>(made, "input").value = code;
  fill(made, "name", text(`erase.reason.${code}`));
  fill(made, "hint", basis);
  return made;
}
