/**
 * The first and only script before the form is usable. It takes the poster's fragment out of the address before anything
 * else, wires the exit and the steps, and lets everything heavier load afterwards.
 */

import { replaceOnLinks, watchExit } from "./exit";
import type { Shell } from "./shell";
import { walk } from "./steps";
import { askWhere } from "./where";

const scanned = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const form = byId<HTMLFormElement>("form");
const next = byId<HTMLButtonElement>("next");
const exit = watchExit(byId("exit"));
replaceOnLinks();

/** The page that writes: steps first, everything else once the browser has time. */
function write(): void {
  const where = askWhere(scanned, () => next.click());
  const buttons = {
    next,
    back: byId<HTMLButtonElement>("back"),
    bar: byId("steps"),
    progress: progressBar(),
  };
  const steps = walk(form, buttons, (id) => id !== "where" || where.check(), send);
  const after = byId("after");
  exit.onLeave(() => after.replaceChildren());
  const shell: Shell = { form, after, steps, poster: where.poster, ...exit };
  const loadLater = () => import("./later/letter").then((part) => part.begin(shell));
  function send(): void {
    loadLater().then(
      (letter) => letter.send(),
      () => showTrouble(send),
    );
  }
  whenIdle(() => void loadLater().catch(() => undefined));
}

/** The page that reads: everything it does needs the receipt's keys, so it loads at once. */
function read(): void {
  import("./answer")
    .then((part) => part.begin({ form, after: byId("after"), ...exit }))
    .catch(() => showTrouble(read));
}

function progressBar(): HTMLProgressElement {
  return document.querySelector("progress") as HTMLProgressElement;
}

/** A part of the page did not arrive. What was typed stays where it is, and one tap tries again. */
function showTrouble(again: () => void): void {
  const trouble = byId("trouble");
  trouble.hidden = false;
  (trouble.lastElementChild as HTMLElement).onclick = () => {
    trouble.hidden = true;
    again();
  };
}

function whenIdle(task: () => void): void {
  if (document.readyState === "complete") setTimeout(task, 0);
  else addEventListener("load", () => setTimeout(task, 0));
}

if (document.body.dataset.page === "answer") read();
else {
  write();
  next.disabled = false;
}
document.documentElement.dataset.ready = "";
