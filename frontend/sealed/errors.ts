/** The one error of this folder. Its code is for programs; people read a text of the country pack. */

export type Fault =
  /** The file is no age file, or one that we do not read. */
  | "not_age"
  /** The file is for somebody else. */
  | "not_for_us"
  /** Somebody changed or cut what was sealed. */
  | "changed"
  /** Longer than the largest size; nothing was sealed. */
  | "text_too_long"
  /** Not a manifest, or not of this appeal. */
  | "bad_manifest"
  /** A grant of another appeal. */
  | "bad_grant"
  /** A message is missing, doubled, moved, by a stranger or not signed by whom it names. */
  | "bad_thread"
  /** No promise, or not by whom it should be, or about another appeal. */
  | "bad_promise"
  /** Not a receipt: `places` says which words are unknown, counted from 0. */
  | "bad_receipt";

export class SealedError extends Error {
  constructor(
    readonly code: Fault,
    message: string = code,
    readonly places: readonly number[] = [],
  ) {
    super(message);
    this.name = "SealedError";
  }
}

/** Do it, and call every failure by one code. */
export async function orFault<T>(code: Fault, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof SealedError ? error : new SealedError(code, String(error));
  }
}
