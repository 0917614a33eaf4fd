/**
 * Everything by noble's libraries, for browsers without post-quantum cryptography of their own. Old phones load this before
 * they can send: its few helpers are noble's too, so that it shares no code with the page and no third file is cut out.
 */

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { getPublicKeyAsync, signAsync, verifyAsync } from "@noble/ed25519";
import { sha3_256, shake256 } from "@noble/hashes/sha3.js";
import { concatBytes, randomBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { ml_kem768 } from "@noble/post-quantum/ml-kem.js";
import type { Bytes } from "./bytes";
import { x25519 } from "./curve";
import type { Engine } from "./engine";

const LATTICE_PUBLIC = 1184;
const LATTICE_SHARE = 1088;
const LABEL = utf8ToBytes("\\.//^\\");

/** Both private keys of an identity, expanded from its seed. Source: draft-connolly-cfrg-xwing-kem. */
function expanded(identity: Bytes) {
  const seeds = shake256(identity, { dkLen: 96 });
  return { lattice: ml_kem768.keygen(seeds.subarray(0, 64)), curve: seeds.subarray(64) };
}

/** The secret of the hybrid: safe as long as one of the two stays safe. */
function combined(lattice: Uint8Array, curve: Uint8Array, share: Uint8Array, recipient: Uint8Array): Bytes {
  return sha3_256(concatBytes(lattice, curve, share, recipient, LABEL)) as Bytes;
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
    return concatBytes(lattice.publicKey, x25519.getPublicKey(curve)) as Bytes;
  },

  async encapsulate(recipient) {
    const curveKey = recipient.subarray(LATTICE_PUBLIC);
    const lattice = ml_kem768.encapsulate(recipient.subarray(0, LATTICE_PUBLIC), randomBytes(32));
    const once = randomBytes(32);
    const curveShare = x25519.getPublicKey(once);
    const curveSecret = x25519.getSharedSecret(once, curveKey);
    const secret = combined(lattice.sharedSecret, curveSecret, curveShare, curveKey);
    return { share: concatBytes(lattice.cipherText, curveShare) as Bytes, secret };
  },

  async decapsulate(identity, share) {
    const { lattice, curve } = expanded(identity);
    const curveShare = share.subarray(LATTICE_SHARE);
    const latticeSecret = ml_kem768.decapsulate(share.subarray(0, LATTICE_SHARE), lattice.secretKey);
    const curveSecret = x25519.getSharedSecret(curve, curveShare);
    return combined(latticeSecret, curveSecret, curveShare, x25519.getPublicKey(curve));
  },

  async verifyKeyOf(seed) {
    return (await getPublicKeyAsync(seed)) as Bytes;
  },

  async sign(seed, data) {
    return (await signAsync(data, seed)) as Bytes;
  },

  async verify(key, signature, data) {
    return verifyAsync(signature, data, key, { zip215: false });
  },
};
