/** Notices words of danger while the child writes, on the phone only, and puts help above the text. Never blocks. */

import { type DangerData, danger } from "../danger/matcher";
import { el, told } from "./dom";
import { helplines } from "./helplines";
import { fileJson, type Site } from "./site";

const PAUSE_MS = 400;

/** Watches a text field; help appears in `place` and stays, because a letter is often rewritten. */
export function watchDanger(site: Site, field: HTMLTextAreaElement, place: HTMLElement): void {
  let timer = 0;
  const look = async () => {
    if (place.hasChildNodes() || !field.value) return;
    const names = listsFor(site, field.value);
    const lists = await Promise.all(names.map((name) => fileJson<DangerData>(name)));
    if (!place.hasChildNodes() && lists.some((list) => danger(field.value, list))) place.append(help());
  };
  const quietly = () => void look().catch(() => undefined);
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(quietly, PAUSE_MS);
  });
  quietly();
}

/** The lists that can say something about a text: those that read its letters. The others are not loaded at all. */
function listsFor({ files }: Site, text: string): string[] {
  const reads = (script: string) => new RegExp(`\\p{Script=${script}}`, "u").test(text);
  return Object.keys(files.danger)
    .filter((code) => files.scripts[code]?.some(reads))
    .map((code) => files.danger[code] as string);
}

/** Comfort first, then the numbers, then what else there is to say. */
export function help(...more: string[]): HTMLElement {
  const words = [told("h2", "danger.title"), told("p", "danger.text")];
  return el("section", { class: "card urgent" }, ...words, helplines(), ...more.map((key) => told("p", key)));
}
