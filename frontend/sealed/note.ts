/** A custodian's promise: a C2SP signed note that it holds an appeal. */

import { type Bytes, b64, concat, equal, unbase64, utf8 } from "./bytes";
import { SealedError } from "./errors";
import { sha256 } from "./hash";
import { isSigned } from "./signed";

const TITLE = "balaqorgau/1 promise";
const DASH = "\u2014 ";

/** Who promises: a name and an Ed25519 key, which the page has from its own files. */
export interface Custodian {
  readonly name: string;
  readonly key: Uint8Array;
}

/** What has to be promised. */
export interface Promised {
  readonly deployment: Uint8Array;
  readonly commitment: Uint8Array;
  readonly mailbox: Uint8Array;
}

/** When the appeal was received, and by when the ledger shows it; unix seconds. */
export interface Kept {
  readonly received: number;
  readonly mergeBy: number;
}

/** Check a promise about this appeal by this custodian; SealedError "bad_promise". */
export async function verifyPromise(note: string, by: Custodian, about: Promised): Promise<Kept> {
  const at = note.lastIndexOf("\n\n");
  const body = note.slice(0, at + 1);
  const signature = signatureIn(note.slice(at + 2), by.name);
  const id = (await sha256(concat(utf8(by.name), new Uint8Array([10, 1]), by.key))).subarray(0, 4);
  const signed = at > 0 && equal(signature.subarray(0, 4), id);
  if (!signed || !(await isSigned(by.key, signature.slice(4), utf8(body)))) throw refusal("signature");
  return keptIn(body, about);
}

function signatureIn(line: string, name: string): Bytes {
  const prefix = `${DASH}${name} `;
  if (!line.startsWith(prefix) || !line.endsWith("\n")) throw refusal("name");
  const written = line.slice(prefix.length, -1);
  try {
    if (written.length % 4) throw new RangeError("padding");
    return unbase64(written.replace(/={1,2}$/, ""));
  } catch {
    throw refusal("base64");
  }
}

function keptIn(body: string, { deployment, commitment, mailbox }: Promised): Kept {
  const [received, mergeBy, ...rest] = body.split("\n").slice(4);
  const about = [TITLE, b64(deployment), b64(commitment), b64(mailbox), received, mergeBy, ""].join("\n");
  if (about !== body || rest.join() !== "" || !isTime(received) || !isTime(mergeBy))
    throw refusal("another appeal");
  return { received: Number(received), mergeBy: Number(mergeBy) };
}

function isTime(written: string | undefined): boolean {
  return /^(0|[1-9]\d{0,11})$/.test(written ?? "");
}

function refusal(why: string): SealedError {
  return new SealedError("bad_promise", why);
}
