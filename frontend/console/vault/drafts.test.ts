/** Unsent words: sealed to one officer and one thread, their length hidden. */
import { expect, test } from "vitest";
import { openDraft, sealDraft } from "./drafts";
import type { Keyring } from "./keyring";

const THREAD = "0192-thread";
const officer = (byte: number) => ({ own: () => new Uint8Array(32).fill(byte) }) as unknown as Keyring;
const mine = officer(7);

test("what is sealed comes back", async () => {
  const sealed = await sealDraft(mine, THREAD, "Сәлем, қарлығаш");
  expect(await openDraft(mine, THREAD, sealed)).toBe("Сәлем, қарлығаш");
  expect(new TextDecoder().decode(sealed)).not.toContain("арлы");
});

test("a short draft and a longer one are of the same length", async () => {
  const [short, longer] = [
    await sealDraft(mine, THREAD, "а"),
    await sealDraft(mine, THREAD, "а".repeat(900)),
  ];
  expect(short.length).toBe(longer.length);
});

test("a draft of another thread or another officer does not open", async () => {
  const sealed = await sealDraft(mine, THREAD, "сөз");
  await expect(openDraft(mine, "another", sealed)).rejects.toThrow("sealed");
  await expect(openDraft(officer(8), THREAD, sealed)).rejects.toThrow("sealed");
});

test("words beyond the largest size are not sealed", async () => {
  await expect(sealDraft(mine, THREAD, "а".repeat(40_000))).rejects.toThrow("draft_too_long");
});
