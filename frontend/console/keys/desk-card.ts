/** One desk on the screen of keys: how it stands, its people, its open invitations. */

import { unb64 } from "../../sealed/bytes";
import { deskMark, identityMark } from "../../sealed/epoch";
import type { Wordlist } from "../../sealed/words";
import { badge, clone, fill, show, slot } from "../dom";
import { date } from "../format";
import { text } from "../texts";
import type { DeskKeys, Member, Proposal } from "./api";
import { markWords } from "./words";

/** What a card's buttons do. */
export interface Acts {
  begin: (desk: DeskKeys) => void;
  recover: (desk: DeskKeys) => void;
  give: (desk: DeskKeys, member: Member) => void;
  invite: (desk: DeskKeys, name: string, language: string, officer: string) => void;
  revoke: (id: string) => void;
  withdraw: (id: string) => void;
  remove: (desk: DeskKeys, member: Member) => void;
  renew: (desk: DeskKeys) => void;
  history: (desk: DeskKeys) => void;
}

const ICONS = { none: "key", proposed: "clock", waiting: "clock", open: "check" } as const;
const KINDS = { none: "is-warn", proposed: "is-accent", waiting: "is-accent", open: "is-good" } as const;

/** The card of a desk. */
export async function drawDesk(desk: DeskKeys, acts: Acts, list: Wordlist): Promise<HTMLElement> {
  const card = clone("desk-card-template");
  card.dataset.desk = desk.id;
  card.dataset.state = desk.state;
  fill(card, "name", desk.name);
  slot(card, "state").replaceChildren(
    badge(ICONS[desk.state], text(`keys.state.${desk.state}`), KINDS[desk.state]),
  );
  fill(card, "explain", explanation(desk));
  await drawMark(card, desk, list);
  wire(card, "begin", desk.state === "none", () => acts.begin(desk));
  wire(card, "recover", desk.state === "waiting" && desk.sheets !== null, () => acts.recover(desk));
  wire(card, "history", desk.epochs.length > 0, () => acts.history(desk));
  wire(card, "renew", desk.state === "open" && desk.epochs.length > 1, () => acts.renew(desk));
  wire(card, "withdraw", desk.state === "proposed", () => acts.withdraw(desk.proposal?.id ?? ""));
  const members = await Promise.all(desk.members.map((member) => drawMember(member, desk, acts, list)));
  slot(card, "members").replaceChildren(...members);
  slot(card, "invitations").replaceChildren(...desk.invitations.map((one) => drawInvitation(one, acts)));
  drawInviting(card, desk, acts);
  return card;
}

function explanation(desk: DeskKeys): string {
  if (desk.state !== "none") return text(`keys.explain.${desk.state}`);
  return text(desk.vouched ? "keys.explain.none_vouched" : "keys.explain.none");
}

/** The words of the desk's own key: of one that waits for a signature, so that both sides can compare. */
async function drawMark(card: HTMLElement, desk: DeskKeys, list: Wordlist): Promise<void> {
  const waiting = desk.proposal;
  show(slot(card, "mark-box"), waiting !== null);
  if (waiting) fill(card, "mark", await proposalWords(waiting, list));
}

/** Six words of a key that waits to be signed. */
export async function proposalWords({ recipient, verify }: Proposal, list: Wordlist): Promise<string> {
  return markWords(await deskMark(unb64(recipient), unb64(verify)), list);
}

async function drawMember(member: Member, desk: DeskKeys, acts: Acts, list: Wordlist): Promise<HTMLElement> {
  const row = clone("member-template");
  const waits = desk.epochs.length > 0 && member.lacks.length > 0;
  row.dataset.member = member.username;
  fill(row, "name", member.me ? text("keys.member.me", { name: member.name }) : member.name);
  fill(row, "username", member.username);
  const says = waits ? badge("clock", text("keys.member.waits"), "is-accent") : holder(desk);
  slot(row, "state").replaceChildren(...(says ? [says] : []));
  const canGive = waits && desk.state === "open" && !member.me;
  show(slot(row, "compare"), canGive);
  if (canGive) fill(row, "words", markWords(await identityMark(unb64(member.recipient)), list));
  wire(row, "give", canGive, () => acts.give(desk, member));
  const again = desk.state === "open" && !member.me && !waits;
  wire(row, "again", again, () => acts.invite(desk, member.name, "", member.id));
  drawRemoving(row, desk, member, acts);
  return row;
}

/** Removing is asked twice, and says what it does. */
function drawRemoving(row: HTMLElement, desk: DeskKeys, member: Member, acts: Acts): void {
  const box = slot(row, "removing");
  wire(row, "remove", desk.state === "open" && !member.me, () => {
    show(box, true);
    slot(row, "remove-now").focus();
  });
  slot(row, "remove-now").addEventListener("click", () => acts.remove(desk, member));
  slot(row, "remove-not").addEventListener("click", () => show(box, false));
}

function holder(desk: DeskKeys): HTMLElement | undefined {
  return desk.epochs.length > 0 ? badge("key", text("keys.member.holds"), "is-good") : undefined;
}

function drawInvitation(one: DeskKeys["invitations"][number], acts: Acts): HTMLElement {
  const row = clone("invitation-template");
  fill(row, "name", one.name);
  fill(row, "until", text("keys.invite.until", { day: date(one.until) }));
  wire(row, "revoke", true, () => acts.revoke(one.id));
  return row;
}

function drawInviting(card: HTMLElement, desk: DeskKeys, acts: Acts): void {
  const form = slot<HTMLFormElement>(card, "invite");
  show(form, desk.state === "open");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = slot<HTMLInputElement>(form, "invite-name").value;
    acts.invite(desk, name, slot<HTMLSelectElement>(form, "invite-language").value, "");
  });
}

function wire(root: Element, name: string, visible: boolean, act: () => void): void {
  const button = slot<HTMLButtonElement>(root, name);
  show(button, visible);
  button.addEventListener("click", act);
}
