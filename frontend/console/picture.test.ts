import { expect, test } from "vitest";
import { measure, PictureRefused } from "./picture";

function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

function jpeg(width: number, height: number): Uint8Array {
  const app0 = [0xff, 0xe0, 0, 4, 1, 2];
  const frame = [0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return new Uint8Array([0xff, 0xd8, ...app0, ...frame]);
}

function webp(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(30);
  bytes.set([0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50, 0x56, 0x50, 0x38, 0x58]);
  bytes.set([(width - 1) & 255, (width - 1) >> 8, 0, (height - 1) & 255, (height - 1) >> 8, 0], 24);
  return bytes;
}

test.each([
  ["image/png", png],
  ["image/jpeg", jpeg],
  ["image/webp", webp],
] as const)("%s is measured by its header alone", (type, make) => {
  expect(measure(make(640, 480))).toEqual({ type, width: 640, height: 480 });
});

test("a decompression bomb is refused by its header, and its size is told", () => {
  expect(() => measure(png(60_000, 60_000))).toThrow(
    expect.objectContaining({ width: 60_000, height: 60_000 }),
  );
  expect(() => measure(png(1, 13_000))).toThrow(PictureRefused);
});

test.each([
  ["a page", "<!doctype html><script>alert(1)</script>"],
  ["an SVG with a script", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ["a GIF", "GIF89a\u0001\u0000\u0001\u0000"],
  ["nothing", ""],
])("%s is no picture, whatever it is called", (_, text) => {
  expect(() => measure(new TextEncoder().encode(text))).toThrow(PictureRefused);
});

test("pictures of no size are refused", () => {
  expect(() => measure(png(0, 10))).toThrow(PictureRefused);
  expect(() => measure(jpeg(10, 0))).toThrow(PictureRefused);
});

test("whatever is cut off or random ends in a refusal, never in another error", () => {
  for (const whole of [png(9, 9), jpeg(9, 9), webp(9, 9)]) {
    for (let length = 0; length < whole.length; length++) {
      try {
        measure(whole.subarray(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(PictureRefused);
      }
    }
  }
  for (let turn = 0; turn < 3000; turn++) {
    const bytes = crypto.getRandomValues(new Uint8Array(64));
    bytes.set([0xff, 0xd8, 0xff]);
    try {
      measure(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(PictureRefused);
    }
  }
});
