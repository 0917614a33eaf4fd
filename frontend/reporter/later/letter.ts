/** Everything of the writing page that loads once the form is usable; `begin` is called once or more and wires once. */

import type { Shell } from "../shell";
import { readAnswers } from "./answers";
import type { Attachments } from "./attachments";
import { help, watchDanger } from "./danger";
import { type Directory, loadDirectory, nameOf, readersOf } from "./directory";
import { byId } from "./dom";
import { Sender } from "./sender";
import { summarise } from "./summary";
import { onLanguage } from "./texts";
import { loadTools, type Tools } from "./tools";
import { writingTools } from "./writing";

let begun: Promise<Letter> | undefined;

/** Wires the page; a failure to load is not remembered. */
export function begin(shell: Shell): Promise<Letter> {
  begun ??= load(shell);
  begun.catch(() => {
    begun = undefined;
  });
  return begun;
}

async function load(shell: Shell): Promise<Letter> {
  const tools = await loadTools(() => byId(shell.form.hidden ? "after" : shell.steps.current));
  return new Letter(shell, tools).wire();
}

export class Letter {
  private directory: Directory | undefined;
  private retired = false;
  private readonly files: Attachments;
  private readonly sender: Sender;

  constructor(
    private readonly shell: Shell,
    private readonly tools: Tools,
  ) {
    const { limits } = tools.site;
    this.files = writingTools(this.field, byId("attach"), limits, shell.onLeave);
    this.sender = new Sender(shell, tools.site, () => this.forget());
    shell.onLeave(() => this.forget());
  }

  private get field(): HTMLTextAreaElement {
    return this.shell.form.querySelector("textarea") as HTMLTextAreaElement;
  }

  /** Connects the steps with what they need. */
  wire(): this {
    const { shell, tools } = this;
    shell.steps.onShow((id) => {
      tools.hush();
      if (id !== "tell") this.files.settle();
      void this.arrive(id);
    });
    shell.form.addEventListener("change", () => this.offerHelp());
    onLanguage(() => void this.arrive(shell.steps.current));
    watchDanger(tools.site, this.field, byId("danger"));
    this.offerHelp();
    return this;
  }

  /** Seals and sends what the form says now. */
  send(): Promise<void> {
    return this.sender.send(this.answers());
  }

  /** Takes everything that was told off the page. */
  private forget(): void {
    this.files.clear();
    for (const id of ["summary", "danger", "safe-help"]) byId(id).replaceChildren();
  }

  private answers() {
    return readAnswers(this.shell.form, this.shell.poster(), this.files.all);
  }

  private async arrive(step: string): Promise<void> {
    if (step === "send") await this.summarise();
    else if (step !== "start" && step !== "where") await this.prepare();
  }

  /** Fetches what sealing will need while the child still writes. */
  private async prepare(): Promise<void> {
    this.sender.prepare();
    const { region, code } = this.shell.poster();
    if (this.directory?.region !== region)
      this.directory = await loadDirectory(this.tools.site, region).catch(() => undefined);
    this.retired = await this.isRetired(code);
  }

  private async isRetired(code: string): Promise<boolean> {
    const { directory } = this;
    if (!directory || !code) return false;
    return import("./sealing").then((part) => part.isRetired(directory, code)).catch(() => false);
  }

  private async summarise(): Promise<void> {
    this.showSummary();
    await this.prepare();
    if (this.shell.steps.current === "send") this.showSummary();
  }

  private showSummary(): void {
    const answers = this.answers();
    const { directory, retired } = this;
    summarise(byId("summary"), answers, {
      site: this.tools.site,
      readers: directory && readersOf(directory, answers.about).map(nameOf),
      retired,
      goTo: (step) => this.shell.steps.show(step),
    });
  }

  /** "I am not safe" brings the numbers right below the answer. */
  private offerHelp(): void {
    const unsafe = this.shell.form.querySelector<HTMLInputElement>("[name=safe]:checked")?.value === "no";
    byId("safe-help").replaceChildren(...(unsafe ? [help("safe.wake")] : []));
  }
}
