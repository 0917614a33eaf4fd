/** What the page may ask of the vault. Keys go in sealed and never come out; only words, files and ciphertext do. */

import type { FileKind, FileNote, Letter } from "../../sealed";
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
  openEnvelope(envelope: Envelope): OpenedEnvelope;
  openThread(thread: SealedThread): OpenedThread;
  /** The desk's signature that it opened a thread. */
  signOpened(thread: string, seat: string): string;
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
