import { expect, test } from "vitest";
import { SoundRefused, soundType } from "./sound";

test("sounds are known by their first bytes", () => {
  expect(soundType(new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0]))).toBe("audio/webm");
  expect(soundType(new TextEncoder().encode("OggS and more"))).toBe("audio/ogg");
  expect(soundType(new TextEncoder().encode("\0\0\0\u0020ftypM4A "))).toBe("audio/mp4");
});

test("a page is no sound, whatever it is called", () => {
  expect(() => soundType(new TextEncoder().encode("<html>"))).toThrow(SoundRefused);
  expect(() => soundType(new Uint8Array())).toThrow(SoundRefused);
});
