/** The worker: one question at a time, an answer or a code. It has no address to send anything to. */

import { type Call, type Question, READY, type Reply } from "./contract";
import { openDraft, sealDraft } from "./drafts";
import { Keyring } from "./keyring";
import { Problematic } from "./problem";
import { Threads } from "./threads";

const keyring = new Keyring();
const threads = new Threads(keyring);

// biome-ignore lint/suspicious/noExplicitAny: the page's side (client.ts) types every question and its answer
const ANSWERS: Record<Question, (...args: any[]) => Promise<unknown>> = {
  stretch: keyring.stretch.bind(keyring),
  open: keyring.open.bind(keyring),
  touched: keyring.touched.bind(keyring),
  wrapFor: keyring.wrapFor.bind(keyring),
  openEnvelope: threads.openEnvelope.bind(threads),
  openThread: threads.openThread.bind(threads),
  signOpened: threads.signOpened.bind(threads),
  openFile: threads.openFile.bind(threads),
  sealDraft: (thread: string, text: string) => sealDraft(keyring, thread, text),
  openDraft: (thread: string, sealed: Uint8Array) => openDraft(keyring, thread, sealed),
  sealAnswer: threads.sealAnswer.bind(threads),
  sealGrant: threads.sealGrant.bind(threads),
};

async function answer({ id, question, args }: Call): Promise<Reply> {
  try {
    return { id, value: await ANSWERS[question](...args) };
  } catch (error) {
    return { id, error: error instanceof Problematic ? error.code : "failed" };
  }
}

let before: Promise<unknown> = Promise.resolve();

addEventListener("message", (event: MessageEvent<Call>) => {
  before = before.then(async () => postMessage(await answer(event.data)));
});
postMessage(READY);
