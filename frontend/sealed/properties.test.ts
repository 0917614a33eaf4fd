/** For whatever comes in: what we write we read back, and what is wrong gives SealedError and nothing else. */

import { describe, expect, test, vi } from "vitest";
import promises from "../../tests/vectors/promise.json";
import byPython from "../../tests/vectors/sealed-by-python.json";
import { openBlob, recipientOf, sealBlob } from "./age";
import { type Bytes, b64, base64, concat, equal, random, unb64, unbase64, utf8 } from "./bytes";
import { canonicalText, type Json } from "./canonical";
import { deriveChild } from "./child";
import { SealedError } from "./errors";
import { readHeader, writeHeader } from "./header";
import { readLetter } from "./letter";
import { type MailboxAnswer, openMailbox } from "./mailbox";
import { readManifest, writeManifest } from "./manifest";
import { verifyPromise } from "./note";
import { padFile, padme, padPayload, unpadFile, unpadGrant, unpadPayload } from "./padding";
import { newReceipt, receiptDigits, receiptFromDigits, receiptsFromWords, receiptWords } from "./receipt";
import { fold, keyOf, wordsIn } from "./words";

/** A busy machine may take its time. */
vi.setConfig({ testTimeout: 60_000 });

/** Numbers that follow from a seed, so that a failure comes again. Source: mulberry32. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Chance = ReturnType<typeof chance>;

/** The same, `turns` times, with other chances each time; says which turn failed. */
async function often(turns: number, act: (below: Chance) => unknown): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    try {
      await act(chance(turn));
    } catch (error) {
      throw new Error(`turn ${turn}`, { cause: error });
    }
  }
}

function bytesBy(below: Chance, longest: number): Bytes {
  return Uint8Array.from({ length: below(longest + 1) }, () => below(256));
}

const LIKED = "ҚқңғүұөәіһёйĄaceiopxyhkə\u0301\u00adбвг 12.-/\u200b";

/** Any text, half characters included; most of it from what people type. */
function textBy(below: Chance, longest: number): string {
  const letters = Array.from({ length: below(longest + 1) }, () =>
    below(3) ? (LIKED[below(LIKED.length)] as string) : String.fromCharCode(below(65536)),
  );
  return letters.join("");
}

/** The bytes with a piece of them replaced by others. */
function spoiled(below: Chance, data: Uint8Array): Bytes {
  const start = below(data.length + 1);
  const end = Math.min(data.length, start + below(20));
  return concat(data.subarray(0, start), bytesBy(below, 20), data.subarray(end));
}

function spoiledText(below: Chance, text: string): string {
  const start = below(text.length + 1);
  return text.slice(0, start) + textBy(below, 6) + text.slice(start + below(6));
}

function jsonBy(below: Chance, depth = 3): Json {
  const plain = [null, true, false, 0, -1, Number.MAX_SAFE_INTEGER, "", textBy(below, 9), below(2 ** 31)];
  if (depth === 0 || below(3)) return plain[below(plain.length)] as Json;
  const inner = Array.from({ length: below(4) }, () => jsonBy(below, depth - 1));
  return below(2)
    ? inner
    : Object.fromEntries(inner.map((value) => [String.fromCharCode(below(128)), value]));
}

/** What it gives, or undefined when it was refused as documented. */
async function orRefused<T>(
  act: () => T | Promise<T>,
  kind: new (...all: never[]) => Error = SealedError,
): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof kind) return undefined;
    throw error;
  }
}

const SEED = new Uint8Array(32).fill(5);
const { thread } = byPython;

