/**
 * What one language seals, the other opens: `sealed-by-python.json`, and `sealed-by-typescript.json`, which
 * `sealing.test.ts` makes. `test_sealed.py` opens the same two files.
 */

import { describe, expect, test, vi } from "vitest";
import byPython from "../../tests/vectors/sealed-by-python.json";
import byTypescript from "../../tests/vectors/sealed-by-typescript.json";
import { openBlob, recipientOf } from "./age";
import { type Bytes, b64, unb64, utf8 } from "./bytes";
import { type Child, deriveChild } from "./child";
import { openGrant, sealGrant } from "./grant";
import { sha256, tagged } from "./hash";
import { type MailboxAnswer, openMailbox } from "./mailbox";
import { partOf, readManifest } from "./manifest";
import { openFile } from "./message";
import { verifyPromise } from "./note";
import { CHILD, FIRST, isSigned, messageBytes, verifyKeyOf } from "./signed";

/** A busy machine may take its time. */
vi.setConfig({ testTimeout: 60_000 });

type Sealed = typeof byPython;
type Thread = Sealed["thread"];

function counting(length: number): Bytes {
  return Uint8Array.from({ length }, (_, place) => place % 251);
}

/** The bytes of the parts of a request that have this name. */
function partsOf({ parts }: Thread, name: string): Bytes[] {
  return parts.filter(([found]) => found === name).map(([, data]) => unb64(data as string));
}

function answerOf(thread: Thread): MailboxAnswer {
  return thread.mailbox as unknown as MailboxAnswer;
}

function childOf({ receipt, deployment }: Thread): Promise<Child> {
  return deriveChild(unb64(receipt), unb64(deployment));
}

describe.each([
  ["Python", byPython],
  ["TypeScript", byTypescript as Sealed],
])("sealed by %s", (_, { files, thread }) => {
  test.each(files)(
    "$length bytes open for each of their recipients",
    async ({ identities, length, file }) => {
      for (const identity of identities) {
        expect(b64(await openBlob(unb64(file), unb64(identity)))).toBe(b64(counting(length)));
      }
    },
  );

  test("the child opens the mailbox, and reads and hears everything", async () => {
    const { messages, seed, next, last } = await openMailbox(
      answerOf(thread),
      await childOf(thread),
      unb64(thread.deployment),
    );
    const [first, ...answers] = messages;
    expect(first?.letter).toMatchObject(thread.fields);
    expect(answers.map(({ letter }) => letter.text)).toEqual(thread.answers);
    expect([next, b64(last)]).toEqual([thread.mailbox.next, thread.mailbox.last]);
    const sealed = partsOf(thread, "file");
    for (const [place, { kind, type, data }] of thread.enclosed.entries()) {
      const note = first?.letter.files[place];
      if (!note) throw new Error("no such file");
      expect(note).toEqual({ kind, type, name: "", length: unb64(data).length });
      const hash = await sha256(sealed[place] as Bytes);
      expect(b64(await openFile(sealed[place] as Bytes, seed, { hash, note }))).toBe(data);
    }
  });

  test("each desk opens its grant and no other", async () => {
    const manifest = readManifest(thread.form.manifest);
    const grants = partsOf(thread, "grant");
    const { seed } = await openMailbox(answerOf(thread), await childOf(thread), unb64(thread.deployment));
    for (const [place, { identity }] of thread.desks.entries()) {
      expect(await openGrant(grants[place] as Bytes, unb64(identity), manifest)).toEqual(seed);
      const other = grants[(place + 1) % grants.length] as Bytes;
      await expect(openGrant(other, unb64(identity), manifest)).rejects.toMatchObject({ code: "not_for_us" });
    }
  });

  test("a grant of another appeal is refused", async () => {
    const manifest = { ...readManifest(thread.form.manifest), safe: "no" };
    const [grant] = partsOf(thread, "grant") as [Bytes];
    const identity = unb64((thread.desks[0] as Thread["desks"][number]).identity);
    await expect(openGrant(grant, identity, manifest)).rejects.toMatchObject({ code: "bad_grant" });
  });

  test("the request is what the manifest says, signed and worked for", async () => {
    const { payload, files, grants, child_key } = readManifest(thread.form.manifest);
    const sent = [...partsOf(thread, "payload"), ...partsOf(thread, "file"), ...partsOf(thread, "grant")];
    const named = [payload, ...files, ...grants].map(({ length, hash }) => ({ length, hash }));
    expect(await Promise.all(sent.map(partOf))).toEqual(named);
    expect(thread.form.ledger_key).toBe(b64((await childOf(thread)).ledgerKey));
    const commitment = unb64(thread.mailbox.commitment);
    const place = { commitment, author: CHILD, sequence: 0, previous: FIRST };
    const signed = await messageBytes(
      place,
      unb64(payload.hash),
      files.map(({ hash }) => unb64(hash)),
    );
    expect(await isSigned(unb64(child_key), unb64(thread.form.signature), signed)).toBe(true);
    const nonce = new Uint8Array(8);
    new DataView(nonce.buffer).setUint32(4, Number(thread.form.nonce));
    const [zeros = 255] = await tagged("work", commitment, nonce);
    expect(Math.clz32(zeros) - 24).toBeGreaterThanOrEqual(thread.bits);
  });
});

