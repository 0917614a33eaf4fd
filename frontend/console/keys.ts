/** The keyboard. Letters count only where nobody is writing and no dialog is open. */

import { Chord } from "./chord";
import type { HelpDialog } from "./help";
import type { InboxScreen } from "./inbox";
import type { Lock } from "./lock";
import type { ThreadScreen } from "./thread";

interface Reach {
  inbox: InboxScreen;
  thread: ThreadScreen;
  help: HelpDialog;
  lock: Lock;
  isOpen: () => boolean;
}

/** Whether a key press belongs to a field. */
function isWriting(event: KeyboardEvent): boolean {
  const target = event.target as Element | null;
  return !!target?.closest("input, textarea, select, audio");
}

function search({ inbox, thread }: Reach): void {
  thread.leave();
  inbox.finder.focus();
}

function actionFor(key: string, reach: Reach): (() => void) | undefined {
  const { inbox, thread, help, lock } = reach;
  const reading = thread.isOpen();
  const table: Record<string, () => void> = {
    j: () => (reading ? thread.step(1) : inbox.move(1)),
    k: () => (reading ? thread.step(-1) : inbox.move(-1)),
    o: () => inbox.openChosen(),
    r: () => thread.startAnswer(),
    e: () => thread.startAnswer(),
    u: () => void thread.markUnread(),
    "/": () => search(reach),
    p: () => void thread.startPass(),
    a: () => thread.startAside(),
    l: () => lock.everywhere(),
    "?": () => help.open(),
    Escape: () => thread.back(),
  };
  return table[key];
}

/** The key as the letter it types on a Latin keyboard, so that j is j under a Cyrillic layout too. */
function latin(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  return letter && event.key.length === 1 ? letter.toLowerCase() : event.key;
}

/** Listen for as long as the page lives. */
export function bindKeys(reach: Reach): void {
  const chord = new Chord();
  addEventListener("keydown", (event) => {
    if (!reach.isOpen() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (isWriting(event) && event.key !== "Escape") return;
    const key = event.shiftKey && event.code === "Slash" ? "?" : latin(event);
    const { used, folder } = chord.press(key);
    if (folder) reach.inbox.go(folder);
    const action = used ? () => {} : actionFor(key, reach);
    if (!action) return;
    event.preventDefault();
    action();
  });
}
