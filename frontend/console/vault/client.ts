/** The page's side of the vault: a worker that holds the keys, and is ended to forget them. */

import { byId } from "../dom";
import { type Call, type Question, READY, type Reply, type Vault } from "./contract";

/** The vault could not do it; `code` is a problem or a reason that the texts know. */
export class VaultError extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = "VaultError";
  }
}

type Waiting = { resolve: (value: unknown) => void; reject: (reason: Error) => void };
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };
type Policy = { createScriptURL(url: string): unknown };

const POLICY = "desk-worker";
let policy: Policy | undefined;

/** The worker's address, blessed: it is the one that the server put into the page, and no other. */
function trustedAddress(): string {
  const address = byId("console").dataset.worker ?? "";
  const factory = (window as { trustedTypes?: Factory }).trustedTypes;
  if (!factory) return address;
  policy ??= factory.createPolicy(POLICY, {
    createScriptURL: (url) => {
      if (url !== address) throw new TypeError("not the vault");
      return url;
    },
  });
  return policy.createScriptURL(address) as string;
}

/** Ask with `ask("openThread", thread)`; `forget` ends the worker and everything it knew. */
export class VaultClient {
  private readonly worker = new Worker(trustedAddress(), { type: "module", name: "vault" });
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private early: Call[] | undefined = [];

  constructor() {
    this.worker.onmessage = (event: MessageEvent<Reply | typeof READY>) => {
      if (event.data === READY) this.begin();
      else this.settle(event.data);
    };
    this.worker.onerror = () => this.forget();
  }

  ask<Q extends Question>(question: Q, ...args: Parameters<Vault[Q]>): Promise<ReturnType<Vault[Q]>> {
    const id = this.next++;
    const call: Call = { id, question, args };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      if (this.early) this.early.push(call);
      else this.worker.postMessage(call);
    });
  }

  forget(): void {
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(new VaultError("locked"));
    this.waiting.clear();
  }

  /** What was asked before the worker could listen is asked now. */
  private begin(): void {
    for (const call of this.early ?? []) this.worker.postMessage(call);
    this.early = undefined;
  }

  private settle(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ("error" in reply) waiting?.reject(new VaultError(reply.error));
    else waiting?.resolve(reply.value);
  }
}
