/** Everything by noble's libraries, for browsers without post-quantum cryptography of their own. */

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import { type Bytes, concat, random, utf8 } from "./bytes";
import type { Engine } from "./engine";

const LATTICE_PUBLIC = 1184;
const LATTICE_SHARE = 1088;
const LABEL = utf8("\\.//^\\");

/** Both private keys of an identity, expanded from its seed. Source: draft-connolly-cfrg-xwing-kem. */
function expanded(identity: Bytes) {
  const seeds = shake256(identity, { dkLen: 96 });
  return { lattice: ml_kem768.keygen(seeds.subarray(0, 64)), curve: seeds.subarray(64) };
}

/** The secret of the hybrid: safe as long as one of the two stays safe. */
function combined(lattice: Uint8Array, curve: Uint8Array, share: Uint8Array, recipient: Uint8Array): Bytes {
  return sha3_256(concat(lattice, curve, share, recipient, LABEL)) as Bytes;
}

export const portable: Engine = {
  name: "portable",

  async seal(key, nonce, plain) {
    return chacha20poly1305(key, nonce).encrypt(plain) as Bytes;
  },

  async open(key, nonce, sealed) {
    return chacha20poly1305(key, nonce).decrypt(sealed) as Bytes;
  },

  async recipientOf(identity) {
    const { lattice, curve } = expanded(identity);
    return concat(lattice.publicKey, x25519.getPublicKey(curve));
  },

  async encapsulate(recipient) {
    const curveKey = recipient.subarray(LATTICE_PUBLIC);
    const lattice = ml_kem768.encapsulate(recipient.subarray(0, LATTICE_PUBLIC), random(32));
    const once = random(32);
    const curveShare = x25519.getPublicKey(once);
    const curveSecret = x25519.getSharedSecret(once, curveKey);
    const secret = combined(lattice.sharedSecret, curveSecret, curveShare, curveKey);
    return { share: concat(lattice.cipherText, curveShare), secret };
  },

  async decapsulate(identity, share) {
    const { lattice, curve } = expanded(identity);
    const curveShare = share.subarray(LATTICE_SHARE);
    const latticeSecret = ml_kem768.decapsulate(share.subarray(0, LATTICE_SHARE), lattice.secretKey);
    const curveSecret = x25519.getSharedSecret(curve, curveShare);
    return combined(latticeSecret, curveSecret, curveShare, x25519.getPublicKey(curve));
  },

  async verifyKeyOf(seed) {
    return ed25519.getPublicKey(seed) as Bytes;
  },

  async sign(seed, data) {
    return ed25519.sign(data, seed) as Bytes;
  },

  async verify(key, signature, data) {
    return ed25519.verify(signature, data, key, { zip215: false });
  },
};
