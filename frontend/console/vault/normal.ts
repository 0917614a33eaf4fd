/** How a typed passphrase is read. */

/** What is stretched: NFKC, lower case, single spaces (accounts/passphrases.py does the same). */
export function normal(passphrase: string): string {
  return passphrase.normalize("NFKC").toLowerCase().split(/\s+/u).filter(Boolean).join(" ");
}
