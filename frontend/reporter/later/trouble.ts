/** When sending fails: the reason in words, the text still there, one tap to try again. */

import { button, el, heading, present, told } from "./dom";
import { helplines } from "./helplines";
import { Refusal } from "./post";
import { Forged, Unreachable } from "./site";

/** Any failure as a refusal with a reason a child can read. */
export function reasonOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Unreachable) return new Refusal("network");
  if (error instanceof Forged) return new Refusal("old");
  if (error instanceof TypeError && /import|module|fetch/i.test(error.message)) return new Refusal("network");
  return new Refusal("phone");
}

/** Shows what went wrong; `again` repeats the very same sealed letter, `back` returns to the form. */
export function showTrouble(place: HTMLElement, refusal: Refusal, again: () => void, back: () => void): void {
  const seconds = Number(refusal.detail.seconds ?? 60);
  present(
    place,
    el(
      "section",
      { class: "card", role: "alert" },
      heading("error.title"),
      told("p", `error.${refusal.trouble}`, { class: "strong" }, { seconds }),
      told("p", "error.kept"),
    ),
    el("div", { class: "steps" }, button("error.again", again, { class: "main" }), button("bar.back", back)),
    helplines(),
  );
}
