/**
 * Draws a photo anew and keeps only the drawing: place, time, phone, thumbnail and colour profile stay behind.
 * What the picture shows, and the camera sensor's own noise, stay in it; the page says so.
 */
import { readHeader } from "./header";
import { strip } from "./jpeg";

/**
 * `not_picture`: another kind of file. `heic`: a kind of picture this browser cannot open. `too_big`: more bytes or
 * pixels than a phone's camera makes. `broken`: cut off or damaged. `blocked`: this browser does not let pages draw.
 */
export type PhotoFailure = "not_picture" | "heic" | "too_big" | "broken" | "blocked";

export class PhotoError extends Error {
  constructor(readonly code: PhotoFailure) {
    super(code);
    this.name = "PhotoError";
  }
}

export interface Photo {
  readonly bytes: Uint8Array;
  readonly type: "image/jpeg";
  readonly width: number;
  readonly height: number;
}

export const MAX_FILE_BYTES = 30 * 1024 * 1024;
/** A phone's 50-megapixel camera fits; decoded it is 200 MB. */
export const MAX_PIXELS = 52_000_000;
export const MAX_SIDE = 1600;
export const TARGET_BYTES = 300_000;
const HEADER_BYTES = 512 * 1024;
type Step = readonly [side: number, quality: number];
const FIRST_STEP: Step = [MAX_SIDE, 0.82];
/** Tried in this order while the target is missed; the last is taken as it is. */
const SMALLER_STEPS: readonly Step[] = [
  [MAX_SIDE, 0.7],
  [MAX_SIDE, 0.55],
  [1280, 0.55],
  [1024, 0.5],
  [800, 0.4],
];

/** A photo that says nothing but what it shows. Throws PhotoError. */
export async function disguisePhoto(file: Blob): Promise<Photo> {
  await checkHeader(file);
  const picture = await decode(file);
  try {
    return await redraw(picture);
  } finally {
    picture.close();
  }
}

/** Judges the file by its bytes: its name and type are only what somebody says about it. */
async function checkHeader(file: Blob): Promise<void> {
  const header = readHeader(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
  if (header === "unknown") throw new PhotoError("not_picture");
  if (typeof header === "string") throw new PhotoError(header);
  if (file.size > MAX_FILE_BYTES || header.width * header.height > MAX_PIXELS)
    throw new PhotoError("too_big");
}

/** Turns the picture as its EXIF says; every browser that has this function does so unasked. */
async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new PhotoError("broken");
  }
}

async function redraw(picture: ImageBitmap): Promise<Photo> {
  let photo = await draw(picture, ...FIRST_STEP);
  for (const step of SMALLER_STEPS) {
    if (photo.bytes.length <= TARGET_BYTES) break;
    photo = await draw(picture, ...step);
  }
  return photo;
}

async function draw(picture: ImageBitmap, side: number, quality: number): Promise<Photo> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = paint(picture, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  canvas.width = 0;
  if (blob?.type !== "image/jpeg") throw new PhotoError("blocked");
  return { bytes: strip(new Uint8Array(await blob.arrayBuffer())), type: "image/jpeg", width, height };
}

/** On white, because JPEG has no transparency. */
function paint(picture: ImageBitmap, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d", { alpha: false });
  if (!pen) throw new PhotoError("blocked");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  return canvas;
}
