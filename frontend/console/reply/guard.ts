/** What may be done with a file beside looking at it: taken out of the console with a reason, or closed by law. */

import * as api from "../api";
import type { DeskSession } from "../desk-session";
import { byId, clone, fill, say, show, slot } from "../dom";
import { bootstrap, text } from "../texts";
import type { Shown } from "../thread";
import { drawTrail } from "../trail";
import * as doors from "./api";

/** A file of a thread. */
export interface Place {
  shown: Shown;
  session: DeskSession;
  hash: string;
}

/** Whether a file is closed to this officer. */
export const isClosed = ({ shown, hash }: Place) => Object.hasOwn(shown.sealed.closed, hash);

/** In a closed file's place: what it means, and for the designated role the file itself and the way back. */
export function drawClosed(place: Place, open: () => HTMLElement): HTMLElement {
  const item = clone("closed-template");
  const sees = place.shown.sealed.sees_closed;
  const { readers } = bootstrap().reply.unlawful;
  fill(item, "text", sees ? text("reply.unlawful.sees") : text("reply.unlawful.closed", { readers }));
  const reopen = slot<HTMLButtonElement>(item, "reopen");
  if (!sees || !place.shown.sealed.can_speak) reopen.remove();
  if (sees) slot(item, "file").append(open());
  reopen.addEventListener("click", () => {
    void attempt(item, async () => {
      await doors.reopenFile(place.shown.sealed.id, place.hash, place.shown.sealed.seat);
      delete place.shown.sealed.closed[place.hash];
      item.replaceWith(open());
      await retell(place);
    });
  });
  return item;
}

/** The line below a file: the reminder where it is a picture, a copy with a reason, and the road for unlawful ones. */
export function drawGuard(
  place: Place,
  item: HTMLElement,
  take: () => Promise<void>,
  picture: boolean,
): HTMLElement {
  const line = clone("guard-template");
  const unlawful = slot<HTMLButtonElement>(line, "unlawful");
  show(slot(line, "remind"), picture);
  slot(line, "save").addEventListener("click", () => new SaveDialog(place, take).open());
  if (!place.shown.sealed.can_speak) unlawful.remove();
  unlawful.addEventListener("click", () => {
    new UnlawfulDialog(place, () => item.replaceWith(drawClosed(place, () => item))).open();
  });
  return line;
}

/** What was done just now is in the trail at once, if the thread is still open. */
async function retell({ shown, session }: Place): Promise<void> {
  const fresh = await api.thread(shown.sealed.id);
  if (location.hash === `#${shown.sealed.id}`) drawTrail(fresh, session);
}

async function attempt(item: HTMLElement, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch {
    say(slot(item, "error"), text("reply.unlawful.failed"));
  }
}

/** Asks why a file leaves the console; it is written down before the file is handed out. */
class SaveDialog {
  private readonly dialog = byId<HTMLDialogElement>("save-dialog");
  private readonly submit = byId<HTMLButtonElement>("save-submit");

  constructor(
    private readonly place: Place,
    private readonly take: () => Promise<void>,
  ) {}

  open(): void {
    say(byId("save-error"), "");
    this.submit.disabled = true;
    byId("save-reasons").replaceChildren(...bootstrap().reply.saving.map((why) => this.reason(why)));
    this.submit.onclick = () => void this.save();
    this.dialog.showModal();
  }

  private reason(why: string): HTMLElement {
    const made = clone("choice-template");
    const input = slot<HTMLInputElement>(made, "input");
    [input.name, input.value] = ["why", why];
    input.addEventListener("change", () => {
      this.submit.disabled = false;
    });
    fill(made, "name", text(`reply.save.${why}`));
    return made;
  }

  private async save(): Promise<void> {
    const why = this.dialog.querySelector<HTMLInputElement>("input[name=why]:checked")?.value ?? "";
    this.submit.disabled = true;
    try {
      await doors.saveFile(this.place.shown.sealed.id, this.place.hash, why);
      await this.take();
      this.dialog.close();
      await retell(this.place);
    } catch {
      say(byId("save-error"), text("reply.save.failed"));
      this.submit.disabled = false;
    }
  }
}

/** Says what the law asks, then closes the file. */
class UnlawfulDialog {
  private readonly dialog = byId<HTMLDialogElement>("unlawful-dialog");
  private readonly submit = byId<HTMLButtonElement>("unlawful-submit");

  constructor(
    private readonly place: Place,
    private readonly closed: () => void,
  ) {}

  open(): void {
    const { readers, law } = bootstrap().reply.unlawful;
    byId("unlawful-text").textContent = text("reply.unlawful.text", { readers });
    byId("unlawful-law").textContent = text("reply.unlawful.duty", { law });
    say(byId("unlawful-error"), "");
    this.submit.disabled = false;
    this.submit.onclick = () => void this.close();
    this.dialog.showModal();
  }

  private async close(): Promise<void> {
    const { sealed } = this.place.shown;
    this.submit.disabled = true;
    try {
      await doors.closeFile(sealed.id, this.place.hash, sealed.seat);
      sealed.closed[this.place.hash] = Math.floor(Date.now() / 1000);
      this.dialog.close();
      this.closed();
      await retell(this.place);
    } catch {
      say(byId("unlawful-error"), text("reply.unlawful.failed"));
      this.submit.disabled = false;
    }
  }
}