test("a promise by Python is about the appeal that was sealed", async () => {
  const { mailbox, deployment } = byPython.thread;
  const about = {
    deployment: unb64(deployment),
    commitment: unb64(mailbox.commitment),
    mailbox: unb64(readManifest(mailbox.manifest).mailbox),
  };
  const by = { name: "example.org/committee", key: await verifyKeyOf(new Uint8Array(32)) };
  expect(await verifyPromise(mailbox.promise, by, about)).toEqual({
    received: 1790000000,
    mergeBy: 1790086400,
  });
});

test("a thread that was passed on opens for the desk that got it", async () => {
  const { thread } = byPython;
  const { manifest, seed, commitment } = await openMailbox(
    answerOf(thread),
    await childOf(thread),
    unb64(thread.deployment),
  );
  const identity = unb64((thread.desks[1] as Thread["desks"][number]).identity);
  const to = { id: "BB-2", epoch: 7, recipient: await recipientOf(identity) };
  const sign = unb64((thread.desks[0] as Thread["desks"][number]).sign);
  const referral = await sealGrant({ seed, manifest, commitment, from: "AA-1/3", sign, to });
  expect(await openGrant(referral.grant, identity, manifest)).toEqual(seed);
  const signed = await tagged(
    "grant",
    commitment,
    utf8("AA-1/3"),
    utf8("BB-2/7"),
    await sha256(referral.grant),
  );
  expect(await isSigned(await verifyKeyOf(sign), referral.signature, signed)).toBe(true);
});

describe("a thread that somebody changed is refused", () => {
  const base = byPython.thread.mailbox;
  const [first, second, third] = base.messages as [Message, Message, Message];
  type Message = Thread["mailbox"]["messages"][number];
  const changes: Record<string, Partial<Record<keyof Thread["mailbox"], unknown>>> = {
    "nothing there": { messages: [] },
    "the last message twice": { messages: [first, second, third, third] },
    "the middle one missing": { messages: [first, third] },
    "the middle one missing, renumbered": { messages: [first, { ...third, sequence: 1 }] },
    "two exchanged": { messages: [first, third, second] },
    "the first missing": { messages: [second, third] },
    "another author": { messages: [first, { ...second, author: "desk/ombudsman/1" }] },
    "an author who is nobody": { messages: [first, { ...second, author: "desk/AA-1/4" }] },
    "an author from the prototype": { messages: [first, { ...second, author: "desk/constructor" }] },
    "the child for the desk": { messages: [first, { ...second, author: "child" }] },
    "another signature": { messages: [first, { ...second, signature: first.signature }] },
    "another text": { messages: [first, { ...second, ciphertext: third.ciphertext }] },
    "a file added": { messages: [first, { ...second, files: first.files.slice(0, 1) }] },
    "a file of the first gone": { messages: [{ ...first, files: [] }, second] },
    "a file of the first longer": {
      messages: [{ ...first, files: first.files.map((file) => ({ ...file, length: file.length + 1 })) }],
    },
    "no base64": { messages: [{ ...first, ciphertext: "?" }] },
    "messages that are none": { messages: [null] },
    "messages that are no list": { messages: 7 },
    "files that are none": { messages: [{ ...first, files: null }] },
    "no desks": { desks: {} },
    "desks that are none": { desks: { "AA-1/3": null } },
    "another key for the desk": { desks: { ...base.desks, "AA-1/3": base.desks["ombudsman/1"] } },
  };

  test.each(Object.entries(changes))("%s", async (_, change) => {
    const answer = { ...base, ...change } as unknown as MailboxAnswer;
    const opening = openMailbox(answer, await child, unb64(byPython.thread.deployment));
    await expect(opening).rejects.toMatchObject({ code: "bad_thread" });
  });

  test("a desk whose key the directory does not know", async () => {
    const published = { "AA-1/3": base.desks["ombudsman/1"].verify };
    const opening = openMailbox(
      answerOf(byPython.thread),
      await child,
      unb64(byPython.thread.deployment),
      published,
    );
    await expect(opening).rejects.toMatchObject({ code: "bad_thread" });
  });

  test.each([
    ["another manifest", { manifest: base.manifest.replace('"unsure"', '"no"') }, "bad_manifest"],
    ["another commitment", { commitment: b64(new Uint8Array(32)) }, "bad_manifest"],
    ["a desk's grant", { grant: byPython.thread.parts[1]?.[1] }, "not_for_us"],
    ["a grant that is no base64", { grant: "+" }, "bad_grant"],
    ["no grant", { grant: undefined }, "bad_grant"],
    ["no manifest", { manifest: undefined }, "bad_manifest"],
  ])("%s", async (_, change, code) => {
    const answer = { ...base, ...change } as unknown as MailboxAnswer;
    const opening = openMailbox(answer, await child, unb64(byPython.thread.deployment));
    await expect(opening).rejects.toMatchObject({ code });
  });

  const child = childOf(byPython.thread);
});
