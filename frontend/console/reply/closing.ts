/** Buttons that close the dialog they are in. */

/** Wires every one in the page. */
export function bindClosing(): void {
  for (const button of document.querySelectorAll<HTMLElement>("dialog [data-close]")) {
    button.addEventListener("click", () => button.closest("dialog")?.close());
  }
}
