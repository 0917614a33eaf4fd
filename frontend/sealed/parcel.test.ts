/** What the length of an appeal tells whoever watches the line: how long the letter is, in steps, and nothing else. */

import { expect, test } from "vitest";
import { type ParcelPart, parcel } from "./parcel";

const GRANT = new Uint8Array(2292);

function appeal(manifest: string, grants: number): ParcelPart[] {
  const held = Array.from({ length: grants }, () => ({ name: "grant", value: GRANT }));
  return [{ name: "manifest", value: manifest }, { name: "payload", value: new Uint8Array(4200) }, ...held];
}

test("the length says neither how many desks there are nor what the head answers", () => {
  const lengths = ["", "no", "yes", "unsure"].flatMap((safe) =>
    [2, 3, 4].map((grants) => parcel(appeal(`{"safe":"${safe}"}`, grants), "grant").size),
  );
  expect(new Set(lengths).size).toBe(1);
});

test("what is hidden is filled up with white space that JSON passes over", async () => {
  const bytes = new Uint8Array(await parcel(appeal("{}", 3), "grant").arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0);
  const head = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  expect(JSON.parse(head)).toMatchObject({ fields: { manifest: "{}" } });
  expect((length + 3 * GRANT.length) % 12_288).toBe(0);
});

test("nothing is filled up where nothing is to be hidden", async () => {
  const bytes = new Uint8Array(await parcel(appeal("{}", 1)).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0);
  expect(new TextDecoder().decode(bytes.subarray(4, 4 + length)).endsWith("}")).toBe(true);
});
