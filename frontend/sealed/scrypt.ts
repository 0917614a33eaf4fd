/** scrypt with r = 8 and p = 1, in short steps. Source: RFC 7914. WebCrypto does both ends, the middle is here. */

import type { Bytes } from "./bytes";
import { pbkdf2 } from "./hash";
import { breather } from "./pace";

/** 32-bit words in a block: 128 · r bytes. */
const BLOCK = 256;
const PIECES = BLOCK / 16;
/** Rounds between two looks at the clock. */
const STRIDE = 256;

/** 32 bytes from a secret; `cost` is N, a power of two: 2^15 takes 32 MiB. */
export async function scrypt(
  secret: Uint8Array,
  salt: Uint8Array,
  cost: number,
  progress: (share: number) => void = () => {},
): Promise<Bytes> {
  const block = await pbkdf2(secret, salt, BLOCK * 4);
  await mixWholly(littleEndian(block), cost, progress);
  const key = await pbkdf2(secret, block, 32);
  block.fill(0);
  return key;
}

/** The block as words in place: every browser that there is runs on little-endian machines. */
function littleEndian(block: Bytes): Int32Array {
  return new Int32Array(block.buffer);
}

/** ROMix: fill a table with what the block becomes, then walk it by what the block says. */
async function mixWholly(block: Int32Array, cost: number, progress: (share: number) => void): Promise<void> {
  const table = new Int32Array((cost + 1) * BLOCK);
  table.set(block);
  await repeat(
    cost,
    (turn) => mixBlock(table, turn * BLOCK, table, (turn + 1) * BLOCK),
    (share) => progress(share / 2),
  );
  block.set(table.subarray(cost * BLOCK));
  const mixed = new Int32Array(BLOCK);
  const walk = () => {
    const at = ((block[BLOCK - 16] as number) & (cost - 1)) * BLOCK;
    for (let i = 0; i < BLOCK; i++) mixed[i] = (block[i] as number) ^ (table[at + i] as number);
    mixBlock(mixed, 0, block, 0);
  };
  await repeat(cost, walk, (share) => progress((1 + share) / 2));
  table.fill(0);
  mixed.fill(0);
}

async function repeat(
  turns: number,
  act: (turn: number) => void,
  progress: (share: number) => void,
): Promise<void> {
  const breath = breather();
  for (let turn = 0; turn < turns; turn++) {
    act(turn);
    if (turn % STRIDE) continue;
    progress(turn / turns);
    await breath();
  }
}

/** BlockMix of the block at `from` into that at `to`: each piece chained to the last, even ones first, odd ones second. */
function mixBlock(input: Int32Array, from: number, output: Int32Array, to: number): void {
  let chain = input;
  let at = from + BLOCK - 16;
  for (let piece = 0; piece < PIECES; piece++) {
    const place = to + ((piece >> 1) + (piece & 1) * (PIECES / 2)) * 16;
    salsa(chain, at, input, from + piece * 16, output, place);
    chain = output;
    at = place;
  }
}

