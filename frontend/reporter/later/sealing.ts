import type { Site } from "./site";
import type { Desk } from "./directory";
import type { Answers } from "./answers";
export interface SealedLetter { bits: number; body(): FormData; work(bits: number): Promise<void>; isPromised(note: string): Promise<boolean>; receipt(words: string): Promise<{ words: string[]; digits: string }>; sameWord(a: string, b: string): boolean }
export async function sealLetter(_s: Site, _d: Desk[], _a: Answers): Promise<SealedLetter> { throw new Error("x"); }
