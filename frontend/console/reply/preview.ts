/** What the child will see: the child's own stylesheet and words, in a corner of the page that nothing else reaches. */

import type { DeskSession } from "../desk-session";
import { byId } from "../dom";
import { bootstrap, text } from "../texts";
import type { Draft } from "../vault/contract";
import { inShadow } from "./look";

/** An answer as it is now. */
export interface Seen {
  language: string;
  text: string;
  files: Draft["files"];
  desk: string;
}

/** Opens over the answer. */
export class PreviewDialog {
  private readonly dialog = byId<HTMLDialogElement>("preview-dialog");
  private readonly easy = byId<HTMLInputElement>("preview-easy");
  private readonly corner = byId("preview-corner").attachShadow({ mode: "open" });
  private seen: Seen | undefined;
  private name = "";

  constructor(private readonly session: () => DeskSession | undefined) {
    this.easy.addEventListener("change", () => void this.draw());
    this.dialog.addEventListener("close", () => {
      this.seen = undefined;
      this.corner.replaceChildren();
    });
  }

  /** Show it as the child's phone does. */
  async open(seen: Seen): Promise<void> {
    this.seen = seen;
    this.easy.checked = false;
    this.name = seen.desk;
    this.dialog.showModal();
    await this.draw();
    const desks = (await this.session()?.desksIn(seen.language)) ?? [];
    this.name = desks.find((one) => one.id === seen.desk)?.name ?? seen.desk;
    await this.draw();
  }

  private async draw(): Promise<void> {
    const easy = this.easy.checked;
    this.corner.adoptedStyleSheets = [await inShadow(bootstrap().reply.look, easy)];
    if (this.seen) this.corner.replaceChildren(mailbox(this.seen, this.name, easy));
  }
}

/** The mailbox with this one letter in it. */
function mailbox(seen: Seen, desk: string, easy: boolean): HTMLElement {
  const texts = bootstrap().reply.child[seen.language] ?? {};
  const page = made("div", "html", "");
  page.lang = seen.language;
  page.toggleAttribute("data-easy", easy);
  const main = document.createElement("main");
  const list = made("ol", "letters", "");
  list.append(letter(seen, desk, texts));
  main.append(made("h2", "", texts["thread.title"] ?? ""), list);
  page.append(main);
  return page;
}

function letter(seen: Seen, desk: string, texts: Record<string, string>): HTMLElement {
  const item = document.createElement("li");
  const row = made("div", "row", "");
  row.append(made("b", "", desk), made("time", "", now(texts)));
  item.append(row);
  if (!seen.text && seen.files.length === 0) item.append(made("p", "", text("reply.preview.empty")));
  if (seen.text) item.append(words(seen));
  if (seen.files.length) item.append(files(seen, texts));
  return item;
}

/** A letter's own words are not cut into lines by easy reading: the mailbox shows them as they were written. */
function words({ text: said, language }: Seen): HTMLElement {
  const place = made("p", "", said);
  place.lang = language;
  return place;
}

/** This moment as the child's page writes it. */
function now(texts: Record<string, string>): string {
  const at = new Date();
  const [hours, minutes] = [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0"));
  const month = (texts["date.months"] ?? "").split(" ")[at.getMonth()] ?? "";
  const parts: Record<string, string> = { day: String(at.getDate()), month, time: `${hours}:${minutes}` };
  return (texts["date.moment"] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? "");
}

function files({ files: all }: Seen, texts: Record<string, string>): HTMLElement {
  const list = made("ul", "files", "");
  for (const { kind } of all) {
    const item = document.createElement("li");
    const row = made("div", "row", "");
    const open = made("button", "", texts["thread.open"] ?? "") as HTMLButtonElement;
    open.type = "button";
    open.disabled = true;
    row.append(made("b", "", texts[`thread.${kind}`] ?? ""), open);
    item.append(row);
    list.append(item);
  }
  return list;
}

function made(tag: string, name: string, words: string): HTMLElement {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = words;
  return element;
}
