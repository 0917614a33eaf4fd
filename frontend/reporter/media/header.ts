/** Reads an image's kind and size from its first bytes, so that a decompression bomb is refused before it is decoded. */

export type ImageKind = "jpeg" | "png" | "webp" | "gif";

export interface Header {
  readonly kind: ImageKind;
  readonly width: number;
  readonly height: number;
}

/** `heic`: a picture format no browser here opens. `broken`: a known kind whose size cannot be read. `unknown`: no picture. */
export type Unreadable = "heic" | "broken" | "unknown";

/** The header of a picture, or why it has none. */
export function readHeader(bytes: Uint8Array): Header | Unreadable {
  const kind = kindOf(bytes);
  if (kind === "heic" || kind === "unknown") return kind;
  try {
    const [width, height] = SIZES[kind](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return width > 0 && height > 0 ? { kind, width, height } : "broken";
  } catch (error) {
    if (error instanceof RangeError) return "broken";
    throw error;
  }
}

function kindOf(bytes: Uint8Array): ImageKind | "heic" | "unknown" {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (/^RIFF.{4}WEBP/s.test(start)) return "webp";
  if (/^GIF8[79]a/.test(start)) return "gif";
  return /^.{4}ftyp(hei|hev|mif1|msf1|avi)/s.test(start) ? "heic" : "unknown";
}

type Size = readonly [number, number];

const SIZES: Record<ImageKind, (view: DataView) => Size> = {
  jpeg: jpegSize,
  png: (view) => [view.getUint32(16), view.getUint32(20)],
  gif: (view) => [view.getUint16(6, true), view.getUint16(8, true)],
  webp: webpSize,
};

/** ITU T.81: segments until the start of a frame (SOF0 to SOF15 without DHT, JPG, DAC). Throws RangeError when it ends first. */
function jpegSize(view: DataView): Size {
  let at = 2;
  for (;;) {
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xda) throw new RangeError("no frame");
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

/** RFC 9649: extended, lossless or lossy, told apart by the fourth letter of the first chunk. */
function webpSize(view: DataView): Size {
  const letter = String.fromCharCode(view.getUint8(15));
  if (letter === "X") return [1 + uint24(view, 24), 1 + uint24(view, 27)];
  if (letter === "L") {
    const bits = view.getUint32(21, true);
    return [1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff)];
  }
  return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
