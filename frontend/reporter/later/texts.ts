/** The child's texts in the language of the page; every element that holds one remembers which. */

export type Texts = Readonly<Record<string, string>>;
export type Values = Readonly<Record<string, string | number>>;

const valuesOf = new WeakMap<Element, Values>();
let texts: Texts = {};
let easy = false;
const listeners: (() => void)[] = [];

/** A text with its values filled in. */
export function text(key: string, values: Values = {}): string {
  return (texts[key] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** Puts a text into an element, for this language and every one to come. */
export function say(element: Element, key: string, values: Values = {}): void {
  (element as HTMLElement).dataset.t = key;
  valuesOf.set(element, values);
  write(element);
}

/** Called after the language changed, by parts that show names that are not texts. */
export function onLanguage(listener: () => void): void {
  listeners.push(listener);
}

/** Takes the texts of a language without touching the page, which is in that language already. */
export function useTexts(loaded: Texts): void {
  texts = loaded;
}

/** Says everything on the page again, in another language. */
export function translate(loaded: Texts, language: string): void {
  texts = loaded;
  document.documentElement.lang = language;
  document.title = text("title");
  sayAgain();
  relabel("label", "aria-label");
  relabel("title", "title");
  for (const listener of listeners) listener();
}

/** Easy reading: every sentence on a line of its own. */
export function readEasily(on: boolean): void {
  easy = on;
  document.documentElement.toggleAttribute("data-easy", on);
  sayAgain();
}

function sayAgain(): void {
  for (const element of document.querySelectorAll("[data-t]")) write(element);
}

function relabel(kind: "label" | "title", attribute: string): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-${kind}]`))
    element.setAttribute(attribute, text(element.dataset[kind] as string));
}

function write(element: Element): void {
  const whole = text((element as HTMLElement).dataset.t as string, valuesOf.get(element));
  const sentences = easy ? sentencesOf(whole) : [whole];
  if (sentences.length < 2) element.textContent = whole;
  else element.replaceChildren(...sentences.map(line));
}

/** Sentences with their full stops. A stop before a no-break space is an abbreviation's and ends none. */
export function sentencesOf(whole: string): string[] {
  return whole.match(/.+?[.!?…]+[»”"]?(?:[ \n]+|$)|.+$/gs) ?? [whole];
}

function line(sentence: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "line";
  made.textContent = sentence.trim();
  return made;
}
