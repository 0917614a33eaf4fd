/** Files that an officer adds to an answer; pictures are drawn anew, so that the camera's notes stay behind. */

import { byId, clone, fill, say, slot } from "./dom";
import { safeName } from "./file-name";
import { size } from "./format";
import { PictureRefused, redrawn } from "./picture";
import { bootstrap, text } from "./texts";
import type { Draft } from "./vault/contract";

type Attached = Draft["files"][number];
/** What sealing and padding add at most: 12 % by PADMÉ, and the age file's own. */
export const OVERHEAD = 1.13;

/** The list under the answer. */
export class Attachments {
  files: Attached[] = [];
  private readonly list = byId<HTMLUListElement>("answer-files");
  private readonly input = byId<HTMLInputElement>("answer-file");

  constructor(
    private readonly error: HTMLElement,
    private readonly changed: () => void,
  ) {
    this.input.addEventListener("change", () => void this.add([...(this.input.files ?? [])]));
  }

  set(files: Attached[]): void {
    this.files = files;
    this.draw();
  }

  private async add(chosen: File[]): Promise<void> {
    say(this.error, "");
    for (const file of chosen) await this.addOne(file);
    this.input.value = "";
    this.draw();
    this.changed();
  }

  private async addOne(file: File): Promise<void> {
    const most = bootstrap().limits.files;
    if (this.files.length >= most) return say(this.error, text("console.answer.too_many", { most }));
    this.put(await attachedFrom(file));
  }

  /** Something that was made here, a recording. */
  take(file: Attached): void {
    const most = bootstrap().limits.files;
    if (this.files.length < most) this.put(file);
    else say(this.error, text("console.answer.too_many", { most }));
    this.draw();
    this.changed();
  }

  private put(attached: Attached): void {
    const largest = bootstrap().limits.file_bytes;
    if (attached.data.length * OVERHEAD > largest) {
      const values = { name: attached.name, most: size(Math.floor(largest / OVERHEAD)) };
      say(this.error, text("console.answer.too_large", values));
    } else this.files = [...this.files, attached];
  }

  private draw(): void {
    this.list.replaceChildren(...this.files.map((file) => this.line(file)));
  }

  private line(file: Attached): HTMLElement {
    const item = clone("file-template");
    const remove = slot<HTMLButtonElement>(item, "open");
    fill(item, "name", file.name);
    fill(item, "size", size(file.data.length));
    remove.textContent = text("console.answer.remove", { name: file.name });
    remove.addEventListener("click", () => {
      this.set(this.files.filter((other) => other !== file));
      this.changed();
    });
    return item;
  }
}

async function attachedFrom(file: File): Promise<Attached> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const name = safeName(file.name) || text("console.file.unnamed");
  try {
    return { kind: "photo", type: "image/jpeg", name, data: await redrawn(bytes) };
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
  }
  return { kind: "file", type: "application/octet-stream", name, data: bytes };
}
