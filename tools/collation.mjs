// Writes packs/PACK/collation/LANGUAGE.txt: the letters of a language in the order in which CLDR puts them, as ICU knows it.
// Run: node tools/collation.mjs packs/kz kk ru en
// A line is one letter with all its forms: `<<` between other accents, `<<<` between small and capital.
import { mkdirSync, writeFileSync } from "node:fs";

const [folder, ...languages] = process.argv.slice(2);
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x218, 0x21b],
  [0x259, 0x259],
  [0x18f, 0x18f],
  [0x400, 0x4ff],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
];

/** Letters that stand for themselves: what taking apart makes longer or other is written out before it is compared. */
function letters() {
  const all = RANGES.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => String.fromCodePoint(from + at)),
  );
  return all.filter((letter) => letter.normalize("NFKC") === letter && /[\p{L}\p{N}\p{P}\p{S}\p{Zs}]/u.test(letter));
}

const shown = (letter) => (letter === " " || letter === "<" ? `U+${letter.codePointAt(0).toString(16).padStart(4, "0")}` : letter);

function lines(language) {
  const order = (sensitivity) => new Intl.Collator(language, { sensitivity }).compare;
  const [base, accent, full] = [order("base"), order("accent"), order("variant")];
  const sorted = letters().sort((a, b) => full(a, b) || (a < b ? -1 : 1));
  const found = [];
  for (const [at, letter] of sorted.entries()) {
    const before = sorted[at - 1];
    if (before === undefined || base(before, letter) !== 0) found.push(shown(letter));
    else found.push(`${found.pop()} ${accent(before, letter) === 0 ? "<<<" : "<<"} ${shown(letter)}`);
  }
  return found;
}

mkdirSync(`${folder}/collation`, { recursive: true });
for (const language of languages) {
  const head = `# ${language}: CLDR ${process.versions.cldr}, made by tools/collation.mjs`;
  writeFileSync(`${folder}/collation/${language}.txt`, `${[head, ...lines(language)].join("\n")}\n`);
}
