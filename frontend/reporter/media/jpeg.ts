/** Takes every application segment and comment out of a JPEG file: what a canvas leaves (JFIF, colour profile) goes too. */

const START_OF_SCAN = 0xda;
const COMMENT = 0xfe;

/** The same picture with nothing but picture in it. Throws RangeError on bytes that are not a JPEG file. */
export function strip(jpeg: Uint8Array): Uint8Array {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  const kept = [jpeg.subarray(0, 2)];
  let at = 2;
  while (view.getUint8(at + 1) !== START_OF_SCAN) {
    if (view.getUint8(at) !== 0xff) throw new RangeError("not a segment");
    const end = at + 2 + view.getUint16(at + 2);
    if (!isMetadata(view.getUint8(at + 1))) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  kept.push(jpeg.subarray(at, endOfPicture(jpeg)));
  return joined(kept);
}

function isMetadata(marker: number): boolean {
  return (marker >= 0xe0 && marker <= 0xef) || marker === COMMENT;
}

/** Behind the last end-of-image marker somebody could hide a second file. */
function endOfPicture(jpeg: Uint8Array): number {
  for (let at = jpeg.length - 2; at > 0; at--) if (jpeg[at] === 0xff && jpeg[at + 1] === 0xd9) return at + 2;
  throw new RangeError("no end of image");
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
