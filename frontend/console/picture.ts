/** Pictures from strangers: measured by their header before anything decodes them, then drawn, never linked. */

import { strip } from "../reporter/media/jpeg";

const MOST_PIXELS = 40_000_000;
const MOST_SIDE = 12_000;
const SHOWN_SIDE = 1600;

/** Not a picture that may be opened; `width` and `height` when it is only too large. */
export class PictureRefused extends Error {
  constructor(
    readonly width = 0,
    readonly height = 0,
  ) {
    super("refused");
    this.name = "PictureRefused";
  }
}

export interface Measured {
  type: "image/jpeg" | "image/png" | "image/webp";
  width: number;
  height: number;
}

/** Type and size by the header; throws PictureRefused for what is no JPEG, PNG or WebP, or too large to decode. */
export function measure(bytes: Uint8Array): Measured {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = png(view) ?? jpeg(view) ?? webp(view);
  if (!found?.width || !found.height) throw new PictureRefused();
  const { width, height } = found;
  if (width * height > MOST_PIXELS || Math.max(width, height) > MOST_SIDE)
    throw new PictureRefused(width, height);
  return found;
}

function png(view: DataView): Measured | undefined {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a)
    return undefined;
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Walk the segments to the frame header (ITU T.81, B.2.2). */
function jpeg(view: DataView): Measured | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker))
      return { type: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The first chunk says the size, in one of three ways (RFC 9649). */
function webp(view: DataView): Measured | undefined {
  if (view.byteLength < 30 || view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250)
    return undefined;
  const size = webpSize(view, view.getUint32(12));
  return size && { type: "image/webp", ...size };
}

function webpSize(view: DataView, chunk: number): { width: number; height: number } | undefined {
  const u24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (chunk === 0x56503858) return { width: u24(24) + 1, height: u24(27) + 1 };
  if (chunk === 0x56503820)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 0x5650384c) return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** Draw into a canvas, no larger than a screen needs; throws PictureRefused. */
export async function drawSafely(bytes: Uint8Array, canvas: HTMLCanvasElement): Promise<void> {
  const { type, width, height } = measure(bytes);
  const scale = Math.min(1, SHOWN_SIDE / Math.max(width, height));
  const bitmap = await decode(bytes, type, Math.max(1, Math.round(width * scale)));
  if (bitmap.width * bitmap.height > MOST_PIXELS) throw new PictureRefused(bitmap.width, bitmap.height);
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
}

async function decode(bytes: Uint8Array, type: string, resizeWidth: number): Promise<ImageBitmap> {
  try {
    const blob = new Blob([bytes.slice().buffer], { type });
    return await createImageBitmap(blob, { resizeWidth, resizeQuality: "high" });
  } catch {
    throw new PictureRefused();
  }
}

/** A picture drawn anew as JPEG: nothing of the camera's notes stays. */
export async function redrawn(bytes: Uint8Array): Promise<Uint8Array> {
  const canvas = document.createElement("canvas");
  await drawSafely(bytes, canvas);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  if (!blob) throw new PictureRefused();
  return strip(new Uint8Array(await blob.arrayBuffer()));
}
