/** Finds the fundamental of a sound, frame by frame, by McLeod's normalised square difference (2005). */

const FRAME_S = 0.064;
const LOWEST_HZ = 60;
const HIGHEST_HZ = 500;
/** A peak this near the highest one wins when it comes earlier: it is the period, the others are its multiples. */
const EARLIEST = 0.93;

/** [{hertz, clarity, loudness}] for frames every 32 ms; clarity 1 is a perfectly periodic sound, loudness an RMS. */
export function pitches(samples, rate) {
  const size = Math.round(FRAME_S * rate);
  const frames = [];
  for (let at = 0; at + size <= samples.length; at += size / 2) frames.push(pitch(samples.subarray(at, at + size), rate));
  return frames;
}

function pitch(frame, rate) {
  const likeness = difference(frame, Math.ceil(rate / LOWEST_HZ) + 1);
  const peaks = [];
  for (let lag = Math.floor(rate / HIGHEST_HZ); lag < likeness.length - 1; lag++) {
    const [before, here, after] = [likeness[lag - 1], likeness[lag], likeness[lag + 1]];
    if (here > before && here >= after) peaks.push(parabola(lag, before, here, after));
  }
  const best = Math.max(...peaks.map(({ height }) => height), 0);
  const first = peaks.find(({ height }) => height >= EARLIEST * best) ?? { lag: Number.POSITIVE_INFINITY };
  const loudness = Math.sqrt(frame.reduce((sum, x) => sum + x * x, 0) / frame.length);
  return { hertz: rate / first.lag, clarity: best, loudness };
}

function difference(frame, lags) {
  const likeness = new Float64Array(lags);
  for (let lag = 1; lag < lags; lag++) {
    let product = 0;
    let power = 0;
    for (let i = 0; i + lag < frame.length; i++) {
      product += frame[i] * frame[i + lag];
      power += frame[i] ** 2 + frame[i + lag] ** 2;
    }
    likeness[lag] = power ? (2 * product) / power : 0;
  }
  return likeness;
}

function parabola(lag, before, here, after) {
  const shift = (before - after) / (2 * (before - 2 * here + after) || 1);
  return { lag: lag + shift, height: here - ((before - after) * shift) / 4 };
}
