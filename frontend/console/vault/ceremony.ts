/** A desk's first key: made here, proved with sheets that were typed back, and only then given out, sealed. */

import { recipientOf } from "../../sealed/age";
import { b64, random } from "../../sealed/bytes";
import { epochSignature } from "../../sealed/epoch";
import { verifyKeyOf } from "../../sealed/signed";
import type { MadeKey } from "./contract";
import { identityOn, newEscrow } from "./escrow";
import { type Keyring, sealSeat } from "./keyring";
import { Problematic } from "./problem";

interface Begun {
  desk: string;
  threshold: number;
  sheets: Uint8Array[];
  escrow: Uint8Array;
  rehearsed: boolean;
}

/** One ceremony at a time; what was begun is forgotten with the worker. */
export class Ceremony {
  private begun: Begun | undefined;

  constructor(private readonly keyring: Keyring) {}

  /** The sheets of a new escrow identity, to be printed. */
  async begin(desk: string, threshold: number, count: number): Promise<Uint8Array[]> {
    const { recipient, sheets } = await newEscrow(threshold, count);
    this.begun = { desk, threshold, sheets, escrow: recipient, rehearsed: false };
    return sheets;
  }

  /** Prove that sheets which somebody typed bring the escrow identity back. */
  async rehearse(sheets: Uint8Array[]): Promise<boolean> {
    const begun = this.current();
    if (sheets.length < begun.threshold) throw new Problematic("few_sheets");
    await identityOn(sheets, begun.escrow);
    begun.rehearsed = true;
    return true;
  }

  /** The desk's key with its private halves sealed to this officer and to the sheets; only after a rehearsal. */
  async finish(): Promise<MadeKey> {
    const { desk, escrow, threshold, sheets, rehearsed } = this.current();
    if (!rehearsed) throw new Problematic("not_rehearsed");
    const seat = { identity: random(32), signing: random(32) };
    const [recipient, verify] = [await recipientOf(seat.identity), await verifyKeyOf(seat.signing)];
    const name = `${desk}/1`;
    const mine = await sealSeat(seat, name, await this.keyring.recipient());
    const theirs = await sealSeat(seat, name, escrow);
    return {
      desk,
      recipient: b64(recipient),
      verify: b64(verify),
      signature: b64(await epochSignature(seat.signing, { name, recipient, verify })),
      blob: mine.blob,
      grant_signature: mine.signature,
      escrow_recipient: b64(escrow),
      escrow_blob: theirs.blob,
      escrow_signature: theirs.signature,
      threshold,
      sheets: sheets.length,
    };
  }

  private current(): Begun {
    if (!this.begun) throw new Problematic("not_rehearsed");
    return this.begun;
  }
}
