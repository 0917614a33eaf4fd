import { expect, test } from "vitest";
import { safeName } from "./file-name";

test("an ordinary name stays, in any script", () => {
  expect(safeName("Жауап хат.pdf")).toBe("Жауап хат.pdf");
});

test.each([
  ["../../etc/passwd", "etc passwd"],
  ["C:\\Windows\\system32\\evil.exe", "C Windows system32 evil.exe"],
  ["..", ""],
  [".bashrc", "bashrc"],
  ["name\u0000.pdf", "name .pdf"],
  ["line\nbreak\r.txt", "line break .txt"],
  ["invoice\u202Egnp.exe", "invoice gnp.exe"],
  ["a\u2066b\u2069\u200B\uFEFFc", "a b c"],
  ['<img src=x onerror="alert(1)">.png', "img src=x onerror= alert(1) .png"],
  ["trailing dot.", "trailing dot"],
])("%j becomes %j", (hostile, safe) => {
  expect(safeName(hostile)).toBe(safe);
});

test("a very long name is cut but keeps its ending", () => {
  const cut = safeName(`${"ә".repeat(500)}.docx`);
  expect([...cut].length).toBe(80);
  expect(cut.endsWith(".docx")).toBe(true);
});

test("whatever comes, no separator and no control goes out, and doing it twice changes nothing", () => {
  for (let turn = 0; turn < 2000; turn++) {
    const length = Math.floor(Math.random() * 120);
    const name = String.fromCodePoint(...Array.from({ length }, () => Math.floor(Math.random() * 0x3000)));
    const safe = safeName(name);
    expect(safe).not.toMatch(/[/\\:\p{Cc}\p{Cf}]/u);
    expect(safeName(safe)).toBe(safe);
  }
});
