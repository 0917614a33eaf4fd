/** Who could read what of a desk from when to when. */

import { byId, clone, fill, show, slot } from "../dom";
import { date } from "../format";
import { bootstrap, text } from "../texts";
import * as api from "./api";

/** Show a desk's history; the periods of `first`, who was just removed, stand at the top. */
export async function showHistory(desk: string, first = ""): Promise<void> {
  const { language } = bootstrap();
  const { name, periods } = await api.history(desk, language);
  const rank = (period: api.Period) => Number(period.username !== first);
  byId("history-title").textContent = text("keys.history.title", { desk: name });
  byId<HTMLAnchorElement>("history-file").href = `/desk/api/${api.historyAddress(desk, language)}`;
  const sorted = [...periods].reverse().sort((one, other) => rank(one) - rank(other));
  byId("history-periods").replaceChildren(...sorted.map(drawPeriod));
  show(byId("key-history"), true);
  byId("history-title").focus();
}

/** Take it off the screen. */
export function hideHistory(): void {
  byId("history-periods").replaceChildren();
  show(byId("key-history"), false);
}

function drawPeriod({ username, name, epoch, since, until, appeals }: api.Period): HTMLElement {
  const row = clone("period-template");
  const handed = appeals.filter(({ taken }) => taken !== null);
  const end = until === null ? text("keys.history.still") : date(until);
  fill(row, "name", name);
  fill(row, "username", username);
  fill(row, "when", text("keys.history.when", { epoch, since: date(since), until: end }));
  fill(row, "count", text("keys.history.count", { total: appeals.length, taken: handed.length }));
  slot(row, "appeals").replaceChildren(...handed.map(drawAppeal));
  return row;
}

function drawAppeal({ id, received, taken }: api.Period["appeals"][number]): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${id}`;
  link.textContent = text("keys.history.appeal", { received: date(received), taken: date(taken ?? 0) });
  item.append(link);
  return item;
}
