/** Seals once, sends until it arrives: a repeated try carries the very same bytes, so nothing is ever counted twice. */

import type { Shell } from "../shell";
import { type Answers, isEmpty } from "./answers";
import { sameFiles } from "./attachments";
import { type Directory, loadDirectory, nameOf, readersOf } from "./directory";
import { present, told } from "./dom";
import { language } from "./language";
import { postJson, Refusal } from "./post";
import { showReceipt } from "./receipt";
import type { Owner, SealedLetter } from "./sealing";
import { fileText, loadSite, renewSite, type Site } from "./site";
import { reasonOf, showTrouble } from "./trouble";
import { isTooLong } from "./writing";

/** A server that asks for more work than this is not believed. */
const MOST_BITS = 22;

interface Kept {
  /** What was sealed, to notice a change. */
  readonly answers: string;
  readonly files: readonly unknown[];
  readonly letter: SealedLetter;
}

/** The letter that the server has, which is another one than it was asked to take when the desks had new keys. */
interface Arrived {
  readonly letter: SealedLetter;
  readonly promise: string;
}

interface Ready {
  readonly sealing: typeof import("./sealing");
  readonly owner: Owner;
}

export class Sender {
  private owner: Promise<Owner> | undefined;
  private kept: Kept | undefined;
  private directory: Directory | undefined;
  private sending = false;

  constructor(
    private readonly shell: Shell,
    private site: Site,
    private readonly onArrival: () => void,
  ) {
    shell.onLeave(() => this.forget());
  }

  /** Loads what sealing needs while the child still writes. */
  prepare(): void {
    void this.load().catch(() => undefined);
  }

  private async load(): Promise<Ready> {
    const [sealing] = await Promise.all([import("./sealing"), fileText(this.wordsFile())]);
    this.owner ??= sealing.makeOwner(this.site);
    this.owner.catch(() => {
      this.owner = undefined;
    });
    return { sealing, owner: await this.owner };
  }

  private wordsFile(): string {
    return this.site.files.words[language()] as string;
  }

  /** Sends what the form says; every outcome is shown on the page. */
  async send(answers: Answers): Promise<void> {
    if (this.sending || isEmpty(answers)) return;
    this.sending = true;
    try {
      await this.deliver(answers);
    } catch (error) {
      this.trouble(reasonOf(error), answers);
    } finally {
      this.sending = false;
    }
  }

  private async deliver(answers: Answers): Promise<void> {
    if (isTooLong(answers.text, this.site.limits)) throw new Refusal("large");
    this.shell.form.hidden = true;
    this.say("send.preparing");
    const letter = await this.sealed(answers);
    this.say("send.sending");
    const arrived = await this.post(letter, answers);
    await this.arrived(arrived.letter, arrived.promise, answers);
  }

  /** The letter as it was sealed before, unless something in it has changed since. */
  private async sealed(answers: Answers): Promise<SealedLetter> {
    const { files, ...rest } = answers;
    const now = JSON.stringify(rest);
    if (this.kept?.answers === now && sameFiles(this.kept.files, files)) return this.kept.letter;
    const { sealing, owner } = await this.load();
    this.directory = await loadDirectory(this.site, answers.region);
    const readers = readersOf(this.directory, answers.about);
    if (!readers.length) throw new Refusal("nobody");
    this.say("send.locking");
    const letter = await sealing.sealLetter(this.site, readers, answers, owner);
    this.owner = undefined;
    this.kept = { answers: now, files, letter };
    return letter;
  }

  /** Posts the letter; does more work when asked to, and once takes a newer directory. */
  private async post(letter: SealedLetter, answers: Answers, renewed = false): Promise<Arrived> {
    try {
      const { promise } = await postJson<{ promise: string }>("/api/appeals", letter.body());
      return { letter, promise };
    } catch (error) {
      const { code, detail } = reasonOf(error);
      const bits = Number(detail.bits);
      if (code === "work_too_easy" && bits > letter.bits && bits <= MOST_BITS) {
        await letter.work(bits);
        return this.post(letter, answers, renewed);
      }
      if (code !== "wrong_recipients" || renewed) throw error;
      return this.post(await this.sealAnew(answers), answers, true);
    }
  }

  /** The desks have new keys since this page was loaded; the server kept nothing of the first try. */
  private async sealAnew(answers: Answers): Promise<SealedLetter> {
    await renewSite();
    this.site = await loadSite();
    this.forget();
    return this.sealed(answers);
  }

  private async arrived(letter: SealedLetter, promise: string, answers: Answers): Promise<void> {
    const { shell, directory } = this;
    if (!(await letter.isPromised(promise))) throw new Refusal("promise");
    const readers = directory ? readersOf(directory, answers.about) : [];
    const receipt = letter.receipt(await fileText(this.wordsFile()));
    showReceipt(
      shell.after,
      { ...receipt, promise },
      {
        readers: () => readers.map(nameOf),
        same: letter.sameWord,
        leave: shell.leave,
        answerPage: document.querySelector<HTMLAnchorElement>("#to-answer")?.href ?? "",
      },
    );
    this.forget();
    shell.form.reset();
    this.onArrival();
  }

  private trouble(refusal: Refusal, answers: Answers): void {
    const { after, form, steps } = this.shell;
    const back = () => {
      after.replaceChildren();
      form.hidden = false;
      steps.show(steps.current);
    };
    showTrouble(after, refusal, () => void this.send(answers), back);
  }

  private say(key: string): void {
    present(this.shell.after, told("p", key, { class: "busy big", role: "status" }));
  }

  /** A receipt is never used for two letters. */
  private forget(): void {
    this.kept = undefined;
    this.owner = undefined;
  }
}
