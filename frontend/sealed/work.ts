/** The small sum that deters scripts; bound to the commitment, so that no challenge has to be asked for. */

import { type Bytes, concat, u32 } from "./bytes";
import { compress, START } from "./compress";
import { label } from "./hash";
import { breather } from "./pace";

const STRIDE = 1024;
const LENGTH = 66 * 8;

/** How far it is: `tried` sums of the `expected` that are needed on average. */
export type WorkProgress = (tried: number, expected: number) => void;

/**
 * The first nonce for which H("work", commitment, u64 nonce) begins with `bits` zero bits (at most 32). What is hashed
 * fills one block and ten bytes: 65,536 nonces share the first block, each needs one compression.
 */
export async function work(
  commitment: Uint8Array,
  bits: number,
  progress: WorkProgress = () => {},
): Promise<number> {
  const breath = breather();
  const attempt = attempts(commitment);
  for (let nonce = 0; ; nonce++) {
    if (Math.clz32(attempt(nonce)) >= bits) return nonce;
    if (nonce % STRIDE === 0) {
      progress(nonce, 2 ** bits);
      await breath();
    }
  }
}

/** The first word of the hash for a nonce below 2^48. */
function attempts(commitment: Uint8Array): (nonce: number) => number {
  const prefix = concat(label("work"), new Uint8Array(1), u32(32), commitment, u32(8));
  const schedule = new Int32Array(64);
  const block = new Int32Array(16);
  block[15] = LENGTH;
  let middle: number[] = [];
  return (nonce) => {
    if (nonce % 65536 === 0) middle = compress(START, words(firstBlock(prefix, nonce / 65536)), schedule);
    block[0] = (nonce << 16) | 0x8000;
    return compress(middle, block, schedule)[0] as number;
  };
}

/** The prefix and the upper six bytes of the nonce. */
function firstBlock(prefix: Uint8Array, high: number): Bytes {
  return concat(prefix, u16(high / 2 ** 32), u32(high));
}

function u16(number: number): Bytes {
  return u32(number).subarray(2);
}

function words(block: Bytes): number[] {
  const view = new DataView(block.buffer);
  return Array.from({ length: 16 }, (_, i) => view.getInt32(i * 4));
}
