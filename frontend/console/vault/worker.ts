/** The worker: one question at a time, an answer or a code. It has no address to send anything to. */

import { b64, unb64 } from "../../sealed";
import { sha256 } from "../../sealed/hash";
import type { Envelope, SealedThread } from "../wire";
import { Ceremony } from "./ceremony";
import {
  type Call,
  type OpenedEnvelope,
  type OpenedThread,
  type Question,
  READY,
  type Reply,
} from "./contract";
import { openDraft, sealDraft } from "./drafts";
import { Keyring } from "./keyring";
import { Problematic } from "./problem";
import { SearchIndex } from "./search";
import { Threads } from "./threads";

const keyring = new Keyring();
const ceremony = new Ceremony(keyring);
const threads = new Threads(keyring);
const index = new SearchIndex();

async function openEnvelope(envelope: Envelope): Promise<OpenedEnvelope> {
  const opened = await threads.openEnvelope(envelope);
  if (opened.content) index.add(opened.id, opened.content);
  return opened;
}

async function openThread(thread: SealedThread): Promise<OpenedThread> {
  const opened = await threads.openThread(thread);
  if (opened.content)
    index.put(
      opened.id,
      opened.messages.map((message) => message.text),
    );
  return opened;
}

// biome-ignore lint/suspicious/noExplicitAny: the page's side (client.ts) types every question and its answer
const ANSWERS: Record<Question, (...args: any[]) => Promise<unknown>> = {
  stretch: keyring.stretch.bind(keyring),
  open: keyring.open.bind(keyring),
  touched: keyring.touched.bind(keyring),
  wrapFor: keyring.wrapFor.bind(keyring),
  enroll: keyring.enroll.bind(keyring),
  learn: keyring.learn.bind(keyring),
  recipient: keyring.recipient.bind(keyring),
  give: keyring.give.bind(keyring),
  giveVouched: keyring.giveVouched.bind(keyring),
  next: keyring.next.bind(keyring),
  renew: threads.renew.bind(threads),
  vouch: keyring.vouch.bind(keyring),
  recover: keyring.recover.bind(keyring),
  beginDesk: ceremony.begin.bind(ceremony),
  rehearse: ceremony.rehearse.bind(ceremony),
  finishDesk: ceremony.finish.bind(ceremony),
  openEnvelope,
  openThread,
  search: async (query: string) => index.find(query),
  signAct: threads.signAct.bind(threads),
  isActOf: threads.isActOf.bind(threads),
  markOf: async (signature: string) => b64(await sha256(unb64(signature))),
  sealWords: threads.sealWords.bind(threads),
  openWords: threads.openWords.bind(threads),
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
