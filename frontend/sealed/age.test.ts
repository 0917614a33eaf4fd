/** The public age test vectors, and a second implementation of age, against ours. `test_age.py` reads the same. */

import { Decrypter, Encrypter } from "age-encryption";
import { describe, expect, test, vi } from "vitest";
import published from "../../tests/vectors/age.json";
import subset from "../../tests/vectors/age-subset.json";
import keys from "../../tests/vectors/keys.json";
import { openBlob, openWithFileKey, recipientOf, sealBlob } from "./age";
import { type Bytes, equal, random, unb64 } from "./bytes";
import { SealedError } from "./errors";
import { sha256 } from "./hash";
import { readHeader } from "./header";

/** A busy machine may take its time. */
vi.setConfig({ testTimeout: 60_000 });

const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const EXPECTED: Record<string, string> = {
  success: "opens",
  "no match": "not_for_us",
  "header failure": "not_age",
  "HMAC failure": "changed",
  "payload failure": "changed",
};

type Vector = (typeof published)[number];
type Judged = { by: string; gives: string; why?: string };

/** The seed in `AGE-SECRET-KEY-PQ-1…`, its checksum believed: only the tests read keys as text. */
function seedOf(identity: string): Bytes {
  const letters = identity.slice(identity.lastIndexOf("1") + 1, -6).toLowerCase();
  const bits = [...letters].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Uint8Array.from({ length: 32 }, (_, place) =>
    Number.parseInt(bits.slice(place * 8, place * 8 + 8), 2),
  );
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

async function fileOf({ file, compressed }: Vector): Promise<Bytes> {
  const bytes = unb64(file);
  if (!compressed) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** Open a vector as far as the subset goes. */
async function open(vector: Vector, by: string): Promise<Bytes> {
  const file = await fileOf(vector);
  if (by === "file key") return openWithFileKey(readHeader(file), fromHex(vector.file_key ?? ""));
  const own = vector.identities.find((identity) => identity.startsWith("AGE-SECRET-KEY-PQ-"));
  return openBlob(file, by === "identity" && own ? seedOf(own) : random(32));
}

async function judged(opening: Promise<Bytes>, payload: string | null): Promise<string> {
  try {
    expect(await sha256(await opening)).toEqual(fromHex(payload ?? ""));
    return "opens";
  } catch (error) {
    if (error instanceof SealedError) return error.code;
    throw error;
  }
}

describe("public vectors", () => {
  const table = subset as Record<string, Judged>;

  test("each is judged, and differs from what its authors expect only where a reason is given", () => {
    expect(Object.keys(table)).toEqual(published.map(({ name }) => name));
    for (const { name, expect: expected } of published) {
      const { gives, why } = table[name] as Judged;
      if (!why) expect([name, gives]).toEqual([name, EXPECTED[expected]]);
    }
  });

  test.each(published)("$name", async (vector) => {
    const { by, gives } = table[vector.name] as Judged;
    expect(await judged(open(vector, by), vector.payload)).toBe(gives);
    if (by === "header") expect(() => readHeader(unb64(vector.file))).toThrow(SealedError);
  });
});

describe("a second implementation", () => {
  test.each([0, 1, 65536, 65537])(
    "%i bytes sealed here open in the other implementation of age",
    async (length) => {
      const plain = new Uint8Array(length).fill(7);
      const [mine] = keys.recipients as [(typeof keys.recipients)[number]];
      const file = await sealBlob(plain, [await recipientOf(random(32)), unb64(mine.recipient)]);
      const other = new Decrypter();
      other.addIdentity(mine.identity_text);
      expect(equal(await other.decrypt(file), plain)).toBe(true);
    },
  );

  test.each([0, 1, 65536, 65537])("%i bytes sealed by the other implementation open here", async (length) => {
    const plain = new Uint8Array(length).fill(9);
    for (const { identity, recipient_text } of keys.recipients) {
      const other = new Encrypter();
      other.addRecipient(recipient_text);
      expect(equal(await openBlob(await other.encrypt(plain), unb64(identity)), plain)).toBe(true);
    }
  });
});
