/** The doors for keys. */

import { BACKGROUND, get, post } from "../api";
import type { Enrolment, GivenKey, MadeKey, NextKey, SheetGrant } from "../vault/contract";

export interface Guest {
  desk: string;
  desk_name: string;
  username: string;
  name: string;
  language: string;
  until: number;
  again: boolean;
}

export interface Member {
  id: string;
  username: string;
  name: string;
  recipient: string;
  me: boolean;
  /** Epochs whose keys they have not got. */
  lacks: number[];
  /** What the key of today signed when they were given it. */
  grant: Proof | null;
}

export interface Proof {
  hash: string;
  signature: string;
}

export interface Handed {
  id: string;
  received: number;
  taken: number;
}

/** An officer with an epoch's key; `until` is empty while they still have it. */
export interface Period {
  username: string;
  name: string;
  epoch: number;
  since: number;
  until: number | null;
  /** How many appeals the key opened, and which of them their browser was handed, the newest first. */
  total: number;
  taken: Handed[];
}

export interface PublicEpoch {
  epoch: number;
  recipient: string;
  verify: string;
  signed_by: string;
  signature: string;
  retired: boolean;
}

export interface Proposal {
  id: string;
  desk: string;
  name: string;
  maker: string;
  recipient: string;
  verify: string;
  at: number;
}

export type State = "none" | "proposed" | "waiting" | "open";

export interface DeskKeys {
  id: string;
  name: string;
  role: string;
  state: State;
  epochs: PublicEpoch[];
  proposal: Proposal | null;
  /** Whether a first key needs the Ombudsman's signature. */
  vouched: boolean;
  sheets: { threshold: number; sheets: number; at: number; recipient: string; grant: Proof | null } | null;
  members: Member[];
  invitations: (Guest & { id: string })[];
}

export interface Overview {
  /** The language whose words everybody compares. */
  words: string;
  desks: DeskKeys[];
  proposals: Proposal[];
}

export interface Inviting {
  desk: string;
  name: string;
  language: string;
  /** A colleague who begins anew, or nobody. */
  officer: string;
  mark: string;
}

const coded = encodeURIComponent;

export const words = async (language: string) =>
  (await get<{ words: string[] }>(`words/${coded(language)}`)).words;
export const invitation = (token: string) => post<Guest>("invitation", { token });
export const join = (body: Enrolment & { token: string; language: string }) =>
  post<{ username: string }>("join", body);
export const overview = (language: string, background: boolean) =>
  get<Overview>(`desk-keys?language=${coded(language)}`, background ? BACKGROUND : {});
export const invite = (body: Inviting) =>
  post<{ id: string; username: string; until: number }>("invitations", body);
export const revoke = (id: string) => post<object>(`invitations/${id}/revoke`, {});
export const made = (key: MadeKey) => post<{ published: boolean }>("desk-keys/made", key);
export const give = (desk: string, officer: string, grants: GivenKey[]) =>
  post<{ granted: number }>("desk-keys/grants", { desk, officer, grants });
export const remove = (desk: string, officer: string, me: string, { mine, ...key }: NextKey) =>
  post<{ epoch: number }>("desk-keys/removals", {
    ...key,
    desk,
    officer,
    grants: [{ officer: me, ...mine }],
  });
export const renewals = (desk: string) =>
  get<{ total: number; left: string[] }>(`desk-keys/renewals/${coded(desk)}`, BACKGROUND);
export const historyAddress = (desk: string, language: string) =>
  `desk-keys/history/${coded(desk)}?language=${coded(language)}`;
export const history = (desk: string, language: string) =>
  get<{ name: string; periods: Period[] }>(historyAddress(desk, language));
export const onSheets = async (desk: string) =>
  (await get<{ grants: SheetGrant[] }>(`desk-keys/sheets/${coded(desk)}`)).grants;
export const sign = (id: string, signature: string) => post<object>(`proposals/${id}/sign`, { signature });
export const withdraw = (id: string) => post<object>(`proposals/${id}/withdraw`, {});
