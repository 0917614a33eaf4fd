/**
 * Records a voice that is disguised before it is recorded (an officer alone may choose otherwise). The microphone's stream goes straight into the vocoder;
 * only what comes out of it reaches the recorder, so the raw voice exists nowhere but in the audio engine's own frames.
 */
import { disguise } from "./vocoder";

/**
 * `no_microphone`: none there. `refused`: the child or the phone said no. `busy`: another app holds it. `stuck`: the
 * phone's sound does not start, as in a browser that finds no loudspeaker. `broken`: anything else.
 */
export type VoiceFailure = "unsupported" | "refused" | "no_microphone" | "busy" | "stuck" | "broken";

export class VoiceError extends Error {
  constructor(readonly code: VoiceFailure) {
    super(code);
    this.name = "VoiceError";
  }
}

export interface VoiceOptions {
  /** The recording stops by itself after this long; say so before it starts. */
  readonly maxSeconds: number;
  /** Record the voice as it is: for adults who choose so, never for a child. */
  readonly plain?: boolean;
  /** Ten times a second: loudness of the disguised sound, 0 to 1. */
  readonly onLevel?: (level: number) => void;
  /** Once a second, and at once: whole seconds recorded, whole seconds left. */
  readonly onTick?: (seconds: number, left: number) => void;
  /** The recording ended without `stop` or `cancel`: time is up or the microphone went away; `stop()` gives what there is. */
  readonly onEnd?: () => void;
}

export interface Recording {
  readonly bytes: Uint8Array;
  /** A bare media type: `audio/webm`, `audio/ogg` or `audio/mp4`. */
  readonly type: string;
  readonly seconds: number;
  /** Whether anything louder than silence was recorded. */
  readonly heard: boolean;
}

export interface Voice {
  /** Ends the recording and gives it; may be called again. Throws VoiceError("broken") when nothing was recorded. */
  stop(): Promise<Recording>;
  /** Ends the recording and forgets it. */
  cancel(): void;
}

const SAMPLE_RATE = 16_000;
const BITS_PER_SECOND = 24_000;
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
/** Loudness (RMS) above which somebody is speaking. */
const HEARD = 0.01;
/** A voice at arm's length has an RMS of about a quarter of full scale once disguised. */
const FULL_LEVEL = 0.25;
const LEVEL_MS = 100;
/** Longer than any phone that starts its sound at all takes for it. */
const WAKING_MS = 3000;

/** Whether this browser can disguise and record at all; text stays available where it cannot. */
export function canRecord(): boolean {
  return "mediaDevices" in navigator && "AudioContext" in self && recordableType() !== undefined;
}

/** Asks for the microphone and starts recording; must be called from a tap. Throws VoiceError. */
export async function startVoice(options: VoiceOptions): Promise<Voice> {
  const type = recordableType();
  if (!type || !canRecord()) throw new VoiceError("unsupported");
  const microphone = await openMicrophone();
  try {
    return await record(microphone, type, options);
  } catch (error) {
    stopTracks(microphone);
    throw error instanceof VoiceError ? error : new VoiceError("broken");
  }
}

function recordableType(): string | undefined {
  return "MediaRecorder" in self ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) : undefined;
}

const FAILURES: Record<string, VoiceFailure> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "no_microphone",
  NotReadableError: "busy",
};

async function openMicrophone(): Promise<MediaStream> {
  const audio = { channelCount: 1, noiseSuppression: true, autoGainControl: true, echoCancellation: true };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio });
  } catch (error) {
    throw new VoiceError(FAILURES[(error as DOMException).name] ?? "broken");
  }
}

interface Source {
  readonly context: AudioContext;
  readonly node: MediaStreamAudioSourceNode;
}

/** Chromium resamples the microphone to 16 kHz; Firefox refuses to, and the vocoder then runs at the microphone's rate. */
function sourceOf(microphone: MediaStream): Source {
  let context = new AudioContext({ sampleRate: SAMPLE_RATE });
  try {
    return { context, node: context.createMediaStreamSource(microphone) };
  } catch {
    void context.close();
    context = new AudioContext();
    return { context, node: context.createMediaStreamSource(microphone) };
  }
}

