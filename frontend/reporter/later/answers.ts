/** What the form says, in the payload's codes. */

import type { Appeal } from "../../sealed";
import type { Poster } from "../poster";
import type { Attachment } from "./attachments";
import { language } from "./language";

/** The payload of WIRE: everything but `safe` is only ever sealed. */
export interface Answers {
  readonly language: string;
  readonly reasons: readonly string[];
  readonly about: readonly string[];
  readonly age: Appeal["age"];
  readonly who: Appeal["who"];
  readonly safe: Appeal["safe"];
  readonly text: string;
  /** REGION.CODE, or empty. */
  readonly school: string;
  /** Of the region that was confirmed; not part of the payload. */
  readonly region: string;
  readonly files: readonly Attachment[];
}

/** Reads the form as it is now. */
export function readAnswers(form: HTMLFormElement, poster: Poster, files: readonly Attachment[]): Answers {
  const data = new FormData(form);
  const many = (name: string) => data.getAll(name).map(String);
  const one = (name: string) => String(data.get(name) ?? "");
  return {
    language: language(),
    reasons: many("reasons"),
    about: many("about"),
    age: one("age") as Appeal["age"],
    who: one("who") as Appeal["who"],
    safe: one("safe") as Appeal["safe"],
    text: one("text").trim().normalize("NFC"),
    school: poster.code ? `${poster.region}.${poster.code}` : "",
    region: poster.region,
    files,
  };
}

/** There is nothing in it to read. */
export function isEmpty({ reasons, text, files }: Answers): boolean {
  return !reasons.length && !text && !files.length;
}
