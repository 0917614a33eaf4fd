/** The private keys of an open desk. They exist in this worker's memory and nowhere else. */

import { b64, openBlob, random, recipientOf, sealBlob, unb64 } from "../../sealed";
import { equal } from "../../sealed/bytes";
import { canonical } from "../../sealed/canonical";
import { type Epoch, epochSignature, keyGrantSignature, wasGiven } from "../../sealed/epoch";
import { derive, sha256 } from "../../sealed/hash";
import { verifyKeyOf } from "../../sealed/signed";
import { partsOf, setOf } from "../keys/sheet";
import type { Keys, Stretching } from "../wire";
import type { Enrolment, GivenKey, NextKey, SheetGrant, Vouched } from "./contract";
import { identityOn } from "./escrow";
import { Problematic } from "./problem";
import { LEAST, stretch } from "./stretching";

export interface Seat {
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

  /** Keys of one's own for somebody who is invited: a fresh identity under a passphrase, and what signs them in. */
  async enroll(passphrase: string): Promise<Enrolment> {
    const [salt, identity] = [b64(random(16)), random(32)];
    const { login, unlocking } = await stretch(passphrase, { salt, ...LEAST });
    const wrapped = await sealBlob(canonical({ v: 1, seed: b64(identity) }), [await recipientOf(unlocking)]);
    return { salt, secret: b64(login), recipient: b64(await recipientOf(identity)), identity: b64(wrapped) };
  }

  /** Open everything that the unlocking key opens; the names of the seats. The unlocking key is not kept. */
  async open(keys: Keys): Promise<string[]> {
    const unlocking = this.unlocking;
    this.unlocking = undefined;
    if (!unlocking) throw new Problematic("wrong_passphrase");
    this.identity = await seedIn(keys.identity, unlocking);
    return this.learn(keys.grants);
  }

  /** Open desk keys that were given to this officer; the names of all seats. */
  async learn(grants: Keys["grants"]): Promise<string[]> {
    for (const grant of grants) {
      const name = `${grant.desk}/${grant.epoch}`;
      this.seats.set(name, await seatIn(grant.blob, this.mine(), name));
    }
    return [...this.seats.keys()];
  }

  /** What a passkey computed stands for the passphrase in the next `open`. */
  async touched(output: Uint8Array): Promise<void> {
    this.unlocking = await derive(output, "officer passkey");
  }

  /** The officer's identity as an age file that what a passkey computes opens. */
  async wrapFor(output: Uint8Array): Promise<string> {
    const recipient = await recipientOf(await derive(output, "officer passkey"));
    return b64(await sealBlob(canonical({ v: 1, seed: b64(this.mine()) }), [recipient]));
  }

  /** The public half of the officer's own identity, computed from it here: no server says what it is. */
  async recipient(): Promise<Uint8Array> {
    return recipientOf(this.mine());
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

  /** A desk's keys of these epochs, sealed to a colleague's recipient and signed with them. */
  async give(desk: string, epochs: number[], recipient: string): Promise<GivenKey[]> {
    const held = epochs.filter((epoch) => this.seats.has(`${desk}/${epoch}`));
    return Promise.all(
      held.map(async (epoch) => {
        const name = `${desk}/${epoch}`;
        return { epoch, ...(await sealSeat(this.seat(name), name, unb64(recipient))) };
      }),
    );
  }

  /** An epoch's keys for a colleague to whom an earlier one of the desk was given, by somebody who had it. */
  async giveVouched(seat: string, earlier: string, colleague: Vouched): Promise<GivenKey[]> {
    await this.check(earlier, colleague);
    const { desk, epoch } = parsed(seat);
    return this.give(desk, [epoch], colleague.recipient);
  }

  /** The key after a desk's last: signed by it, sealed to this officer and to the desk's own sheets. */
  async next(last: string, sheets?: Vouched): Promise<NextKey> {
    if (sheets) await this.check(last, sheets);
    const { desk, epoch } = parsed(last);
    const name = `${desk}/${epoch + 1}`;
    const made = { identity: random(32), signing: random(32) };
    const [recipient, verify] = [await recipientOf(made.identity), await verifyKeyOf(made.signing)];
    const signature = await epochSignature(this.seat(last).signing, { name, recipient, verify });
    const kept = sheets && (await sealSeat(made, name, unb64(sheets.recipient)));
    return {
      epoch: epoch + 1,
      recipient: b64(recipient),
      verify: b64(verify),
      signature: b64(signature),
      mine: await sealSeat(made, name, await this.recipient()),
      escrow_blob: kept?.blob ?? "",
      escrow_signature: kept?.signature ?? "",
    };
  }

  /** Throws unless a seat's own key says that it was sealed to this recipient. */
  private async check(seat: string, { recipient, hash, signature }: Vouched): Promise<void> {
    const key = await verifyKeyOf(this.seat(seat).signing);
    const given = { name: seat, recipient: unb64(recipient), hash: unb64(hash) };
    if (!(await wasGiven(key, unb64(signature), given))) throw new Problematic("grant");
  }

  /** The signature of a seat under another desk's epoch. */
  async vouch(seat: string, epoch: Epoch): Promise<string> {
    return b64(await epochSignature(this.seat(seat).signing, epoch));
  }

  /** What the sheets of a desk open, given to this officer's own identity. */
  async recover(desk: string, sheets: Uint8Array[], grants: SheetGrant[]): Promise<GivenKey[]> {
    const given: GivenKey[] = [];
    for (const { epoch, recipient, blob } of await ofTheseSheets(sheets, grants)) {
      const name = `${desk}/${epoch}`;
      const seat = await seatIn(blob, await identityOn(sheets, unb64(recipient)), name);
      given.push({ epoch, ...(await sealSeat(seat, name, await this.recipient())) });
    }
    return given;
  }

  private mine(): Uint8Array {
    if (!this.identity) throw new Problematic("wrong_passphrase");
    return this.identity;
  }
}

/** The grants to the identity that these sheets are of; a desk may have had several sets. */
async function ofTheseSheets(sheets: Uint8Array[], grants: SheetGrant[]): Promise<SheetGrant[]> {
  const sets = await Promise.all(grants.map(async ({ recipient }) => setOf(unb64(recipient))));
  const found = grants.filter((_, turn) =>
    sheets.every((sheet) => equal(partsOf(sheet).set, sets[turn] as Uint8Array)),
  );
  if (found.length === 0) throw new Problematic("other_sheets");
  return found;
}

/** A seat's private halves as an age file for a recipient, and its own signature under that. */
export async function sealSeat(
  { identity, signing }: Seat,
  name: string,
  recipient: Uint8Array,
): Promise<{ blob: string; signature: string }> {
  const plain = { v: 1, ...parsed(name), seed: b64(identity), sign: b64(signing) };
  const blob = await sealBlob(canonical(plain), [recipient]);
  return {
    blob: b64(blob),
    signature: b64(await keyGrantSignature(signing, name, recipient, await sha256(blob))),
  };
}

/** The parts of a seat's name. */
function parsed(name: string): { desk: string; epoch: number } {
  const [, desk, epoch] = /^(.*)\/(\d+)$/.exec(name) ?? [];
  return { desk: desk ?? "", epoch: Number(epoch) };
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
