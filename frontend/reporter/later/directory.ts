/** Which desks a letter goes to: the region's directory file and its conflict table. */

import { language } from "./language";
import { checkedText, type Site } from "./site";

export interface Desk {
  readonly id: string;
  readonly role: string;
  readonly epoch: number;
  readonly recipient: string;
  readonly verify: string;
  readonly names: Readonly<Record<string, string>>;
}

export interface Directory {
  readonly region: string;
  readonly version: number;
  readonly desks: readonly Desk[];
  readonly route: Readonly<Record<string, readonly string[]>>;
  readonly retired: readonly string[];
}

/** The directory file of a region, checked. Throws Unreachable or Forged. */
export async function loadDirectory(site: Site, regionId: string): Promise<Directory> {
  const region = site.regions.find((one) => one.id === regionId) ?? site.regions[0];
  if (!region) throw new RangeError("a site without regions");
  return JSON.parse(await checkedText(region.directory, region.sha256)) as Directory;
}

/** The desks that may read a letter about these people; whoever it may be about never gets it. */
export function readersOf(directory: Directory, about: readonly string[]): Desk[] {
  const named = about.filter((code) => code in directory.route).sort();
  const route = directory.route[named.join("+")] ?? [];
  return route
    .map((id) => directory.desks.find((desk) => desk.id === id))
    .filter((desk) => desk !== undefined);
}

/** A desk's name in the language of the page. */
export function nameOf(desk: Desk): string {
  return desk.names[language()] ?? desk.id;
}
