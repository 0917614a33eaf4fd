/** Leaving at once: a button, or Escape twice. The page is replaced, so that Back does not return to it. */

const TWICE_MS = 700;

export interface Exit {
  leave(): void;
  onLeave(forget: () => void): void;
}

/** Wires the exit; everything registered with `onLeave` is forgotten before the page goes, whichever way it goes. */
export function watchExit(button: HTMLElement): Exit {
  const forgetting: (() => void)[] = [forgetForms];
  const forget = () => {
    for (const one of forgetting) one();
  };
  const leave = () => {
    document.body.hidden = true;
    forget();
    location.replace(button.dataset.to as string);
  };
  button.addEventListener("click", leave);
  onDoubleEscape(leave);
  addEventListener("pagehide", forget);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  return { leave, onLeave: (one) => forgetting.push(one) };
}

function forgetForms(): void {
  for (const form of document.forms) form.reset();
}

function onDoubleEscape(leave: () => void): void {
  let before = Number.NEGATIVE_INFINITY;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - before < TWICE_MS) leave();
    before = event.timeStamp;
  });
}

/** Turns links to the site's own pages into replacements of this one, so that the way here stays unknown. */
export function replaceOnLinks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || link.origin !== location.origin || link.download || event.defaultPrevented) return;
    event.preventDefault();
    location.replace(link.href);
  });
}
