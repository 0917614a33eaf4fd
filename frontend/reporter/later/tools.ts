/** What both pages offer around their questions: languages, listening, easy reading, pictures. */

import { watchEasy } from "./easy";
import { watchLanguages } from "./language";
import { watchListening } from "./listening";
import { fillPictures } from "./pictures";
import { loadSite, type Site } from "./site";

export interface Tools {
  readonly site: Site;
  /** Ends what is being read aloud. */
  hush(): void;
}

/** Loads the site file and texts, then wires everything. Throws Unreachable or Forged. */
export async function loadTools(where: () => ParentNode): Promise<Tools> {
  const site = await loadSite();
  await watchLanguages(site);
  watchEasy();
  fillPictures(site.files.pictures);
  return { site, hush: watchListening(site, where) };
}
