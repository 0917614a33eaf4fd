/** File names that somebody else chose. */

const MOST = 80;
/** Separators, controls, and the characters that turn the direction of writing (Trojan Source, CVE-2021-42574). */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\\/:*?"<>|]/gu;

/** A name that is safe to show and to save under; empty when nothing is left. */
export function safeName(name: string): string {
  const clean = name.replace(HOSTILE, " ").replace(/\s+/g, " ").trim();
  const bare = clean.replace(/^[. ]+/, "").replace(/[. ]+$/, "");
  if ([...bare].length <= MOST) return bare;
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(bare)?.[0] ?? "";
  return [...bare].slice(0, MOST - ending.length).join("") + ending;
}
