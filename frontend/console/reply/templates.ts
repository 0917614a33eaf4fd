/** Texts to answer with: the pack's and the desk's own, in the child's language; the desk edits its own here. */

import { Refusal } from "../api";
import type { DeskSession } from "../desk-session";
import { byId, clone, fill, say, show, slot } from "../dom";
import { bootstrap, label, text } from "../texts";
import * as doors from "./api";
import type { OwnTemplate } from "./tables";

type Failed = (error: unknown) => boolean;
const REASONS = new Set(["bad_template", "too_many"]);

/** Opens over the answer; what is chosen goes to `insert`. */
export class TemplatesDialog {
  private readonly dialog = byId<HTMLDialogElement>("templates-dialog");
  private readonly form = byId<HTMLFormElement>("template-form");
  private readonly name = byId<HTMLInputElement>("template-name");
  private readonly words = byId<HTMLTextAreaElement>("template-text");
  private readonly desk = byId<HTMLSelectElement>("template-desk");
  private readonly error = byId("template-error");
  private language = "";
  private editing: number | undefined;

  constructor(
    private readonly session: () => DeskSession | undefined,
    private readonly insert: (words: string) => void,
    private readonly failed: Failed,
  ) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    this.dialog.addEventListener("close", () => this.forget());
  }

  /** Show what there is in a language. */
  async open(language: string): Promise<void> {
    this.language = Object.hasOwn(bootstrap().reply.templates, language) ? language : bootstrap().language;
    const name = label(bootstrap().languages, this.language);
    byId("templates-hint").textContent = text("reply.templates.hint", { language: name });
    byId("templates-pack").replaceChildren(
      ...(bootstrap().reply.templates[this.language] ?? []).map(this.packLine),
    );
    this.edit(undefined);
    this.drawDesks();
    this.dialog.showModal();
    await this.attempt(doors.templates);
  }

  private readonly packLine = ({ title, text: words }: { title: string; text: string }): HTMLElement => {
    const item = this.line(title, words);
    for (const name of ["edit", "remove"]) slot(item, name).remove();
    return item;
  };

  private readonly ownLine = (own: OwnTemplate): HTMLElement => {
    const item = this.line(own.title, own.text);
    const [edit, remove] = [slot(item, "edit"), slot(item, "remove")];
    edit.setAttribute("aria-label", text("reply.templates.edit_named", { title: own.title }));
    remove.setAttribute("aria-label", text("reply.templates.remove_named", { title: own.title }));
    edit.addEventListener("click", () => this.edit(own));
    remove.addEventListener("click", () => this.ask(own, item));
    return item;
  };

  private line(title: string, words: string): HTMLElement {
    const item = clone("template-line-template");
    fill(item, "title", title);
    fill(item, "text", words);
    slot(item, "text").lang = this.language;
    const insert = slot(item, "insert");
    insert.setAttribute("aria-label", text("reply.templates.insert_named", { title }));
    insert.addEventListener("click", () => {
      this.dialog.close();
      this.insert(words);
    });
    return item;
  }

  /** Removing asks once more, in place. */
  private ask(own: OwnTemplate, item: HTMLElement): void {
    const sure = slot(item, "sure");
    show(sure, true);
    const yes = slot<HTMLButtonElement>(item, "yes");
    yes.onclick = () =>
      void this.attempt(
        () => doors.removeTemplate(own.id),
        () => {
          this.edit(undefined);
          byId("templates-said").textContent = text("reply.templates.removed");
        },
      );
    yes.focus();
  }

  private draw(all: OwnTemplate[]): void {
    const mine = all.filter((one) => one.language === this.language);
    byId("templates-own").replaceChildren(...mine.map(this.ownLine));
    show(byId("templates-none"), mine.length === 0);
  }

  private drawDesks(): void {
    const session = this.session();
    const options = (session?.me.desks ?? []).map((id) => new Option(session?.deskName(id) ?? id, id));
    this.desk.replaceChildren(...options);
    show(byId("template-desk-field"), options.length > 1);
  }

  private edit(own: OwnTemplate | undefined): void {
    this.editing = own?.id;
    this.name.value = own?.title ?? "";
    this.words.value = own?.text ?? "";
    if (own) this.desk.value = own.desk;
    byId("template-form-title").textContent = text(own ? "reply.templates.change" : "reply.templates.new");
    say(this.error, "");
    byId("templates-said").textContent = "";
    if (own) this.name.focus();
  }

  private async save(): Promise<void> {
    const [title, words] = [this.name.value.trim(), this.words.value.trim()];
    if (!title || !words) return say(this.error, text("reply.templates.bad"));
    const wording = { desk: this.desk.value, language: this.language, title, text: words };
    const id = this.editing;
    const act = () => (id === undefined ? doors.addTemplate(wording) : doors.changeTemplate(id, wording));
    await this.attempt(act, () => {
      this.edit(undefined);
      byId("templates-said").textContent = text("reply.templates.saved");
    });
  }

  /** Do it, draw what there is then, or say why not; typed words stay. */
  private async attempt(
    act: () => Promise<OwnTemplate[]>,
    done: () => void = () => undefined,
  ): Promise<void> {
    try {
      const all = await act();
      if (!this.dialog.open) return;
      this.draw(all);
      done();
    } catch (error) {
      if (!this.failed(error)) say(this.error, explain(error));
    }
  }

  private forget(): void {
    for (const id of ["templates-own", "templates-pack"]) byId(id).replaceChildren();
    this.form.reset();
  }
}

function explain(error: unknown): string {
  const code = error instanceof Refusal ? error.code : "";
  if (!REASONS.has(code)) return text("reply.templates.failed");
  const most = error instanceof Refusal ? Number(error.detail.most ?? 0) : 0;
  return code === "too_many" ? text("reply.templates.too_many", { most }) : text("reply.templates.bad");
}
