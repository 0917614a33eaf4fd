/** When keys are forgotten: at a key, after a quarter of an hour of nothing, when the page goes, and in every tab at once. */

export const IDLE_MINUTES = 15;
const CHECK_SECONDS = 10;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"] as const;

export type Why = "locked_by_you" | "locked_idle" | "locked_ended" | "";

/** Calls `lock` when it is time; `now` is given so that a test can be in a hurry. */
export class Lock {
  private seen: number;
  private readonly tabs = new BroadcastChannel("desk");

  constructor(
    private readonly lock: (why: Why) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.seen = this.now();
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, () => this.touch(), { passive: true });
    setInterval(() => this.check(), CHECK_SECONDS * 1000);
    addEventListener("pagehide", () => this.lock(""));
    document.addEventListener("visibilitychange", () => this.check());
    this.tabs.onmessage = () => this.lock("locked_by_you");
  }

  /** Somebody is here. A long sleep of the machine counts as idleness, whatever woke it. */
  touch(): void {
    this.check();
    this.seen = this.now();
  }

  /** The officer asks for it; other tabs follow. */
  everywhere(): void {
    this.tabs.postMessage("lock");
    this.lock("locked_by_you");
  }

  private check(): void {
    if (this.now() - this.seen >= IDLE_MINUTES * 60_000) this.lock("locked_idle");
  }
}
