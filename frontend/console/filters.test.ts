import { expect, test } from "vitest";
import { type Filters, isSet, NONE, passes } from "./filters";
import type { OpenedEnvelope } from "./vault/contract";
import type { Row } from "./wire";

const ROW = { read: true, mine: false, present: [] as string[], protection: "phone" } as unknown as Row;
const OPENED = {
  content: { reasons: ["bullying"], language: "kk", school: "KZ-10.AAA" },
} as unknown as OpenedEnvelope;

test("no filter hides nothing, even what is still sealed", () => {
  expect(passes(NONE, ROW, undefined)).toBe(true);
  expect(isSet(NONE)).toBe(false);
});

test.each<[Partial<Filters>, Partial<Row>]>([
  [{ unread: true }, { read: false }],
  [{ mine: true }, { mine: true }],
  [{ present: true }, { present: [""] }],
  [{ protection: "server" }, { protection: "server" }],
])("%j shows a row with %j and hides one without", (filter, having) => {
  const filters = { ...NONE, ...filter };
  expect(passes(filters, { ...ROW, ...having }, undefined)).toBe(true);
  expect(passes(filters, ROW, undefined)).toBe(false);
  expect(isSet(filters)).toBe(true);
});

test.each<[Partial<Filters>, Partial<Filters>]>([
  [{ reason: "bullying" }, { reason: "home" }],
  [{ language: "kk" }, { language: "ru" }],
  [{ school: "KZ-10.AAA" }, { school: "KZ-10.BBB" }],
])("%j shows what fits, %j hides it, and what is sealed is hidden by both", (fits, other) => {
  expect(passes({ ...NONE, ...fits }, ROW, OPENED)).toBe(true);
  expect(passes({ ...NONE, ...other }, ROW, OPENED)).toBe(false);
  expect(passes({ ...NONE, ...fits }, ROW, undefined)).toBe(false);
});
