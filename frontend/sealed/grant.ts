/** A grant: a thread's seed, sealed to one desk's epoch or to the child. */

import { openBlob, sealBlob } from "./age";
import { type Bytes, b64, equal, text, unb64 } from "./bytes";
import { canonical } from "./canonical";
import { orFault, SealedError } from "./errors";
import { sha256 } from "./hash";
import { coreOf, type Manifest } from "./manifest";
import { padGrant, unpadGrant } from "./padding";
import { grantSignature } from "./signed";

/** A desk's epoch, or the child ("child", epoch 0): whom something is sealed to. */
export interface Holder {
  readonly id: string;
  readonly epoch: number;
  readonly recipient: Uint8Array;
}

/** One more grant of a thread, as it is sent. */
export interface Referral {
  readonly grant: Bytes;
  readonly hash: Bytes;
  readonly signature: Bytes;
}

/** A thread's seed for one holder; `core` binds it to the appeal. */
export function writeGrant(
  seed: Uint8Array,
  core: Uint8Array,
  { id, epoch, recipient }: Holder,
): Promise<Bytes> {
  const plain = canonical({ v: 1, seed: b64(seed), core: b64(core), desk: id, epoch });
  return sealBlob(padGrant(plain), [recipient]);
}

/** The thread's seed in a grant; SealedError "bad_grant" when it belongs to another appeal. */
export async function openGrant(grant: Uint8Array, identity: Uint8Array, manifest: Manifest): Promise<Bytes> {
  const padded = await openBlob(grant, identity);
  const core = await coreOf(manifest);
  return orFault("bad_grant", () => {
    const { v, seed, core: bound } = JSON.parse(text(unpadGrant(padded)));
    if (v !== 1 || !equal(unb64(bound), core)) throw new SealedError("bad_grant", "of another appeal");
    return unb64(seed, 32);
  });
}

/** Pass a thread on: a grant for one more desk, signed by the one that has it (`from`, "<id>/<epoch>"). */
export async function sealGrant(how: {
  readonly seed: Uint8Array;
  readonly manifest: Manifest;
  readonly commitment: Uint8Array;
  readonly from: string;
  readonly sign: Uint8Array;
  readonly to: Holder;
}): Promise<Referral> {
  const grant = await writeGrant(how.seed, await coreOf(how.manifest), how.to);
  const hash = await sha256(grant);
  const to = `${how.to.id}/${how.to.epoch}`;
  return { grant, hash, signature: await grantSignature(how.sign, how.commitment, how.from, to, hash) };
}
