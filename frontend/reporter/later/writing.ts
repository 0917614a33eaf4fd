/** A text field with what belongs to it: how much still fits, a voice, photos. Used for a letter and for every later message. */

import { Attachments } from "./attachments";
import { button, el, told } from "./dom";
import { openPhoto } from "./photo";
import type { Limits } from "./site";
import { say } from "./texts";
import { openVoice } from "./voice";

/** Bytes of a payload that are not its text: codes, names of kinds, brackets. */
const AROUND_TEXT = 1024;
/** How many letters before the end the child is told; a letter of this page's alphabets takes two bytes. */
const WARN_LETTERS = 1000;
const BYTES_A_LETTER = 2;

/** Adds the tools below a text field and returns what they collect. */
export function writingTools(
  field: HTMLTextAreaElement,
  place: HTMLElement,
  limits: Limits,
  onLeave: (forget: () => void) => void,
): Attachments {
  const files = new Attachments(limits, () => field.dispatchEvent(new Event("input", { bubbles: true })));
  place.append(
    roomLeft(field, limits),
    el(
      "div",
      { class: "row tell" },
      button("tell.voice", () => void openVoice(files, limits, onLeave), { class: "voice" }),
      button("tell.photo", () => openPhoto(files), { class: "photo" }),
    ),
    told("p", "tell.limits", { class: "hint" }),
    files.place,
  );
  onLeave(() => files.clear());
  return files;
}

/** Whether a text is longer than the largest padded payload. */
export function isTooLong(text: string, limits: Limits): boolean {
  return lettersLeft(text, limits) < 0;
}

function lettersLeft(text: string, limits: Limits): number {
  const escaped = new TextEncoder().encode(JSON.stringify(text.normalize("NFC"))).length;
  return Math.floor((limits.text_bytes - AROUND_TEXT - escaped) / BYTES_A_LETTER);
}

function roomLeft(field: HTMLTextAreaElement, limits: Limits): HTMLElement {
  const line = el("p", { class: "hint", role: "status" });
  field.addEventListener("input", () => {
    const left = lettersLeft(field.value, limits);
    line.hidden = left > WARN_LETTERS;
    line.className = left < 0 ? "wrong" : "hint";
    if (left < 0) say(line, "tell.too_long");
    else say(line, "tell.left", { n: left });
  });
  line.hidden = true;
  return line;
}
