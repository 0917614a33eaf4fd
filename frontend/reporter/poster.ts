/** What a poster's QR or its printed code says: `REGION.CODE`, where CODE is eight Crockford base32 characters. */

export interface Poster {
  /** ISO 3166-2 id of the region, or "" when only the code was typed. */
  readonly region: string;
  /** Eight characters in their canonical form, or "" when only the region is known. */
  readonly code: string;
}

const CODE = /^[0-9A-HJKMNP-TV-Z]{8}$/;

/** Reads a fragment or a typed code, any case, with O for 0 and I or L for 1; undefined when it is neither. */
export function readPoster(typed: string, regions: readonly string[]): Poster | undefined {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const region = regions.find((id) => letters.startsWith(bare(id))) ?? "";
  const code = region ? letters.slice(bare(region).length) : letters;
  if (region && !code) return { region, code };
  const plain = canonical(code);
  if (CODE.test(plain)) return { region, code: plain };
  const whole = canonical(letters);
  return CODE.test(whole) ? { region: "", code: whole } : undefined;
}

function bare(region: string): string {
  return region.replace("-", "");
}

function canonical(code: string): string {
  return code.replace(/O/g, "0").replace(/[IL]/g, "1");
}
