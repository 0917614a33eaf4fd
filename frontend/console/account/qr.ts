/** A QR code that the server computed, drawn as one path: "1" is dark. */

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

/** The path of every dark square. */
export function path(rows: string[]): string {
  const squares = rows.flatMap((row, y) =>
    [...row].map((dark, x) => (dark === "1" ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")),
  );
  return squares.join("");
}

/** Draw it into an `<svg>`, with the quiet edge that scanners need. */
export function draw(svg: SVGSVGElement, rows: string[]): void {
  const side = rows.length + 2 * QUIET;
  svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path(rows));
  svg.replaceChildren(dark);
}
