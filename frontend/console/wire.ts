/** What the console's doors answer, as JSON: bytes are base64url, times are unix seconds. */

import type { Unlocker } from "./account/passkey";

export type Safe = "" | "yes" | "no" | "unsure";

export interface Stretching {
  salt: string;
  memory_kib: number;
  passes: number;
  lanes: number;
}

/** Whether an officer has a second step, must have one first, or should have one. */
export type Second = "set" | "missing" | "advised";

/** What an officer may show beside the passphrase. */
export interface Ways {
  app: boolean;
  passkey: boolean;
}

/** An answer to the right passphrase: not in yet. */
export interface HalfIn {
  second: Ways;
  csrf: string;
}

export interface Factor {
  id: string;
  kind: "totp" | "passkey";
  label: string;
  at: number;
  used: number;
  unlocks: boolean;
}

export interface Visit {
  id: string;
  how: "totp" | "passkey" | "alone";
  began: number;
  seen: number;
  here: boolean;
}

export interface Account {
  second: Second;
  factors: Factor[];
  visits: Visit[];
}

/** A fresh secret for an app: what it keeps, as people type it, and as the app scans it. */
export interface NewApp {
  key: string;
  written: string;
  address: string;
}

export interface Me {
  second: Second;
  administrator: boolean;
  officer: { id: string; username: string; name: string; language: string };
  desks: string[];
  /** What these desks are called, published or not. */
  names: Record<string, string>;
  csrf: string;
}

export interface Keys {
  identity: string;
  stretching: Stretching;
  unlockers: Unlocker[];
  grants: { desk: string; epoch: number; blob: string }[];
}

export interface Desk {
  id: string;
  role: string;
  name: string;
  epoch: number;
  recipient: string;
  verify: string;
  fingerprint: string;
}

export interface Row {
  id: string;
  received: number;
  safe: Safe;
  protection: "phone" | "server";
  opened: boolean;
  last: { author: string; at: number; sequence: number };
  desks: string[];
  /** By this officer, since the last message. */
  read: boolean;
  /** This officer answered it or passed it on. */
  mine: boolean;
  /** Who else opened it within the last minutes; "" for somebody of another desk. */
  present: string[];
  /** Why a desk of this officer's set it aside; "" when none did. */
  aside: string;
  /** Somebody proposes to erase it by law. */
  erasing: boolean;
}

export interface Inbox {
  now: number;
  threads: Row[];
  /** Where the next page begins; "" on the last. */
  next: string;
}

export interface Envelope {
  id: string;
  manifest: string;
  seat: string;
  grant: string;
  /** Further grants, to try when the first was spoilt. */
  more: { seat: string; grant: string }[];
  ciphertext: string;
}

export interface SealedMessage {
  sequence: number;
  author: string;
  previous: string;
  signature: string;
  at: number;
  ciphertext: string;
  files: { length: number; hash: string }[];
}

/** A proposal to erase an appeal by law, and what came of it. */
export interface Erasure {
  number: number;
  reason: string;
  /** The proposer's id, as they signed it; their name for colleagues alone. */
  officer: string;
  name: string;
  mine: boolean;
  seat: string;
  at: number;
  signature: string;
  /** Sealed to the thread. */
  words: string;
  refused: boolean;
  refusal: string;
}

export interface SealedThread {
  /** The proposal that waits, or the last when it was refused. */
  erasure: Erasure | null;
  id: string;
  manifest: string;
  commitment: string;
  received: number;
  seat: string;
  /** Why it is set aside; "" when it is not. */
  aside: string;
  can_speak: boolean;
  grant: string;
  more: { seat: string; grant: string }[];
  messages: SealedMessage[];
  verify: Record<string, string>;
  grants: { desk: string; epoch: number; by: string; at: number }[];
  events: { kind: string; at: number; detail: string }[];
  trail: { at: number; act: string; name: string; detail: string }[];
  /** Files that may be unlawful, by their hash, and since when; whether this officer may look all the same. */
  closed: Record<string, number>;
  sees_closed: boolean;
}

export type Schools = Record<string, string>;

/** What an officer has to know about being woken. */
export interface Waking {
  has_server: boolean;
  stalled: boolean;
  has_address: boolean;
  own: string;
  colleagues: number;
  unreached: string[];
  duty: string[];
}
