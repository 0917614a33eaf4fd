/** Everything that follows from a receipt. */

import type { Bytes } from "./bytes";
import { deploymentSalt, derive, sha256 } from "./hash";
import type { Receipt } from "./receipt";
import { scrypt } from "./scrypt";
import { bytesOfNumber, numberOf, type Wordlist, wordsFor } from "./words";

const COST = 2 ** 15;
const VERIFICATION_BYTES = 10;
const VERIFICATION_WORDS = 7;

/** A child's keys: 32 bytes each, and the verification code of 77 bits in ten bytes. All secret but `mailbox`. */
export interface Child {
  readonly identity: Bytes;
  readonly sign: Bytes;
  readonly token: Bytes;
  readonly verification: Bytes;
  readonly ledgerKey: Bytes;
  /** What the server knows the mailbox by: the hash of the token. */
  readonly mailbox: Bytes;
}

/** A child's keys for an installation; the slow step, about 0.1 s here and 1 s on a slow phone. `progress` gets 0 to 1. */
export async function deriveChild(
  receipt: Receipt,
  deployment: Uint8Array,
  progress?: (share: number) => void,
): Promise<Child> {
  const master = await scrypt(receipt, await deploymentSalt(deployment), COST, progress);
  const child = await childOfMaster(master);
  master.fill(0);
  return child;
}

/** What follows from the slow step's result. */
export async function childOfMaster(master: Uint8Array): Promise<Child> {
  const token = await derive(master, "mailbox");
  const verification = await verificationOf(master);
  return {
    identity: await derive(master, "child"),
    sign: await derive(master, "sign"),
    token,
    verification,
    ledgerKey: await derive(verification, "ledger"),
    mailbox: await sha256(token),
  };
}

/** The first 77 bits of the derived key. */
async function verificationOf(master: Uint8Array): Promise<Bytes> {
  const first = (await derive(master, "verify")).subarray(0, VERIFICATION_BYTES);
  return bytesOfNumber(numberOf(first) >> 3n, VERIFICATION_BYTES);
}

/** The seven words that a child may give to an adult. */
export function verificationWords(child: Child, list: Wordlist): string[] {
  return wordsFor(child.verification, VERIFICATION_WORDS, list);
}
