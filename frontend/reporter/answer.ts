/** The page that reads: a receipt in any of the languages opens its mailbox. */

import { type Receipt, receiptFromDigits, receiptsFromWords, SealedError } from "../sealed";
import { wordsIn } from "../sealed/words";
import { dayText } from "./later/dates";
import { byId, present, told } from "./later/dom";
import { findMailbox, type Mailbox } from "./later/mailbox";
import { wordlist } from "./later/sealing";
import { fileText, type Site } from "./later/site";
import { say } from "./later/texts";
import { showThread } from "./later/thread";
import { loadTools } from "./later/tools";
import { reasonOf } from "./later/trouble";
import type { Base } from "./shell";

const RECEIPT_DIGITS = 20;

/** What a child is told, by key, with its values. */
type Complaint = readonly [key: string, values?: Readonly<Record<string, string | number>>];

/** Wires the page. */
export async function begin(base: Base): Promise<void> {
  const { site } = await loadTools(() => (base.form.hidden ? base.after : base.form));
  base.form.addEventListener("submit", (event) => {
    event.preventDefault();
    void open(base, site, byId<HTMLTextAreaElement>("words"));
  });
  byId<HTMLButtonElement>("next").disabled = false;
  await Promise.all(Object.values(site.files.words).map(fileText)).catch(() => undefined);
}

async function open(base: Base, site: Site, field: HTMLTextAreaElement): Promise<void> {
  complain([""]);
  try {
    const receipts = await receiptsOf(field.value, site);
    base.form.hidden = true;
    present(base.after, told("p", "answer.opening", { class: "busy big", role: "status" }));
    show(await findMailbox(site, receipts), base, site, field);
  } catch (error) {
    base.form.hidden = false;
    base.after.replaceChildren();
    complain(complaintOf(error, field.value));
    field.focus();
  }
}

function show(mailbox: Mailbox, base: Base, site: Site, field: HTMLTextAreaElement): void {
  field.value = "";
  base.onLeave(() => mailbox.forget());
  base.onLeave(() => base.after.replaceChildren());
  showThread(mailbox, { ...base, limits: site.limits });
}

/** What was typed, as receipts: digits, or words of any list. */
async function receiptsOf(typed: string, site: Site): Promise<Receipt[]> {
  if (!wordsIn(typed).length) return [receiptFromDigits(typed)];
  const lists = await Promise.all(Object.values(site.files.words).map(fileText));
  return receiptsFromWords(typed, lists.map(wordlist));
}

function complaintOf(error: unknown, typed: string): Complaint {
  if (error instanceof SealedError)
    return error.code === "bad_receipt" ? misread(typed, error) : ["answer.changed"];
  const { code, trouble, detail } = reasonOf(error);
  if (code === "no_mailbox") return ["answer.missing"];
  if (code === "erased")
    return detail.law ? ["answer.law", { date: dayText(Number(detail.law)) }] : ["answer.erased"];
  if (trouble === "slow") return ["answer.slow"];
  return trouble === "network" ? ["error.network"] : ["answer.broken"];
}

function misread(typed: string, { places }: SealedError): Complaint {
  const words = wordsIn(typed);
  const digits = typed.replace(/\D/g, "").length;
  if (!words.length) return digits === RECEIPT_DIGITS ? ["answer.missing"] : ["answer.digits", { n: digits }];
  if (!places.length) return ["answer.few", { n: words.length }];
  return ["answer.unknown", { word: places.map((place) => words[place] ?? "").join(", ") }];
}

function complain([key, values]: Complaint): void {
  const error = byId("answer-error");
  if (key) say(error, key, values);
  else {
    delete error.dataset.t;
    error.replaceChildren();
  }
}
