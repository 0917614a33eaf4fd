/** The screen of keys. It asks again while somebody waits, and learns a key as soon as a colleague gave it. */

import { b64, random, unb64 } from "../../sealed/bytes";
import { identityMark } from "../../sealed/epoch";
import { derive, sha256 } from "../../sealed/hash";
import * as console from "../api";
import type { DeskSession } from "../desk-session";
import { byId, clone, fill, say, show, slot } from "../dom";
import { bootstrap, hasText, text } from "../texts";
import * as api from "./api";
import { Ceremony } from "./ceremony";
import { type Acts, drawDesk, proposalWords } from "./desk-card";
import { hideHistory, showHistory } from "./history";
import { clearPaper } from "./paper";
import { giveNext, remove } from "./removal";
import { Renewal } from "./renewal";
import { SheetForm } from "./sheet-form";
import { markWords, wordlist } from "./words";

const EVERY = 5_000;

type Failed = (error: unknown) => boolean;

/** Shows the keys of a session's desks; `learned` is called when this officer got one. */
export class KeysScreen implements Acts {
  private readonly root = byId("keys");
  private readonly error = byId("keys-error");
  private readonly form = new SheetForm();
  private readonly renewal = new Renewal();
  private readonly ceremony: Ceremony;
  private timer = 0;
  private drawn = "";
  /** The seat of the Ombudsman's desk, for those who have it. */
  private vouching = "";

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly failed: Failed,
    private readonly learned: (session: DeskSession) => void,
  ) {
    this.ceremony = new Ceremony(session, this.form, () => this.refresh(false));
    byId("keys-link-copy").addEventListener("click", () => this.copy());
    byId("history-close").addEventListener("click", hideHistory);
    byId("keys-link-done").addEventListener("click", () => this.forgetLink());
  }

  async open(): Promise<void> {
    show(this.root, true);
    byId("keys-title").focus();
    clearInterval(this.timer);
    this.timer = window.setInterval(() => void this.refresh(true), EVERY);
    await this.refresh(false);
  }

  /** Take everything off the screen. */
  close(): void {
    clearInterval(this.timer);
    this.ceremony.close();
    this.forgetLink();
    hideHistory();
    this.renewal.hide();
    clearPaper();
    this.drawn = "";
    for (const id of ["keys-desks", "keys-proposals", "keys-own"]) byId(id).replaceChildren();
    show(this.root, false);
  }

  begin(desk: api.DeskKeys): void {
    this.ceremony.start(desk);
  }

  recover(desk: api.DeskKeys): void {
    const { threshold = 2, sheets = 2 } = desk.sheets ?? {};
    void this.lists().then((lists) =>
      this.form.ask({
        title: text("keys.recover.title", { desk: desk.name }),
        lead: text("keys.recover.lead", { threshold, count: sheets }),
        threshold,
        lists,
        done: (typed) => this.recoverWith(desk, typed),
      }),
    );
  }

  give(desk: api.DeskKeys, member: api.Member): void {
    void this.attempt(async (session) => {
      const keys = await session.vault.ask("give", desk.id, member.lacks, member.recipient);
      await api.give(desk.id, member.id, keys);
    });
  }

  invite(desk: api.DeskKeys, name: string, language: string, officer: string): void {
    void this.attempt(async () => {
      const secret = random(24);
      const mark = b64(await sha256(await derive(secret, "invitation")));
      const spoken = language || bootstrap().language;
      await api.invite({ desk: desk.id, name, language: spoken, officer, mark });
      this.showLink(`${location.origin}/desk/join/${spoken}/#${b64(secret)}`, name);
    });
  }

  revoke(id: string): void {
    void this.attempt(() => api.revoke(id));
  }

  withdraw(id: string): void {
    void this.attempt(() => api.withdraw(id));
  }

  /** Remove a colleague, give the next key to the others, show what could be read, renew what is open. */
  remove(desk: api.DeskKeys, leaver: api.Member): void {
    void this.attempt(async (session) => {
      await remove(session, desk, leaver);
      await this.refresh(false);
      await giveNext(session, desk, this.found(desk.id));
      await showHistory(desk.id, leaver.username);
      await this.renewal.run(session, this.found(desk.id));
    });
  }

  renew(desk: api.DeskKeys): void {
    void this.attempt((session) => this.renewal.run(session, this.found(desk.id)));
  }

  history(desk: api.DeskKeys): void {
    void this.attempt(() => showHistory(desk.id));
  }

  /** A desk as it stands now. */
  private found(id: string): api.DeskKeys {
    return (JSON.parse(this.drawn) as api.Overview).desks.find((desk) => desk.id === id) as api.DeskKeys;
  }

  /** Vouch for another desk's first key with the Ombudsman's. */
  private sign(proposal: api.Proposal): void {
    void this.attempt(async (session) => {
      const seat = session.seats.find((name) => name === this.vouching) ?? "";
      const name = `${proposal.desk}/1`;
      const epoch = { name, recipient: unb64(proposal.recipient), verify: unb64(proposal.verify) };
      await api.sign(proposal.id, await session.vault.ask("vouch", seat, epoch));
    });
  }

  private async recoverWith(desk: api.DeskKeys, sheets: Uint8Array[]): Promise<void> {
    const session = this.session();
    const me = desk.members.find((member) => member.me);
    if (!session || !me) return;
    const given = await session.vault.ask("recover", desk.id, sheets, await api.onSheets(desk.id));
    await api.give(desk.id, me.id, given);
    await this.refresh(false);
  }

  /** Do something, say what went wrong, show how things stand. */
  private async attempt(act: (session: DeskSession) => Promise<unknown>): Promise<void> {
    const session = this.session();
    if (!session) return;
    say(this.error, "");
    try {
      await act(session);
      await this.refresh(false);
    } catch (error) {
      if (!this.failed(error)) say(this.error, wording(error));
    }
  }

  private async refresh(background: boolean): Promise<void> {
    const session = this.session();
    if (!session || (background && (document.hidden || this.isBusy()))) return;
    try {
      const found = await api.overview(bootstrap().language, background);
      await this.learn(session, found);
      if (this.session() === session) await this.draw(session, found);
    } catch (error) {
      if (!this.failed(error) && !background) say(this.error, wording(error));
    }
  }

  /** Nothing is drawn anew under somebody who is filling in a form. */
  private isBusy(): boolean {
    return (
      byId("keys-desks").contains(document.activeElement) &&
      document.activeElement instanceof HTMLInputElement
    );
  }

  /** Open keys that came since. */
  private async learn(session: DeskSession, found: api.Overview): Promise<void> {
    const open = found.desks.filter((desk) => desk.state === "open");
    const unknown = open.some((desk) => desk.epochs.some(({ epoch }) => mineLacks(desk, epoch, session)));
    if (!unknown) return;
    const { grants } = await console.keys();
    session.seats.splice(0, session.seats.length, ...(await session.vault.ask("learn", grants)));
    this.learned(session);
  }

  private async draw(session: DeskSession, found: api.Overview): Promise<void> {
    const state = JSON.stringify(found);
    if (state === this.drawn) return;
    this.drawn = state;
    this.vouching = vouchingSeat(found);
    const list = await wordlist(found.words);
    const own = await identityMark(await session.vault.ask("recipient"));
    byId("keys-own").textContent = markWords(own, list);
    const cards = await Promise.all(found.desks.map((desk) => drawDesk(desk, this, list)));
    byId("keys-desks").replaceChildren(...cards);
    const waiting = await Promise.all(found.proposals.map((one) => this.drawProposal(one, list)));
    byId("keys-proposals").replaceChildren(...waiting);
    show(byId("keys-proposals-part"), waiting.length > 0);
  }

  private async drawProposal(proposal: api.Proposal, list: readonly string[]): Promise<HTMLElement> {
    const row = clone("proposal-template");
    row.dataset.proposal = proposal.desk;
    fill(row, "name", proposal.name);
    fill(row, "maker", text("keys.vouch.maker", { name: proposal.maker }));
    fill(row, "words", await proposalWords(proposal, list));
    slot(row, "sign").addEventListener("click", () => this.sign(proposal));
    slot(row, "refuse").addEventListener("click", () => this.withdraw(proposal.id));
    return row;
  }

  private async lists(): Promise<(readonly string[])[]> {
    return Promise.all(Object.keys(bootstrap().languages).map((language) => wordlist(language)));
  }

  private showLink(link: string, name: string): void {
    byId("keys-link-title").textContent = text("keys.link.title", { name });
    byId<HTMLInputElement>("keys-link").value = link;
    show(byId("keys-link-part"), true);
    byId<HTMLInputElement>("keys-link").select();
  }

  private copy(): void {
    byId<HTMLInputElement>("keys-link").select();
    void navigator.clipboard?.writeText(byId<HTMLInputElement>("keys-link").value).catch(() => undefined);
  }

  private forgetLink(): void {
    byId<HTMLInputElement>("keys-link").value = "";
    show(byId("keys-link-part"), false);
  }
}

/** The newest epoch of the Ombudsman's desk, if this officer is of it. */
function vouchingSeat({ desks }: api.Overview): string {
  const desk = desks.find(({ role }) => role === "ombudsman");
  const epoch = desk?.epochs.find(({ retired }) => !retired);
  return desk && epoch ? `${desk.id}/${epoch.epoch}` : "";
}

/** Whether this officer was given an epoch's keys that the vault has not opened. */
function mineLacks(desk: api.DeskKeys, epoch: number, session: DeskSession): boolean {
  const me = desk.members.find((member) => member.me);
  return !me?.lacks.includes(epoch) && !session.seats.includes(`${desk.id}/${epoch}`);
}

/** What went wrong, in words. */
function wording(error: unknown): string {
  const code = error instanceof console.Refusal ? error.code : "";
  const key = `keys.error.${code}`;
  return text(hasText(key) ? key : "keys.failed");
}
