import { expect, test } from "vitest";
import { troubles } from "./waking";
import type { Waking } from "./wire";

const well: Waking = {
  has_server: true,
  stalled: false,
  has_address: true,
  own: "",
  colleagues: 0,
  unreached: [],
  duty: [],
};

test("when everything works nothing is shown", () => {
  expect(troubles(well)).toEqual([]);
});

test("without a mail server everything else would be noise", () => {
  expect(troubles({ ...well, has_server: false, own: "unset", unreached: ["KZ-10"] })).toEqual(["unset"]);
});

test("each trouble has its notice, one's own first", () => {
  const found = {
    ...well,
    stalled: true,
    has_address: false,
    own: "address",
    unreached: ["KZ-10"],
    colleagues: 2,
  };
  expect(troubles(found)).toEqual(["stalled", "own", "no_address", "unreached", "colleagues"]);
});
