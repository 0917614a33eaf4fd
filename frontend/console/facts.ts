/** What is known about an appeal, beside it. */

import type { Letter } from "../sealed";
import type { DeskSession } from "./desk-session";
import { badge, byId, clone, fill, slot } from "./dom";
import { moment } from "./format";
import { reasons } from "./row";
import { bootstrap, coded, label, text } from "./texts";
import { protection, type Shown } from "./thread";

const SAFE_KIND: Record<string, string> = { no: "is-danger", unsure: "is-warn", yes: "is-good" };
const SAFE_ICON: Record<string, string> = { no: "alert", unsure: "alert", yes: "check" };

/** Draw the list. */
export function drawFacts(shown: Shown, session: DeskSession): void {
  const { sealed, opened } = shown;
  const facts = opened.content ? contentFacts(opened.content, session) : [];
  facts.push(fact("received", moment(sealed.received)));
  facts.push(protectionFact(protection(sealed)));
  byId("facts").replaceChildren(...facts);
}

function contentFacts(content: Letter, session: DeskSession): HTMLElement[] {
  const missing = text("console.thread.not_given");
  const whom = content.about.map((code) => label(bootstrap().about, code)).join(", ");
  return [
    safeFact(content.safe),
    fact("reasons", reasons(content)),
    fact("about_whom", whom || missing),
    fact("age", coded("age", content.age) || missing),
    fact("who", coded("who", content.who) || missing),
    schoolFact(content.school, session),
    fact("language", label(bootstrap().languages, content.language)),
  ];
}

function fact(name: string, value: string): HTMLElement {
  const made = clone("fact-template");
  fill(made, "name", text(`console.thread.${name}`));
  fill(made, "value", value);
  return made;
}

function safeFact(safe: string): HTMLElement {
  const made = fact("safe", "");
  const kind = SAFE_KIND[safe] ?? "";
  slot(made, "value").append(badge(SAFE_ICON[safe] ?? "help", text(`console.safe.${safe || "none"}`), kind));
  return made;
}

function protectionFact(found: string): HTMLElement {
  const made = fact("protection", "");
  const [icon, kind] = found === "phone" ? ["phone", "is-good"] : ["server", "is-warn"];
  slot(made, "value").append(badge(icon ?? "", text(`console.protection.${found}`), kind));
  return made;
}

function schoolFact(code: string, session: DeskSession): HTMLElement {
  const made = fact("school", code || text("console.thread.school_none"));
  if (code) void session.schoolName(code).then((name) => fill(made, "value", schoolText(name, code)));
  return made;
}

function schoolText(name: string | undefined, code: string): string {
  return name ?? text("console.thread.school_unknown", { code });
}
