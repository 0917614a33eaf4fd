/** The last step before sending: what goes, who can read it, and that the phone locks it first. */

import type { Answers } from "./answers";
import { isEmpty } from "./answers";
import { button, el, told } from "./dom";
import { regionName } from "./language";
import type { Site } from "./site";

/** What the summary needs to know beside the answers. */
export interface Facts {
  readonly site: Site;
  /** Names of the desks that will be able to read it; empty until the directory has arrived. */
  readonly readers: readonly string[];
  goTo(step: string): void;
}

/** Fills the summary; called again whenever something it shows has changed. */
export function summarise(place: HTMLElement, answers: Answers, facts: Facts): void {
  const promises = el("ul", { class: "promises" });
  if (facts.readers.length)
    promises.append(
      el(
        "li",
        {},
        told("span", "send.who"),
        el("ul", { class: "readers" }, ...facts.readers.map((one) => el("li", {}, one))),
      ),
    );
  promises.append(told("li", "send.school"), told("li", "send.lock"), told("li", "send.duty"));
  const list = el("dl", { class: "facts" }, ...rows(answers, facts));
  place.replaceChildren(...(isEmpty(answers) ? [nothingYet(facts)] : []), list, promises);
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
    ? el("dd", { class: "quote" }, answers.text)
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
