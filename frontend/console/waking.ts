/** The banner that says that somebody would not be woken. It asks again while the desk is open. */

import * as api from "./api";
import { byId, show } from "./dom";
import type { Waking } from "./wire";

const EVERY = 60_000;

/** Which notices are to be shown. */
export function troubles(found: Waking): string[] {
  if (!found.has_server) return ["unset"];
  const own = found.has_address ? "" : "no_address";
  const said = [
    found.stalled && "stalled",
    found.own && "own",
    own,
    found.unreached.length > 0 && "unreached",
    found.colleagues > 0 && "colleagues",
  ];
  return said.filter((code): code is string => Boolean(code));
}

/** Asks when the desk opens and every minute; stops when it closes. */
export class WakingBanner {
  private timer = 0;

  constructor(private readonly failed: (error: unknown) => boolean) {}

  start(): void {
    void this.look();
    this.timer = window.setInterval(() => void this.look(), EVERY);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.draw([]);
  }

  private async look(): Promise<void> {
    try {
      this.draw(troubles(await api.waking()));
    } catch (error) {
      if (!(error instanceof api.Refusal)) throw error;
      this.failed(error);
    }
  }

  private draw(codes: string[]): void {
    for (const notice of byId("waking").querySelectorAll<HTMLElement>("[data-waking]"))
      show(notice, codes.includes(notice.dataset.waking ?? ""));
  }
}
