/** The published files of the site: fetched once, checked against the hash the page carries, without cookie or referrer. */

export interface Site {
  readonly v: 1;
  readonly deployment: string;
  readonly promise: { readonly name: string; readonly key: string };
  readonly bits: number;
  readonly limits: Limits;
  readonly regions: readonly Region[];
  readonly files: Files;
}

export interface Limits {
  readonly files: number;
  readonly file_bytes: number;
  readonly request_bytes: number;
  readonly text_bytes: number;
  readonly voice_seconds: number;
}

export interface Region {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly sha256: string;
}

/** Names of files under /p/, by language where there is one for each. */
export interface Files {
  readonly texts: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
  readonly danger: Readonly<Record<string, string>>;
  /** The writing systems that each list of danger reads, as Unicode calls them. */
  readonly scripts: Readonly<Record<string, readonly string[]>>;
  readonly audio: Readonly<Record<string, string>>;
  readonly pictures: string;
}

/** The bytes are not the ones the page was published with. */
export class Forged extends Error {}

/** Nothing came back: no network, or the server is away. */
export class Unreachable extends Error {}

const QUIET: RequestInit = { credentials: "omit", referrerPolicy: "no-referrer" };
const kept = new Map<string, Promise<ArrayBuffer>>();

/** A published file's bytes, kept in this page's memory and nowhere on the phone; a failure is not remembered. */
export function fileBytes(name: string): Promise<ArrayBuffer> {
  const before = kept.get(name);
  if (before) return before;
  const coming = fetched(`/p/${name}`, "no-store");
  kept.set(name, coming);
  coming.catch(() => kept.delete(name));
  return coming;
}

export async function fileText(name: string): Promise<string> {
  return new TextDecoder().decode(await fileBytes(name));
}

export async function fileJson<T>(name: string): Promise<T> {
  return JSON.parse(await fileText(name)) as T;
}

/** The site file that this page was published with. Throws Forged or Unreachable. */
export async function loadSite(): Promise<Site> {
  const { site, siteHash } = document.body.dataset;
  return JSON.parse(await checkedText(site as string, siteHash as string)) as Site;
}

/** A file's text whose SHA-256 (base64url) is known. */
export async function checkedText(name: string, sha256: string): Promise<string> {
  const bytes = await fileBytes(name);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (base64url(hash) !== sha256) throw new Forged(name);
  return new TextDecoder().decode(bytes);
}

/** The server has a newer directory than this page: take the site file that a new visitor would get. */
export async function renewSite(): Promise<void> {
  const page = new TextDecoder().decode(await fetched(location.pathname, "no-cache"));
  for (const [name, attribute] of Object.entries({ site: "data-site", siteHash: "data-site-hash" })) {
    const found = new RegExp(`${attribute}="([^"]+)"`).exec(page)?.[1];
    if (!found) throw new Forged(attribute);
    document.body.dataset[name] = found;
  }
}

async function fetched(address: string, cache: RequestCache = "default"): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(address, { ...QUIET, cache });
    if (answer.ok) return await answer.arrayBuffer();
  } catch {
    // told below, like an answer that is no answer
  }
  throw new Unreachable(address);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=/g, "");
}
