/** Opening a child's mailbox: what the server answered is believed only as far as it can be checked. */

import { type Bytes, b64, unb64 } from "./bytes";
import type { Child } from "./child";
import { orFault, SealedError } from "./errors";
import { openGrant } from "./grant";
import { commitmentOf, type Manifest, readManifest } from "./manifest";
import { verifyKeyOf } from "./signed";
import { type OpenedThread, openThread, type WireMessage } from "./thread";

/** The answer of POST /api/mailbox. A hidden (erased) thread has only `commitment` and `erase`. */
export interface MailboxAnswer {
  readonly commitment: string;
  readonly erase: { readonly count: number; readonly due: number | null };
  readonly manifest: string;
  readonly promise: string;
  readonly grant: string;
  readonly messages: readonly WireMessage[];
  readonly desks: Readonly<Record<string, { readonly verify: string; readonly recipient: string }>>;
  readonly events: readonly { readonly kind: string; readonly at: number; readonly detail?: string }[];
}

export interface OpenedMailbox extends OpenedThread {
  /** Secret: opens and seals everything of the thread. */
  readonly seed: Bytes;
  readonly manifest: Manifest;
}

/**
 * Check and open a mailbox. `published` are verifying keys by "<id>/<epoch>" from directory files that the page itself
 * checked; a desk that is in them must have the key they say. Raises SealedError.
 */
export async function openMailbox(
  answer: MailboxAnswer,
  child: Child,
  deployment: Uint8Array,
  published: Readonly<Record<string, string>> = {},
): Promise<OpenedMailbox> {
  const manifest = readManifest(answer.manifest);
  if (!(await isOurs(answer, manifest, child, deployment)))
    throw new SealedError("bad_manifest", "another appeal");
  const seed = await orFault("bad_grant", () => openGrant(unb64(answer.grant), child.identity, manifest));
  return orFault("bad_thread", async () => {
    const verify = { ...keysIn(answer), ...published };
    const thread = await openThread(answer.messages, { manifest: answer.manifest, seed, verify });
    return { ...thread, seed, manifest };
  });
}

async function isOurs(
  answer: MailboxAnswer,
  manifest: Manifest,
  child: Child,
  deployment: Uint8Array,
): Promise<boolean> {
  return (
    answer.commitment === b64(await commitmentOf(answer.manifest)) &&
    manifest.deployment === b64(deployment) &&
    manifest.mailbox === b64(child.mailbox) &&
    manifest.child_key === b64(await verifyKeyOf(child.sign))
  );
}

function keysIn({ desks }: MailboxAnswer): Record<string, string> {
  return Object.fromEntries(Object.entries(desks).map(([seat, { verify }]) => [seat, verify]));
}
