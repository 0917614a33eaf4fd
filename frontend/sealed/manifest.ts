/** What an appeal consists of: the list whose hash is signed and promised. */

import { type Bytes, b64, unb64, utf8 } from "./bytes";
import { canonical, canonicalText, type Json } from "./canonical";
import { SealedError } from "./errors";
import { sha256, tagged } from "./hash";

/** An age file by its length and SHA-256. */
export interface Part {
  readonly length: number;
  readonly hash: string;
}

export interface GrantPart extends Part {
  readonly desk: string;
  readonly epoch: number;
}

/** All but the grants; bytes are base64url. This is what every grant holds the hash of. */
export interface Core {
  readonly deployment: string;
  readonly child_key: string;
  readonly mailbox: string;
  readonly ledger_key: string;
  readonly safe: string;
  readonly protection: "phone" | "server";
  readonly payload: Part;
  readonly files: readonly Part[];
}

export interface Manifest extends Core {
  readonly v: 1;
  readonly grants: readonly GrantPart[];
}

const CORE = [
  "deployment",
  "child_key",
  "mailbox",
  "ledger_key",
  "safe",
  "protection",
  "payload",
  "files",
] as const;
/** What no page of ours exceeds. */
const LONGEST = 16384;
const MOST_PARTS = 16;
const LENGTHS = { deployment: 16, child_key: 32, mailbox: 32, ledger_key: 32 };

/** A sealed file's part. */
export async function partOf(sealed: Uint8Array): Promise<Part> {
  return { length: sealed.length, hash: b64(await sha256(sealed)) };
}

/** What every grant holds, because a grant cannot hold a hash of itself. */
export function coreOf(manifest: Core): Promise<Bytes> {
  const core = Object.fromEntries(CORE.map((key) => [key, manifest[key]]));
  return tagged("core", canonical(core as unknown as Json));
}

/** The manifest as it is sent and hashed. */
export function writeManifest(manifest: Manifest): string {
  return canonicalText(manifest as unknown as Json);
}

/** The 32 bytes that an appeal is known by. */
export function commitmentOf(manifest: string): Promise<Bytes> {
  return tagged("commitment", utf8(manifest));
}

/** Read a manifest strictly; SealedError "bad_manifest" for all that we would not have written. */
export function readManifest(written: string): Manifest {
  try {
    const manifest = JSON.parse(written) as Manifest;
    if (written.length <= LONGEST && isManifest(manifest) && writeManifest(manifest) === written)
      return manifest;
  } catch {
    // Falls through: whatever is wrong with it, it is no manifest.
  }
  throw new SealedError("bad_manifest");
}

/** Whether every member is there and of its kind; each throws or says no. */
function isManifest(value: Manifest): boolean {
  for (const [key, length] of Object.entries(LENGTHS)) unb64(value[key as keyof typeof LENGTHS], length);
  return (
    Object.keys(value).length === CORE.length + 2 &&
    value.v === 1 &&
    ["", "yes", "no", "unsure"].includes(value.safe) &&
    ["phone", "server"].includes(value.protection) &&
    isPart(value.payload, 2) &&
    value.files.length <= MOST_PARTS &&
    value.files.every((part) => isPart(part, 2)) &&
    value.grants.length <= MOST_PARTS &&
    value.grants.every((part) => isPart(part, 4) && isWhole(part.epoch) && isDesk(part.desk))
  );
}

function isPart(part: Part, members: number): boolean {
  return unb64(part.hash, 32).length === 32 && isWhole(part.length) && Object.keys(part).length === members;
}

function isDesk(name: unknown): boolean {
  return typeof name === "string" && /^[!-~]{1,40}$/.test(name);
}

function isWhole(number: unknown): boolean {
  return Number.isInteger(number) && (number as number) >= 0 && (number as number) < 2 ** 31;
}
