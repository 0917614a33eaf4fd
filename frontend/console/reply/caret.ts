/** Puts words where the cursor is; nothing that was typed is overwritten, a selection least of all. */

/** The words as they go in, with an empty line to what stands before and behind. */
export function between(before: string, words: string, behind: string): string {
  const above = before.trim() ? "\n\n".slice(before.length - before.trimEnd().length) : "";
  const below = behind.trim() ? "\n\n" : "";
  return above + words + below;
}

/** Insert behind the cursor or the selection. */
export function insertAtCaret(field: HTMLTextAreaElement, words: string): void {
  const at = field.selectionEnd;
  const put = between(field.value.slice(0, at), words, field.value.slice(at));
  field.setRangeText(put, at, at, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
