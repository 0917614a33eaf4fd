/** The messages of a thread, each with its files behind buttons. */

import type { DeskSession } from "./desk-session";
import { badge, byId, clone, fill, slot } from "./dom";
import { drawFile } from "./file";
import { iso, moment } from "./format";
import { text } from "./texts";
import { protection, type Shown } from "./thread";
import type { OpenedMessage } from "./vault/contract";

/** Draw the messages that are not there yet: what an officer has opened in those before stays open. */
export function drawMessages(shown: Shown, session: DeskSession): void {
  const list = byId("messages");
  const fresh = shown.opened.messages.slice(list.childElementCount);
  list.append(...fresh.map((message) => drawMessage(message, shown, session)));
}

function drawMessage(message: OpenedMessage, shown: Shown, session: DeskSession): HTMLElement {
  const item = clone("message-template");
  item.classList.toggle("is-desk", message.author !== "child");
  fill(item, "author", author(message.author, session));
  const said = message.spoilt ? text("console.thread.spoilt") : message.text;
  fill(item, "text", said);
  slot(item, "text").classList.toggle("error", message.spoilt);
  slot(item, "text").hidden = said === "";
  const time = slot<HTMLTimeElement>(item, "time");
  time.dateTime = iso(message.at);
  time.textContent = moment(message.at);
  if (message.sequence === 0 && protection(shown.sealed) === "server") {
    slot(item, "marks").append(badge("server", text("console.protection.server"), "is-warn"));
  }
  slot(item, "files").append(...message.files.map((_, index) => drawFile(message, index, shown, session)));
  return item;
}

/** Who wrote: the child, or a desk by its name. */
export function author(name: string, session: DeskSession): string {
  if (name === "child") return text("console.thread.child");
  return session.deskName(name.split("/")[1] ?? name);
}
