/** The step that asks for the region: confirmed from the poster, chosen, or told by a typed code. */

import { type Poster, readPoster } from "./poster";

export interface Where {
  poster(): Poster;
  /** Whether the step is complete; shows what is missing. */
  check(): boolean;
}

/** Wires the step. `scanned` is the fragment of the poster's address, or "". */
export function askWhere(scanned: string, onYes: () => void): Where {
  const region = byId<HTMLSelectElement>("region");
  const code = byId<HTMLInputElement>("code");
  const regions = [...region.options].map((option) => option.value).filter(Boolean);
  const typed = () => (code.value.trim() ? readPoster(code.value, regions) : { region: "", code: "" });
  const found = readPoster(scanned, regions);
  if (found?.region) confirmPoster(found, region, code, onYes);
  code.addEventListener("change", () => {
    region.value = typed()?.region || region.value;
  });
  return {
    poster: () => ({ region: region.value, code: typed()?.code ?? "" }),
    check: () => complain(typed() ? (region.value ? "" : "where.need") : "where.code_bad"),
  };
}

function confirmPoster(
  found: Poster,
  region: HTMLSelectElement,
  code: HTMLInputElement,
  onYes: () => void,
): void {
  const byHand = byId("by-hand");
  const card = byId("poster");
  region.value = found.region;
  code.value = found.code;
  byId("poster-region").textContent = region.selectedOptions[0]?.text ?? "";
  card.hidden = false;
  byHand.hidden = true;
  byId("poster-yes").addEventListener("click", onYes);
  byId("poster-no").addEventListener("click", () => {
    card.hidden = true;
    byHand.hidden = false;
    region.value = code.value = "";
    region.focus();
  });
}

function complain(key: string): boolean {
  const error = byId("where-error");
  for (const one of error.children) (one as HTMLElement).hidden = (one as HTMLElement).dataset.t !== key;
  error.hidden = !key;
  return !key;
}

function byId<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
