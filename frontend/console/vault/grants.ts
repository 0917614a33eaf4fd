/** The inside of a grant: the thread's seed, and what it is the seed of. */

import { Problematic } from "./problem";
import { ageOpen, unb64, unpad } from "./sealed";

export interface Grant {
  seed: Uint8Array;
  core: Uint8Array;
  desk: string;
  epoch: number;
}

const GRANT_SIZE = 512;

/** Open a grant; throws "grant" for anything but the one way to write it. */
export async function openGrant(ciphertext: string, identity: Uint8Array): Promise<Grant> {
  try {
    return read(await ageOpen(unb64(ciphertext), identity));
  } catch {
    throw new Problematic("grant");
  }
}

function read(padded: Uint8Array): Grant {
  if (padded.length !== GRANT_SIZE) throw new RangeError("size");
  const { v, seed, core, desk, epoch } = JSON.parse(new TextDecoder().decode(unpad(padded)));
  const grant = { seed: unb64(seed), core: unb64(core), desk, epoch };
  if (v !== 1 || grant.seed.length !== 32 || grant.core.length !== 32) throw new RangeError("grant");
  return grant;
}
