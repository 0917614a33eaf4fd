/** How far the desk's open appeals are on their way to the key of today. */

import type { DeskSession } from "../desk-session";
import { byId, show } from "../dom";
import { text } from "../texts";
import type { DeskKeys } from "./api";
import { renewAll } from "./removal";

/** The line and the bar. What breaks off goes on from where it was. */
export class Renewal {
  private readonly root = byId("renewal");
  private readonly line = byId("renewal-line");
  private readonly bar = byId<HTMLProgressElement>("renewal-bar");

  async run(session: DeskSession, desk: DeskKeys): Promise<void> {
    this.show("begun", 0, 1);
    try {
      const failed = await renewAll(session, desk, (done, total) => this.show("progress", done, total));
      this.show(failed > 0 ? "failed" : "done", 1, 1, failed);
    } catch (error) {
      this.show("broken", this.bar.value, this.bar.max);
      throw error;
    }
  }

  hide(): void {
    show(this.root, false);
  }

  private show(state: string, done: number, total: number, failed = 0): void {
    show(this.root, true);
    this.root.dataset.state = state;
    this.line.textContent = text(`keys.renewal.${state}`, { done, total, failed });
    this.bar.max = total;
    this.bar.value = done;
  }
}
