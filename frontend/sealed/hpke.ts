/** The key schedule of HPKE in base mode, for one message. Source: RFC 9180 5.1; the KEM is 0x647a, MLKEM768-X25519. */

import { type Bytes, concat, u32, utf8 } from "./bytes";
import { expand, hmac } from "./hash";

/** "HPKE", KEM 0x647a, KDF HKDF-SHA256 (1), AEAD ChaCha20-Poly1305 (3). */
const SUITE = concat(utf8("HPKE"), new Uint8Array([0x64, 0x7a, 0, 1, 0, 3]));
const NONE = new Uint8Array();

function extractLabeled(salt: Uint8Array, name: string, secret: Uint8Array): Promise<Bytes> {
  return hmac(salt, concat(utf8("HPKE-v1"), SUITE, utf8(name), secret));
}

function expandLabeled(key: Uint8Array, name: string, info: Uint8Array, length: number): Promise<Bytes> {
  const framed = concat(u32(length).subarray(2), utf8("HPKE-v1"), SUITE, utf8(name), info);
  return expand(key, framed, length);
}

/** Key and nonce for the one message that is sealed under an encapsulated secret. */
export async function schedule(shared: Uint8Array, info: Uint8Array): Promise<{ key: Bytes; nonce: Bytes }> {
  const context = concat(
    new Uint8Array(1),
    await extractLabeled(NONE, "psk_id_hash", NONE),
    await extractLabeled(NONE, "info_hash", info),
  );
  const secret = await extractLabeled(shared, "secret", NONE);
  return {
    key: await expandLabeled(secret, "key", context, 32),
    nonce: await expandLabeled(secret, "base_nonce", context, 12),
  };
}
