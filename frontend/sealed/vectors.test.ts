/** The deterministic half of the shared vectors: `tests/unit/sealed/test_vectors.py` reads the same files. */

import { describe, expect, test, vi } from "vitest";
import canonicals from "../../tests/vectors/canonical.json";
import keys from "../../tests/vectors/keys.json";
import manifests from "../../tests/vectors/manifest.json";
import paddings from "../../tests/vectors/padding.json";
import parcels from "../../tests/vectors/parcel.json";
import promises from "../../tests/vectors/promise.json";
import signeds from "../../tests/vectors/signed.json";
import wordings from "../../tests/vectors/words.json";
import works from "../../tests/vectors/work.json";
import { recipientOf } from "./age";
import { type Bytes, b64, concat, unb64, utf8 } from "./bytes";
import { canonical, type Json } from "./canonical";
import { deriveChild } from "./child";
import type { SealedError } from "./errors";
import { fingerprint, schoolTag } from "./fingerprint";
import { derive, sha256 } from "./hash";
import { commitmentOf, coreOf, readManifest } from "./manifest";
import { verifyPromise } from "./note";
import { padFile, padGrant, padme, padPayload, unpadFile, unpadGrant, unpadPayload } from "./padding";
import { parcel } from "./parcel";
import { type Receipt, receiptDigits, receiptFromDigits, receiptsFromWords, receiptWords } from "./receipt";
import {
  eraseSignature,
  eventSignature,
  grantSignature,
  isSigned,
  messageBytes,
  messageHash,
  sign,
  verifyKeyOf,
} from "./signed";
import { fold, keyOf, wordsIn } from "./words";
import { work } from "./work";

/** A busy machine may take its time. */
vi.setConfig({ testTimeout: 60_000 });

describe("canonical JSON", () => {
  test.each(canonicals.written)("there is one way to write $canonical", ({ value, canonical: written }) => {
    expect(canonical(value as Json)).toEqual(utf8(written));
  });

  test.each(canonicals.refused.map((value) => [JSON.stringify(value), value]))(
    "%s is refused",
    (_, value) => {
      expect(() => canonical(value as Json)).toThrow(RangeError);
    },
  );
});

const PADS: Record<string, [(plain: Uint8Array) => Bytes, (padded: Uint8Array) => Uint8Array]> = {
  payload: [padPayload, unpadPayload],
  grant: [padGrant, unpadGrant],
  file: [padFile, unpadFile],
};

function pads(kind: string) {
  return PADS[kind] as NonNullable<(typeof PADS)[string]>;
}

/** Bytes that count up, so that no two places are alike. */
function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => place % 251);
}

describe("padding", () => {
  test("PADMÉ lengths are the same", () => {
    expect(paddings.padme.map(([length = 0]) => [length, padme(length)])).toEqual(paddings.padme);
  });

  test.each(paddings.padded)(
    "a $kind of $length bytes is padded alike",
    async ({ kind, length, size, sha256: hash }) => {
      const [pad, unpad] = pads(kind);
      const padded = pad(counting(length));
      expect([padded.length, b64(await sha256(padded))]).toEqual([size, hash]);
      expect(b64(unpad(padded))).toBe(b64(counting(length)));
    },
  );

  test.each(Object.entries(paddings.too_long))(
    "a %s that does not fit is refused before it is sealed",
    (kind, lengths) => {
      for (const length of lengths) {
        expect(() => pads(kind)[0](new Uint8Array(length))).toThrow(
          expect.objectContaining({ code: "text_too_long" }),
        );
      }
    },
  );

  test.each(paddings.refused)("a $kind is refused: $why", ({ kind, start, size }) => {
    const buffer = new Uint8Array(size);
    buffer.set(unb64(start));
    expect(() => pads(kind)[1](buffer)).toThrow(expect.objectContaining({ code: "changed" }));
  });
});

const LISTS: Record<string, string[]> = Object.fromEntries(
  Object.entries(wordings.lists).map(([name, letters]) => [name, synthetic(letters)]),
);

/** 2,048 words of four letters: each of the first with each of the second and so on, the last turning fastest. */
function synthetic(letters: string[]): string[] {
  return letters.reduce(
    (made, next) => made.flatMap((start) => [...next].map((letter) => start + letter)),
    [""],
  );
}

function lists(names: string[]): string[][] {
  return names.map((name) => LISTS[name] as string[]);
}

/** What the page does with what was typed. */
function readReceipts(typed: string, names: string[]): Receipt[] {
  return wordsIn(typed).length ? receiptsFromWords(typed, lists(names)) : [receiptFromDigits(typed)];
}

describe("words", () => {
  test("fold alike", () => {
    expect(wordings.fold.map(([word = ""]) => [word, fold(word), keyOf(word)])).toEqual(wordings.fold);
    expect(wordings.words_in.map(([typed]) => [typed, wordsIn(typed as string)])).toEqual(wordings.words_in);
  });

  test.each(wordings.receipts)(
    "receipt $digits is six words and twenty digits",
    ({ receipt, digits, words }) => {
      expect(receiptDigits(unb64(receipt))).toBe(digits);
      expect(
        Object.fromEntries(
          Object.keys(words).map((name) => [
            name,
            receiptWords(unb64(receipt), lists([name])[0] as string[]),
          ]),
        ),
      ).toEqual(words);
    },
  );

  test.each(wordings.read)("$typed is read back", ({ typed, lists: names, receipts }) => {
    expect(readReceipts(typed, names).map(b64)).toEqual(receipts);
  });

  test.each(wordings.refused)(
    "$typed is refused with the word that is wrong",
    ({ typed, lists: names, unknown }) => {
      let caught: unknown;
      try {
        readReceipts(typed, names);
      } catch (error) {
        caught = error;
      }
      expect(caught).toMatchObject({ code: "bad_receipt" });
      expect((caught as SealedError).places[0] ?? null).toBe(unknown);
    },
  );
});

