/** What is left of a JPEG file when everything but the picture is taken out. */
import { describe, expect, it } from "vitest";
import { strip } from "./jpeg";

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const segment = (kind: number, body: number[]) => [
  0xff,
  kind,
  (body.length + 2) >> 8,
  (body.length + 2) & 255,
  ...body,
];
const TABLE = segment(0xdb, [1, 2, 3]);
const FRAME = segment(0xc0, [8, 0, 1, 0, 1, 1]);
const SCAN = [...segment(0xda, [1, 0]), 9, 9, 0xff, 0, 9, 0xff, 0xd9];
const PICTURE = [0xff, 0xd8, ...TABLE, ...FRAME, ...SCAN];
const stripped = (bytes: number[]) => Array.from(strip(Uint8Array.from(bytes)));

describe("a stripped JPEG", () => {
  it("is the same when there was nothing but picture", () => {
    expect(stripped(PICTURE)).toEqual(PICTURE);
  });

  it.each(Array.from({ length: 17 }, (_, at) => (at < 16 ? 0xe0 + at : 0xfe)))(
    "has no segment %i",
    (kind) => {
      const secret = segment(kind, letters("Exif\0\0 50.41N 80.25E"));
      expect(stripped([0xff, 0xd8, ...secret, ...TABLE, ...secret, ...FRAME, ...secret, ...SCAN])).toEqual(
        PICTURE,
      );
    },
  );

  it("has nothing behind its end", () => {
    expect(stripped([...PICTURE, ...letters("PK\x03\x04 second file")])).toEqual(PICTURE);
  });

  it("is not made of bytes that are no JPEG file", () => {
    for (const bytes of [
      [],
      [0xff],
      [0xff, 0xd8],
      letters("not a picture at all"),
      PICTURE.slice(0, -2),
      [0xff, 0xd8, ...TABLE],
    ])
      expect(() => stripped(bytes)).toThrow(RangeError);
  });
});
