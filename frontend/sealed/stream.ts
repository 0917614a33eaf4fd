/** The payload of an age file: chunks of 64 KiB, each sealed under its number. Source: C2SP age, STREAM. */

import { type Bytes, concat } from "./bytes";
import { engine } from "./engine";
import { orFault, SealedError } from "./errors";
import { breather } from "./pace";

const CHUNK = 65536;
const TAG = 16;

/** Seal a payload under its key. */
export async function sealStream(key: Bytes, plain: Uint8Array): Promise<Bytes> {
  const { seal } = await engine();
  return overChunks(plain, CHUNK, (nonce, piece) => seal(key, nonce, piece));
}

/** Open a payload; SealedError "changed" unless every chunk is there, whole and in its place. */
export async function openStream(key: Bytes, sealed: Uint8Array): Promise<Bytes> {
  const { open } = await engine();
  const size = CHUNK + TAG;
  if (sealed.length > size && sealed.length % size === TAG)
    throw new SealedError("changed", "an empty last chunk");
  return orFault("changed", () => overChunks(sealed, size, (nonce, piece) => open(key, nonce, piece)));
}

async function overChunks(
  data: Uint8Array,
  size: number,
  act: (nonce: Bytes, piece: Bytes) => Promise<Bytes>,
): Promise<Bytes> {
  const breath = breather();
  const count = Math.max(1, Math.ceil(data.length / size));
  const pieces: Bytes[] = [];
  for (let place = 0; place < count; place++) {
    pieces.push(await act(nonceOf(place, place === count - 1), data.slice(place * size, (place + 1) * size)));
    await breath();
  }
  return concat(...pieces);
}

/** An 11-byte counter, then whether this is the last chunk. */
function nonceOf(place: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, place);
  nonce[11] = Number(last);
  return nonce;
}
