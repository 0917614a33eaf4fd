/** The few things every island does with the page. Words of a person only ever become text. */

/** The element with an id; throws when the page has none, because then the page is not ours. */
export function byId<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found as unknown as T;
}

/** A copy of the only element inside a `<template>`. */
export function clone<T extends Element = HTMLElement>(templateId: string): T {
  const inner = byId<HTMLTemplateElement>(templateId).content.firstElementChild;
  if (!inner) throw new Error(`#${templateId} is empty`);
  return inner.cloneNode(true) as T;
}

/** The part of a clone that waits for something: `data-slot="name"`. */
export function slot<T extends Element = HTMLElement>(root: Element, name: string): T {
  const found = root.querySelector<T>(`[data-slot="${name}"]`);
  if (!found) throw new Error(`No slot ${name}`);
  return found;
}

/** Put text into a slot, as text. */
export function fill(root: Element, name: string, text: string): void {
  slot(root, name).textContent = text;
}

/** Show or hide. */
export function show(element: HTMLElement, visible: boolean): void {
  element.hidden = !visible;
}

/** Put an error in words where it belongs, or take it away with an empty text. */
export function say(element: HTMLElement, text: string): void {
  element.textContent = text;
  element.hidden = text === "";
}

const ICON = /^[a-z-]+$/;

/** Let a cloned `<use>` show an icon of the page's sprite. */
export function setIcon(root: Element, name: string): void {
  if (ICON.test(name)) slot<SVGUseElement>(root, "icon").setAttribute("href", `#icon-${name}`);
}

/** A badge: a shape and a word. */
export function badge(icon: string, text: string, kind = ""): HTMLElement {
  const made = clone("badge-template");
  if (icon) setIcon(made, icon);
  else made.querySelector("svg")?.remove();
  fill(made, "text", text);
  if (kind) made.classList.add(kind);
  return made;
}

/** A notice: something to know before going on. */
export function notice(icon: string, text: string, kind = ""): HTMLElement {
  const made = clone("notice-template");
  if (icon) setIcon(made, icon);
  else made.querySelector("svg")?.remove();
  fill(made, "text", text);
  if (kind) made.classList.add(kind);
  return made;
}
