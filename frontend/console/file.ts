/** Files of a message: fetched and opened only when an officer asks, shown only as what they really are. */

import * as api from "./api";
import type { DeskSession } from "./desk-session";
import { clone, fill, say, slot } from "./dom";
import { safeName } from "./file-name";
import { size } from "./format";
import { drawSafely, PictureRefused } from "./picture";
import { drawClosed, drawGuard, isClosed, type Place } from "./reply/guard";
import { soundType } from "./sound";
import { text } from "./texts";
import type { Shown } from "./thread";
import { VaultError } from "./vault/client";
import type { OpenedMessage } from "./vault/contract";

type Fetch = () => Promise<Uint8Array>;

/** The line of one file. */
export function drawFile(
  message: OpenedMessage,
  index: number,
  shown: Shown,
  session: DeskSession,
): HTMLElement {
  const note = message.files[index];
  if (!note) throw new RangeError("no such file");
  const place = { shown, session, hash: note.hash };
  const fetch = () => fetchFile(shown, message.sequence, index, note.hash, session);
  const draw = () => guarded(note, message.author, fetch, place);
  return isClosed(place) ? drawClosed(place, draw) : draw();
}

type Note = OpenedMessage["files"][number];

/** A file with what may be done with it: nothing leaves the console without a reason. */
function guarded(note: Note, author: string, fetch: Fetch, place: Place): HTMLElement {
  const item = drawn(note, author, fetch);
  const name = safeName(note.name) || text("console.file.unnamed");
  const take = async () => save(await fetch(), name);
  item.append(drawGuard(place, item, take, note.kind === "photo"));
  return item;
}

function drawn(note: Note, author: string, fetch: Fetch): HTMLElement {
  if (note.kind === "photo") return drawPhoto(note.length, author, fetch);
  if (note.kind === "voice") return drawVoice(note.length, fetch);
  return drawDocument(note.name, note.length);
}

async function fetchFile(shown: Shown, sequence: number, index: number, hash: string, session: DeskSession) {
  const sealed = await api.file(shown.sealed.id, hash);
  return session.vault.ask("openFile", shown.sealed.id, sequence, index, sealed);
}

/** Do it, and put what goes wrong in words beside the file. */
async function attempt(item: HTMLElement, broken: string, act: () => Promise<void>): Promise<void> {
  const error = slot(item, "error");
  const button = slot<HTMLButtonElement>(item, "open");
  say(error, "");
  button.disabled = true;
  try {
    await act();
  } catch (reason) {
    say(error, explain(reason, broken));
  } finally {
    button.disabled = false;
  }
}

function explain(reason: unknown, broken: string): string {
  if (reason instanceof api.Refusal) return text("console.file.offline");
  if (reason instanceof VaultError) return text("console.file.broken");
  if (reason instanceof PictureRefused && reason.width) {
    return text("console.photo.too_big", { width: reason.width, height: reason.height });
  }
  return text(broken);
}

function drawPhoto(length: number, author: string, fetch: Fetch): HTMLElement {
  const item = clone("photo-template");
  const canvas = slot<HTMLCanvasElement>(item, "image");
  const reveal = slot<HTMLButtonElement>(item, "reveal");
  canvas.setAttribute(
    "aria-label",
    text(author === "child" ? "console.photo.alt" : "console.photo.alt_desk"),
  );
  fill(item, "label", text("console.photo.show", { size: size(length) }));
  fill(item, "caption", text("console.photo.reveal"));
  reveal.addEventListener("click", () => {
    const clear = !canvas.classList.toggle("is-blurred");
    reveal.setAttribute("aria-pressed", String(clear));
  });
  slot(item, "open").addEventListener("click", () => {
    void attempt(item, "console.photo.broken", async () => {
      await drawSafely(await fetch(), canvas);
      slot(item, "open").hidden = true;
      slot(item, "figure").hidden = false;
      reveal.focus();
    });
  });
  return item;
}

function drawVoice(length: number, fetch: Fetch): HTMLElement {
  const item = clone("voice-template");
  const player = slot<HTMLAudioElement>(item, "player");
  fill(item, "label", text("console.voice.play", { size: size(length) }));
  player.addEventListener("error", () => say(slot(item, "error"), text("console.voice.broken")));
  slot(item, "open").addEventListener("click", () => {
    void attempt(item, "console.voice.broken", async () => {
      const bytes = await fetch();
      player.src = URL.createObjectURL(new Blob([bytes.slice().buffer], { type: soundType(bytes) }));
      slot(item, "open").hidden = true;
      player.hidden = false;
      player.focus();
    });
  });
  return item;
}

function drawDocument(name: string, length: number): HTMLElement {
  const item = clone("file-template");
  fill(item, "name", safeName(name) || text("console.file.unnamed"));
  fill(item, "size", size(length));
  slot(item, "open").remove();
  return item;
}

/** Hand the bytes to the browser as a download, never as a page. */
function save(bytes: Uint8Array, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes.slice().buffer], { type: "application/octet-stream" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
