/** Filters of the inbox. What is sealed (reason, language, school) is compared here, in the browser, and nowhere else. */

import type { OpenedEnvelope } from "./vault/contract";
import type { Row } from "./wire";

/** Every filter; "" lets everything through. */
export interface Filters {
  unread: boolean;
  mine: boolean;
  present: boolean;
  protection: "" | Row["protection"];
  reason: string;
  language: string;
  school: string;
}

export const NONE: Filters = {
  unread: false,
  mine: false,
  present: false,
  protection: "",
  reason: "",
  language: "",
  school: "",
};

/** Whether any filter is set. */
export function isSet(filters: Filters): boolean {
  return Object.values(filters).some(Boolean);
}

/** Whether a row passes every filter; one that is not open yet passes none that need its words. */
export function passes(filters: Filters, row: Row, opened: OpenedEnvelope | undefined): boolean {
  return passesOutside(filters, row) && passesInside(filters, opened);
}

function passesOutside({ unread, mine, present, protection }: Filters, row: Row): boolean {
  if (unread && row.read) return false;
  if (mine && !row.mine) return false;
  if (present && row.present.length === 0) return false;
  return !protection || row.protection === protection;
}

function passesInside({ reason, language, school }: Filters, opened: OpenedEnvelope | undefined): boolean {
  if (!reason && !language && !school) return true;
  const content = opened?.content;
  if (!content || (reason && !content.reasons.includes(reason))) return false;
  if (language && content.language !== language) return false;
  return !school || content.school === school;
}
