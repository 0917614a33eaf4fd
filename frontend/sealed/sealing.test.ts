/**
 * Makes `sealed-by-typescript.json` (`npx vitest run frontend/sealed/sealing -u`), with random bytes that are always
 * the same: sealing again must give the very bytes that are kept. It tells the story of Python's file by other keys.
 */

import { afterEach, expect, test, vi } from "vitest";
import byPython from "../../tests/vectors/sealed-by-python.json";
import { recipientOf, sealBlob } from "./age";
import { type RequestPart, type SealedAppeal, sealAppeal } from "./appeal";
import { type Bytes, b64, unb64 } from "./bytes";
import { type Child, deriveChild } from "./child";
import { useEngine } from "./engine";
import { openGrant } from "./grant";
import { sha256 } from "./hash";
import type { Appeal, Enclosure } from "./letter";
import { readManifest } from "./manifest";
import { sealMessage } from "./message";
import { portable } from "./portable";
import { CHILD, FIRST, messageBytes, messageHash, type Place, verifyKeyOf } from "./signed";

/** A busy machine may take its time. */
vi.setConfig({ testTimeout: 60_000 });

const STORY = byPython.thread;
const DESKS = [desk("AA-1", 3, 3), desk("ombudsman", 1, 4)] as const;

afterEach(() => vi.restoreAllMocks());

function desk(id: string, epoch: number, fill: number) {
  return { id, epoch, identity: filled(fill), sign: filled(fill + 2) };
}

function filled(fill: number): Bytes {
  return new Uint8Array(32).fill(fill);
}

/** Random bytes that are always the same: never the case outside of this file, because all keys are known then. */
function withoutChance(): void {
  useEngine(portable);
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    const bytes = array as Uint8Array;
    bytes.set(bytes.map((_, place) => place * 37 + 11));
    return array;
  });
}

async function sealedFile(length: number) {
  const identities = [filled(1), filled(2)];
  const plain = Uint8Array.from({ length }, (_, place) => place % 251);
  const file = await sealBlob(plain, await Promise.all(identities.map(recipientOf)));
  return { identities: identities.map(b64), length, file: b64(file) };
}

async function appealBy(child: Child): Promise<SealedAppeal> {
  const desks = DESKS.map(async (one) => ({ ...one, recipient: await recipientOf(one.identity) }));
  return sealAppeal({
    deployment: unb64(STORY.deployment),
    child,
    letter: STORY.fields as Appeal,
    files: STORY.enclosed.map(({ data, ...file }) => ({ ...file, data: unb64(data) }) as Enclosure),
    desks: await Promise.all(desks),
    bits: STORY.bits,
  });
}

function isText(part: RequestPart): part is RequestPart & { value: string } {
  return typeof part.value === "string";
}

function sealedParts({ parts }: SealedAppeal, name: string): Bytes[] {
  return parts.filter((part) => part.name === name).map(({ value }) => value as Bytes);
}

/** A message as the wire writes it. */
function written(place: Place, payload: Bytes, signature: Bytes, files: readonly unknown[]) {
  const { sequence, author, previous } = place;
  return {
    sequence,
    author,
    previous: b64(previous),
    signature: b64(signature),
    at: 1790000000 + sequence,
    ciphertext: b64(payload),
    files,
  };
}

/** The appeal as message 0, and the hash that message 1 names. */
async function firstMessage({ commitment, manifest, signature }: SealedAppeal, payload: Bytes) {
  const place = { commitment, author: CHILD, sequence: 0, previous: FIRST };
  const { files } = readManifest(manifest);
  const hashes = files.map(({ hash }) => unb64(hash));
  const hash = await messageHash(await messageBytes(place, await sha256(payload), hashes), signature);
  return { message: written(place, payload, signature, files), hash };
}

/** The whole chain: the appeal, the desk's answer, the child's. */
async function messagesOf(appeal: SealedAppeal, child: Child, seed: Bytes) {
  const [payload] = sealedParts(appeal, "payload") as [Bytes];
  const first = await firstMessage(appeal, payload);
  const messages = [first.message];
  let last = first.hash;
  for (const [turn, text] of STORY.answers.entries()) {
    const author = turn ? CHILD : "desk/AA-1/3";
    const place = { commitment: appeal.commitment, author, sequence: turn + 1, previous: last };
    const sign = turn ? child.sign : DESKS[0].sign;
    const sealed = await sealMessage({ seed, sign, place, letter: { language: "kk", text } });
    messages.push(written(place, sealed.payload, sealed.signature, []));
    last = sealed.hash;
  }
  return { messages, next: messages.length, last: b64(last) };
}

async function publishedDesks() {
  const entries = DESKS.map(async ({ id, epoch, identity, sign }) => [
    `${id}/${epoch}`,
    { verify: b64(await verifyKeyOf(sign)), recipient: b64(await recipientOf(identity)) },
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

async function mailboxOf(appeal: SealedAppeal, child: Child) {
  const own = sealedParts(appeal, "grant").at(-1) as Bytes;
  const seed = await openGrant(own, child.identity, readManifest(appeal.manifest));
  return {
    manifest: appeal.manifest,
    commitment: b64(appeal.commitment),
    promise: "",
    grant: b64(own),
    ...(await messagesOf(appeal, child, seed)),
    erase: { count: 0, due: null },
    desks: await publishedDesks(),
    events: [],
  };
}

async function sealedThread() {
  const { receipt, deployment, bits, fields, enclosed, answers } = STORY;
  const child = await deriveChild(unb64(receipt), unb64(deployment));
  const appeal = await appealBy(child);
  const form = appeal.parts.filter(isText).map(({ name, value }) => [name, value]);
  const parts = appeal.parts
    .filter((part) => !isText(part))
    .map(({ name, value }) => [name, b64(value as Bytes)]);
  const desks = DESKS.map(({ id, epoch, identity, sign }) => ({
    id,
    epoch,
    identity: b64(identity),
    sign: b64(sign),
  }));
  const mailbox = await mailboxOf(appeal, child);
  return {
    receipt,
    deployment,
    bits,
    form: Object.fromEntries(form),
    parts,
    desks,
    fields,
    enclosed,
    answers,
    mailbox,
  };
}

test("sealing without chance gives the bytes that are kept", async () => {
  withoutChance();
  const files: unknown[] = [];
  for (const length of [0, 1, 1000, 65536, 65537]) files.push(await sealedFile(length));
  const made = `${JSON.stringify({ files, thread: await sealedThread() }, null, 1)}\n`;
  await expect(made).toMatchFileSnapshot("../../tests/vectors/sealed-by-typescript.json");
});
