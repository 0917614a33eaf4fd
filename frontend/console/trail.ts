/** Who can read a thread, and everything that was done with it. */

import type { DeskSession } from "./desk-session";
import { byId, clone, fill, slot } from "./dom";
import { date, iso, moment } from "./format";
import { hasText, text } from "./texts";
import type { SealedThread } from "./wire";

interface Step {
  at: number;
  what: string;
}

/** What officers did is told by the audit table; what it does not know (the child's acts) by the events. */
const TOLD_BY_EVENTS = new Set([
  "received",
  "alerted",
  "written",
  "erase-asked",
  "erase-withdrawn",
  "erased",
]);

/** Draw who holds the thread. */
export function drawHolders(sealed: SealedThread, session: DeskSession): void {
  const desks = sealed.grants.map((grant) => holder(session.deskName(grant.desk), grant.at));
  byId("holders").replaceChildren(...desks, holder(text("console.thread.child_too"), sealed.received));
}

function holder(name: string, since: number): HTMLElement {
  const item = document.createElement("li");
  const hint = document.createElement("span");
  hint.className = "hint";
  hint.textContent = ` ${text("console.thread.since", { date: date(since) })}`;
  item.append(name, hint);
  return item;
}

/** Draw what was done, oldest first. */
export function drawTrail(sealed: SealedThread, session: DeskSession): void {
  const steps = [...childSteps(sealed), ...officerSteps(sealed, session)].sort((a, b) => a.at - b.at);
  byId("trail").replaceChildren(...gathered(steps).map(drawStep));
}

const WRITINGS = new Set(["answered", "written"]);

/** The last message of a thread: who wrote it, and when. */
export function lastWritten(
  sealed: SealedThread,
  session: DeskSession,
): { what: string; time: string } | undefined {
  const told = sealed.trail.filter((row) => WRITINGS.has(row.act));
  const child = sealed.events.filter((event) => WRITINGS.has(event.kind));
  const steps = [
    ...officerSteps({ ...sealed, trail: told }, session),
    ...childSteps({ ...sealed, events: child }),
  ];
  const last = steps.sort((a, b) => a.at - b.at).at(-1);
  return last && { what: last.what, time: moment(last.at) };
}

/** What was done again on the same day is told once, with how often. */
function gathered(steps: Step[]): Step[] {
  const found = new Map<string, { step: Step; times: number }>();
  for (const step of steps) {
    const name = `${date(step.at)} ${step.what}`;
    const known = found.get(name) ?? { step, times: 0 };
    found.set(name, { ...known, times: known.times + 1 });
  }
  return [...found.values()].map(({ step, times: n }) =>
    n > 1 ? { ...step, what: text("console.trail.times", { what: step.what, n }) } : step,
  );
}

function childSteps(sealed: SealedThread): Step[] {
  const told = sealed.events.filter((event) => TOLD_BY_EVENTS.has(event.kind));
  return told.map((event) => ({ at: event.at, what: text(`console.trail.${event.kind}`) }));
}

function officerSteps(sealed: SealedThread, session: DeskSession): Step[] {
  return sealed.trail.map((row) => {
    const [seat, , to] = row.detail.split(" ");
    const who = row.name || deskOf(seat ?? "", sealed, session);
    const keys = [
      `reply.trail.${row.act}`,
      `aside.${row.act}`,
      `erase.${row.act}`,
      `console.trail.${row.act}`,
    ];
    const key = keys.find(hasText) ?? "";
    const what = hasText(key) ? text(key, { who, to: deskOf(to ?? "", sealed, session) }) : row.act;
    return { at: row.at, what };
  });
}

function deskOf(seat: string, sealed: SealedThread, session: DeskSession): string {
  return Object.hasOwn(sealed.verify, seat) ? session.deskName(seat.split("/")[0] ?? "") : "";
}

function drawStep(step: Step): HTMLElement {
  const item = clone("step-template");
  const time = slot<HTMLTimeElement>(item, "time");
  time.dateTime = iso(step.at);
  time.textContent = moment(step.at);
  fill(item, "text", step.what);
  return item;
}
