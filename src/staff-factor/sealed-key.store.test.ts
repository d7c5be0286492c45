import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Device } from "../factor/device.fixture.ts";
import { keyOf, newDevice } from "../factor/factor.fixture.ts";
import { sealKey } from "../factor/sealed-key.ts";
import type { Staff } from "../kernel/actor.ts";
import { beginStaffAuthenticator } from "./authenticator.ts";
import {
  addStaffPasskey,
  askForNewStaffPasskey,
  askForStaffPasskey,
  removeStaffPasskey,
  showPasskey,
} from "./passkeys.ts";
import { hired, openStaffSession, staffBehind } from "./staff.fixture.ts";
import { hasStaffFactor } from "./store.ts";

/** Decision 76, of staff: the password and a key of one's own in the table are no second factor. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const now = () => house.clock.now();
let nth = 0;

/** A member with a passkey, who has typed the password and owes the second factor. */
async function halfIn(): Promise<{ half: Staff; own: Device; whole: Staff }> {
  nth += 1;
  const { staff: whole } = await hired(house, { username: `khoa.${nth}`, name: "Cán bộ Khóa", role: "auditor" });
  const own = newDevice(house);
  const response = own.make(await askForNewStaffPasskey(house, whole, now()));
  await addStaffPasskey(house, whole, { response, name: "Máy ở quầy", device: "", now: now() });
  const { token } = await openStaffSession(house, whole.staffId, ["password"]);
  return { half: await staffBehind(house, token), own, whole };
}

const put = (staffId: string, device: Device, sealed: Buffer | null) =>
  house.pool.query(
    `insert into staff_passkey (staff_id, credential_id, public_key, sealed_key, counter, name, created_at)
     values ($1, $2, $3, $4, 0, 'Máy lạ', $5)`,
    [staffId, device.id, device.publicKey, sealed, now()],
  );

async function show(half: Staff, device: Device): Promise<string> {
  const response = device.sign(await askForStaffPasskey(house, half, now()));
  return keyOf(showPasskey(house, half, { response, device: "", now: now() }));
}

const seal = (ownerId: string, credentialId: Buffer, key: Buffer) =>
  sealKey(house, { kind: "staff-passkey", ownerId, credentialId }, key);

const planted: readonly (readonly [string, (staffId: string, theirs: Device, own: Device) => Buffer | null])[] = [
  ["no seal at all", () => null],
  ["the seal of another member's", (_staffId, theirs) => seal("4711", theirs.id, theirs.publicKey)],
  ["the seal of another of the same member", (staffId, theirs, own) => seal(staffId, own.id, theirs.publicKey)],
  [
    "a seal of the table of people, for the same words",
    (staffId, theirs) =>
      house.vault.seal("passkey", theirs.publicKey, `staff:${staffId}:${theirs.id.toString("base64url")}`),
  ],
];

describe("a passkey put into the table of staff", () => {
  it.each(planted)("with %s is no second factor, as one that nobody knows; the own one is", async (_, sealedFor) => {
    const { half, own } = await halfIn();
    const theirs = newDevice(house);
    await put(half.staffId, theirs, sealedFor(half.staffId, theirs, own));
    expect([await show(half, theirs), await show(half, newDevice(house))]).toEqual([
      "passkey_unknown",
      "passkey_unknown",
    ]);
    expect(await show(half, own)).toBe("right");
  });

  it("is not the factor that may stay alone, and the password alone adds no other beside it", async () => {
    const { half, own, whole } = await halfIn();
    await put(whole.staffId, newDevice(house), null);
    expect(await keyOf(removeStaffPasskey(house, whole, own.id.toString("base64url"), now()))).toBe("last_factor");
    await house.pool.query("update staff_passkey set sealed_key = null where staff_id = $1", [whole.staffId]);
    expect(await show(half, own)).toBe("passkey_unknown");
    expect(await hasStaffFactor(house.db, whole.staffId)).toBe(true);
    expect(await keyOf(beginStaffAuthenticator(house, half, now()))).toBe("must_settle");
    expect(await keyOf(askForNewStaffPasskey(house, half, now()))).toBe("must_settle");
  });
});
