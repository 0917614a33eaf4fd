/**
 * SHA-256's compression of one block, for the proof of work alone: WebCrypto can hash only whole messages, one promise
 * each, which costs a slow phone fifty times more than the sum itself. Source: FIPS 180-4.
 */

const PRIMES = primes(64);
const FRACTION = 2 ** 32;

/** Where hashing begins: the fractions of the square roots of the first eight primes. */
export const START: readonly number[] = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/** The round constants: the fractions of the cube roots of the first 64 primes. */
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

/** What `state` (8 words) becomes by a block of 16 words; `schedule` is room for 64. */
export function compress(state: readonly number[], block: ArrayLike<number>, schedule: Int32Array): number[] {
  expandBlock(block, schedule);
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const one = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + one + ((e & f) ^ (~e & g)) + (ROUNDS[i] as number) + (schedule[i] as number)) | 0;
    const two = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (two + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + (state[i] as number)) | 0);
}

function expandBlock(block: ArrayLike<number>, schedule: Int32Array): void {
  for (let i = 0; i < 16; i++) schedule[i] = block[i] as number;
  for (let i = 16; i < 64; i++) {
    const [near, far] = [schedule[i - 15] as number, schedule[i - 2] as number];
    const one = rotate(near, 7) ^ rotate(near, 18) ^ (near >>> 3);
    const two = rotate(far, 17) ^ rotate(far, 19) ^ (far >>> 10);
    schedule[i] = (schedule[i - 16] as number) + one + (schedule[i - 7] as number) + two;
  }
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function fraction(root: number): number {
  return ((root % 1) * FRACTION) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let tried = 2; found.length < count; tried++) {
    if (found.every((prime) => tried % prime)) found.push(tried);
  }
  return found;
}
