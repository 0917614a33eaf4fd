/** Something that cannot be trusted or done, by the code that the texts have words for. */

/** Thrown inside the vault; its code is what the page sees. */
export class Problematic extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = "Problematic";
  }
}
