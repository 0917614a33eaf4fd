/** The console in two halves from one script: in a page it draws, in a worker it keeps the keys. */

void ("document" in globalThis ? import("./app") : import("./vault/worker"));
