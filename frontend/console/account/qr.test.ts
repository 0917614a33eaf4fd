import { expect, test } from "vitest";
import { path } from "./qr";

test("only dark squares are drawn, inside a quiet edge of four", () => {
  expect(path(["10", "01"])).toBe("M4 4h1v1h-1zM5 5h1v1h-1z");
});

test("nothing dark draws nothing", () => {
  expect(path(["000"])).toBe("");
});
