/** What the tests reach in a page: the media modules themselves, and instruments to measure them with. */
import { canRecord, startVoice } from "../../../frontend/reporter/media/voice";
import { disguise } from "../../../frontend/reporter/media/vocoder";
import { disguisePhoto } from "../../../frontend/reporter/media/photo";
import { pitches } from "./pitch.js";
import { RATE, SOUNDS } from "./sounds.js";

const QUIET = 0.1;

/** The middle pitch of a sound's loud frames, how clear it is, and the frame farthest from `near`. */
function heard(samples, rate, near) {
  const frames = pitches(samples, rate);
  const loudest = Math.max(...frames.map(({ loudness }) => loudness));
  const loud = frames.slice(4, -1).filter(({ loudness, clarity }) => loudness > QUIET * loudest && clarity > 0.5);
  const sorted = loud.map(({ hertz }) => hertz).sort((a, b) => a - b);
  const farthest = Math.max(...sorted.map((hertz) => Math.abs(hertz - near)));
  return { hertz: sorted[sorted.length >> 1], farthest, frames: sorted.length, loudest };
}

async function render(samples, wire) {
  const context = new OfflineAudioContext(1, samples.length, RATE);
  const source = context.createBufferSource();
  source.buffer = context.createBuffer(1, samples.length, RATE);
  source.buffer.copyToChannel(samples, 0);
  wire(context, source).connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}

async function decoded(bytes) {
  const context = new OfflineAudioContext(1, RATE, RATE);
  return (await context.decodeAudioData(bytes.slice().buffer)).getChannelData(0);
}

async function speech(name) {
  return decoded(new Uint8Array(await (await fetch(`/speech/${name}`)).arrayBuffer()));
}

async function measure(samples, near) {
  const before = heard(samples, RATE, near);
  const after = heard(await render(samples, disguise), RATE, 110);
  return { before, after };
}

/** The highest normalised cross-correlation of two sounds at any shift up to a second, 0 to 1. */
function likeness(one, other) {
  const length = Math.min(one.length, other.length) - RATE;
  let best = 0;
  for (let shift = 0; shift < RATE; shift++) {
    let product = 0;
    let a = 0;
    let b = 0;
    for (let i = 0; i < length; i += 1) {
      const x = one[i];
      const y = other[i + shift];
      product += x * y;
      a += x * x;
      b += y * y;
    }
    best = Math.max(best, Math.abs(product) / Math.sqrt(a * b || 1));
  }
  return best;
}

/** Records every wire between audio nodes, every microphone and every context, so that a test can follow the sound. */
function spy() {
  const seen = { wires: [], streams: [], contexts: [], recorded: [] };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    seen.wires.push([this, to]);
    return connect.call(this, to, ...rest);
  };
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    seen.streams.push(stream);
    return stream;
  };
  const Context = self.AudioContext;
  self.AudioContext = class extends Context {
    constructor(...options) {
      super(...options);
      seen.contexts.push(this);
    }
  };
  const Recorder = self.MediaRecorder;
  self.MediaRecorder = class extends Recorder {
    constructor(stream, ...options) {
      super(stream, ...options);
      seen.recorded.push(stream);
    }
  };
  return seen;
}

/** The kinds of node that sound itself can flow to from the microphone; a wire into an AudioParam carries loudness only. */
function reached(seen) {
  const from = seen.wires.map(([node]) => node).find((node) => node instanceof MediaStreamAudioSourceNode);
  const found = new Set([from]);
  for (const node of found)
    for (const [one, other] of seen.wires) if (one === node && other instanceof AudioNode) found.add(other);
  return [...new Set([...found].map((node) => node.constructor.name))].sort();
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Records as the page does and says everything a test wants to know about it. */
async function recordVoice(seconds, maxSeconds = 60) {
  const seen = spy();
  const ticks = [];
  const levels = [];
  let ended = 0;
  const voice = await startVoice({
    maxSeconds,
    onTick: (...tick) => ticks.push(tick),
    onLevel: (level) => levels.push(level),
    onEnd: () => ended++,
  });
  await wait(seconds * 1000);
  const live = seen.streams.every((stream) => stream.active);
  const recording = await voice.stop();
  const again = await voice.stop();
  await wait(100);
  return { recording, again, ticks, levels, ended, live, seen };
}

Object.assign(self, {
  media: {
    RATE,
    SOUNDS,
    canRecord,
    decoded,
    disguise,
    disguisePhoto,
    heard,
    likeness,
    measure,
    reached,
    recordVoice,
    render,
    speech,
    spy,
    startVoice,
    wait,
  },
});
