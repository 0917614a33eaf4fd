/**
 * A 24-band channel vocoder built from native audio nodes: how loud each band of the voice is, played by a carrier
 * of fixed pitch. Sound flows inside the browser's audio engine; no sample of it is ever visible to a script.
 */

/** The pitch of everything that leaves the vocoder, in hertz. */
export const CARRIER_HZ = 110;

const BANDS = 24;
const LOWEST_HZ = 80;
const HIGHEST_HZ = 7200;
/**
 * Everything a speaker's fundamental can be shares one band. Were it divided, a voice at 330 Hz would light the band
 * of the carrier's third harmonic alone, and its pitch would be heard through the bands.
 */
const PITCH_BAND_TOP_HZ = 480;
const NARROWEST_HZ = 180;
/** Loudness may follow syllables (up to about 20 a second), never the vibration of the speaker's vocal folds. */
const ENVELOPE_HZ = 22;
/** The two sections of a fourth-order Butterworth low-pass; Web Audio takes this Q in decibels. */
const ENVELOPE_Q = [-5.3, 2.3];
/** Two equal band-pass sections in a row narrow each other to 0.64 of their width. */
const TWO_SECTIONS = 0.64;
/** The mean of a rectified sine is 2/pi of its height. */
const MEAN_TO_HEIGHT = Math.PI / 2;

export interface Band {
  readonly low: number;
  readonly high: number;
}

/** The bands in hertz, touching each other; above the first their width grows by a constant step. */
export function bands(): Band[] {
  const rest = BANDS - 1;
  const step = (2 * ((HIGHEST_HZ - PITCH_BAND_TOP_HZ) / rest - NARROWEST_HZ)) / (rest - 1);
  const all: Band[] = [{ low: LOWEST_HZ, high: PITCH_BAND_TOP_HZ }];
  for (let i = 0, low = PITCH_BAND_TOP_HZ; i < rest; i++) {
    const high = low + NARROWEST_HZ + i * step;
    all.push({ low, high });
    low = high;
  }
  return all;
}

/** The numbers of the carrier's harmonics that lie in a band. */
export function harmonicsIn({ low, high }: Band): number[] {
  const numbers: number[] = [];
  for (let n = Math.ceil(low / CARRIER_HZ); n * CARRIER_HZ < high; n++) numbers.push(n);
  return numbers;
}

/** Wires `input` into a disguise and returns the node its disguised sound comes out of; the caller closes the context. */
export function disguise(context: BaseAudioContext, input: AudioNode): AudioNode {
  const output = context.createDynamicsCompressor();
  for (const band of bands()) {
    const loudness = context.createGain();
    loudness.gain.value = 0;
    envelope(context, bandPass(context, input, band)).connect(loudness.gain);
    carrier(context, harmonicsIn(band)).connect(loudness).connect(output);
  }
  return output;
}

function bandPass(context: BaseAudioContext, input: AudioNode, { low, high }: Band): AudioNode {
  const frequency = Math.sqrt(low * high);
  const Q = (frequency / (high - low)) * TWO_SECTIONS;
  return [Q, Q].reduce((node, q) => node.connect(filter(context, "bandpass", frequency, q)), input);
}

/** How loud a band is: rectified, then smoothed until nothing of the speaker's pitch is left. */
function envelope(context: BaseAudioContext, band: AudioNode): AudioNode {
  const rectifier = context.createWaveShaper();
  rectifier.curve = new Float32Array([1, 0, 1]);
  const start: AudioNode = band.connect(rectifier);
  return ENVELOPE_Q.reduce((node, q) => node.connect(filter(context, "lowpass", ENVELOPE_HZ, q)), start);
}

/** The carrier's share of one band, as strong as one sine of height 1; its phases (Schroeder's) keep it from clicking. */
function carrier(context: BaseAudioContext, harmonics: readonly number[]): AudioNode {
  const last = harmonics[harmonics.length - 1] ?? 0;
  const real = new Float32Array(last + 1);
  const imag = new Float32Array(last + 1);
  const height = MEAN_TO_HEIGHT / Math.sqrt(harmonics.length);
  for (const n of harmonics) {
    const phase = (Math.PI * n * n * CARRIER_HZ) / HIGHEST_HZ;
    real[n] = height * Math.cos(phase);
    imag[n] = height * Math.sin(phase);
  }
  const oscillator = context.createOscillator();
  oscillator.setPeriodicWave(context.createPeriodicWave(real, imag, { disableNormalization: true }));
  oscillator.frequency.value = CARRIER_HZ;
  oscillator.start();
  return oscillator;
}

function filter(context: BaseAudioContext, type: BiquadFilterType, frequency: number, q: number): AudioNode {
  const node = context.createBiquadFilter();
  node.type = type;
  node.frequency.value = frequency;
  node.Q.value = q;
  return node;
}
