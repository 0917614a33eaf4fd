/** Removing a colleague: the desk's next key for those who stay, then every open appeal for that key. */

import * as console from "../api";
import type { DeskSession } from "../desk-session";
import type { Target } from "../vault/contract";
import type { Envelope } from "../wire";
import * as api from "./api";

const AT_ONCE = 25;

/** End a colleague's time at a desk. Their sessions end with it; the next key is this officer's first. */
export async function remove(session: DeskSession, desk: api.DeskKeys, leaver: api.Member): Promise<void> {
  const me = desk.members.find((member) => member.me);
  if (!me) return;
  const { sheets } = desk;
  const vouched = sheets?.grant ? { recipient: sheets.recipient, ...sheets.grant } : undefined;
  const next = await session.vault.ask("next", seatOf(desk), vouched);
  await api.remove(desk.id, leaver.id, me.id, next);
}

/** Give the next key to those who were given the last; who cannot be vouched for compares words again. */
export async function giveNext(session: DeskSession, before: api.DeskKeys, now: api.DeskKeys): Promise<void> {
  for (const { id, me, recipient, grant } of before.members) {
    if (me || !grant || !now.members.some((member) => member.id === id)) continue;
    const keys = await session.vault
      .ask("giveVouched", seatOf(now), seatOf(before), { recipient, ...grant })
      .catch(() => []);
    if (keys.length > 0) await api.give(now.id, id, keys);
  }
}

/** Seal the seed of every appeal that waits to the key of today; what was done stays done. How many did not open. */
export async function renewAll(
  session: DeskSession,
  desk: api.DeskKeys,
  progress: (done: number, total: number) => void,
): Promise<number> {
  const today = desk.epochs.find(({ retired }) => !retired);
  if (!today) return 0;
  const target = { desk: desk.id, epoch: today.epoch, recipient: today.recipient };
  const { left } = await api.renewals(desk.id);
  let [done, failed] = [0, 0];
  for (let from = 0; from < left.length; from += AT_ONCE) {
    for (const envelope of await console.envelopes(left.slice(from, from + AT_ONCE))) {
      failed += await renew(session, envelope, target);
      progress(++done, left.length);
    }
  }
  return failed;
}

/** One appeal; 1 when it could not be opened, which stands in no other's way. */
async function renew(session: DeskSession, envelope: Envelope, target: Target): Promise<number> {
  const renewed = await session.vault.ask("renew", envelope, target).catch(() => undefined);
  if (!renewed) return 1;
  await console.passOn(envelope.id, { to: `${target.desk}/${target.epoch}`, ...renewed });
  return 0;
}

/** The desk's key of today as a seat. */
export function seatOf(desk: api.DeskKeys): string {
  return `${desk.id}/${desk.epochs.find(({ retired }) => !retired)?.epoch ?? 0}`;
}
