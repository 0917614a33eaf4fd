/** The panel that adds a photo: a word of warning first, then the choice, then the picture as it will go. */

import type { Attachments } from "./attachments";
import { button, el, told } from "./dom";
import { helplines } from "./helplines";

/** Opens the panel. */
export function openPhoto(files: Attachments): void {
  if (!files.hasRoom()) return;
  const chooser = el("input", { type: "file", accept: "image/*", hidden: true });
  const place = el(
    "section",
    { class: "card" },
    told("h2", "photo.title", { tabindex: "-1" }),
    told("p", "photo.warn", { class: "strong" }),
    told("p", "photo.instead"),
    helplines(),
    chooser,
    told("p", "photo.limit", { class: "hint" }),
    el(
      "div",
      { class: "row" },
      button("photo.choose", () => chooser.click(), { class: "main" }),
      button("photo.cancel", () => files.open()),
    ),
  );
  chooser.addEventListener("change", () => {
    const file = chooser.files?.[0];
    if (file) void take(file, files, place);
  });
  files.open(place);
}

async function take(file: File, files: Attachments, place: HTMLElement): Promise<void> {
  place.replaceChildren(told("p", "photo.working", { role: "status" }));
  const media = await import("../media/photo");
  try {
    const { bytes, type } = await media.disguisePhoto(file);
    files.add({ kind: "photo", bytes, type, seconds: 0 });
  } catch (error) {
    if (!(error instanceof media.PhotoError)) throw error;
    files.open();
    files.warn(`photo.${error.code}`);
  }
}
