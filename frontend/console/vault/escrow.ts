/** The escrow secret: split into sheets when a desk begins, brought back from enough of them, never kept. */

import { combine, split } from "shamir-secret-sharing";
import { recipientOf } from "../../sealed/age";
import { equal, random } from "../../sealed/bytes";
import { derive } from "../../sealed/hash";
import { partsOf, setOf, sheetOf } from "../keys/sheet";
import { Problematic } from "./problem";

const SECRET = 16;

/** An escrow identity with the sheets that bring it back. */
export interface NewEscrow {
  recipient: Uint8Array;
  sheets: Uint8Array[];
}

const identityOf = (secret: Uint8Array) => derive(secret, "escrow");

/** A new secret on `count` sheets, of which `threshold` are enough. */
export async function newEscrow(threshold: number, count: number): Promise<NewEscrow> {
  const secret = random(SECRET);
  const recipient = await recipientOf(await identityOf(secret));
  const [set, shares] = [await setOf(recipient), await split(secret, count, threshold)];
  secret.fill(0);
  return { recipient, sheets: await Promise.all(shares.map((share) => sheetOf(set, share))) };
}

/** The escrow identity behind these sheets, if it is the one that has `recipient`; Problematic says what is wrong. */
export async function identityOn(sheets: readonly Uint8Array[], recipient: Uint8Array): Promise<Uint8Array> {
  const set = await setOf(recipient);
  const parts = sheets.map(partsOf);
  if (parts.some((part) => !equal(part.set, set))) throw new Problematic("other_sheets");
  const shares = new Map(parts.map(({ share }) => [share.at(-1), share]));
  if (shares.size !== sheets.length) throw new Problematic("same_sheet");
  const identity = await identityOf(await combine([...shares.values()]));
  if (!equal(await recipientOf(identity), recipient)) throw new Problematic("other_sheets");
  return identity;
}
