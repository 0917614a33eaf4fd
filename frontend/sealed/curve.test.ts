/** X25519 against the standard's own vectors, and against the whole library that it is cut out of. */

import { x25519 as whole } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes, randomBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { x25519 } from "./curve";

/** RFC 7748, 5.2: scalar, u-coordinate, result. The second u has its unused bit set. */
const VECTORS = [
  [
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
    "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
    "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
  ],
  [
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
    "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
    "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
  ],
] as const;
/** Points of small order, written in the ways that leave a secret which is all zeros. */
const SMALL = ["00".repeat(32), `01${"00".repeat(31)}`, `ed${"ff".repeat(30)}7f`, `ee${"ff".repeat(30)}7f`];

test.each(VECTORS)("the standard's vector %s", (scalar, point, result) => {
  expect(bytesToHex(x25519.getSharedSecret(hexToBytes(scalar), hexToBytes(point)))).toBe(result);
});

test("random keys and points give what the whole library gives", () => {
  for (let turn = 0; turn < 20; turn++) {
    const [scalar, point] = [randomBytes(32), randomBytes(32)];
    expect(x25519.getPublicKey(scalar)).toEqual(whole.getPublicKey(scalar));
    expect(x25519.getSharedSecret(scalar, point)).toEqual(whole.getSharedSecret(scalar, point));
  }
});

test.each(SMALL)("a point of small order is refused: %s", (point) => {
  expect(() => x25519.getSharedSecret(randomBytes(32), hexToBytes(point))).toThrow();
});

test("keys are not changed by being used", () => {
  const scalar = new Uint8Array(32).fill(255);
  x25519.getPublicKey(scalar);
  expect(scalar).toEqual(new Uint8Array(32).fill(255));
});
