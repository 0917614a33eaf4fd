/** Sealing an appeal: everything that one request carries. */

import { recipientOf } from "./age";
import { type Bytes, b64, random } from "./bytes";
import type { Child } from "./child";
import { type Holder, writeGrant } from "./grant";
import { sha256 } from "./hash";
import type { Appeal, Enclosure } from "./letter";
import { type Core, commitmentOf, coreOf, type GrantPart, partOf, writeManifest } from "./manifest";
import { type Sealed, sealLetter, signMessage } from "./message";
import { CHILD, FIRST, verifyKeyOf } from "./signed";
import { type WorkProgress, work } from "./work";

/** One part of the request, in order: texts first, then age files. */
export interface RequestPart {
  readonly name: "manifest" | "ledger_key" | "nonce" | "signature" | "payload" | "grant" | "file";
  readonly value: string | Bytes;
}

export interface SealedAppeal {
  readonly manifest: string;
  readonly commitment: Bytes;
  readonly nonce: number;
  readonly signature: Bytes;
  readonly parts: readonly RequestPart[];
}

/** Files are encoded already: small, and without metadata. `bits` and the rest come from the site's file. */
export interface AppealInput {
  readonly deployment: Uint8Array;
  readonly child: Child;
  readonly letter: Appeal;
  readonly files?: readonly Enclosure[];
  readonly desks: readonly Holder[];
  readonly bits: number;
  readonly protection?: "phone" | "server";
  readonly progress?: WorkProgress;
}

/** Seal a letter to these desks and its child. SealedError "text_too_long" before anything is sealed. */
export async function sealAppeal(input: AppealInput): Promise<SealedAppeal> {
  const seed = random(32);
  const sealed = await sealLetter(seed, input.letter, input.files ?? []);
  const core = await coreFor(input, sealed);
  const grants = await grantsFor(input, seed, await coreOf(core));
  seed.fill(0);
  const manifest = writeManifest({ ...core, v: 1, grants: grants.map(({ part }) => part) });
  const commitment = await commitmentOf(manifest);
  const place = { commitment, author: CHILD, sequence: 0, previous: FIRST };
  const { signature } = await signMessage(input.child.sign, place, sealed);
  const nonce = await work(commitment, input.bits, input.progress);
  const fields = {
    manifest,
    ledger_key: b64(input.child.ledgerKey),
    nonce: `${nonce}`,
    signature: b64(signature),
  };
  return { manifest, commitment, nonce, signature, parts: partsOf(fields, sealed, grants) };
}

async function coreFor(
  { deployment, child, letter, protection = "phone" }: AppealInput,
  sealed: Sealed,
): Promise<Core> {
  return {
    deployment: b64(deployment),
    child_key: b64(await verifyKeyOf(child.sign)),
    mailbox: b64(child.mailbox),
    ledger_key: b64(await sha256(child.ledgerKey)),
    safe: letter.safe,
    protection,
    payload: await partOf(sealed.payload),
    files: await Promise.all(sealed.files.map(partOf)),
  };
}

interface Grant {
  readonly data: Bytes;
  readonly part: GrantPart;
}

/** The desks' grants in their order, then the child's own. */
async function grantsFor({ desks, child }: AppealInput, seed: Bytes, core: Bytes): Promise<Grant[]> {
  const own = { id: CHILD, epoch: 0, recipient: await recipientOf(child.identity) };
  return Promise.all(
    [...desks, own].map(async (holder) => {
      const data = await writeGrant(seed, core, holder);
      return { data, part: { ...(await partOf(data)), desk: holder.id, epoch: holder.epoch } };
    }),
  );
}

type Fields = Readonly<Record<"manifest" | "ledger_key" | "nonce" | "signature", string>>;

function partsOf(fields: Fields, { payload, files }: Sealed, grants: readonly Grant[]): RequestPart[] {
  return [
    { name: "manifest", value: fields.manifest },
    { name: "ledger_key", value: fields.ledger_key },
    { name: "nonce", value: fields.nonce },
    { name: "signature", value: fields.signature },
    { name: "payload", value: payload },
    ...grants.map(({ data }): RequestPart => ({ name: "grant", value: data })),
    ...files.map((value): RequestPart => ({ name: "file", value })),
  ];
}
