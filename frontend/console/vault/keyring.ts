/** The private keys of an open desk. They exist in this worker's memory and nowhere else. */

import { b64, openBlob, recipientOf, sealBlob, unb64 } from "../../sealed";
import { canonical } from "../../sealed/canonical";
import { derive } from "../../sealed/hash";
import type { Keys, Stretching } from "../wire";
import { Problematic } from "./problem";

import { stretch } from "./stretching";

interface Seat {
  identity: Uint8Array;
  signing: Uint8Array;
}

/** Opened once; ends with the worker. */
export class Keyring {
  private unlocking: Uint8Array | undefined;
  private identity: Uint8Array | undefined;
  private readonly seats = new Map<string, Seat>();

  /** The login secret of a passphrase; the unlocking key waits here for `open`. */
  async stretch(passphrase: string, cost: Stretching): Promise<string> {
    const { login, unlocking } = await stretch(passphrase, cost);
    this.unlocking = unlocking;
    return b64(login);
  }

  /** Open everything that the unlocking key opens; the names of the seats. The key is not kept. */
  async open(keys: Keys): Promise<string[]> {
    const unlocking = this.unlocking;
    this.unlocking = undefined;
    if (!unlocking) throw new Problematic("wrong_passphrase");
    const identity = await seedIn(keys.identity, unlocking);
    this.identity = identity;
    for (const grant of keys.grants) {
      const name = `${grant.desk}/${grant.epoch}`;
      this.seats.set(name, await seatIn(grant.blob, identity, name));
    }
    return [...this.seats.keys()];
  }

  /** What a passkey computed stands for the passphrase in the next `open`. */
  async touched(output: Uint8Array): Promise<void> {
    this.unlocking = await derive(output, "officer passkey");
  }

  /** The officer's identity as an age file that what a passkey computes opens. */
  async wrapFor(output: Uint8Array): Promise<string> {
    if (!this.identity) throw new Problematic("wrong_passphrase");
    const recipient = await recipientOf(await derive(output, "officer passkey"));
    return b64(await sealBlob(canonical({ v: 1, seed: b64(this.identity) }), [recipient]));
  }

  /** The officer's own identity; throws before the keys are open. */
  own(): Uint8Array {
    if (!this.identity) throw new Problematic("wrong_passphrase");
    return this.identity;
  }

  /** The keys of a seat; throws when this officer has none. */
  seat(name: string): Seat {
    const found = this.seats.get(name);
    if (!found) throw new Problematic("grant");
    return found;
  }
}

async function inside(blob: string, seed: Uint8Array): Promise<Record<string, unknown>> {
  return JSON.parse(new TextDecoder().decode(await openBlob(unb64(blob), seed))) as Record<string, unknown>;
}

async function seedIn(blob: string, unlocking: Uint8Array): Promise<Uint8Array> {
  try {
    return unb64(String((await inside(blob, unlocking)).seed));
  } catch {
    throw new Problematic("wrong_passphrase");
  }
}

/** A desk's keys; a grant that says it is for another seat is refused. */
async function seatIn(blob: string, identity: Uint8Array, name: string): Promise<Seat> {
  const { desk, epoch, seed, sign } = await inside(blob, identity);
  if (`${desk}/${epoch}` !== name) throw new Problematic("grant");
  return { identity: unb64(String(seed)), signing: unb64(String(sign)) };
}
