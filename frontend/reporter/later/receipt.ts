/** The receipt: six words or the same as digits, one of them asked back, then what happens next. Nothing is saved. */

import { button, el, heading, present, told } from "./dom";
import { helplines } from "./helplines";
import { onLanguage, say } from "./texts";

export interface Receipt {
  /** Six words of the page's language. */
  readonly words: readonly string[];
  /** Twenty digits. */
  readonly digits: string;
  /** The signed promise, for those who print. */
  readonly promise: string;
}

export interface Ending {
  /** Names of the desks that can read the letter, in the page's language. */
  readers(): string[];
  /** Whether two words are the same to a forgiving eye. */
  same(typed: string, word: string): boolean;
  leave(): void;
  readonly answerPage: string;
}

/** Shows the receipt; everything after it follows from its buttons. */
export function showReceipt(place: HTMLElement, receipt: Receipt, ending: Ending): void {
  const words = el(
    "ol",
    { class: "words", translate: "no" },
    ...receipt.words.map((word) => el("li", {}, word)),
  );
  const digits = el("p", { class: "digits", translate: "no", hidden: true }, grouped(receipt.digits));
  const flip = button("receipt.as_digits", () => {
    digits.hidden = !digits.hidden;
    words.hidden = !digits.hidden;
    say(flip, digits.hidden ? "receipt.as_digits" : "receipt.as_words");
  });
  const promise = el(
    "figure",
    { class: "paper" },
    told("figcaption", "receipt.promise"),
    el("pre", {}, receipt.promise),
  );
  present(
    place,
    heading("receipt.title"),
    told("p", "receipt.write", { class: "lead" }),
    el("div", { class: "card receipt" }, words, digits),
    told("p", "receipt.why", { class: "note" }),
    promise,
    el(
      "div",
      { class: "steps" },
      button("receipt.go", () => askBack(place, receipt, ending), { class: "main" }),
      flip,
      button("receipt.print", () => print()),
    ),
  );
}

/** 1234 5678 … in fours, as they are easiest to copy. */
export function grouped(digits: string): string {
  return digits.replace(/\d{4}(?=\d)/g, "$& ");
}

function askBack(place: HTMLElement, receipt: Receipt, ending: Ending): void {
  const at = (crypto.getRandomValues(new Uint8Array(1))[0] as number) % receipt.words.length;
  const field = el("input", { id: "word", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const result = el("p", { role: "status", class: "big" });
  const check = () => {
    const right = ending.same(field.value, receipt.words[at] as string);
    say(result, right ? "repeat.good" : "repeat.wrong");
    if (right) setTimeout(() => result.isConnected && whatNext(place, ending), 900);
  };
  const form = el("form", { autocomplete: "off" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  form.append(
    heading("repeat.title"),
    told("label", "repeat.ask", { for: "word" }, { n: at + 1 }),
    field,
    result,
    el(
      "div",
      { class: "steps" },
      told("button", "repeat.check", { class: "main", type: "submit" }),
      button("repeat.show", () => showReceipt(place, receipt, ending)),
      button("bar.skip", () => whatNext(place, ending)),
    ),
  );
  present(place, form);
}

function whatNext(place: HTMLElement, ending: Ending): void {
  const readers = el("ul", { class: "readers" });
  const name = () => readers.replaceChildren(...ending.readers().map((one) => el("li", {}, one)));
  name();
  onLanguage(name);
  present(
    place,
    heading("done.title"),
    el(
      "ol",
      { class: "next" },
      el("li", {}, told("p", "done.read"), readers),
      told("li", "done.when"),
      told("li", "done.how"),
    ),
    el(
      "section",
      { class: "card" },
      told("p", "done.danger", { class: "strong" }),
      told("p", "start.night"),
      helplines(),
    ),
    el(
      "div",
      { class: "steps" },
      button("done.close", ending.leave, { class: "main" }),
      told("a", "done.answer", { class: "button", href: ending.answerPage }),
    ),
  );
}
