/** Heads of pictures, whole, cut off and made up. */
import { describe, expect, it } from "vitest";
import { type Header, readHeader, type Unreadable } from "./header";

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const big16 = (n: number) => [n >> 8, n & 255];
const big32 = (n: number) => [...big16(n >>> 16), ...big16(n & 0xffff)];
const little16 = (n: number) => [n & 255, n >> 8];
const little24 = (n: number) => [n & 255, (n >> 8) & 255, n >> 16];

const png = (w: number, h: number) => [
  ...letters("\x89PNG\r\n\x1a\n"),
  0,
  0,
  0,
  13,
  ...letters("IHDR"),
  ...big32(w),
  ...big32(h),
];
const gif = (w: number, h: number) => [...letters("GIF89a"), ...little16(w), ...little16(h)];
const riff = (kind: string) => [...letters("RIFF"), 0, 0, 0, 0, ...letters(`WEBP${kind}`), 0, 0, 0, 0];
const lossy = (w: number, h: number) => [
  ...riff("VP8 "),
  0,
  0,
  0,
  0x9d,
  1,
  0x2a,
  ...little16(w),
  ...little16(h),
];
const extended = (w: number, h: number) => [
  ...riff("VP8X"),
  0,
  0,
  0,
  0,
  ...little24(w - 1),
  ...little24(h - 1),
];
const lossless = (w: number, h: number) => {
  const bits = (w - 1) | ((h - 1) << 14);
  return [...riff("VP8L"), 0x2f, bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, (bits >>> 24) & 255];
};
const frame = (w: number, h: number, kind = 0xc0) => [0xff, kind, ...big16(11), 8, ...big16(h), ...big16(w)];
const segment = (kind: number, length: number) => [
  0xff,
  kind,
  ...big16(length + 2),
  ...new Array(length).fill(0),
];
const jpeg = (w: number, h: number) => [
  0xff,
  0xd8,
  ...segment(0xe1, 3000),
  ...segment(0xc4, 20),
  0xff,
  ...frame(w, h),
];

const read = (bytes: number[]): Header | Unreadable => readHeader(Uint8Array.from(bytes));

describe("the head of a picture", () => {
  it.each([
    ["png", png],
    ["gif", gif],
    ["webp", lossy],
    ["webp", extended],
    ["webp", lossless],
    ["jpeg", jpeg],
  ] as const)("says how large a %s is", (kind, make) => {
    for (const [width, height] of [
      [1, 1],
      [640, 480],
      [12_345, 9_876],
    ] as const)
      expect(read(make(width, height))).toEqual({ kind, width, height });
  });

  it("knows every frame of JPEG and passes over what only looks like one", () => {
    for (const kind of [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xcf])
      expect(read([0xff, 0xd8, ...frame(9, 8, kind)])).toEqual({ kind: "jpeg", width: 9, height: 8 });
    for (const kind of [0xc4, 0xc8, 0xcc])
      expect(read([0xff, 0xd8, ...frame(9, 8, kind), ...new Array(4).fill(0), 0xff, 0xda])).toBe("broken");
  });

  it("finds no size before the scan of a JPEG without a frame", () => {
    expect(read([0xff, 0xd8, ...segment(0xe0, 14), 0xff, 0xda, ...frame(9, 8)])).toBe("broken");
  });

  it.each(["heic", "heix", "hevc", "mif1", "msf1", "avif"])(
    "knows that %s is a picture it cannot open",
    (brand) => {
      expect(read([0, 0, 0, 24, ...letters(`ftyp${brand}`)])).toBe("heic");
    },
  );

  it.each([
    ["nothing", []],
    ["a video", [0, 0, 0, 24, ...letters("ftypmp42")]],
    ["a page", letters("<!doctype html>")],
    ["a drawing", letters("<svg xmlns=")],
    ["RIFF that is a sound", letters("RIFF....WAVEfmt ")],
  ])("says that %s is no picture", (_, bytes) => {
    expect(read(bytes as number[])).toBe("unknown");
  });

  it("says of every head that is cut off that it is broken or no picture, never a size", () => {
    for (const whole of [png(5, 5), gif(5, 5), lossy(5, 5), extended(5, 5), lossless(5, 5), jpeg(5, 5)])
      for (let length = 0; length < whole.length; length++)
        expect(["broken", "unknown"]).toContain(read(whole.slice(0, length)));
  });

  it("never fails on noise behind a known beginning, and never returns nothing as a size", () => {
    let state = 1;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state & 255;
    };
    for (let round = 0; round < 3000; round++) {
      const beginning = [png(9, 9), gif(9, 9), lossy(9, 9), [0xff, 0xd8, 0xff]][round % 4] as number[];
      const bytes = [...beginning, ...Array.from({ length: random() }, random)];
      for (let spoilt = 0; spoilt < round % 7; spoilt++) bytes[random() % bytes.length] = random();
      const found = read(bytes);
      if (typeof found !== "string") expect(Math.min(found.width, found.height)).toBeGreaterThan(0);
    }
  });
});
