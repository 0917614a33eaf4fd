/** The child's stylesheet inside a shadow: its page becomes the corner, and its letters keep their real size. */

/** The child's page is set in these many pixels to a rem: as ever, and in easy reading. */
const PLAIN = 18;
const EASY = 22;

/** The same rules for a corner: the page's root and body are elements in it, and a rem is what it is on the phone. */
export function rewritten(css: string, easy: boolean): string {
  const rem = easy ? EASY : PLAIN;
  return css
    .replace(/(\bhtml\s*\{[^}]*?font:\s*|\[data-easy\]\s*\{[^}]*?font-size:\s*)[\d.]+%/g, `$1${rem}px`)
    .replace(/:root/g, ":host")
    .replace(/(^|[}{,;\s])(html|body)(?=[\s,{])/g, "$1.$2")
    .replace(/(\d*\.?\d+)rem\b/g, (_, count: string) => `${Number(count) * rem}px`);
}

const fetched = new Map<string, Promise<string>>();

/** A sheet to adopt; the child's own file is fetched once. */
export async function inShadow(address: string, easy: boolean): Promise<CSSStyleSheet> {
  const css = fetched.get(address) ?? fetch(address).then((answer) => answer.text());
  fetched.set(address, css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rewritten(await css, easy));
  return sheet;
}
