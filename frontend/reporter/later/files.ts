/** Files of a thread: pictures and voices are shown, everything else can only be saved, never opened by the page. */

import type { FileNote, OpenedMessage, Part } from "../../sealed";
import { button, el, told } from "./dom";
import type { Mailbox } from "./mailbox";
import { say, text } from "./texts";

/** Types that a browser shows without running anything. */
const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const VOICES = ["audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg"];

/** The files of a message; each is fetched and opened on a tap. */
export function fileList(
  { files, letter }: OpenedMessage,
  mailbox: Mailbox,
  onLeave: (forget: () => void) => void,
): HTMLElement {
  const rows = files.map((part, i) => {
    const note = letter.files[i];
    return note ? row(part, note, mailbox, onLeave) : el("li");
  });
  return el("ul", { class: "files" }, ...rows);
}

function row(
  part: Part,
  note: FileNote,
  mailbox: Mailbox,
  onLeave: (forget: () => void) => void,
): HTMLElement {
  const made = el("li", {}, note.name ? el("b", {}, note.name) : told("b", `thread.${note.kind}`));
  const status = el("p", { role: "status" });
  const open = button("thread.open", async () => {
    open.disabled = true;
    try {
      const bytes = await mailbox.file(part, note);
      open.replaceWith(...shown(bytes, note, onLeave));
      status.remove();
    } catch {
      open.disabled = false;
      say(status, "answer.broken");
    }
  });
  made.append(open, status);
  return made;
}

function shown(bytes: Uint8Array, note: FileNote, onLeave: (forget: () => void) => void): HTMLElement[] {
  const known = [...PICTURES, ...VOICES].includes(note.type);
  const type = known ? note.type : "application/octet-stream";
  const url = URL.createObjectURL(new Blob([bytes as BlobPart], { type }));
  onLeave(() => URL.revokeObjectURL(url));
  if (PICTURES.includes(type)) return [named(el("img", { src: url, alt: "" }), note)];
  if (VOICES.includes(type)) return [named(el("audio", { src: url, controls: true }), note)];
  return [
    told("p", "thread.save_warn", { class: "hint" }),
    told("a", "thread.save", { class: "button", href: url, download: safeName(note.name) }),
  ];
}

/** Called by its own name, or by what it is in the language of the page. */
function named<T extends HTMLElement>(made: T, note: FileNote): T {
  const key = `thread.${note.kind}`;
  if (!note.name) made.dataset.label = key;
  made.setAttribute("aria-label", note.name || text(key));
  return made;
}

/** A name that is only a name: no folders, no control or direction characters. */
export function safeName(name: string): string {
  return (
    name
      .replace(/[\p{C}/\\:*?"<>|]/gu, "_")
      .replace(/^\.+/, "")
      .slice(-80) || "file"
  );
}
