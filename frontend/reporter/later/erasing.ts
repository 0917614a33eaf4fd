/** Erasing everything that was sent: what it means is said first, and it can be taken back until the day it is done. */

import { dayText } from "./dates";
import { button, el, heading, told } from "./dom";
import type { Erase, Mailbox } from "./mailbox";
import { onLanguage, say } from "./texts";

/** The offer at the end of a thread, far from everything else. */
export function eraseCard(mailbox: Mailbox, again: () => void): HTMLElement {
  const ask = el("div", { class: "row", hidden: true });
  const status = el("p", { role: "status", class: "wrong" });
  const offer = button("erase.title", () => {
    ask.hidden = false;
    offer.hidden = true;
    ask.querySelector("button")?.focus();
  });
  const close = () => {
    ask.hidden = true;
    offer.hidden = false;
    offer.focus();
  };
  ask.append(
    told("p", "erase.ask", { class: "big" }),
    button("erase.no", close),
    button("erase.yes", () => act(mailbox, "erase", again, status)),
  );
  return el(
    "section",
    { class: "card" },
    told("p", "erase.text"),
    told("p", "erase.duty"),
    offer,
    ask,
    status,
  );
}

/** What is left to see of an erased thread. */
export function erasedNotice(mailbox: Mailbox, erase: Erase, again: () => void): HTMLElement {
  const day = told("p", "erase.due");
  const name = () => say(day, "erase.due", { date: dayText(erase.due ?? 0) });
  const status = el("p", { role: "status", class: "wrong" });
  name();
  onLanguage(name);
  return el(
    "section",
    { class: "card" },
    heading("erase.hidden"),
    day,
    button("erase.undo", () => act(mailbox, "withdraw", again, status), { class: "main" }),
    status,
  );
}

function act(mailbox: Mailbox, what: "erase" | "withdraw", again: () => void, status: HTMLElement): void {
  mailbox.erase(what).then(again, () => say(status, "answer.broken"));
}
