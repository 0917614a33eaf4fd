/** Puts the pack's line drawings where the page left room for them, once the form is usable. */

const SVG = "http://www.w3.org/2000/svg";

/** A drawing by name; its colours follow the page. */
export function fillPictures(sprite: string, within: ParentNode = document): void {
  for (const place of within.querySelectorAll<SVGElement>("svg[data-pic]")) {
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `/p/${sprite}#${place.dataset.pic}`);
    place.replaceChildren(use);
  }
}
