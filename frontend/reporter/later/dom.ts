/** Elements in one expression, without markup in strings. */

import { say, type Values } from "./texts";

type Attributes = Readonly<Record<string, string | boolean>>;

/** An element with attributes (`true` for a bare one, `false` for none) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children);
  return made;
}

/** An element that holds one of the child's texts and changes with the language. */
export function told<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  key: string,
  attributes: Attributes = {},
  values: Values = {},
): HTMLElementTagNameMap[K] {
  const made = el(tag, attributes);
  say(made, key, values);
  return made;
}

/** A button with one of the child's texts. */
export function button(key: string, onTap: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = told("button", key, { type: "button", ...attributes });
  made.addEventListener("click", onTap);
  return made;
}

/** A heading that can be moved to when its part appears. */
export function heading(key: string): HTMLHeadingElement {
  return told("h1", key, { tabindex: "-1" });
}

/** Puts a part on the page and moves there, as a new page would. */
export function present(place: HTMLElement, ...parts: Node[]): void {
  place.replaceChildren(...parts);
  place.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

export function byId<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
