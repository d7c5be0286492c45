import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { findAccount } from "../account/store.ts";
import { provedHoa } from "../factor/factor.fixture.ts";
import { eraseAgain } from "./erase-again.ts";
import type { Erasure } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("an erasure whose request did not come back is done again once, and not to the account that was opened since", async () => {
  const { personId } = await provedHoa(house);
  const statusNow = async () => (await findAccount(house.db, personId))?.status;
  const { rows } = await house.pool.query("select public_id as id from person where person_id = $1", [personId]);
  const erasure = (): Erasure => ({
    ...{ requestId: randomUUID(), personId, publicId: rows[0].id, answer: "Đã xóa.", by: "1" },
    at: house.clock.now(),
  });
  const one = erasure();
  expect(await eraseAgain(house, one)).toBe(true);
  expect(await statusNow()).toBe("closed");
  await house.pool.query("update account set status = 'active' where person_id = $1", [personId]);
  house.clock.moveTo(new Date(house.clock.now().getTime() + 90 * 86_400_000));
  expect(await eraseAgain(house, one)).toBe(false);
  expect(await statusNow()).toBe("active");
  expect(await eraseAgain(house, erasure()), "another request of the same person").toBe(true);
});
