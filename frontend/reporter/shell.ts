/** What the page gives to the parts of itself that load later; only types, so that nothing of it is loaded twice. */

import type { Poster } from "./poster";

/** What the page that reads has, too. */
export interface Base {
  readonly form: HTMLFormElement;
  /** Where everything that comes after the form is put. */
  readonly after: HTMLElement;
  /** Called when the page is left: forget everything that was typed, recorded or opened. */
  onLeave(forget: () => void): void;
  /** Replaces the page at once; nothing stays to go back to. */
  leave(): void;
}

export interface Shell extends Base {
  readonly steps: Steps;
  /** The region and school code as they are now. */
  poster(): Poster;
}

export interface Steps {
  readonly current: string;
  /** Shows a step by the id of its section. */
  show(id: string): void;
  /** Tells which step is shown, now and from now on. */
  onShow(listener: (id: string) => void): void;
}
