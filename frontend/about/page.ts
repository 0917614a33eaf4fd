/** A page about the house that a child may be on: it can be left at once, and no link of it leaves a way back. */

import { replaceOnLinks, watchExit } from "../reporter/exit";

watchExit(document.getElementById("exit") as HTMLElement);
replaceOnLinks();
