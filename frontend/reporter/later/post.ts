/** One request to the server, and what its answer means to a child. */

/** Keys of the `error.` texts. */
export type Trouble =
  | "nobody"
  | "network"
  | "server"
  | "full"
  | "busy"
  | "slow"
  | "work"
  | "large"
  | "much"
  | "old"
  | "phone"
  | "promise";

/** The request did not succeed; `code` is the server's own word for it, or "". */
export class Refusal extends Error {
  constructor(
    readonly trouble: Trouble,
    readonly code = "",
    readonly status = 0,
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(code || trouble);
    this.name = "Refusal";
  }
}

const BY_CODE: Readonly<Record<string, Trouble>> = {
  work_too_easy: "work",
  storage_full: "full",
  busy: "busy",
  slow_down: "slow",
  too_large: "large",
  too_many_files: "large",
  thread_full: "much",
  wrong_recipients: "old",
  wrong_deployment: "old",
};
const BY_STATUS: Readonly<Record<number, Trouble>> = { 413: "large", 429: "slow", 503: "busy", 507: "full" };
const PATIENCE_MS = 90_000;

/** The server's answer as bytes. Throws Refusal. */
export async function post(address: string, body: Blob | object): Promise<ArrayBuffer> {
  const answer = await ask(address, body);
  const bytes = await answer.arrayBuffer().catch(() => undefined);
  if (!bytes) throw new Refusal("network");
  if (answer.ok) return bytes;
  const { error = "", ...detail } = parsed(bytes);
  const code = String(error);
  throw new Refusal(BY_CODE[code] ?? BY_STATUS[answer.status] ?? "server", code, answer.status, detail);
}

/** The server's answer as JSON. Throws Refusal. */
export async function postJson<T>(address: string, body: Blob | object): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await post(address, body))) as T;
}

async function ask(address: string, body: Blob | object): Promise<Response> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), PATIENCE_MS);
  const json = body instanceof Blob ? undefined : JSON.stringify(body);
  try {
    return await fetch(address, {
      method: "POST",
      body: json ?? (body as Blob),
      ...(json ? { headers: { "Content-Type": "application/json" } } : {}),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: aborter.signal,
    });
  } catch {
    throw new Refusal("network");
  } finally {
    clearTimeout(timer);
  }
}

function parsed(bytes: ArrayBuffer): Record<string, unknown> {
  try {
    return Object(JSON.parse(new TextDecoder().decode(bytes))) as Record<string, unknown>;
  } catch {
    return {};
  }
}
