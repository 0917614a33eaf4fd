import { expect, test } from "vitest";
import { b64 } from "../../sealed";
import { normal } from "./normal";
import { stretch } from "./stretching";

const salt = b64(Uint8Array.from({ length: 16 }, (_, place) => place));
const cost = { salt, memory_kib: 65_536, passes: 3, lanes: 1 };
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

test("a passphrase becomes the same two secrets as in Python (tests/unit/accounts/test_passphrases.py)", async () => {
  const { login, unlocking } = await stretch(" Алма  ҮЙ kitap ", cost);
  expect(hex(login)).toBe("f012ec18cd63e1e7702b1e0d9dfdb2d66da608df500d06e1764cf638aa813112");
  expect(hex(unlocking)).toBe("27c2d293039820cdd99a9639ce7992b610b9267d0827209a600ee16a2a8229f4");
}, 30_000);

test.each([
  ["  Алма \t Үй ", "алма үй"],
  ["ﬁsh", "fish"],
  ["e\u0301", "\u00e9"],
])("typed as %j it is %j", (typed, same) => {
  expect(normal(typed)).toBe(same);
});

test.each([{ memory_kib: 1024 }, { passes: 1 }, { lanes: 0 }, { memory_kib: 4_000_000 }, { passes: 1000 }])(
  "a server that asks for %j is not obeyed",
  async (changes) => {
    await expect(stretch("alma", { ...cost, ...changes })).rejects.toThrow(RangeError);
  },
);
