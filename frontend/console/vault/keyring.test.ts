/** What a vault gives away: only sealed, only to whom somebody compared, and a desk's key only after the rehearsal. */

import { beforeAll, describe, expect, test } from "vitest";
import { openBlob, recipientOf } from "../../sealed/age";
import { b64, random, unb64 } from "../../sealed/bytes";
import { vouches } from "../../sealed/epoch";
import { sha256 } from "../../sealed/hash";
import { Ceremony } from "./ceremony";
import type { GivenKey, MadeKey, Vouched } from "./contract";
import { Keyring } from "./keyring";
import { LEAST } from "./stretching";

const DESK = "KZ-10";
const SEAT = `${DESK}/1`;
const SLOW = 30_000;

/** A vault that somebody has opened with a passphrase of their own. */
async function opened(passphrase: string): Promise<Keyring> {
  const made = await new Keyring().enroll(passphrase);
  const keyring = new Keyring();
  const cost = { salt: made.salt, ...LEAST };
  expect(await keyring.stretch(passphrase, cost)).toBe(made.secret);
  await keyring.open({ identity: made.identity, stretching: cost, grants: [], unlockers: [] });
  return keyring;
}

/** A vault that has just made a desk's key. */
async function founded(): Promise<{ keyring: Keyring; sheets: Uint8Array[]; made: MadeKey }> {
  const keyring = await opened("alma nan ui kitap kun zher");
  const ceremony = new Ceremony(keyring);
  const sheets = await ceremony.begin(DESK, 2, 3);
  await ceremony.rehearse(sheets.slice(1));
  const made = await ceremony.finish();
  await keyring.learn([{ desk: DESK, epoch: 1, blob: made.blob }]);
  return { keyring, sheets, made };
}

let founder: Awaited<ReturnType<typeof founded>>;
let colleague: Keyring;

beforeAll(async () => {
  founder = await founded();
  colleague = await opened("kun zher alma nan ui kitap");
}, SLOW);

const proof = async (
  recipient: Uint8Array,
  given: { blob: string; signature: string },
): Promise<Vouched> => ({
  recipient: b64(recipient),
  hash: b64(await sha256(unb64(given.blob))),
  signature: given.signature,
});

describe("a ceremony", () => {
  test("gives no key out before the sheets have proven to work", async () => {
    const ceremony = new Ceremony(founder.keyring);
    await expect(ceremony.finish()).rejects.toMatchObject({ code: "not_rehearsed" });
    const sheets = await ceremony.begin(DESK, 2, 3);
    await expect(ceremony.finish()).rejects.toMatchObject({ code: "not_rehearsed" });
    await expect(ceremony.rehearse(sheets.slice(2))).rejects.toMatchObject({ code: "few_sheets" });
    await expect(ceremony.rehearse(founder.sheets)).rejects.toMatchObject({ code: "other_sheets" });
    await expect(ceremony.finish()).rejects.toMatchObject({ code: "not_rehearsed" });
  });

  test(
    "makes other keys and other sheets each time",
    async () => {
      const again = await founded();
      expect(again.made.recipient).not.toBe(founder.made.recipient);
      expect(again.sheets.map(b64)).not.toContain(b64(founder.sheets[0] as Uint8Array));
    },
    SLOW,
  );
});

describe("a key that is given", () => {
  let given: GivenKey;
  beforeAll(async () => {
    [given] = (await founder.keyring.give(DESK, [1, 2], b64(await colleague.recipient()))) as [GivenKey];
  });

  test(
    "opens for that colleague alone, and as the epoch that it is",
    async () => {
      expect(await colleague.learn([{ desk: DESK, ...given }])).toEqual([SEAT]);
      await expect(colleague.learn([{ desk: "KZ-11", ...given }])).rejects.toMatchObject({ code: "grant" });
      const stranger = await opened("ui kitap alma kun nan zher");
      await expect(stranger.learn([{ desk: DESK, ...given }])).rejects.toThrow();
    },
    SLOW,
  );

  test("vouches for that colleague's public key and for no other that a server shows", async () => {
    const { keyring } = founder;
    const known = await proof(await colleague.recipient(), given);
    expect(await keyring.giveVouched(SEAT, SEAT, known)).toHaveLength(1);
    const swapped = await recipientOf(random(32));
    for (const wrong of [
      { ...known, recipient: b64(swapped) },
      { ...known, hash: b64(random(32)) },
      { ...known, signature: b64(random(64)) },
    ])
      await expect(keyring.giveVouched(SEAT, SEAT, wrong)).rejects.toMatchObject({ code: "grant" });
  });
});

describe("the next key", () => {
  const sheets = () =>
    proof(unb64(founder.made.escrow_recipient), {
      blob: founder.made.escrow_blob,
      signature: founder.made.escrow_signature,
    });

  test(
    "is signed by the last and opens for whoever made it and for the same sheets",
    async () => {
      const next = await founder.keyring.next(SEAT, await sheets());
      const epoch = { name: `${DESK}/2`, recipient: unb64(next.recipient), verify: unb64(next.verify) };
      expect(await vouches(unb64(founder.made.verify), unb64(next.signature), epoch)).toBe(true);
      expect(await vouches(unb64(next.verify), unb64(next.signature), epoch)).toBe(false);
      const recovered = await opened("zher kun ui alma nan kitap");
      const grants = [
        { epoch: 2, recipient: founder.made.escrow_recipient, threshold: 2, blob: next.escrow_blob },
      ];
      const [given] = (await recovered.recover(DESK, founder.sheets.slice(0, 2), grants)) as [GivenKey];
      expect(await recovered.learn([{ desk: DESK, ...given }])).toEqual([`${DESK}/2`]);
    },
    SLOW,
  );

  test("is not put onto sheets that are not the desk's own", async () => {
    const swapped = { ...(await sheets()), recipient: b64(await recipientOf(random(32))) };
    await expect(founder.keyring.next(SEAT, swapped)).rejects.toMatchObject({ code: "grant" });
  });

  test("needs the last", async () => {
    await expect(founder.keyring.next("KZ-11/1")).rejects.toMatchObject({ code: "grant" });
  });
});

test(
  "what an enrolment sends opens nothing without the passphrase",
  async () => {
    const made = await new Keyring().enroll("alma nan ui kitap kun zher");
    for (const seed of [unb64(made.secret), random(32)])
      await expect(openBlob(unb64(made.identity), seed)).rejects.toThrow();
    const keyring = new Keyring();
    await keyring.stretch("alma nan ui kitap kun su", { salt: made.salt, ...LEAST });
    const keys = {
      identity: made.identity,
      stretching: { salt: made.salt, ...LEAST },
      grants: [],
      unlockers: [],
    };
    await expect(keyring.open(keys)).rejects.toMatchObject({ code: "wrong_passphrase" });
  },
  SLOW,
);
