/** Changes the language in place: nothing that was typed, chosen or attached is touched. */

import { fileJson, type Site } from "./site";
import { type Texts, translate, useTexts } from "./texts";

/** The language of the page now. */
export function language(): string {
  return document.documentElement.lang;
}

/** Loads the page's own texts and lets its language links change them. */
export async function watchLanguages(site: Site): Promise<void> {
  useTexts(await textsOf(site, language()));
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".tools a[lang]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      void change(site, link);
    });
}

async function change(site: Site, link: HTMLAnchorElement): Promise<void> {
  const chosen = link.lang;
  const texts = await textsOf(site, chosen).catch(() => undefined);
  if (!texts) return;
  for (const other of document.querySelectorAll(".tools a[lang]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  translate(texts, chosen);
  document.documentElement.dir = link.dir;
  nameRegions(site);
}

function textsOf(site: Site, chosen: string): Promise<Texts> {
  return fileJson<Texts>(site.files.texts[chosen] as string);
}

/** A region's name in the language of the page. */
export function regionName(site: Site, id: string): string {
  return site.regions.find((one) => one.id === id)?.name[language()] ?? id;
}

function nameRegions(site: Site): void {
  const select = document.querySelector<HTMLSelectElement>("#region");
  for (const option of select?.options ?? [])
    if (option.value) option.textContent = regionName(site, option.value);
  const shown = document.querySelector("#poster-region");
  if (shown && select?.value) shown.textContent = select.selectedOptions[0]?.text ?? "";
}
