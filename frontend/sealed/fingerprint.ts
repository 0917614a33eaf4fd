/** Short names for long keys. */

import { type Bytes, utf8 } from "./bytes";
import { tagged } from "./hash";

/** Sixteen bytes that name a desk's epoch. */
export async function fingerprint(recipient: Uint8Array, verify: Uint8Array): Promise<Bytes> {
  return (await tagged("desk key", recipient, verify)).slice(0, 16);
}

/** Four bytes by which a directory file lists a retired school code. */
export async function schoolTag(code: string): Promise<Bytes> {
  return (await tagged("school code", utf8(code))).slice(0, 4);
}
