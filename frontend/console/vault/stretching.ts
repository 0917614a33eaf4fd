/** A passphrase becomes two secrets that do not meet: Argon2id (RFC 9106), then HKDF with two labels. */

import { argon2id } from "hash-wasm";
import { unb64 } from "../../sealed/bytes";
import { derive } from "../../sealed/hash";
import type { Stretching } from "../wire";
import { normal } from "./normal";

export interface Stretched {
  login: Uint8Array;
  unlocking: Uint8Array;
}

/** What a new passphrase is stretched with, the least that is taken (accounts/passphrases.py: Cost). */
export const LEAST = { memory_kib: 65_536, passes: 3, lanes: 1 };

/** Refuse a cost that a server lowered to guess more cheaply. */
function checkCost({ memory_kib, passes, lanes }: Stretching): void {
  if (
    memory_kib < LEAST.memory_kib ||
    passes < LEAST.passes ||
    lanes < LEAST.lanes ||
    memory_kib > 1_048_576 ||
    passes > 20
  ) {
    throw new RangeError("wrong cost");
  }
}

/** Both secrets; about half a second and 64 MiB. */
export async function stretch(passphrase: string, cost: Stretching): Promise<Stretched> {
  checkCost(cost);
  const root = await argon2id({
    password: normal(passphrase) || " ",
    salt: unb64(cost.salt),
    iterations: cost.passes,
    parallelism: cost.lanes,
    memorySize: cost.memory_kib,
    hashLength: 32,
    outputType: "binary",
  });
  return { login: await derive(root, "officer login"), unlocking: await derive(root, "officer unlock") };
}
