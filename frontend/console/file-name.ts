/** File names that somebody else chose. */

const MOST = 80;
/** Separators, controls, and the characters that turn the direction of writing (Trojan Source, CVE-2021-42574). */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\\/:*?"<>|]/gu;

/** A name that is safe to show and to save under; empty when nothing is left. */
export function safeName(name: string): string {
  const bare = trimmed(name.replace(HOSTILE, " ").replace(/\s+/g, " "));
  if ([...bare].length <= MOST) return bare;
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(bare)?.[0] ?? "";
  return trimmed([...bare].slice(0, MOST - ending.length).join("")) + ending;
}

/** Without the dots and spaces at either end that file systems drop or hide. */
function trimmed(name: string): string {
  return name.replace(/^[. ]+/, "").replace(/[. ]+$/, "");
}
