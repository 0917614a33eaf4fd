/** Who could read what of a desk from when to when. */

import { byId, clone, fill, show, slot } from "../dom";
import { moment } from "../format";
import { bootstrap, text } from "../texts";
import * as api from "./api";

/** The file has all of them. */
const MOST = 100;

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

function drawPeriod({ username, name, epoch, since, until, total, taken }: api.Period): HTMLElement {
  const row = clone("period-template");
  const end = until === null ? text("keys.history.still") : moment(until);
  fill(row, "name", name);
  fill(row, "username", username);
  fill(row, "when", text("keys.history.when", { epoch, since: moment(since), until: end }));
  fill(row, "count", text("keys.history.count", { total, taken: taken.length }));
  slot(row, "appeals").replaceChildren(...taken.slice(0, MOST).map(drawAppeal));
  return row;
}

function drawAppeal({ id, received, taken }: api.Handed): HTMLElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${id}`;
  link.textContent = text("keys.history.appeal", { received: moment(received), taken: moment(taken) });
  item.append(link);
  return item;
}
