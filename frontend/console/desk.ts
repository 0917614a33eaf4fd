/** The console in two halves from one script: in a page it draws, in a worker it keeps the keys. */

const half = "document" in globalThis ? import("./app") : import("./vault/worker");
half.catch(() => {
  const broken = globalThis.document?.getElementById("gate-broken");
  if (broken) broken.hidden = false;
});
