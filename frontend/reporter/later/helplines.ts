/** The helplines as the page's header has them, to be shown where they are needed most. */

/** A copy of the list that can be called from. */
export function helplines(): Node {
  return (document.querySelector("#help .calls") as Element).cloneNode(true);
}
