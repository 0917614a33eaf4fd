/** A spoken answer: in the officer's own voice or a disguised one, recorded in this page's memory. */

import type { Recording, Voice } from "../../reporter/media/voice";
import { byId, say, show } from "../dom";
import { bootstrap, text } from "../texts";
import type { Draft } from "../vault/contract";

type Attached = Draft["files"][number];
const KNOWN = new Set(["unsupported", "refused", "no_microphone"]);

/** Opens over the answer; what was recorded goes to `add`. */
export class VoiceDialog {
  private readonly dialog = byId<HTMLDialogElement>("voice-dialog");
  private readonly button = byId<HTMLButtonElement>("voice-start");
  private readonly status = byId("voice-status");
  private readonly error = byId("voice-error");
  private voice: Voice | undefined;

  constructor(private readonly add: (file: Attached) => void) {
    this.button.addEventListener("click", () => void (this.voice ? this.finish() : this.start()));
    this.dialog.addEventListener("close", () => this.cancel());
  }

  open(): void {
    say(this.error, "");
    const minutes = Math.floor(bootstrap().reply.voice_seconds / 60);
    byId("voice-hint").textContent = text("reply.voice.hint", { minutes });
    this.rest();
    this.dialog.showModal();
  }

  private async start(): Promise<void> {
    const media = await import("../../reporter/media/voice");
    if (!media.canRecord()) return this.explain({ code: "unsupported" });
    say(this.error, "");
    this.button.disabled = true;
    try {
      const plain = byId<HTMLInputElement>("voice-plain").checked;
      const voice = await media.startVoice({
        maxSeconds: bootstrap().reply.voice_seconds,
        plain,
        onTick: (seconds, left) => {
          this.status.textContent = text("reply.voice.recording", { seconds, left });
        },
        onEnd: () => void this.finish(),
      });
      if (!this.dialog.open) return voice.cancel();
      this.recording(voice);
    } catch (error) {
      this.explain(error as { code?: string });
    } finally {
      this.button.disabled = false;
    }
  }

  private recording(voice: Voice): void {
    this.voice = voice;
    byId("voice-start-text").textContent = text("reply.voice.stop");
    byId<HTMLFieldSetElement>("voice-how").disabled = true;
  }

  private async finish(): Promise<void> {
    const voice = this.voice;
    if (!voice) return;
    this.rest();
    try {
      this.keep(await voice.stop());
    } catch (error) {
      this.explain(error as { code?: string });
    }
  }

  private keep({ bytes, type, heard }: Recording): void {
    if (!heard) {
      say(this.error, text("reply.voice.silent"));
      return;
    }
    this.add({ kind: "voice", type, name: text("reply.voice.name"), data: bytes });
    this.dialog.close();
  }

  private rest(): void {
    this.voice = undefined;
    this.status.textContent = "";
    byId("voice-start-text").textContent = text("reply.voice.start");
    byId<HTMLFieldSetElement>("voice-how").disabled = false;
  }

  private cancel(): void {
    this.voice?.cancel();
    this.rest();
  }

  private explain({ code }: { code?: string }): void {
    this.rest();
    say(this.error, text(`reply.voice.${code && KNOWN.has(code) ? code : "broken"}`));
    show(this.error, true);
  }
}