/** Salsa20/8 of one piece xored with another. Twenty rounds of names, because an array here costs half the speed. */
function salsa(
  chain: Int32Array,
  at: number,
  input: Int32Array,
  from: number,
  output: Int32Array,
  to: number,
): void {
  const y0 = (chain[at] as number) ^ (input[from] as number);
  const y1 = (chain[at + 1] as number) ^ (input[from + 1] as number);
  const y2 = (chain[at + 2] as number) ^ (input[from + 2] as number);
  const y3 = (chain[at + 3] as number) ^ (input[from + 3] as number);
  const y4 = (chain[at + 4] as number) ^ (input[from + 4] as number);
  const y5 = (chain[at + 5] as number) ^ (input[from + 5] as number);
  const y6 = (chain[at + 6] as number) ^ (input[from + 6] as number);
  const y7 = (chain[at + 7] as number) ^ (input[from + 7] as number);
  const y8 = (chain[at + 8] as number) ^ (input[from + 8] as number);
  const y9 = (chain[at + 9] as number) ^ (input[from + 9] as number);
  const y10 = (chain[at + 10] as number) ^ (input[from + 10] as number);
  const y11 = (chain[at + 11] as number) ^ (input[from + 11] as number);
  const y12 = (chain[at + 12] as number) ^ (input[from + 12] as number);
  const y13 = (chain[at + 13] as number) ^ (input[from + 13] as number);
  const y14 = (chain[at + 14] as number) ^ (input[from + 14] as number);
  const y15 = (chain[at + 15] as number) ^ (input[from + 15] as number);
  let x0 = y0,
    x1 = y1,
    x2 = y2,
    x3 = y3,
    x4 = y4,
    x5 = y5,
    x6 = y6,
    x7 = y7,
    x8 = y8,
    x9 = y9,
    x10 = y10,
    x11 = y11,
    x12 = y12,
    x13 = y13,
    x14 = y14,
    x15 = y15;
  for (let round = 0; round < 8; round += 2) {
    x4 ^= rotate((x0 + x12) | 0, 7);
    x8 ^= rotate((x4 + x0) | 0, 9);
    x12 ^= rotate((x8 + x4) | 0, 13);
    x0 ^= rotate((x12 + x8) | 0, 18);
    x9 ^= rotate((x5 + x1) | 0, 7);
    x13 ^= rotate((x9 + x5) | 0, 9);
    x1 ^= rotate((x13 + x9) | 0, 13);
    x5 ^= rotate((x1 + x13) | 0, 18);
    x14 ^= rotate((x10 + x6) | 0, 7);
    x2 ^= rotate((x14 + x10) | 0, 9);
    x6 ^= rotate((x2 + x14) | 0, 13);
    x10 ^= rotate((x6 + x2) | 0, 18);
    x3 ^= rotate((x15 + x11) | 0, 7);
    x7 ^= rotate((x3 + x15) | 0, 9);
    x11 ^= rotate((x7 + x3) | 0, 13);
    x15 ^= rotate((x11 + x7) | 0, 18);
    x1 ^= rotate((x0 + x3) | 0, 7);
    x2 ^= rotate((x1 + x0) | 0, 9);
    x3 ^= rotate((x2 + x1) | 0, 13);
    x0 ^= rotate((x3 + x2) | 0, 18);
    x6 ^= rotate((x5 + x4) | 0, 7);
    x7 ^= rotate((x6 + x5) | 0, 9);
    x4 ^= rotate((x7 + x6) | 0, 13);
    x5 ^= rotate((x4 + x7) | 0, 18);
    x11 ^= rotate((x10 + x9) | 0, 7);
    x8 ^= rotate((x11 + x10) | 0, 9);
    x9 ^= rotate((x8 + x11) | 0, 13);
    x10 ^= rotate((x9 + x8) | 0, 18);
    x12 ^= rotate((x15 + x14) | 0, 7);
    x13 ^= rotate((x12 + x15) | 0, 9);
    x14 ^= rotate((x13 + x12) | 0, 13);
    x15 ^= rotate((x14 + x13) | 0, 18);
  }
  output[to] = (y0 + x0) | 0;
  output[to + 1] = (y1 + x1) | 0;
  output[to + 2] = (y2 + x2) | 0;
  output[to + 3] = (y3 + x3) | 0;
  output[to + 4] = (y4 + x4) | 0;
  output[to + 5] = (y5 + x5) | 0;
  output[to + 6] = (y6 + x6) | 0;
  output[to + 7] = (y7 + x7) | 0;
  output[to + 8] = (y8 + x8) | 0;
  output[to + 9] = (y9 + x9) | 0;
  output[to + 10] = (y10 + x10) | 0;
  output[to + 11] = (y11 + x11) | 0;
  output[to + 12] = (y12 + x12) | 0;
  output[to + 13] = (y13 + x13) | 0;
  output[to + 14] = (y14 + x14) | 0;
  output[to + 15] = (y15 + x15) | 0;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
