/** Two keys one after the other: g, then where to go. */

import type { Folder } from "./folders";

const SECONDS = 1.5;

/** Where the second key leads. */
export const PLACES: Readonly<Record<string, Folder>> = {
  i: "all",
  s: "unsafe",
  n: "unread",
  w: "waiting",
  a: "answered",
  x: "aside",
};

/** Remembers a g for a moment; `now` is given so that a test can be in a hurry. */
export class Chord {
  private begun = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number = Date.now) {}

  /** The folder that this key completes the way to. A second key is used up whether it leads anywhere or not. */
  press(key: string): { used: boolean; folder: Folder | undefined } {
    const waiting = this.now() - this.begun < SECONDS * 1000;
    this.begun = !waiting && key === "g" ? this.now() : Number.NEGATIVE_INFINITY;
    if (waiting) return { used: true, folder: Object.hasOwn(PLACES, key) ? PLACES[key] : undefined };
    return { used: key === "g", folder: undefined };
  }
}
