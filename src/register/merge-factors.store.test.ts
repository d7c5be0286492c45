import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf } from "../account/account.fixture.ts";
import { behindDeskWall, behindWall } from "../db/wall.ts";
import type { Device } from "../factor/device.fixture.ts";
import {
  giveHerAuthenticator,
  giveHerPasskey,
  keyOf,
  later,
  newDevice,
  provedHoa,
  putPasskey,
} from "../factor/factor.fixture.ts";
import { askForPasskey, handleOf } from "../factor/passkey-ask.ts";
import { signInByPasskey } from "../factor/passkey-proof.ts";
import { proveTotp } from "../factor/prove-totp.ts";
import { digitsAt, stepOf } from "../factor/rules-totp.ts";
import { confirmMerge } from "./confirm-merge.ts";
import { aMember, aRecord } from "./merge.fixture.ts";
import { proposeMerge } from "./propose-merge.ts";
import { getPerson } from "./store.ts";
import { undoMerge } from "./undo-merge.ts";

/** Second factors and passkeys are sealed for one person: they go on working when the account goes to another record. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const now = () => house.clock.now();
const handle = (publicId: string) => Buffer.from(handleOf(publicId)).toString("base64url");

/** As a telephone does that finds the passkey by itself: it sends the handle under which it was made. */
async function enter(device: Device, publicId: string) {
  const asked = await askForPasskey(house, { purpose: "sign_in", boundTo: "browser", now: now() });
  const response = device.sign(asked, handle(publicId));
  const arrival = { boundTo: "browser", kind: "cookie", device: "", now: now() } as const;
  return behindWall([], () => signInByPasskey(house, { response, ...arrival }));
}

async function digits(personId: string, secret: string): Promise<string> {
  later(house, 60_000);
  return keyOf(proveTotp(house, personId, digitsAt(secret, stepOf(now())), now()));
}

const spare = (personId: string, code = "") => keyOf(behindWall([], () => proveTotp(house, personId, code, now())));

it("passkeys, authenticator and spare codes work with the survivor, and again with the record that was parted", async () => {
  const lan = await aMember(house, "Trần Thị Lan", "officer");
  const chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
  const atDesk = <T>(work: () => T) => behindDeskWall(chief.staffId, now(), work);
  const { citizen, personId } = await provedHoa(house);
  const hoa = await getPerson(house.db, personId);
  const [before, since, planted] = [newDevice(house), newDevice(house), newDevice(house)];
  await giveHerPasskey(house, citizen, before);
  await putPasskey(house, personId, planted);
  const { secret, spare: codes } = await giveHerAuthenticator(house, citizen);
  const survivor = await aRecord(house);

  const pair = { survivor: survivor.publicId, merged: hoa.publicId, reason: "Cùng một người: đã xem sổ" };
  const { id } = await proposeMerge(house, lan, pair);
  await atDesk(() => confirmMerge(house, chief, id));
  const opened = await enter(before, hoa.publicId);
  expect(opened.personId).toBe(survivor.personId);
  expect(await digits(survivor.personId, secret)).toBe("right");
  expect(await spare(survivor.personId, codes[0])).toBe("right");
  expect(await spare(survivor.personId, codes[0])).toBe("totp_wrong");
  expect(await keyOf(enter(planted, hoa.publicId))).toBe("passkey_unknown");
  expect(await keyOf(enter(before, (await aRecord(house)).publicId))).toBe("passkey_refused");
  await giveHerPasskey(house, await citizenOf(house, (await enter(before, hoa.publicId)).token), since, "Máy mới");

  await atDesk(() => undoMerge(house, chief, id, "Hai người khác nhau"));
  for (const [device, publicId] of [
    [before, hoa.publicId],
    [since, survivor.publicId],
  ] as const) {
    expect((await enter(device, publicId)).personId).toBe(personId);
  }
  expect(await digits(personId, secret)).toBe("right");
  expect(await spare(personId, codes[1])).toBe("right");
});
