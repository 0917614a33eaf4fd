/** Finds what in an answer could betray a child to somebody who looks over its shoulder. The rules are the country pack's. */

import type { LeakRules } from "./tables";

export type LeakKind = "name" | "told" | "phone" | "address" | "school" | "date";

export interface Leak {
  kind: LeakKind;
  found: string;
}

/** What this child has told already: its own words, and what its school is called. */
export interface Known {
  child: string;
  school: string;
}

const KINDS = ["phone", "address", "school", "date"] as const;
const WORD = /\p{L}[\p{L}\p{M}'’ʼ]*(?:-\p{L}[\p{L}\p{M}'’ʼ]*)*/gu;
/** What a sentence ends with, or begins after: a capital there says nothing. */
const BEGINNING = /(?:^|[.!?…:;\n•–—])["'«»“”„(\s\d.)]*$/u;
const CAPITAL = /^\p{Lu}\p{Ll}/u;
const SHORTEST = 3;

/** Everything found, each once, in the order of the text; wrong both ways at times, so it only ever warns. */
export function leaks(text: string, rules: readonly LeakRules[], known: Known): Leak[] {
  const left = blanked(text, rules);
  const found = [...patterned(left, rules), ...named(left, rules, known), ...schoolNamed(left, known.school)];
  return once(
    merged(
      text,
      found.sort((a, b) => a.at - b.at),
    ),
  );
}

interface Placed extends Leak {
  at: number;
}

/** Without what is harmless; the places stay. */
function blanked(text: string, rules: readonly LeakRules[]): string {
  const patterns = rules.flatMap((one) => one.harmless);
  return patterns.reduce(
    (left, pattern) => left.replace(made(pattern), (hit) => " ".repeat(hit.length)),
    text,
  );
}

function patterned(text: string, rules: readonly LeakRules[]): Placed[] {
  return KINDS.flatMap((kind) =>
    rules
      .flatMap((one) => one[kind])
      .flatMap((pattern) => [...text.matchAll(made(pattern))].map((hit) => placed(kind, hit))),
  );
}

function placed(kind: LeakKind, hit: RegExpMatchArray): Placed {
  const found = hit[0].trim();
  return { kind, found, at: (hit.index ?? 0) + hit[0].indexOf(found) };
}

const expressions = new Map<string, RegExp>();

/** `_` is a space or several, `#` a number, `@` a letter, `*` any ending; a pattern stands between words. */
function made(pattern: string): RegExp {
  const source = pattern
    .replace(/_/g, "(?:[\\s\\u00a0]+)")
    .replace(/#/g, "\\d+")
    .replace(/@/g, "\\p{L}")
    .replace(/(?<!\\)\*/g, "[\\p{L}\\p{M}'’-]*");
  const fresh = expressions.get(pattern) ?? new RegExp(`(?<![\\p{L}\\d])(?:${source})(?![\\p{L}\\d])`, "giu");
  expressions.set(pattern, fresh);
  return fresh;
}

/** Names of the child's own letter, names that people are given, and capitals where no sentence begins. */
function named(text: string, rules: readonly LeakRules[], known: Known): Placed[] {
  const told = [...new Set(capitals(known.child, rules).map((name) => name.toLowerCase()))];
  return [...text.matchAll(WORD)].flatMap((hit) => {
    const kind = kindOf(hit, text, rules, told);
    return kind ? [placed(kind, hit)] : [];
  });
}

function kindOf(
  hit: RegExpMatchArray,
  text: string,
  rules: readonly LeakRules[],
  told: readonly string[],
): LeakKind | undefined {
  const word = hit[0];
  if (isNoName(word, rules)) return undefined;
  if (told.some((name) => isSame(name, word.toLowerCase()))) return "told";
  if (!CAPITAL.test(word)) return undefined;
  if (isGiven(word, rules) || !begins(text, hit.index ?? 0)) return "name";
  return undefined;
}

/** Words that are written like names in a text. */
function capitals(text: string, rules: readonly LeakRules[]): string[] {
  return [...text.matchAll(WORD)]
    .filter((hit) => CAPITAL.test(hit[0]) && !isNoName(hit[0], rules))
    .filter((hit) => isGiven(hit[0], rules) || !begins(text, hit.index ?? 0))
    .map((hit) => hit[0]);
}

const begins = (text: string, at: number) => BEGINNING.test(text.slice(Math.max(0, at - 12), at));

function isNoName(word: string, rules: readonly LeakRules[]): boolean {
  const small = word.toLowerCase();
  return small.length < SHORTEST || rules.some((one) => one.not_names.some((other) => fits(small, other)));
}

/** `school*` fits every word that begins so. */
function fits(small: string, pattern: string): boolean {
  return pattern.endsWith("*") ? small.startsWith(pattern.slice(0, -1)) : small === pattern;
}

function isGiven(word: string, rules: readonly LeakRules[]): boolean {
  const small = word.toLowerCase();
  return rules.some((one) =>
    one.names.some((name) => small.startsWith(name) && ends(small.slice(name.length), one)),
  );
}

function ends(rest: string, { endings }: LeakRules): boolean {
  return rest === "" || endings.some((ending) => new RegExp(`^(?:${ending})$`, "u").test(rest));
}

const LONGEST_ENDING = 6;

/** Whether one is the other with another ending; the last letter of a longer name may change. */
function isSame(name: string, small: string): boolean {
  const root = name.length > SHORTEST + 1 ? name.slice(0, -1) : name;
  const [short, long] = root.length <= small.length ? [root, small] : [small, root];
  return short.length > SHORTEST && long.startsWith(short) && long.length - short.length <= LONGEST_ENDING;
}

function schoolNamed(text: string, school: string): Placed[] {
  const at = school.length > SHORTEST ? text.toLowerCase().indexOf(school.toLowerCase()) : -1;
  return at < 0 ? [] : [{ kind: "school", found: text.slice(at, at + school.length), at }];
}

/** What overlaps and is of one kind is one thing. */
function merged(text: string, found: readonly Placed[]): Placed[] {
  const kept: Placed[] = [];
  for (const one of found) {
    const over = kept
      .filter((other) => other.kind === one.kind && one.at < other.at + other.found.length)
      .pop();
    if (!over) kept.push({ ...one });
    else over.found = text.slice(over.at, Math.max(over.at + over.found.length, one.at + one.found.length));
  }
  return kept;
}

function once(found: readonly Placed[]): Leak[] {
  const seen = new Map<string, Leak>();
  for (const { kind, found: words } of found)
    seen.set(`${kind} ${words.toLowerCase()}`, { kind, found: words });
  return [...seen.values()];
}
