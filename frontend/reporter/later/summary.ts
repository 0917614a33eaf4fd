/** The last step before sending: what goes, who can read it, and that the phone locks it first. */

import type { Answers } from "./answers";
import { isEmpty } from "./answers";
import { button, el, told } from "./dom";
import { helplines } from "./helplines";
import { regionName } from "./language";
import type { Site } from "./site";

/** What the summary needs to know beside the answers. */
export interface Facts {
  readonly site: Site;
  /** Names of the desks that will be able to read it; undefined until the directory has arrived. */
  readonly readers: readonly string[] | undefined;
  /** The poster is out of date; the letter goes all the same. */
  readonly retired: boolean;
  goTo(step: string): void;
}

/** Fills the summary; called again whenever something it shows has changed. */
export function summarise(place: HTMLElement, answers: Answers, facts: Facts): void {
  const promises = el(
    "ul",
    { class: "promises" },
    ...(facts.readers?.length ? [readerList(facts.readers)] : []),
    ...["send.pass", "send.school", "send.lock", "send.duty"].map((key) => told("li", key)),
  );
  const list = el("dl", { class: "facts" }, ...rows(answers, facts));
  place.replaceChildren(...warnings(answers, facts), list, promises);
}

function warnings(answers: Answers, facts: Facts): HTMLElement[] {
  return [
    ...(isEmpty(answers) ? [nothingYet(facts)] : []),
    ...(facts.readers?.length === 0 ? [nobodyLeft(facts)] : []),
    ...(facts.retired ? [told("p", "where.retired", { class: "note" })] : []),
  ];
}

function readerList(readers: readonly string[]): HTMLElement {
  const names = readers.map((one) => el("li", {}, one));
  return el("li", {}, told("span", "send.who"), el("ul", { class: "readers" }, ...names));
}

/** Everybody who could read it is somebody it is about. */
function nobodyLeft(facts: Facts): HTMLElement {
  return el(
    "div",
    { class: "card", role: "alert" },
    told("p", "error.nobody", { class: "wrong" }),
    button("send.nobody_go", () => facts.goTo("about")),
    helplines(),
  );
}

/** Shown when there is nothing to send. */
function nothingYet(facts: Facts): HTMLElement {
  return el(
    "div",
    { class: "card", role: "alert" },
    told("p", "send.empty", { class: "wrong" }),
    button("send.empty_go", () => facts.goTo("tell")),
  );
}

function rows(answers: Answers, { site }: Facts): HTMLElement[] {
  const letter = answers.text
    ? el("dd", { class: "quote", tabindex: "0" }, answers.text)
    : told("dd", "send.letter_no", { class: "hint" });
  const reasons = answers.reasons.map((id) => told("li", `reasons.${id}`));
  return [
    told("dt", "send.region"),
    el("dd", {}, regionName(site, answers.region)),
    ...(reasons.length ? [told("dt", "send.reasons"), el("dd", {}, el("ul", {}, ...reasons))] : []),
    told("dt", "send.letter"),
    letter,
    ...(answers.files.length ? [told("dt", "send.files"), el("dd", {}, String(answers.files.length))] : []),
  ];
}
