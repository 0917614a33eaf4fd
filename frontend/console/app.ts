/** The console's page: a gate, then the desk, and back to the gate whenever the keys are forgotten. */

import { AccountDialog } from "./account/account";
import { AddDialog } from "./account/add";
import * as api from "./api";
import type { DeskSession } from "./desk-session";
import { byId, show } from "./dom";
import { Gate } from "./gate";
import { HelpDialog } from "./help";
import { InboxScreen } from "./inbox";
import { bindKeys } from "./keys";
import { KeysScreen } from "./keys/screen";
import { Lock, type Why } from "./lock";
import { text } from "./texts";
import { ThreadScreen } from "./thread";
import { WakingBanner } from "./waking";

/** How long sealing the last words may take after the lock. */
const SEALING_MS = 1000;

/** Holds the one open session, if any, and the two screens. */
class App {
  private session: DeskSession | undefined;
  private username = byId("console").dataset.username ?? "";
  private readonly add = new AddDialog();
  private readonly gate = new Gate(this.add, (session) => this.open(session));
  private readonly account = new AccountDialog(() => this.session, this.add, this.failed.bind(this));
  private readonly inbox = new InboxScreen(() => this.session, this.failed.bind(this));
  private readonly thread = new ThreadScreen(() => this.session, this.inbox, this.failed.bind(this));
  private readonly keys = new KeysScreen(
    () => this.session,
    this.failed.bind(this),
    (session) => this.learned(session),
  );
  private readonly help = new HelpDialog();
  private readonly waking = new WakingBanner(this.failed.bind(this));
  private readonly lock = new Lock((why) => this.close(why));

  start(): void {
    byId("lock-button").addEventListener("click", () => this.lock.everywhere());
    byId("sign-out-button").addEventListener("click", () => void this.signOut());
    byId("account-button").addEventListener("click", () => void this.account.open());
    byId("help-button").addEventListener("click", () => this.help.open());
    addEventListener("hashchange", () => void this.route());
    bindKeys({
      inbox: this.inbox,
      thread: this.thread,
      help: this.help,
      lock: this.lock,
      isOpen: () => !!this.session,
    });
    this.gate.ask(this.username);
  }

  private open(session: DeskSession): void {
    this.session = session;
    this.username = session.me.officer.username;
    this.lock.touch();
    byId("bar-name").textContent = session.me.officer.name;
    show(byId("desk"), true);
    this.waking.start();
    if (session.seats.length === 0) history.replaceState(null, "", "#keys");
    this.showSeats(session);
    void session.desks().then(() => this.named(session));
    void this.inbox.start(session).then(() => this.route());
  }

  private named(session: DeskSession): void {
    byId("bar-desks").textContent = session.me.desks.map((id) => session.deskName(id)).join(", ");
    this.inbox.draw();
  }

  /** Forget the keys and everything they opened; nothing readable stays in the page. */
  private close(why: Why): void {
    if (!this.session) return;
    this.forget(this.session);
    this.session = undefined;
    for (const dialog of document.querySelectorAll("dialog")) dialog.close();
    this.waking.stop();
    this.keys.close();
    this.inbox.clear();
    this.thread.clear();
    show(byId("desk"), false);
    this.gate.ask(this.username, why && text(`console.gate.${why}`));
  }

  /** Folders are for those who can read something. */
  private showSeats(session: DeskSession): void {
    byId("desk").classList.toggle("has-no-seat", session.seats.length === 0);
  }

  /** A colleague, a ceremony or the sheets gave this officer a key: the inbox can be opened now. */
  private learned(session: DeskSession): void {
    this.showSeats(session);
    void this.inbox.start(session);
  }

  private async showKeys(): Promise<void> {
    this.thread.clear();
    show(byId("inbox"), false);
    await this.keys.open();
  }

  private hideKeys(): void {
    if (byId("keys").hidden) return;
    this.keys.close();
    show(byId("inbox"), true);
  }

  /** The keys go as soon as what was typed last is sealed, and within a second whatever happens. */
  private forget(session: DeskSession): void {
    const late = new Promise((resolve) => setTimeout(resolve, SEALING_MS));
    void Promise.race([this.thread.flush(), late]).finally(() => session.close());
  }

  private async signOut(): Promise<void> {
    try {
      await api.signOut();
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
    }
    this.close("");
    this.username = "";
    history.replaceState(null, "", location.pathname);
    this.gate.ask("");
  }

  /** A session that ended on the server ends here too. True when that was it. */
  private failed(error: unknown): boolean {
    const ended = error instanceof api.Refusal && error.code === "signed_out";
    if (ended) this.close("locked_ended");
    return ended;
  }

  private async route(): Promise<void> {
    if (!this.session) return;
    if (location.hash === "#keys") return this.showKeys();
    this.hideKeys();
    const id = /^#([0-9a-f-]{36})$/.exec(location.hash)?.[1];
    if (id) await this.thread.open(id);
    else this.thread.leave();
  }
}

new App().start();
