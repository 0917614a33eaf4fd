/** A QR symbol as an SVG, drawn in the page: what it holds goes nowhere. */

import encodeQR from "qr";

const SVG = "http://www.w3.org/2000/svg";

/** The symbol of a text, dark on light whatever the page's colours are. */
export function symbol(text: string): SVGSVGElement {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 });
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute(
    "d",
    rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""),
  );
  svg.append(path);
  return svg;
}
