import { expect, test } from "vitest";
import { NotReadable, readContent, readMessage } from "./reading";

const CONTENT = {
  v: 1,
  language: "kk",
  reasons: ["bullying"],
  about: [],
  age: "10_13",
  who: "self",
  safe: "no",
  text: "Сәлем",
  school: "KZ-10.ABCDEFGH",
  files: [{ kind: "photo", type: "image/jpeg", name: "", length: 12 }],
};

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

test("a first message is read as it was written", () => {
  const { v: _, ...content } = CONTENT;
  expect(readContent(bytes(CONTENT))).toEqual(content);
});

test("a later message needs words, a language and files", () => {
  expect(readMessage(bytes({ v: 1, language: "ru", text: "да", files: [] }))).toEqual({
    text: "да",
    files: [],
  });
});

test.each([
  ["another version", { ...CONTENT, v: 2 }],
  ["a text that is a number", { ...CONTENT, text: 5 }],
  ["reasons that are a text", { ...CONTENT, reasons: "bullying" }],
  ["an unknown answer about safety", { ...CONTENT, safe: "maybe" }],
  ["an unknown kind of file", { ...CONTENT, files: [{ ...CONTENT.files[0], kind: "script" }] }],
  ["a negative length", { ...CONTENT, files: [{ ...CONTENT.files[0], length: -1 }] }],
  ["a thousand files", { ...CONTENT, files: Array(1000).fill(CONTENT.files[0]) }],
  ["a missing field", { ...CONTENT, about: undefined }],
  ["a list", [CONTENT]],
  ["null", null],
])("%s is not readable", (_, value) => {
  expect(() => readContent(bytes(value))).toThrow(NotReadable);
});

test("bytes that are no UTF-8 or no JSON are not readable", () => {
  expect(() => readContent(new Uint8Array([0xff, 0xfe]))).toThrow(NotReadable);
  expect(() => readContent(new TextEncoder().encode("{"))).toThrow(NotReadable);
});

test("what is read has only the known fields, so a prototype cannot be smuggled in", () => {
  const hostile = JSON.stringify(CONTENT).replace("{", '{"__proto__":{"admin":true},"extra":1,');
  const found = readContent(new TextEncoder().encode(hostile)) as unknown as Record<string, unknown>;
  expect(Object.keys(found).sort()).toEqual(
    Object.keys(CONTENT)
      .filter((key) => key !== "v")
      .sort(),
  );
  expect(found.admin).toBeUndefined();
});
