/** Reads a step aloud: recordings of the pack, fetched when they are asked for, one text after the other. */

import { byId } from "./dom";
import { language } from "./language";
import type { Site } from "./site";
import { say } from "./texts";

let playing: HTMLAudioElement | undefined;

/** Wires the listening button; `where` gives the part of the page to read. */
export function watchListening(site: Site, where: () => ParentNode): () => void {
  const button = byId("listen");
  const label = button.querySelector("span") as HTMLElement;
  const stop = () => {
    playing?.pause();
    playing = undefined;
    say(label, "bar.listen");
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (playing) return stop();
    say(label, "bar.stop");
    play(addresses(site, where()), stop);
  });
  return stop;
}

/** The recordings of everything visible, in reading order. */
function addresses(site: Site, part: ParentNode): string[] {
  const folder = site.files.audio[language()];
  const shown = [...part.querySelectorAll<HTMLElement>("[data-t]")].filter(
    (one) => one.offsetParent !== null,
  );
  const keys = new Set(shown.map((one) => one.dataset.t));
  return folder ? [...keys].map((key) => `/p/${folder}/${key}.webm`) : [];
}

/** A text that has no recording is passed over. */
function play(queue: readonly string[], done: () => void): void {
  const [first, ...rest] = queue;
  if (!first) {
    done();
    return;
  }
  const audio = new Audio(first);
  playing = audio;
  const next = () => playing === audio && play(rest, done);
  audio.addEventListener("ended", next);
  audio.addEventListener("error", next);
  audio.play().catch(next);
}
