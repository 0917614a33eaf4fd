import { expect, test } from "vitest";
import { counts, shows, sorted } from "./folders";
import type { Row } from "./wire";

const NOBODY = { read: false, mine: false, present: [], aside: "", erasing: false };

function row(id: string, changes: Partial<Row> = {}): Row {
  const last = { author: "child", at: 100, sequence: 0 };
  return {
    id,
    received: 100,
    safe: "",
    protection: "phone",
    opened: false,
    last,
    desks: [],
    ...NOBODY,
    ...changes,
  };
}

const answered = (id: string, at = 100) =>
  row(id, { opened: true, last: { author: "desk/A/1", at, sequence: 1 } });

test("a child who is not safe and waits comes first, an answered appeal last", () => {
  const rows = [
    answered("done", 900),
    row("read", { opened: true }),
    row("new"),
    row("unsure", { safe: "unsure" }),
    row("danger", { safe: "no" }),
  ];
  expect(sorted(rows).map((one) => one.id)).toEqual(["danger", "unsure", "new", "read", "done"]);
});

test("of equally urgent appeals the newest comes first", () => {
  expect(sorted([answered("old", 1), answered("young", 2)]).map((one) => one.id)).toEqual(["young", "old"]);
});

test("sorting leaves the given list alone", () => {
  const rows = [answered("a", 1), answered("b", 2)];
  sorted(rows);
  expect(rows.map((one) => one.id)).toEqual(["a", "b"]);
});

test("waiting and answered share nothing and leave nothing out", () => {
  const rows = [row("a"), answered("b"), row("c", { safe: "no" })];
  for (const one of rows) expect(shows("waiting", one)).toBe(!shows("answered", one));
  expect(counts(rows)).toEqual({
    all: 3,
    unsafe: 1,
    unread: 2,
    waiting: 2,
    answered: 1,
    aside: 0,
    erasing: 0,
  });
});

test("what is set aside is in a folder of its own and in no other", () => {
  const rows = [row("a"), row("b", { safe: "no", aside: "play" })];
  expect(counts(rows)).toEqual({
    all: 1,
    unsafe: 0,
    unread: 1,
    waiting: 1,
    answered: 0,
    aside: 1,
    erasing: 0,
  });
});

test("what somebody proposes to erase is in a folder of its own too, wherever else it is", () => {
  const rows = [row("a", { erasing: true }), row("b", { aside: "play", erasing: true }), row("c")];
  expect(counts(rows)).toMatchObject({ all: 2, aside: 1, erasing: 2 });
});
