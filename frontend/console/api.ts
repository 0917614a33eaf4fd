/** The console's doors. Every refusal becomes a `Refusal` with a code that the texts know. */

import { parcel } from "../sealed/parcel";
import type { ToMake, ToShow } from "./account/passkey";
import { byId } from "./dom";
import type {
  Account,
  Desk,
  Envelope,
  HalfIn,
  Inbox,
  Keys,
  Me,
  NewApp,
  Schools,
  SealedThread,
  Stretching,
  Waking,
} from "./wire";

/** The server said no; `code` says why, `detail` what would help. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(code);
    this.name = "Refusal";
  }
}

const ROOT = "/desk/api/";
let csrf = "";

export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("X-CSRFToken", csrf || (byId("console").dataset.csrf ?? ""));
  let response: Response;
  try {
    response = await fetch(ROOT + path, { ...init, headers, credentials: "same-origin", cache: "no-store" });
  } catch {
    throw new Refusal("offline", 0);
  }
  if (!response.ok) throw await refusalOf(response);
  return response;
}

async function refusalOf(response: Response): Promise<Refusal> {
  try {
    const { error, ...detail } = (await response.json()) as { error: string };
    return new Refusal(error, response.status, detail);
  } catch {
    return new Refusal("failed", response.status);
  }
}

export async function get<T>(path: string, headers: HeadersInit = {}): Promise<T> {
  return (await call(path, { headers })).json() as Promise<T>;
}

export async function post<T>(path: string, body: unknown, headers: HeadersInit = {}): Promise<T> {
  const options = { method: "POST", body: JSON.stringify(body) };
  const response = await call(path, {
    ...options,
    headers: { ...headers, "Content-Type": "application/json" },
  });
  return (response.status === 204 ? {} : await response.json()) as T;
}

export function remember<T extends { csrf: string }>(answer: T): T {
  csrf = answer.csrf;
  return answer;
}

export const BACKGROUND = { "X-Background": "1" };

export const stretching = (username: string) => post<Stretching>("salt", { username });
export const signIn = async (username: string, secret: string) =>
  remember(await post<Me | HalfIn>("sign-in", { username, secret }));
export const secondCode = async (code: string) => remember(await post<Me>("second/code", { code }));
export const secondOptions = async () => (await post<{ options: ToShow }>("second/options", {})).options;
export const secondPasskey = async (credential: object) =>
  remember(await post<Me>("second/passkey", { credential }));
export const account = () => get<Account>("account");
export const newApp = () => post<NewApp>("account/apps/new", {});
export const addApp = (app: { secret: string; label: string; key: string; code: string }) =>
  post<Account>("account/apps", app);
export const newPasskey = async () => (await post<{ options: ToMake }>("account/passkeys/new", {})).options;
export const addPasskey = (made: { secret: string; label: string; credential: object }) =>
  post<Account>("account/passkeys", made);
export const letUnlock = (factor: string, unlocker: { salt: string; blob: string }) =>
  post<Account>(`account/factors/${factor}/unlocker`, unlocker);
export const removeFactor = (factor: string, secret: string) =>
  post<Account>(`account/factors/${factor}/remove`, { secret });
export const endVisit = (visit: string) => post<Account>(`account/visits/${visit}/end`, {});
export const signOut = async () => remember(await post<{ csrf: string }>("sign-out", {}));
export const me = async () => remember(await get<Me>("me"));
export const keys = () => get<Keys>("keys");
export const chooseLanguage = (language: string) => post<object>("language", { language });
export const desks = async (language: string) =>
  (await get<{ desks: Desk[] }>(`directory?language=${encodeURIComponent(language)}`)).desks;
export const schools = async (region: string, language: string) => {
  const path = `schools/${encodeURIComponent(region)}?language=${encodeURIComponent(language)}`;
  return (await get<{ schools: Schools }>(path)).schools;
};
export const waking = () => get<Waking>("waking", BACKGROUND);
export const inbox = (background: boolean, after = "") =>
  get<Inbox>(`inbox?after=${encodeURIComponent(after)}`, background ? BACKGROUND : {});
export const unread = (id: string) => post<object>(`threads/${id}/unread`, {});
export const envelopes = async (ids: string[]) =>
  (await post<{ threads: Envelope[] }>("envelopes", { ids }, BACKGROUND)).threads;
export const thread = (id: string) => get<SealedThread>(`threads/${id}`);
export const opened = (id: string, seat: string, signature: string) =>
  post<{ first: boolean }>(`threads/${id}/opened`, { seat, signature });
export const setAside = (id: string, body: { seat: string; why: string; signature: string }) =>
  post<object>(`threads/${id}/aside`, body);
export const takeBack = (id: string, body: { seat: string; signature: string }) =>
  post<object>(`threads/${id}/back`, body);
export const erasure = (id: string, act: string, body: object) =>
  post<object>(`threads/${id}/erasure${act}`, body);
export const file = async (id: string, hash: string) =>
  new Uint8Array(await (await call(`threads/${id}/files/${hash}`)).arrayBuffer());
export const passOn = (
  id: string,
  body: { seat: string; to: string; ciphertext: string; signature: string },
) => post<{ desk: string }>(`threads/${id}/grants`, body);

/** A sealed answer on its way. */
export interface SealedAnswer {
  seat: string;
  sequence: number;
  previous: string;
  signature: string;
  payload: Uint8Array;
  files: Uint8Array[];
}

export async function answer(id: string, sealed: SealedAnswer): Promise<{ sequence: number }> {
  const body = parcel([
    ...(["seat", "sequence", "previous", "signature"] as const).map((name) => ({
      name,
      value: `${sealed[name]}`,
    })),
    { name: "payload", value: sealed.payload },
    ...sealed.files.map((value) => ({ name: "file", value })),
  ]);
  return (await call(`threads/${id}/messages`, { method: "POST", body })).json();
}
