/** What a child sees of a thread: what was written, by whom and when, what happened to it, and what can be done next. */

import type { OpenedMailbox, OpenedMessage } from "../../sealed";
import { momentText } from "./dates";
import { nameOf } from "./directory";
import { button, el, heading, present, told } from "./dom";
import { eraseCard, erasedNotice } from "./erasing";
import { fileList } from "./files";
import type { Mailbox, Opened } from "./mailbox";
import { replyForm } from "./reply";
import type { Limits } from "./site";
import { onLanguage } from "./texts";
import { reasonOf } from "./trouble";

export interface Place {
  readonly after: HTMLElement;
  readonly limits: Limits;
  onLeave(forget: () => void): void;
  leave(): void;
}

const UNREACHABLE: ReadonlySet<string> = new Set(["network", "server", "busy", "slow"]);

/** Shows the mailbox as it is now; called again after everything that changes it. */
export function showThread(mailbox: Mailbox, place: Place): void {
  const opened = mailbox.opened as Opened;
  const again = () => showThread(mailbox, place);
  if (opened.thread) present(place.after, ...parts(mailbox, opened, opened.thread, place, again));
  else present(place.after, erasedNotice(mailbox, opened.erase, again), closeButton(place));
}

function parts(
  mailbox: Mailbox,
  opened: Opened,
  thread: OpenedMailbox,
  place: Place,
  again: () => void,
): Node[] {
  const letters = thread.messages.map((message) => letter(message, opened, mailbox, place));
  const answered = thread.messages.some(({ author }) => author !== "child");
  return [
    heading("thread.title"),
    ...(thread.manifest.protection === "server" ? [told("p", "thread.server", { class: "note" })] : []),
    el("ol", { class: "letters" }, ...letters),
    ...(answered ? [] : [told("p", "thread.none", { class: "lead" })]),
    ...["start.when", "start.night"].map((key) => told("p", key)),
    ...refreshing(mailbox, again),
    steps(opened),
    theReply(mailbox, place, again),
    eraseCard(mailbox, again),
    closeButton(place),
  ];
}

/** Looks for news; what stands in its way is said beside the button, and everything shown stays. */
function refreshing(mailbox: Mailbox, again: () => void): Node[] {
  const status = el("p", { class: "wrong", role: "alert" });
  const look = async () => {
    status.replaceChildren();
    try {
      await mailbox.refresh();
      again();
    } catch (error) {
      const { trouble, detail } = reasonOf(error);
      const key = UNREACHABLE.has(trouble) ? `error.${trouble}` : "answer.broken";
      status.replaceChildren(told("span", key, {}, { seconds: Number(detail.seconds ?? 60) }));
    }
  };
  return [button("thread.refresh", () => void look()), status];
}

const replies = new WeakMap<Mailbox, HTMLElement>();

/** One form for as long as the mailbox is open: looking for news must not take away what is half written. */
function theReply(mailbox: Mailbox, place: Place, again: () => void): HTMLElement {
  const found = replies.get(mailbox) ?? replyForm(mailbox, place, again);
  replies.set(mailbox, found);
  return found;
}

function closeButton(place: Place): HTMLElement {
  return el("div", { class: "steps" }, button("done.close", place.leave));
}

function letter(message: OpenedMessage, opened: Opened, mailbox: Mailbox, place: Place): HTMLElement {
  const { author, at, letter: written } = message;
  const mine = author === "child";
  const who = mine ? told("b", "thread.you") : deskName(author, opened);
  const reasons = written.reasons.map((id) => told("li", `reasons.${id}`));
  return el(
    "li",
    mine ? { class: "mine" } : {},
    el("div", { class: "row" }, who, when(at)),
    ...(reasons.length ? [el("ul", { class: "reasons" }, ...reasons)] : []),
    ...(message.spoilt ? [told("p", "thread.spoilt", { class: "wrong" })] : []),
    ...(written.text ? [el("p", { lang: written.language }, written.text)] : []),
    ...(message.files.length ? [fileList(message, mailbox, place.onLeave)] : []),
  );
}

/** "desk/<id>/<epoch>" as people call it; it changes with the language. */
function deskName(author: string, opened: Opened): HTMLElement {
  const id = author.split("/")[1] ?? "";
  const desk = opened.desks.find((one) => one.id === id);
  const made = el("b");
  const write = () => {
    made.textContent = desk ? nameOf(desk) : id;
  };
  write();
  onLanguage(write);
  return made;
}

function steps(opened: Opened): HTMLElement {
  const items = opened.events.map(({ kind, at }) =>
    el("li", { class: "row" }, told("span", `thread.${kind.replace("-", "_")}`), when(at)),
  );
  return el(
    "section",
    { class: "card" },
    told("h2", "thread.steps"),
    el("ol", { class: "events" }, ...items),
  );
}

/** A moment in the child's language and time zone; it changes with the language. */
export function when(seconds: number): HTMLTimeElement {
  const made = el("time", { datetime: new Date(seconds * 1000).toISOString() });
  const write = () => {
    made.textContent = momentText(seconds);
  };
  write();
  onLanguage(write);
  return made;
}
