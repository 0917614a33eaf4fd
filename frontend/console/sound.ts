/** What kind of sound some bytes are, by their own first words and not by what somebody says. */

/** The data is no sound that is known here. */
export class SoundRefused extends Error {}

const BEGINNINGS: [string, number[], number][] = [
  ["audio/webm", [0x1a, 0x45, 0xdf, 0xa3], 0],
  ["audio/ogg", [0x4f, 0x67, 0x67, 0x53], 0],
  ["audio/wav", [0x52, 0x49, 0x46, 0x46], 0],
  ["audio/mpeg", [0x49, 0x44, 0x33], 0],
  ["audio/mp4", [0x66, 0x74, 0x79, 0x70], 4],
];

/** The type; throws SoundRefused for anything else. */
export function soundType(bytes: Uint8Array): string {
  const found = BEGINNINGS.find(([, magic, at]) => magic.every((byte, place) => bytes[at + place] === byte));
  if (!found) throw new SoundRefused("no sound");
  return found[0];
}
