/** Notices words of danger while the child writes, on the phone only, and puts help above the text. Never blocks. */

import { type DangerData, danger } from "../danger/matcher";
import { el, told } from "./dom";
import { helplines } from "./helplines";
import { fileJson, type Site } from "./site";

const PAUSE_MS = 400;

/** Watches a text field; help appears in `place` and stays, because a letter is often rewritten. */
export async function watchDanger(site: Site, field: HTMLTextAreaElement, place: HTMLElement): Promise<void> {
  const lists = await Promise.all(Object.values(site.files.danger).map((name) => fileJson<DangerData>(name)));
  let timer = 0;
  const look = () => {
    if (place.hasChildNodes() || !lists.some((list) => danger(field.value, list))) return;
    place.append(help());
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  look();
}

/** Comfort first, then the numbers. */
export function help(): HTMLElement {
  const words = [told("h2", "danger.title"), told("p", "danger.text")];
  return el("section", { class: "card urgent" }, ...words, helplines());
}
