import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { visible } from "../account/browser.fixture.ts";
import { breakGlass } from "../looks/rules-policies.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { setPolicy } from "../policy/set.ts";
import { aMember, aRecord } from "./merge.fixture.ts";
import { routes } from "./officer.tsx";
import { getPerson } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("a closed record says for how long an emergency opens it, as the operator has set it", async () => {
  const lan = await aMember(house, "Trần Thị Lan", "officer");
  const { publicId } = await getPerson(house.db, (await aRecord(house)).personId);
  await setPolicy(house, breakGlass, {
    value: { minutes: 45, reviewDays: 3 },
    from: "2021-01-02",
    by: "Quyết định thử",
  });
  const web = await openWeb(house, routes, [lan]);
  const { body, statusCode } = await web.inject({ url: `/console/persons/${publicId}`, headers: as(0) });
  await web.close();
  expect([statusCode, visible(body)]).toEqual([403, expect.stringContaining("Hồ sơ mở 45 phút, chỉ cho Ông/Bà.")]);
});
