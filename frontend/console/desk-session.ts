/** What is known while the desk is open. All of it lives in this page's memory and goes with `close`. */

import * as api from "./api";
import { bootstrap } from "./texts";
import type { VaultClient } from "./vault/client";
import type { OpenedEnvelope } from "./vault/contract";
import type { Desk, Me, Row, Schools } from "./wire";

/** An officer with open keys. */
export class DeskSession {
  rows: Row[] = [];
  now = 0;
  readonly opened = new Map<string, OpenedEnvelope>();
  /** Threads that this officer's desk was told to have opened. */
  readonly told = new Set<string>();
  private readonly schools = new Map<string, Promise<Schools>>();
  private directory: Promise<Desk[]> | undefined;
  private known: Desk[] = [];

  constructor(
    readonly vault: VaultClient,
    readonly me: Me,
    readonly seats: string[],
  ) {}

  /** Every desk with its published key. */
  async desks(): Promise<Desk[]> {
    this.directory ??= api.desks(bootstrap().language);
    this.known = await this.directory;
    return this.known;
  }

  /** Every desk as another language calls it. */
  desksIn(language: string): Promise<Desk[]> {
    return api.desks(language);
  }

  /** What a desk is called; its id until the directory is here, but for the officer's own. */
  deskName(id: string): string {
    return this.known.find((desk) => desk.id === id)?.name ?? this.me.names[id] ?? id;
  }

  /** Whether the officer belongs to a desk. */
  isMine(desk: string): boolean {
    return this.me.desks.includes(desk);
  }

  /** A school's name by its code ("REGION.CODE"), looked up in the region's whole table. */
  async schoolName(code: string): Promise<string | undefined> {
    const region = code.split(".", 1)[0] ?? "";
    if (!Object.hasOwn(bootstrap().regions, region)) return undefined;
    if (!this.schools.has(region)) this.schools.set(region, api.schools(region, bootstrap().language));
    return (await this.schools.get(region))?.[code.slice(region.length + 1)];
  }

  /** Forget everything. */
  close(): void {
    this.vault.forget();
    this.opened.clear();
    this.rows = [];
  }
}
