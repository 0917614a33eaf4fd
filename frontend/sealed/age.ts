/** age v1 files with hybrid post-quantum recipients (stanza `mlkem768x25519`). Source: C2SP age. */

import { type Bytes, base64, concat, equal, random, utf8 } from "./bytes";
import { engine } from "./engine";
import { SealedError } from "./errors";
import { hkdf, hmac } from "./hash";
import { exact64, type Header, readHeader, type Stanza, writeHeader } from "./header";
import { schedule } from "./hpke";
import { openStream, sealStream } from "./stream";

const KIND = "mlkem768x25519";
const INFO = utf8(`age-encryption.org/${KIND}`);
const SHARE = 1120;
const WRAPPED = 32;
const FILE_KEY = 16;
const NONCE = 16;
const RECIPIENT = 1216;
const NO_SALT = new Uint8Array();

/** An age file for these recipients, 1,216 bytes each. */
export async function sealBlob(plain: Uint8Array, recipients: readonly Uint8Array[]): Promise<Bytes> {
  const fileKey = random(FILE_KEY);
  const header = writeHeader(await Promise.all(recipients.map((recipient) => wrap(fileKey, recipient))));
  const mac = await macOf(fileKey, utf8(header));
  const nonce = random(NONCE);
  const payload = await sealStream(await payloadKey(fileKey, nonce), plain);
  return concat(utf8(`${header} ${base64(mac)}\n`), nonce, payload);
}

/** What is inside an age file, for the identity with this 32-byte seed; raises SealedError. */
export async function openBlob(file: Uint8Array, identity: Uint8Array): Promise<Bytes> {
  const header = readHeader(file);
  return openWithFileKey(header, await unwrap(header.stanzas, identity));
}

/** What is behind a header, for those who have the file's key. */
export async function openWithFileKey(header: Header, fileKey: Uint8Array): Promise<Bytes> {
  if (!equal(await macOf(fileKey, header.signed), header.mac)) throw new SealedError("changed", "the header");
  const nonce = header.rest.subarray(0, NONCE);
  if (nonce.length !== NONCE) throw new SealedError("changed", "cut");
  return openStream(await payloadKey(fileKey, nonce), header.rest.subarray(NONCE));
}

/** The recipient of an identity, 1,216 bytes. */
export async function recipientOf(identity: Uint8Array): Promise<Bytes> {
  return (await engine()).recipientOf(identity as Bytes);
}

async function macOf(fileKey: Uint8Array, header: Uint8Array): Promise<Bytes> {
  return hmac(await hkdf(fileKey, NO_SALT, utf8("header")), header);
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Promise<Bytes> {
  return hkdf(fileKey, nonce, utf8("payload"));
}

async function wrap(fileKey: Bytes, recipient: Uint8Array): Promise<Stanza> {
  if (recipient.length !== RECIPIENT) throw new RangeError("a recipient has 1216 bytes");
  const { encapsulate, seal } = await engine();
  const { share, secret } = await encapsulate(recipient as Bytes);
  const { key, nonce } = await schedule(secret, INFO);
  return { args: [KIND, base64(share)], body: await seal(key, nonce, fileKey) };
}

/** The file's key from the first stanza that this identity opens. */
async function unwrap(stanzas: readonly Stanza[], identity: Uint8Array): Promise<Bytes> {
  for (const stanza of stanzas.filter(({ args }) => args[0] === KIND)) {
    const fileKey = await unwrapOne(shareOf(stanza), stanza.body, identity as Bytes);
    if (fileKey?.length === FILE_KEY) return fileKey;
  }
  throw new SealedError("not_for_us");
}

function shareOf({ args, body }: Stanza): Bytes {
  if (args.length !== 2 || body.length !== WRAPPED) throw new SealedError("not_age", "a stanza");
  const share = exact64(args[1] as string);
  if (share.length !== SHARE) throw new SealedError("not_age", "a share");
  return share;
}

async function unwrapOne(share: Bytes, wrapped: Bytes, identity: Bytes): Promise<Bytes | undefined> {
  const { decapsulate, open } = await engine();
  try {
    const { key, nonce } = await schedule(await decapsulate(identity, share), INFO);
    return await open(key, nonce, wrapped);
  } catch {
    return undefined;
  }
}