describe("whatever comes in", () => {
  test("base64 has one way to write", () =>
    often(500, async (below) => {
      const data = bytesBy(below, 40);
      expect(unb64(b64(data))).toEqual(data);
      expect(unbase64(base64(data))).toEqual(data);
      const text = spoiledText(below, b64(data));
      const read = await orRefused(() => unb64(text), RangeError);
      if (read) expect(b64(read)).toBe(text);
    }));

  test("canonical JSON is JSON, and written once more is the same", () =>
    often(500, (below) => {
      const written = canonicalText(jsonBy(below));
      expect(canonicalText(JSON.parse(written))).toBe(written);
      expect(written).toBe(written.normalize("NFC"));
    }));

  test("padding comes off again", () =>
    often(200, (below) => {
      const plain = bytesBy(below, below(20) ? 300 : 65532);
      expect(equal(unpadFile(padFile(plain)), plain)).toBe(true);
      expect(equal(unpadPayload(padPayload(plain)), plain)).toBe(true);
    }));

  test("PADMÉ adds an eighth at most and is stable", () =>
    often(500, (below) => {
      const length = 2 + below(2 ** (1 + below(30)));
      const padded = padme(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded).toBeLessThanOrEqual(length * 1.12);
      expect(padme(padded)).toBe(padded);
    }));

  test("unpadding refuses with SealedError alone", () =>
    often(300, async (below) => {
      const data = new Uint8Array([0, 256, 512, 4096][below(4)] as number);
      data.set(bytesBy(below, Math.min(8, data.length)));
      for (const unpad of [unpadFile, unpadGrant, unpadPayload]) {
        const plain = await orRefused(() => unpad(data));
        if (plain) expect(plain).toEqual(data.subarray(4, 4 + plain.length));
      }
    }));

  test("folding forgets case, accents and what stands between", () =>
    often(500, (below) => {
      for (const word of wordsIn(textBy(below, 30))) {
        expect(wordsIn(word)).toEqual([word]);
        expect(fold(word).startsWith(keyOf(word))).toBe(true);
      }
      const typed = Array.from({ length: 6 }, () => LIKED[below(LIKED.length)]).join("");
      expect(fold(typed.toUpperCase())).toBe(fold(typed));
      expect(fold(typed.normalize("NFD"))).toBe(fold(typed.normalize("NFC")));
    }));

  test("a receipt is read back however it is written, and refused with SealedError alone", () => {
    const list = [..."бвгджзклмнпрстфш"].flatMap((a) =>
      [..."аеоұ"].flatMap((b) => [..."бвгджзкл"].flatMap((c) => [..."аеоү"].map((d) => a + b + c + d))),
    );
    return often(200, async (below) => {
      const receipt = newReceipt();
      const between = [" ", ", ", "\n", "-", " 1."][below(5)] as string;
      const words = receiptWords(receipt, list).map((word) => (below(2) ? word.toUpperCase() : word));
      expect(receiptsFromWords(words.join(between), [list])).toEqual([receipt]);
      expect(receiptFromDigits(receiptDigits(receipt).replace(/.{4}/g, "$& "))).toEqual(receipt);
      await orRefused(() => receiptsFromWords(spoiledText(below, words.join(" ")), [list]));
      await orRefused(() => receiptFromDigits(spoiledText(below, receiptDigits(receipt))));
    });
  });

  test("a manifest is refused with SealedError alone, or is what was read", () =>
    often(1000, async (below) => {
      const good = thread.form.manifest;
      const value = JSON.parse(good);
      const key = Object.keys(value)[below(10)] as string;
      const text = below(2) ? spoiledText(below, good) : canonicalText({ ...value, [key]: jsonBy(below) });
      const read = await orRefused(() => readManifest(text));
      if (read) expect(writeManifest(read)).toBe(text);
    }));

  test("a letter is refused with SealedError alone", () =>
    often(500, async (below) => {
      const letter = {
        v: 1,
        language: "kk",
        text: "",
        files: [{ kind: "photo", type: "", name: "", length: 1 }],
      };
      const key = ["v", "language", "text", "files", "reasons", "about", "age"][below(7)] as string;
      const read = await orRefused(() =>
        readLetter(utf8(JSON.stringify({ ...letter, [key]: jsonBy(below) }))),
      );
      if (read) expect(read.reasons.every((reason) => typeof reason === "string")).toBe(true);
      await orRefused(() => readLetter(spoiled(below, utf8(JSON.stringify(letter)))));
    }));

  test("a promise is refused with SealedError alone, or is the one that was made", async () => {
    const [, { note: good }] = promises.kept as [unknown, { note: string }];
    const by = { name: promises.name, key: unb64(promises.key) };
    const about = {
      deployment: unb64(promises.deployment),
      commitment: unb64(promises.commitment),
      mailbox: unb64(promises.mailbox),
    };
    await often(300, async (below) => {
      const text = spoiledText(below, good);
      if (await orRefused(() => verifyPromise(text, by, about))) expect(text).toBe(good);
    });
  });

  test("an age file is refused with SealedError alone, or is the one that was sealed", async () => {
    const plain = utf8("a text of some length");
    const good = await sealBlob(plain, [await recipientOf(SEED)]);
    await often(150, async (below) => {
      const data = spoiled(below, good);
      const opened = await orRefused(() => openBlob(data, SEED));
      if (opened) expect([equal(data, good), equal(opened, plain)]).toEqual([true, true]);
    });
  });

  test("a header that is read is the one way to write it", async () => {
    const good = utf8(`${writeHeader([{ args: ["kind", "2"], body: random(70) }])} ${base64(random(32))}\n`);
    await often(1000, async (below) => {
      const header = await orRefused(() => readHeader(spoiled(below, good)));
      if (header) expect(utf8(writeHeader(header.stanzas))).toEqual(new Uint8Array(header.signed));
    });
  });

  test("a mailbox's answer is refused with SealedError alone", async () => {
    const child = await deriveChild(unb64(thread.receipt), unb64(thread.deployment));
    await often(60, async (below) => {
      const [first, ...rest] = thread.mailbox.messages;
      const key = ["messages", "desks", "grant", "manifest", "commitment"][below(5)] as string;
      const inner = ["sequence", "author", "previous", "signature", "ciphertext", "files"][
        below(6)
      ] as string;
      const messages = [{ ...first, [inner]: jsonBy(below) }, ...rest];
      const answer = { ...thread.mailbox, ...(below(2) ? { [key]: jsonBy(below) } : { messages }) };
      await orRefused(() => openMailbox(answer as unknown as MailboxAnswer, child, unb64(thread.deployment)));
    });
  });
});
