/** Writing on in a thread. */

import { button, el, told } from "./dom";
import type { Mailbox } from "./mailbox";
import { say } from "./texts";
import type { Place } from "./thread";
import { reasonOf } from "./trouble";
import { isTooLong, writingTools } from "./writing";

/** A field with its tools; what failed to go stays in it. */
export function replyForm(mailbox: Mailbox, place: Place, again: () => void): HTMLElement {
  const field = el("textarea", { id: "reply", rows: "5", spellcheck: "false", autocomplete: "off" });
  const tools = el("div", { class: "attach" });
  const files = writingTools(field, tools, place.limits, place.onLeave);
  const status = el("p", { role: "status" });
  const send = button("thread.send", () => void deliver(), { class: "main" });
  place.onLeave(() => {
    field.value = "";
  });
  const deliver = async () => {
    const text = field.value.trim();
    if ((!text && !files.all.length) || isTooLong(text, place.limits)) return field.focus();
    send.disabled = true;
    say(status, "send.sending");
    try {
      await mailbox.write(text, files.all);
      files.clear();
      field.value = "";
      field.dispatchEvent(new Event("input"));
      delete status.dataset.t;
      status.replaceChildren();
      again();
    } catch (error) {
      const { trouble, detail } = reasonOf(error);
      const reason = told("span", `error.${trouble}`, {}, { seconds: Number(detail.seconds ?? 60) });
      delete status.dataset.t;
      status.replaceChildren(told("span", "thread.error", { class: "wrong" }), " ", reason);
    } finally {
      send.disabled = false;
    }
  };
  const label = told("label", "thread.write", { for: "reply", class: "big" });
  return el("section", {}, label, field, tools, status, send);
}