async function record(microphone: MediaStream, type: string, options: VoiceOptions): Promise<Voice> {
  const source = sourceOf(microphone);
  try {
    return await recordFrom(source, microphone, type, options);
  } catch (error) {
    void source.context.close();
    throw error;
  }
}

async function recordFrom(
  { context, node }: Source,
  microphone: MediaStream,
  type: string,
  options: VoiceOptions,
): Promise<Voice> {
  const disguised = options.plain ? node : disguise(context, node);
  const meter = context.createAnalyser();
  const destination = context.createMediaStreamDestination();
  destination.channelCount = 1;
  disguised.connect(meter);
  disguised.connect(destination);
  await woken(context);
  const recorder = new MediaRecorder(destination.stream, {
    mimeType: type,
    audioBitsPerSecond: BITS_PER_SECOND,
  });
  return new LiveVoice(recorder, meter, options, () => {
    stopTracks(microphone);
    stopTracks(destination.stream);
    if (context.state !== "closed") void context.close();
  }).begin(microphone);
}

/** A context without anything to play on never says that it could not start. Throws VoiceError. */
async function woken(context: AudioContext): Promise<void> {
  const late = new Promise((_, reject) => self.setTimeout(reject, WAKING_MS, new VoiceError("stuck")));
  await Promise.race([context.resume(), late]);
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

class LiveVoice implements Voice {
  private readonly samples: Float32Array<ArrayBuffer>;
  private readonly finished: Promise<void>;
  private chunks: Blob[] = [];
  private began = 0;
  private seconds = 0;
  private ticked = -1;
  private heard = false;
  private wanted = false;
  private timer = 0;

  constructor(
    private readonly recorder: MediaRecorder,
    private readonly meter: AnalyserNode,
    private readonly options: VoiceOptions,
    private readonly release: () => void,
  ) {
    this.samples = new Float32Array(meter.fftSize);
    recorder.ondataavailable = ({ data }) => this.chunks.push(data);
    this.finished = new Promise((resolve) => {
      recorder.onstop = () => resolve(this.finish());
    });
  }

  begin(microphone: MediaStream): Voice {
    for (const track of microphone.getTracks()) track.onended = () => this.end();
    this.recorder.start();
    this.began = performance.now();
    this.timer = self.setInterval(() => this.look(), LEVEL_MS);
    this.look();
    return this;
  }

  private look(): void {
    this.meter.getFloatTimeDomainData(this.samples);
    const loudness = Math.sqrt(this.samples.reduce((sum, x) => sum + x * x, 0) / this.samples.length);
    this.heard ||= loudness > HEARD;
    this.options.onLevel?.(Math.min(1, loudness / FULL_LEVEL));
    this.tick();
  }

  private tick(): void {
    this.seconds = Math.min((performance.now() - this.began) / 1000, this.options.maxSeconds);
    const whole = Math.floor(this.seconds);
    if (whole > this.ticked) {
      this.ticked = whole;
      this.options.onTick?.(whole, this.options.maxSeconds - whole);
    }
    if (this.seconds >= this.options.maxSeconds) this.end();
  }

  private end(): void {
    if (this.recorder.state !== "inactive") this.recorder.stop();
  }

  private finish(): void {
    self.clearInterval(this.timer);
    this.release();
    this.samples.fill(0);
    if (!this.wanted) this.options.onEnd?.();
  }

  async stop(): Promise<Recording> {
    this.wanted = true;
    this.end();
    await this.finished;
    const bytes = new Uint8Array(await new Blob(this.chunks).arrayBuffer());
    if (bytes.length === 0) throw new VoiceError("broken");
    const type = this.recorder.mimeType.replace(/;.*/, "");
    return { bytes, type, seconds: this.seconds, heard: this.heard };
  }

  cancel(): void {
    this.wanted = true;
    this.end();
    void this.finished.then(() => {
      this.chunks = [];
    });
  }
}
