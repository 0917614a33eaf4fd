/** What the server put into the page about answering. */

/** A text to answer with; the pack's have a word as their id, a desk's own a number. */
export interface PackTemplate {
  id: string;
  title: string;
  text: string;
}

export interface OwnTemplate {
  id: number;
  desk: string;
  language: string;
  title: string;
  text: string;
}

/** One language's rules of what could betray a child (`packs/…/leaks/`). */
export interface LeakRules {
  names: string[];
  endings: string[];
  not_names: string[];
  harmless: string[];
  phone: string[];
  address: string[];
  school: string[];
  date: string[];
}

export interface Replying {
  templates: Record<string, PackTemplate[]>;
  leaks: LeakRules[];
  helplines: string[];
  /** Words of the child's mailbox, by language. */
  child: Record<string, Record<string, string>>;
  /** Where the child's own stylesheet is. */
  look: string;
  saving: string[];
  voice_seconds: number;
  unlawful: { readers: string; law: string };
}
