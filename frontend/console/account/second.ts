/** The second step at the gate: digits from an app, or a passkey. Whoever does neither goes back to the beginning. */

import * as api from "../api";
import { byId, say, show } from "../dom";
import { text } from "../texts";
import { VaultError } from "../vault/client";
import type { Me, Ways } from "../wire";
import * as passkey from "./passkey";

type Settle = { resolve: (me: Me) => void; reject: (reason: unknown) => void };

/** The form below the gate's own. */
export class SecondStep {
  private readonly form = byId<HTMLFormElement>("second-form");
  private readonly code = byId<HTMLInputElement>("second-code");
  private readonly error = byId("second-error");
  private readonly submit = byId<HTMLButtonElement>("second-submit");
  private readonly touch = byId<HTMLButtonElement>("second-passkey");
  private settle: Settle | undefined;

  constructor() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.attempt(() => api.secondCode(this.code.value.replace(/\s/g, "")));
    });
    this.touch.addEventListener("click", () => void this.attempt(showPasskey));
    byId("second-back").addEventListener("click", () => this.settle?.reject(new VaultError("")));
  }

  /** Ask; who it is once it was shown. Rejects when the officer goes back or takes too long. */
  async ask(ways: Ways): Promise<Me> {
    this.offer(ways);
    try {
      return await new Promise<Me>((resolve, reject) => {
        this.settle = { resolve, reject };
      });
    } finally {
      this.settle = undefined;
      show(this.form, false);
    }
  }

  /** The keys are forgotten: nobody is waited for any more. */
  private offer({ app, passkey: key }: Ways): void {
    this.form.reset();
    say(this.error, "");
    show(byId("second-app"), app);
    show(this.submit, app);
    show(this.touch, key && passkey.isPossible());
    show(this.form, true);
    (app ? this.code : this.touch).focus();
  }

  private async attempt(way: () => Promise<Me>): Promise<void> {
    this.busy(true);
    say(this.error, "");
    try {
      this.settle?.resolve(await way());
    } catch (error) {
      this.explain(error);
    } finally {
      this.busy(false);
    }
  }

  private explain(error: unknown): void {
    const code = error instanceof api.Refusal ? error.code : "stopped";
    if (code === "signed_out") this.settle?.reject(new VaultError("late"));
    else say(this.error, said(code, error));
    this.code.select();
  }

  private busy(busy: boolean): void {
    this.submit.disabled = busy;
    this.touch.disabled = busy;
  }
}

async function showPasskey(): Promise<Me> {
  return api.secondPasskey(await passkey.show(await api.secondOptions()));
}

function said(code: string, error: unknown): string {
  if (code === "slow_down" && error instanceof api.Refusal) {
    return text("signin.ask.slow_down", { seconds: Number(error.detail.seconds) });
  }
  const known = ["wrong_code", "wrong_passkey", "stopped"];
  if (known.includes(code)) return text(`signin.ask.${code}`);
  return text(code === "offline" ? "console.gate.offline" : "console.gate.failed");
}
