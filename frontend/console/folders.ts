/** Which appeals a folder shows, and in which order. */

import type { Row } from "./wire";

export const FOLDERS = ["all", "unsafe", "unread", "waiting", "answered", "aside", "erasing"] as const;
export type Folder = (typeof FOLDERS)[number];

const SHOWS: Record<Folder, (row: Row) => boolean> = {
  all: (row) => !row.aside,
  unsafe: (row) => !row.aside && row.safe === "no",
  unread: (row) => !row.aside && !row.opened,
  waiting: (row) => !row.aside && row.last.author === "child",
  answered: (row) => !row.aside && row.last.author !== "child",
  aside: (row) => row.aside !== "",
  erasing: (row) => row.erasing,
};

/** Whether a folder shows a row. */
export function shows(folder: Folder, row: Row): boolean {
  return SHOWS[folder](row);
}

/** How many rows each folder shows. */
export function counts(rows: Row[]): Record<Folder, number> {
  const entries = FOLDERS.map((folder) => [folder, rows.filter(SHOWS[folder]).length]);
  return Object.fromEntries(entries) as Record<Folder, number>;
}

/** How urgent a row is: a child who is not safe and waits comes before everything, one who is not sure next. */
function urgency(row: Row): number {
  const waits = row.last.author === "child";
  if (row.safe === "no" && waits) return 0;
  if (row.safe === "unsure" && waits) return 1;
  if (!row.opened) return 2;
  return waits ? 3 : 4;
}

/** Rows as the inbox lists them: the urgent first, then the newest. */
export function sorted(rows: Row[]): Row[] {
  return [...rows].sort((a, b) => urgency(a) - urgency(b) || b.last.at - a.last.at);
}
