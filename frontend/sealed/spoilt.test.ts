/** A desk that holds a thread signs a message that nobody can open: everything else must still be read. */

import { expect, test, vi } from "vitest";
import byPython from "../../tests/vectors/sealed-by-python.json";
import { recipientOf, sealBlob } from "./age";
import { b64, unb64 } from "./bytes";
import { deriveChild } from "./child";
import { sha256 } from "./hash";
import { type MailboxAnswer, openMailbox } from "./mailbox";
import { messageBytes, messageHash, sign } from "./signed";

/** A busy machine may take its time. */
vi.setConfig({ testTimeout: 60_000 });

const { thread } = byPython;
const answer = thread.mailbox as unknown as MailboxAnswer;

test("a message that its author spoilt is shown as such and hides none of the others", async () => {
  const child = await deriveChild(unb64(thread.receipt), unb64(thread.deployment));
  const whole = await openMailbox(answer, child, unb64(thread.deployment));
  const ciphertext = await sealBlob(new Uint8Array(4096), [await recipientOf(new Uint8Array(32).fill(9))]);
  const place = {
    commitment: unb64(answer.commitment),
    author: "child",
    sequence: whole.next,
    previous: whole.last,
  };
  const signed = await messageBytes(place, await sha256(ciphertext), []);
  const signature = await sign(child.sign, signed);
  const spoilt = {
    sequence: place.sequence,
    author: place.author,
    previous: b64(place.previous),
    signature: b64(signature),
    at: 1,
    ciphertext: b64(ciphertext),
    files: [],
  };
  const next = { next: whole.next + 1, last: b64(await messageHash(signed, signature)) };
  const more = { ...answer, ...next, messages: [...answer.messages, spoilt] } as MailboxAnswer;
  const opened = await openMailbox(more, child, unb64(thread.deployment));
  expect(opened.messages.slice(0, -1)).toEqual(whole.messages);
  expect(opened.messages.at(-1)).toMatchObject({ spoilt: true, files: [], letter: { text: "" } });
});
