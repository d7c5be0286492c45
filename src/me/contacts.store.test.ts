import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, firstChoice, hoaEmail, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { raise } from "../account/proof.ts";
import { withdrawConsent } from "../consent/withdraw-consent.ts";
import { changeAddress } from "../contact/change-address.ts";
import { versionOf } from "../register/merge.fixture.ts";
import { eraseAccountRows } from "../rights/store.ts";
import { routes } from "./api.ts";
import { as, openWeb } from "./signed-in.fixture.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("contacts that the person changed or took away are told to whoever asks with the version of before", async () => {
  const personId = await settleHoa(house, hoaEmail);
  const hoa = await citizenOf(house, (await enter(house, hoaNumbers.insurance, firstChoice)).token);
  const web = await openWeb(house, routes, [hoa]);
  let tag = "";
  const contactsSince = async () => {
    const answer = await web.inject({ url: "/api/v1/me", headers: { ...as(0), "if-none-match": tag } });
    tag = String(answer.headers.etag);
    return answer.statusCode === 304 ? "unchanged" : answer.json().contacts.map((one: { value: string }) => one.value);
  };
  const { phone } = hoaNumbers;
  expect(await contactsSince()).toEqual([hoaEmail, phone]);
  expect(await contactsSince()).toBe("unchanged");
  await raise(house.db, hoa, "password", house.clock.now());
  const address = "Số 5 đường Mới, phường Quy Nhơn";
  await changeAddress(house, hoa, address, house.clock.now());
  expect(await contactsSince()).toEqual([address, hoaEmail, phone]);
  await withdrawConsent(house, hoa, "email", house.clock.now());
  expect(await contactsSince()).toEqual([address, phone]);
  const before = await versionOf(house, personId);
  await house.db.transaction().execute((tx) => eraseAccountRows(tx, [personId]));
  expect(await versionOf(house, personId), "deleted").toBeGreaterThan(before);
  expect(await contactsSince()).toEqual([phone]);
  await web.close();
});
