/** The panel that records a disguised voice. */

import type { Voice } from "../media/voice";
import type { Attachments } from "./attachments";
import { button, el, told } from "./dom";
import type { Limits } from "./site";
import { say } from "./texts";

type Media = typeof import("../media/voice");

/** Opens the panel; everything about recording loads on this tap. */
export async function openVoice(
  files: Attachments,
  limits: Limits,
  onLeave: (forget: () => void) => void,
): Promise<void> {
  if (!files.hasRoom()) return;
  const media = await import("../media/voice");
  if (!media.canRecord()) return files.warn("voice.unsupported");
  const panel = new VoicePanel(media, files, limits.voice_seconds, onLeave);
  files.open(panel.place, { end: () => panel.cancel(), settle: () => panel.settle() });
}

class VoicePanel {
  readonly place = el("section", { class: "card" });
  private readonly status = el("p", { class: "big", "aria-live": "off" });
  private readonly level = el("meter", { max: "1", "aria-hidden": "true" });
  private readonly buttons = el("div", { class: "row" });
  private voice: Voice | undefined;
  private ended = false;

  constructor(
    private readonly media: Media,
    private readonly files: Attachments,
    private readonly seconds: number,
    onLeave: (forget: () => void) => void,
  ) {
    const cancel = () => this.cancel();
    this.buttons.append(
      button("voice.start", () => void this.start(), { class: "main" }),
      button("voice.cancel", cancel),
    );
    this.place.append(
      told("h2", "voice.title", { tabindex: "-1" }),
      told("p", "voice.text"),
      told("p", "voice.limit"),
      this.status,
      this.buttons,
    );
    onLeave(cancel);
  }

  private async start(): Promise<void> {
    this.buttons.querySelector("button")?.setAttribute("disabled", "");
    let voice: Voice;
    try {
      voice = await this.media.startVoice({
        maxSeconds: this.seconds,
        onLevel: (level) => {
          this.level.value = level;
        },
        onTick: (seconds, left) => say(this.status, "voice.recording", { seconds, left }),
        onEnd: () => void this.finish(),
      });
    } catch (error) {
      return this.ended ? undefined : this.fail(error);
    }
    if (this.ended) return voice.cancel();
    this.voice = voice;
    this.status.before(this.level);
    this.buttons.replaceChildren(
      button("voice.done", () => void this.finish(), { class: "main" }),
      button("voice.cancel", () => this.cancel()),
    );
  }

  private async finish(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    try {
      const recording = await (this.voice as Voice).stop();
      if (!recording.heard) return this.close("voice.silent");
      const { bytes, type, seconds } = recording;
      this.files.add({ kind: "voice", bytes, type, seconds: Math.round(seconds) });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends the recording and keeps it; without one, just closes. */
  settle(): void {
    if (this.voice) void this.finish();
    else this.cancel();
  }

  /** Ends without keeping anything; the microphone goes off, even one that is only being opened. */
  cancel(): void {
    if (this.ended) return;
    this.ended = true;
    this.voice?.cancel();
    if (this.place.isConnected) this.close("");
  }

  private fail(error: unknown): void {
    this.ended = true;
    if (!(error instanceof this.media.VoiceError)) throw error;
    this.close(`voice.${error.code}`);
  }

  private close(key: string): void {
    this.files.open();
    this.files.warn(key);
  }
}
