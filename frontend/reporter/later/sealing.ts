/** The bridge to the protocol: makes the receipt and its keys, seals a letter, checks the promise that it arrived. */

import {
  type Appeal,
  type Child,
  deriveChild,
  type Enclosure,
  engine,
  type Holder,
  keyOf,
  newReceipt,
  type Receipt,
  type RequestPart,
  receiptDigits,
  receiptWords,
  schoolTag,
  sealAppeal,
  unb64,
  verifyPromise,
} from "../../sealed";
import { b64 } from "../../sealed/bytes";
import { parcel } from "../../sealed/parcel";
import { work } from "../../sealed/work";
import type { Answers } from "./answers";
import type { Attachment } from "./attachments";
import type { Desk, Directory } from "./directory";
import type { Site } from "./site";

/** A receipt whose keys are derived already: the slow step, done while the child still writes. */
export interface Owner {
  readonly receipt: Receipt;
  readonly child: Child;
}

/** A letter that can be sent as often as it takes; always the same letter. */
export interface SealedLetter {
  /** Bits of work in it. */
  readonly bits: number;
  /** The request's body, made anew for every try from the same bytes. */
  body(): Blob;
  /** Does more work, for a server that asks for more. */
  work(bits: number): Promise<void>;
  /** Whether a promise is about this letter and by this site's custodian. */
  isPromised(promise: string): Promise<boolean>;
  /** The receipt in a list of 2,048 words, one a line. */
  receipt(list: string): { readonly words: string[]; readonly digits: string };
  /** Whether a typed word is one of the list's, as the mailbox would read it. */
  sameWord(typed: string, word: string): boolean;
}

/** Makes a receipt and derives its keys; about a second on a slow phone. */
export async function makeOwner(site: Site): Promise<Owner> {
  void engine();
  const receipt = newReceipt();
  return { receipt, child: await deriveChild(receipt, unb64(site.deployment)) };
}

/** Seals a letter to these desks. Throws SealedError "text_too_long". */
export async function sealLetter(
  site: Site,
  desks: readonly Desk[],
  answers: Answers,
  { receipt, child }: Owner,
): Promise<SealedLetter> {
  const deployment = unb64(site.deployment);
  const letter = letterOf(answers);
  const files = answers.files.map(enclosure);
  const sealed = await sealAppeal({
    deployment,
    child,
    letter,
    files,
    desks: desks.map(holder),
    bits: site.bits,
  });
  const promiser = { name: site.promise.name, key: unb64(site.promise.key) };
  const about = { deployment, commitment: sealed.commitment, mailbox: child.mailbox };
  let { nonce } = sealed;
  let { bits } = site;
  return {
    get bits() {
      return bits;
    },
    body: () => bodyOf(sealed.parts, nonce),
    work: async (wanted) => {
      nonce = await work(sealed.commitment, wanted);
      bits = wanted;
    },
    isPromised: (promise) =>
      verifyPromise(promise, promiser, about).then(
        () => true,
        () => false,
      ),
    receipt: (list) => ({ words: receiptWords(receipt, wordlist(list)), digits: receiptDigits(receipt) }),
    sameWord: (typed, word) => keyOf(typed.trim()) === keyOf(word),
  };
}

/** A published list as words: each line begins with how many letters it shares with the word before, "0" and up. */
export function wordlist(list: string): string[] {
  let last = "";
  return list.split("\n").map((line) => {
    last = last.slice(0, line.charCodeAt(0) - 48) + line.slice(1);
    return last;
  });
}

/** Whether a school's code has been replaced since its poster was printed. */
export async function isRetired(directory: Directory, code: string): Promise<boolean> {
  return directory.retired.includes(b64(await schoolTag(code)));
}

export function enclosure({ kind, type, bytes }: Attachment): Enclosure {
  return { kind, type, data: bytes };
}

function letterOf({ files: _, region: __, ...rest }: Answers): Appeal {
  return rest;
}

function holder({ id, epoch, recipient }: Desk): Holder {
  return { id, epoch, recipient: unb64(recipient) };
}

function bodyOf(parts: readonly RequestPart[], nonce: number): Blob {
  const worked = parts.map((part) => (part.name === "nonce" ? { name: "nonce", value: `${nonce}` } : part));
  return parcel(worked, "grant");
}
