/** The child's stylesheet, made fit for a corner. */
import { expect, test } from "vitest";
import { rewritten } from "./look";

test("the page's root and body become elements of the corner", () => {
  expect(rewritten(":root{--a:#fff}html,body{margin:0}[data-easy] main{x:y}", false)).toBe(
    ":host{--a:#fff}.html,.body{margin:0}[data-easy] main{x:y}",
  );
});

test("letters keep the size that they have on the phone, larger in easy reading", () => {
  expect(rewritten("p{margin:1rem .5rem}", false)).toBe("p{margin:18px 9px}");
  expect(rewritten("p{margin:1rem}", true)).toBe("p{margin:22px}");
});

test("words that only look like html or rem stay", () => {
  expect(rewritten(".html-x{color:red}.harem{width:2em}", false)).toBe(".html-x{color:red}.harem{width:2em}");
});

test("the root's own size is the phone's, whatever the console's letters are", () => {
  expect(rewritten("html{color:red;font:112.5% / 1.5 serif}", false)).toBe(
    ".html{color:red;font:18px / 1.5 serif}",
  );
  expect(rewritten("[data-easy]{font-size:137.5%}", true)).toBe("[data-easy]{font-size:22px}");
});
