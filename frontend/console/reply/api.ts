/** The doors for answering. */

import { call, get, post } from "../api";
import type { OwnTemplate } from "./tables";

interface Templates {
  templates: OwnTemplate[];
}

export type Wording = Omit<OwnTemplate, "id">;

export const templates = async () => (await get<Templates>("templates")).templates;
export const addTemplate = async (wording: Wording) =>
  (await post<Templates>("templates/new", wording)).templates;
export const changeTemplate = async (id: number, wording: Wording) =>
  (await post<Templates>(`templates/${id}/change`, wording)).templates;
export const removeTemplate = async (id: number) =>
  (await post<Templates>(`templates/${id}/remove`, {})).templates;

/** A sealed draft and when it was saved; nothing when there is none. */
export async function draft(thread: string): Promise<{ sealed: Uint8Array; at: number } | undefined> {
  const answer = await call(`threads/${thread}/draft`);
  if (answer.status === 204) return undefined;
  return {
    sealed: new Uint8Array(await answer.arrayBuffer()),
    at: Number(answer.headers.get("X-Saved") ?? 0),
  };
}

/** Keeps a sealed draft, even while the page goes; no bytes remove it. */
export async function saveDraft(thread: string, sealed: Uint8Array): Promise<void> {
  const init = { method: "POST", body: sealed.slice().buffer, keepalive: sealed.length < 60_000 };
  await call(`threads/${thread}/draft/save`, init);
}

const file = (thread: string, hash: string, act: string) => `threads/${thread}/files/${hash}/${act}`;
export const saveFile = (thread: string, hash: string, why: string) =>
  post<object>(file(thread, hash, "save"), { why });
export const closeFile = (thread: string, hash: string, seat: string) =>
  post<object>(file(thread, hash, "close"), { seat });
export const reopenFile = (thread: string, hash: string, seat: string) =>
  post<object>(file(thread, hash, "reopen"), { seat });