describe("keys", () => {
  test.each(keys.children)("everything follows from receipt $receipt", async (vector) => {
    const { identity, sign, token, mailbox, verification, ledgerKey } = await deriveChild(
      unb64(vector.receipt),
      unb64(vector.deployment),
    );
    const { receipt, deployment } = vector;
    const made = { identity, sign, token, mailbox, verification, ledger_key: ledgerKey };
    const shown = Object.entries(made).map(([name, bytes]) => [name, b64(bytes)]);
    expect({ receipt, deployment, ...Object.fromEntries(shown) }).toEqual(vector);
  });

  test("of threads, recipients and short names are the same", async () => {
    for (const { seed, identity } of keys.threads)
      expect(b64(await derive(unb64(seed), "identity"))).toBe(identity);
    for (const { identity, recipient } of keys.recipients)
      expect(b64(await recipientOf(unb64(identity)))).toBe(recipient);
    const { recipient, verify, is } = keys.fingerprint;
    expect(b64(await fingerprint(unb64(recipient), unb64(verify)))).toBe(is);
    for (const { code, tag } of keys.school) expect(b64(await schoolTag(code))).toBe(tag);
  });
});

describe("manifest", () => {
  test.each(manifests.kept)("$commitment has one core", async ({ text, core, commitment }) => {
    expect(b64(await coreOf(readManifest(text)))).toBe(core);
    expect(b64(await commitmentOf(text))).toBe(commitment);
  });

  test.each(manifests.refused)("refused: $why", ({ text }) => {
    expect(() => readManifest(text)).toThrow(expect.objectContaining({ code: "bad_manifest" }));
  });
});

describe("signatures", () => {
  const [seed, key, commitment] = [signeds.seed, signeds.key, signeds.commitment].map((text) =>
    unb64(text),
  ) as [Bytes, Bytes, Bytes];

  test("a chain of messages is signed alike", async () => {
    expect(b64(await verifyKeyOf(seed))).toBe(signeds.key);
    for (const { author, sequence, previous, files, ...made } of signeds.chain) {
      const place = { commitment, author, sequence, previous: unb64(previous) };
      const signed = await messageBytes(
        place,
        unb64(signeds.payload),
        files.map((file) => unb64(file)),
      );
      const signature = await sign(seed, signed);
      const hash = await messageHash(signed, signature);
      expect({ signed: b64(signed), signature: b64(signature), hash: b64(hash) }).toEqual(made);
      expect(await isSigned(key, signature, signed)).toBe(true);
    }
  });

  test("grants, events and wishes to erase are signed alike", async () => {
    const { from, to, hash, signature } = signeds.grant;
    expect(b64(await grantSignature(seed, commitment, from, to, unb64(hash)))).toBe(signature);
    const { kind, actor } = signeds.event;
    expect(b64(await eventSignature(seed, commitment, kind, actor))).toBe(signeds.event.signature);
    for (const { act, count, signature } of signeds.erase) {
      expect(b64(await eraseSignature(seed, commitment, act as "erase", count))).toBe(signature);
    }
  });

  test.each(signeds.refused)("refused: $why", async ({ key, signed, signature }) => {
    expect(await isSigned(unb64(key), unb64(signature), unb64(signed))).toBe(false);
  });
});

describe("promises", () => {
  const by = { name: promises.name, key: unb64(promises.key) };
  const about = {
    deployment: unb64(promises.deployment),
    commitment: unb64(promises.commitment),
    mailbox: unb64(promises.mailbox),
  };

  test.each(promises.kept)("one of $received is read", async ({ note, received, merge_by }) => {
    expect(await verifyPromise(note, by, about)).toEqual({ received, mergeBy: merge_by });
  });

  test.each(promises.refused)("refused: $why", async ({ note }) => {
    await expect(verifyPromise(note, by, about)).rejects.toMatchObject({ code: "bad_promise" });
  });

  test.each(["deployment", "commitment", "mailbox"] as const)("refused: about another %s", async (name) => {
    const other = concat(about[name].subarray(1), new Uint8Array(1));
    const { note } = promises.kept[1] as { note: string };
    await expect(verifyPromise(note, by, { ...about, [name]: other })).rejects.toMatchObject({
      code: "bad_promise",
    });
  });
});

test.each(parcels.kept)("a parcel is packed alike: $body", async ({ fields, parts, body }) => {
  const texts = Object.entries(fields).map(([name, value]) => ({ name, value: `${value}` }));
  const packed = parcel([
    ...texts,
    ...parts.map(([name, data]) => ({ name: name as string, value: unb64(data as string) })),
  ]);
  expect(b64(new Uint8Array(await packed.arrayBuffer()))).toBe(body);
});

test.each(works)("$bits bits of work find the same nonce", async ({ commitment, bits, nonce }) => {
  expect(await work(unb64(commitment), bits)).toBe(nonce);
});
