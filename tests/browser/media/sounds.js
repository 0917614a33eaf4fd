/** Voices and other sounds made of nothing but arithmetic: 2 s at 16 kHz each, the same every time. */

export const RATE = 16_000;
const LENGTH = 2 * RATE;

/** Formants of five vowels in hertz (Peterson and Barney 1952, a man's; a child's are a third higher). */
const VOWELS = {
  a: [730, 1090, 2440],
  e: [530, 1840, 2480],
  i: [270, 2290, 3010],
  o: [570, 840, 2410],
  u: [300, 870, 2240],
};

/** A generator of repeatable noise between -1 and 1 (xorshift32). */
function noise() {
  let state = 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}

function through(samples, frequency, width) {
  const decay = Math.exp((-Math.PI * width) / RATE);
  const turn = 2 * decay * Math.cos((2 * Math.PI * frequency) / RATE);
  const out = new Float32Array(samples.length);
  for (let i = 0; i < out.length; i++)
    out[i] = samples[i] + turn * (out[i - 1] ?? 0) - decay * decay * (out[i - 2] ?? 0);
  return out;
}

function level(samples, peak = 0.6) {
  const highest = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-9);
  return samples.map((x) => (x * peak) / highest);
}

function spoken(source, vowel, size = 1) {
  return level(VOWELS[vowel].reduce((sound, formant) => through(sound, formant * size, 90), source));
}

/** Pulses of the vocal folds whose pitch in hertz is a function of time in seconds; `breath` adds noise to them. */
function folds(hertz, breath = 0.01) {
  const random = noise();
  const out = new Float32Array(LENGTH);
  for (let i = 0, phase = 0; i < LENGTH; i++) {
    phase += hertz(i / RATE) / RATE;
    if (phase >= 1) {
      phase -= 1;
      out[i] += 1;
    }
    out[i] += breath * random();
  }
  return out;
}

const steady = (hertz, vowel, size) => ({ samples: spoken(folds(() => hertz), vowel, size), hertz });
const sine = (hertz) => level(Float32Array.from({ length: LENGTH }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / RATE)));
const sum = (...parts) => level(parts[0].map((_, i) => parts.reduce((total, part) => total + part[i], 0)));

function whisper() {
  const random = noise();
  return spoken(Float32Array.from({ length: LENGTH }, random), "a");
}

const SONG = [262, 294, 330, 349, 392, 349, 330, 294];

/** name -> {samples, hertz}; `hertz` where the sound has one pitch for the control to find. */
export const SOUNDS = {
  "man 80 Hz a": steady(80, "a"),
  "man 98 Hz o": steady(98, "o"),
  "man 123 Hz e": steady(123, "e"),
  "woman 175 Hz u": steady(175, "u", 1.15),
  "woman 215 Hz i": steady(215, "i", 1.15),
  "child 262 Hz a": steady(262, "a", 1.3),
  "child 330 Hz e": steady(330, "e", 1.3),
  "child 400 Hz o": steady(400, "o", 1.3),
  "glide up 90 to 380 Hz": { samples: spoken(folds((t) => 90 + 145 * t), "a") },
  "glide down 400 to 100 Hz": { samples: spoken(folds((t) => 400 - 150 * t), "e", 1.2) },
  "vibrato 300 Hz": { samples: spoken(folds((t) => 300 + 12 * Math.sin(11 * Math.PI * t)), "a", 1.2) },
  "singing a scale": { samples: spoken(folds((t) => SONG[Math.floor(t * 4) % 8]), "o", 1.2) },
  "breathy 190 Hz": { samples: spoken(folds(() => 190, 0.12), "a", 1.1) },
  whisper: { samples: whisper() },
  "sine 220 Hz": { samples: sine(220), hertz: 220 },
  "chord of C": { samples: sum(...[262, 330, 392].map((hertz) => spoken(folds(() => hertz), "u"))) },
  "two voices 140 and 310 Hz": { samples: sum(steady(140, "a").samples, steady(310, "i").samples) },
};
