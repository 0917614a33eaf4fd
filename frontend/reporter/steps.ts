/** One question at a time: which section is shown, and the buttons below it. */

import type { Steps } from "./shell";

export interface Buttons {
  readonly next: HTMLButtonElement;
  readonly back: HTMLButtonElement;
  readonly bar: HTMLElement;
  readonly progress: HTMLProgressElement;
}

/** Whether a step may be left forwards; it says itself what is missing. */
export type Gate = (id: string) => boolean;

const LABELS = { start: "start.go", next: "bar.next", skip: "bar.skip", send: "send.go" };

/** Walks through the form's sections; `send` is called by the last step's button. */
export function walk(form: HTMLFormElement, buttons: Buttons, gate: Gate, send: () => void): Steps {
  const sections = [...form.querySelectorAll<HTMLElement>("section")];
  const listeners: ((id: string) => void)[] = [];
  let at = 0;
  const section = () => sections[at] as HTMLElement;
  const label = () => name(buttons.next, labelOf(at, sections.length, isSkipped(section())));
  const go = (to: number) => {
    section().hidden = true;
    at = to;
    section().hidden = false;
    arrive(section(), at, buttons);
    label();
    for (const listener of listeners) listener(section().id);
  };
  buttons.next.addEventListener("click", () => {
    if (!gate(section().id)) return;
    if (at === sections.length - 1) send();
    else go(at + 1);
  });
  buttons.back.addEventListener("click", () => go(at - 1));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", label);
  return {
    get current() {
      return section().id;
    },
    show: (id) => go(sections.findIndex((one) => one.id === id)),
    onShow: (listener) => {
      listeners.push(listener);
      listener(section().id);
    },
  };
}

function arrive(section: HTMLElement, at: number, { back, bar, progress }: Buttons): void {
  back.hidden = at === 0;
  progress.hidden = at === 0;
  progress.value = at;
  bar.lastElementChild?.toggleAttribute("hidden", at > 0);
  section.querySelector("h1")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function labelOf(at: number, count: number, skipped: boolean): string {
  if (at === 0) return LABELS.start;
  if (at === count - 1) return LABELS.send;
  return skipped ? LABELS.skip : LABELS.next;
}

/** Nothing is chosen, written or attached in a step that may be skipped. */
function isSkipped(section: HTMLElement): boolean {
  if (section.dataset.skip === undefined) return false;
  return !section.querySelector(":checked, [data-file]") && !section.querySelector("textarea")?.value.trim();
}

function name(button: HTMLElement, key: string): void {
  for (const span of button.children) (span as HTMLElement).hidden = (span as HTMLElement).dataset.t !== key;
}
