import { afterAll, beforeAll, expect, test } from "vitest";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { Device } from "../factor/device.fixture.ts";
import { relyingParty } from "../factor/passkey-ask.ts";
import type { Staff } from "../kernel/actor.ts";
import { addStaffPasskey, askForNewStaffPasskey, removeStaffPasskey } from "./passkeys.ts";
import { hired, openStaffSession, staffBehind } from "./staff.fixture.ts";
import { passkeysOfStaff } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
const now = () => house.clock.now();

async function add(staff: Staff, name: string) {
  const { id: rpId, origin } = relyingParty(house);
  const device = new Device({ rpId, origin });
  const response = device.make(await askForNewStaffPasskey(house, staff, now()));
  const opened = await addStaffPasskey(house, staff, { response, name, device: "", now: now() });
  return { id: device.id.toString("base64url"), token: opened?.token ?? "" };
}

test("of two passkeys that two pages remove at one moment, the last factor stays", async () => {
  const { staff } = await hired(house, { username: "hai.khoa", name: "Hai Khóa", role: "officer", office: "52T01" });
  const { staffId } = staff;
  const half = await staffBehind(house, (await openStaffSession(house, staffId, ["password"])).token);
  const first = await add(half, "Một");
  const whole = await staffBehind(house, first.token);
  const second = await add(whole, "Hai");
  const passkeys = await hold(house, "select from staff_passkey where staff_id = $1 for update", [staffId]);
  const both = Promise.allSettled([first, second].map(({ id }) => removeStaffPasskey(house, whole, id, now())));
  await passkeys.waiting(2);
  await passkeys.letGo();
  const ended = (await both).toSorted((a, b) => a.status.localeCompare(b.status));
  expect(ended).toMatchObject([{ status: "fulfilled" }, { reason: { code: "last_factor" } }]);
  expect(await passkeysOfStaff(house.db, staffId)).toHaveLength(1);
});
