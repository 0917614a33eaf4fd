/** The easy-read layout: larger, airier, one sentence on a line. Chosen for this visit only; nothing is remembered. */

import { byId } from "./dom";
import { readEasily } from "./texts";

/** Wires the switch. */
export function watchEasy(): void {
  const button = byId("easy");
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    readEasily(on);
  });
}
