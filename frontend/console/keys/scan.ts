/** Reading the QR symbol of a sheet from a picture that somebody took; the picture goes nowhere. */

const LONGEST_SIDE = 1600;
const EFFORT = { effort: 4, timeLimit: 3_000 };

/** The text of the symbol in a picture; throws when there is none. */
export async function readSymbol(picture: Blob): Promise<string> {
  const { default: decode } = await import("qr/decode.js");
  const { data, width, height } = await pixelsOf(picture);
  return decode({ data, width, height }, EFFORT);
}

/** The picture in memory, no larger than it must be. */
async function pixelsOf(picture: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(picture);
  const shrunk = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * shrunk);
  canvas.height = Math.round(bitmap.height * shrunk);
  const context = canvas.getContext("2d");
  if (!context) throw new TypeError("no canvas");
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
