/** X25519 for browsers that have none: noble's ladder with the parameters of RFC 7748, without all the other curves. */

import { montgomery } from "@noble/curves/abstract/montgomery.js";

const P = 2n ** 255n - 19n;
/** Of p - 2, which everybody knows: how long an inversion takes tells nothing about what is inverted. */
const BITS = (P - 2n).toString(2);

/** x^(p-2), which is 1/x, and 0 of 0. */
function inverse(x: bigint): bigint {
  let power = 1n;
  for (const bit of BITS) {
    power = (power * power) % P;
    if (bit === "1") power = (power * x) % P;
  }
  return power;
}

/** RFC 7748, 5: what makes 32 bytes a scalar. */
function clamped(bytes: Uint8Array): Uint8Array {
  bytes[0] = (bytes[0] as number) & 248;
  bytes[31] = ((bytes[31] as number) & 127) | 64;
  return bytes;
}

export const x25519 = montgomery({ P, type: "x25519", powPminus2: inverse, adjustScalarBytes: clamped });
