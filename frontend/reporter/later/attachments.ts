/** What the child adds to a letter: at most so many files, each shown before it goes and removable. */

import { button, el, told } from "./dom";
import type { Limits } from "./site";
import { say } from "./texts";

export interface Attachment {
  readonly kind: "photo" | "voice";
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Whole seconds of a voice, 0 for a photo. */
  readonly seconds: number;
}

/** What an open panel does when another takes its place or everything is removed, and when the child goes on. */
export interface PanelActs {
  readonly end?: () => void;
  readonly settle?: () => void;
}

/** What age and padding add to a file at most: PADMÉ 12 %, a header, a tag for every 64 KiB. */
const SEALED_GROWTH = 1.13;
const SEALED_HEADER = 4096;

export class Attachments {
  /** Shows the list, what went wrong, and where a panel may open. */
  readonly place = el("div", { class: "attach" });
  private readonly list = el("ul", { class: "files" });
  private readonly notice = el("p", { class: "wrong", role: "alert" });
  private readonly panel = el("div");
  private acts: PanelActs = {};
  private readonly rows = new Map<Attachment, { row: HTMLElement; url: string }>();

  constructor(
    private readonly limits: Limits,
    private readonly changed: () => void = () => undefined,
  ) {
    this.place.append(this.list, this.notice, this.panel);
  }

  /** In the order they were added. */
  get all(): readonly Attachment[] {
    return [...this.rows.keys()];
  }

  /** Opens a panel (recording, choosing a photo) or closes the one that is open, which is told that it ends. */
  open(part?: HTMLElement, acts: PanelActs = {}): void {
    const before = this.acts;
    this.acts = acts;
    this.warn("");
    this.panel.replaceChildren(...(part ? [part] : []));
    part?.querySelector<HTMLElement>("h2")?.focus();
    before.end?.();
  }

  /** The child goes on: what an open panel is doing is finished and kept. */
  settle(): void {
    this.acts.settle?.();
  }

  /** Whether one more fits; says so when not. */
  hasRoom(): boolean {
    if (this.rows.size < this.limits.files) return true;
    this.warn("tell.too_many");
    return false;
  }

  /** Takes a file and closes the panel; one that would be refused after sealing is refused here. */
  add(file: Attachment): void {
    this.open();
    if (!this.hasRoom()) return;
    if (!this.fits(file)) {
      this.warn("tell.too_big");
      return;
    }
    const url = URL.createObjectURL(new Blob([file.bytes as BlobPart], { type: file.type }));
    const row = el("li", { "data-file": true }, this.preview(file, url));
    row.append(button("file.remove", () => this.remove(file), { class: "small" }));
    this.rows.set(file, { row, url });
    this.list.append(row);
    this.changed();
  }

  private fits(file: Attachment): boolean {
    const sealed = (size: number) => size * SEALED_GROWTH + SEALED_HEADER;
    const whole = this.all.reduce((sum, one) => sum + sealed(one.bytes.length), sealed(file.bytes.length));
    return sealed(file.bytes.length) <= this.limits.file_bytes && whole <= this.limits.request_bytes * 0.95;
  }

  private preview(file: Attachment, url: string): HTMLElement {
    const n = this.all.filter((one) => one.kind === file.kind).length + 1;
    const name = told("figcaption", `file.${file.kind}`, {}, { n, seconds: file.seconds });
    const shown =
      file.kind === "photo"
        ? el("img", { src: url, alt: name.textContent ?? "" })
        : el("audio", { src: url, controls: true, "aria-label": name.textContent ?? "" });
    const notes = file.kind === "photo" ? ["photo.shown", "photo.stays"] : ["voice.kept"];
    return el("figure", {}, shown, name, ...notes.map((key) => told("p", key, { class: "hint" })));
  }

  private remove(file: Attachment): void {
    const kept = this.rows.get(file);
    if (!kept) return;
    URL.revokeObjectURL(kept.url);
    kept.row.remove();
    this.rows.delete(file);
    file.bytes.fill(0);
    this.changed();
  }

  /** Removes everything, from memory too. */
  clear(): void {
    for (const file of this.all) this.remove(file);
    this.open();
  }

  /** Says what went wrong, by the key of its text; "" takes it back. */
  warn(key: string): void {
    if (key) say(this.notice, key);
    else this.notice.replaceChildren();
    if (!key) delete this.notice.dataset.t;
  }
}

/** Whether two lists hold the very same files. */
export function sameFiles(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, i) => one === others[i]);
}
