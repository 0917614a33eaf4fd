/** One line of the inbox: what the server knows at once, what the child wrote as soon as it is open. */

import type { Letter } from "../sealed";
import type { DeskSession } from "./desk-session";
import { badge, clone, fill, slot } from "./dom";
import { age, iso, moment } from "./format";
import { bootstrap, coded, label, text } from "./texts";
import type { Row } from "./wire";

const EXCERPT = 160;

/** The line of a row. */
export function drawRow(row: Row, session: DeskSession): HTMLElement {
  const item = clone("row-template");
  const link = item.querySelector("a") as HTMLAnchorElement;
  link.href = `#${row.id}`;
  link.dataset.id = row.id;
  link.classList.toggle("is-unread", !row.read);
  slot(item, "dot").hidden = row.read;
  drawTime(item, row, session.now);
  drawMarks(item, row);
  drawWords(item, link, row, session);
  return item;
}

function drawTime(item: HTMLElement, row: Row, now: number): void {
  const time = slot<HTMLTimeElement>(item, "time");
  time.dateTime = iso(row.last.at);
  time.title = moment(row.last.at);
  time.textContent = age(row.last.at, now);
}

function drawMarks(item: HTMLElement, row: Row): void {
  if (row.safe === "no") slot(item, "urgent").append(badge("alert", text("console.safe.no"), "is-danger"));
  if (row.safe === "unsure")
    slot(item, "urgent").append(badge("alert", text("console.safe.unsure"), "is-warn"));
  if (row.protection === "server") slot(item, "marks").append(serverMark());
  if (row.last.author !== "child") slot(item, "marks").append(answeredMark());
  if (row.erasing) slot(item, "marks").append(erasingMark());
  if (row.present.length > 0) slot(item, "marks").append(presentMark(row.present));
  const others = badge("people", String(row.desks.length), "is-accent");
  others.title = text("console.help.others");
  if (row.desks.length > 2) slot(item, "marks").append(others);
}

/** Somebody else is in this appeal now. */
function presentMark(present: readonly string[]): HTMLElement {
  const names = present.map((name) => name || text("inbox.somebody")).join(", ");
  const mark = badge("eye", "", "is-accent");
  mark.title = text("inbox.present", { names });
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", mark.title);
  return mark;
}

/** Somebody proposes to erase it by law. */
function erasingMark(): HTMLElement {
  const mark = badge("trash", "", "is-danger");
  mark.title = text("erase.mark");
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", mark.title);
  return mark;
}

function serverMark(): HTMLElement {
  const mark = badge("server", "", "is-warn");
  mark.title = text("console.protection.server");
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", text("console.protection.server"));
  return mark;
}

function answeredMark(): HTMLElement {
  const mark = badge("check", "", "is-good");
  mark.title = text("console.folders.answered");
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", text("console.folders.answered"));
  return mark;
}

function drawWords(item: HTMLElement, link: HTMLElement, row: Row, session: DeskSession): void {
  const opened = session.opened.get(row.id);
  link.classList.toggle("is-sealed", !opened);
  link.classList.toggle("is-broken", !!opened?.problem);
  if (opened?.content) drawContent(item, opened.content, session);
  else fill(item, "reasons", opened?.problem ? broken(opened.problem) : text("console.inbox.sealed"));
}

function broken(problem: string): string {
  return text("console.inbox.broken", { why: text(`console.broken.${problem}`) });
}

function drawContent(item: HTMLElement, content: Letter, session: DeskSession): void {
  fill(item, "reasons", reasons(content));
  fill(item, "excerpt", excerpt(content.text) || text("console.inbox.no_text"));
  const marks = [badge("", content.language.toUpperCase())];
  if (content.age) marks.unshift(badge("", coded("age", content.age)));
  slot(item, "marks").prepend(...marks);
  if (content.school)
    void session.schoolName(content.school).then((name) => fill(item, "school", name ?? content.school));
}

/** What the child chose, in the officer's words. */
export function reasons(content: Letter): string {
  const chosen = content.reasons.map((code) => label(bootstrap().reasons, code));
  return chosen.join(", ") || text("console.inbox.no_reason");
}

/** The first words, on one line. */
function excerpt(words: string): string {
  return words.slice(0, EXCERPT).replace(/\s+/g, " ").trim();
}
