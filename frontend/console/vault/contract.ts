/** What the page may ask of the vault. Keys go in sealed and never come out; only words, files and ciphertext do. */

import type { FileKind, FileNote, Letter } from "../../sealed";
import type { Epoch } from "../../sealed/epoch";
import type { SealedAnswer } from "../api";
import type { Envelope, Keys, SealedThread, Stretching } from "../wire";

/** Why something cannot be trusted; empty when it can. */
export type Problem = "" | "manifest" | "grant" | "thread" | "sealed";

export interface OpenedEnvelope {
  id: string;
  problem: Problem;
  content?: Letter;
}

export interface OpenedMessage {
  sequence: number;
  author: string;
  at: number;
  text: string;
  /** Its author sent what nobody can open. */
  spoilt: boolean;
  /** As their author described them: `name` and `type` are a stranger's words. */
  files: (FileNote & { hash: string })[];
}

export interface OpenedThread extends OpenedEnvelope {
  messages: OpenedMessage[];
}

/** An officer's answer before it is sealed. */
export interface Draft {
  language: string;
  text: string;
  files: { kind: FileKind; type: string; name: string; data: Uint8Array }[];
}

/** A desk to pass a thread to; `recipient` is base64url. */
export interface Target {
  desk: string;
  epoch: number;
  recipient: string;
}

/** What somebody who was invited sends: nothing in it opens anything. */
export interface Enrolment {
  salt: string;
  secret: string;
  recipient: string;
  identity: string;
}

/** A desk's first key as it goes to the server: public halves, and the private ones sealed to officer and sheets. */
export interface MadeKey {
  desk: string;
  recipient: string;
  verify: string;
  signature: string;
  blob: string;
  grant_signature: string;
  escrow_recipient: string;
  escrow_blob: string;
  escrow_signature: string;
  threshold: number;
  sheets: number;
}

/** An epoch's keys, sealed to somebody and signed with them. */
export interface GivenKey {
  epoch: number;
  blob: string;
  signature: string;
}

/** A public key with the proof that whoever had an epoch's keys sealed them to it: nobody need compare words again. */
export interface Vouched {
  recipient: string;
  hash: string;
  signature: string;
}

/** A desk's next key: signed by the last, sealed to this officer and to the sheets, where there are any. */
export interface NextKey {
  epoch: number;
  recipient: string;
  verify: string;
  signature: string;
  mine: { blob: string; signature: string };
  escrow_blob: string;
  escrow_signature: string;
}

/** A thread's seed for the desk's key of today, signed with the seat that opened it. */
export interface Renewed {
  seat: string;
  ciphertext: string;
  signature: string;
}

/** An epoch's keys, sealed to the identity on a set of sheets. */
export interface SheetGrant {
  epoch: number;
  recipient: string;
  threshold: number;
  blob: string;
}

/** Every question and its answer. */
export interface Vault {
  /** Argon2id, about half a second; the unlocking key stays inside until `open`. Returns the login secret. */
  stretch(passphrase: string, cost: Stretching): string;
  /** Open the officer's identity and desk keys; returns the seats ("desk/epoch") they can speak for. */
  open(keys: Keys): string[];
  /** What a passkey computed is the unlocking key of the next `open`. */
  touched(output: Uint8Array): void;
  /** The officer's identity as an age file that what a passkey computes opens; base64url. */
  wrapFor(output: Uint8Array): string;
  enroll(passphrase: string): Enrolment;
  /** Open desk keys that came later; returns all seats. */
  learn(grants: Keys["grants"]): string[];
  /** The public half of the officer's own identity, as this worker computes it. */
  recipient(): Uint8Array;
  give(desk: string, epochs: number[], recipient: string): GivenKey[];
  /** Give an epoch's keys to whom an earlier one was given; throws when that proof does not hold. */
  giveVouched(seat: string, earlier: string, colleague: Vouched): GivenKey[];
  next(last: string, sheets?: Vouched): NextKey;
  renew(envelope: Envelope, target: Target): Renewed;
  vouch(seat: string, epoch: Epoch): string;
  recover(desk: string, sheets: Uint8Array[], grants: SheetGrant[]): GivenKey[];
  beginDesk(desk: string, threshold: number, count: number): Uint8Array[];
  rehearse(sheets: Uint8Array[]): boolean;
  finishDesk(): MadeKey;
  openEnvelope(envelope: Envelope): OpenedEnvelope;
  openThread(thread: SealedThread): OpenedThread;
  /** The appeals that have these words, the best first, among all that were opened. */
  search(query: string): string[];
  /** The desk's signature under something it does with a thread. */
  signAct(thread: string, seat: string, kind: string): string;
  /** Whether a desk signed a proposal: `said` and the hash of its sealed words. */
  isActOf(thread: string, seat: string, said: string, act: { words: string; signature: string }): boolean;
  /** How a decision names the proposal that it is about. */
  markOf(signature: string): string;
  /** An officer's words for whoever can open the thread, and their hash. */
  sealWords(thread: string, text: string): { ciphertext: string; hash: string };
  openWords(thread: string, sealed: string): string;
  openFile(thread: string, sequence: number, index: number, sealed: Uint8Array): Uint8Array;
  /** Unsent words, sealed to the officer alone and bound to their thread. */
  sealDraft(thread: string, text: string): Uint8Array;
  openDraft(thread: string, sealed: Uint8Array): string;
  sealAnswer(thread: string, seat: string, draft: Draft): SealedAnswer;
  sealGrant(thread: string, seat: string, target: Target): { ciphertext: string; signature: string };
}

export type Question = keyof Vault;

/** One question on its way to the worker. */
export interface Call {
  id: number;
  question: Question;
  args: unknown[];
}

/** Its answer, or the code of what went wrong. */
export type Reply = { id: number; value: unknown } | { id: number; error: string };

/** The worker's first word: it listens now. */
export const READY = "ready";
