/** The page that reads. */
import type { Base } from "./shell";
export function begin(_base: Base): void {}
