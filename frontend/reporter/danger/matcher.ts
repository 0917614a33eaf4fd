/**
 * Notices words that signal danger to life, on the phone only: nothing it finds is stored or sent. The words and how
 * letters are folded come from the country pack (compiled by `balaqorgau.pack.danger`); none are in this code.
 */

/** One language's words, as `publish` writes them. */
export interface DangerData {
  readonly v: 1;
  /** Pairs of what is written and what it is read as, longest first; applied after lower case. */
  readonly fold: readonly (readonly [string, string])[];
  /** What to look for, and what to blank first: one pattern a line, `*` any ending, `~` up to three words, `&` those in either order. */
  readonly danger: string;
  readonly harmless: string;
}

/** Folded words with one space around each: lower case, without marks, look-alike letters merged, repeated letters once. */
export function fold(text: string, { fold: pairs }: DangerData): string {
  const readAs = new Map(pairs);
  const written = new RegExp(pairs.map(([key]) => key).join("|"), "gu");
  return ` ${text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")} `
    .replace(written, (key) => readAs.get(key) ?? "")
    .replace(/[^\p{L}]+/gu, " ")
    .replace(/(\p{L})\1+/gu, "$1");
}

/** Whether a text speaks of danger to life. Bound to be wrong both ways at times: show help first, never block. */
export function danger(text: string, data: DangerData): boolean {
  const { harmless, found } = expressions(data);
  return found.test(fold(text, data).replace(harmless, " "));
}

interface Expressions {
  readonly harmless: RegExp;
  readonly found: RegExp;
}

const made = new WeakMap<DangerData, Expressions>();

/** A language's expressions, made once: a cheap phone looks after every pause in writing. */
function expressions(data: DangerData): Expressions {
  const known = made.get(data);
  if (known) return known;
  const fresh = { harmless: expression(data.harmless, "gu"), found: expression(data.danger, "u") };
  made.set(data, fresh);
  return fresh;
}

/** Words stand between single spaces; the space behind a pattern is left for the next one. */
function expression(patterns: string, flags: string): RegExp {
  const source = patterns.split("\n").flatMap(eitherOrder).join("|");
  return new RegExp(` (?:${source.replace(/\*/g, "\\S*").replace(/~/g, "( \\S+){0,3} ")})(?= )`, flags);
}

function eitherOrder(pattern: string): string[] {
  const [one, ...others] = pattern.split("&");
  const other = others.join("~");
  return one && other ? [`${one}~${other}`, `${other}~${one}`] : [pattern];
}
