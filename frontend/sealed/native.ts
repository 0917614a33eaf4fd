/** Everything by the browser's own WebCrypto (Modern Algorithms): about one kilobyte to load. */

import { type Bytes, concat, unb64 } from "./bytes";
import type { Encapsulated, Engine } from "./engine";

/** What the TypeScript library does not describe yet. Source: WICG Modern Algorithms in the Web Cryptography API. */
interface ModernSubtle {
  importKey(
    format: string,
    key: Bytes,
    algorithm: string,
    extractable: boolean,
    uses: string[],
  ): Promise<CryptoKey>;
  getPublicKey(key: CryptoKey, uses: string[]): Promise<CryptoKey>;
  exportKey(format: string, key: CryptoKey): Promise<ArrayBuffer>;
  encapsulateBits(
    algorithm: string,
    key: CryptoKey,
  ): Promise<{ ciphertext: ArrayBuffer; sharedKey: ArrayBuffer }>;
  decapsulateBits(algorithm: string, key: CryptoKey, share: Bytes): Promise<ArrayBuffer>;
}

const KEM = "MLKEM768-X25519";
const CIPHER = "ChaCha20-Poly1305";
const SIGNING = "Ed25519";
/** PKCS #8 of an Ed25519 seed, up to the seed. Source: RFC 8410. */
const PKCS8 = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];

const modern = () => crypto.subtle as unknown as ModernSubtle;

const cipherKey = (key: Bytes, use: string) => modern().importKey("raw-secret", key, CIPHER, false, [use]);

const privateKey = (identity: Bytes) =>
  modern().importKey("raw-seed", identity, KEM, true, ["decapsulateBits"]);

function signingKey(seed: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", concat(new Uint8Array(PKCS8), seed), SIGNING, true, ["sign"]);
}

export const native: Engine = {
  name: "native",

  async seal(key, iv, plain) {
    const how = { name: CIPHER, iv };
    return new Uint8Array(await crypto.subtle.encrypt(how, await cipherKey(key, "encrypt"), plain));
  },

  async open(key, iv, sealed) {
    const how = { name: CIPHER, iv };
    return new Uint8Array(await crypto.subtle.decrypt(how, await cipherKey(key, "decrypt"), sealed));
  },

  async recipientOf(identity) {
    const key = await modern().getPublicKey(await privateKey(identity), ["encapsulateBits"]);
    return new Uint8Array(await modern().exportKey("raw-public", key));
  },

  async encapsulate(recipient): Promise<Encapsulated> {
    const key = await modern().importKey("raw-public", recipient, KEM, false, ["encapsulateBits"]);
    const { ciphertext, sharedKey } = await modern().encapsulateBits(KEM, key);
    return { share: new Uint8Array(ciphertext), secret: new Uint8Array(sharedKey) };
  },

  async decapsulate(identity, share) {
    return new Uint8Array(await modern().decapsulateBits(KEM, await privateKey(identity), share));
  },

  async verifyKeyOf(seed) {
    const { x } = await crypto.subtle.exportKey("jwk", await signingKey(seed));
    return unb64(x as string, 32);
  },

  async sign(seed, data) {
    return new Uint8Array(await crypto.subtle.sign(SIGNING, await signingKey(seed), data));
  },

  async verify(key, signature, data) {
    const imported = await crypto.subtle.importKey("raw", key, SIGNING, false, ["verify"]);
    return crypto.subtle.verify(SIGNING, imported, signature, data);
  },
};
