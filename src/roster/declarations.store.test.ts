import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { PlainBrowser } from "../registration/browser.fixture.ts";
import { routes as register } from "../registration/citizen.tsx";
import { getByCode } from "../registration/store.ts";
import { createWeb } from "../web/server.ts";
import { routes } from "./coordinator.tsx";
import { aCoordinator, aUnit } from "./roster.fixture.ts";
import { peopleOf } from "./store-list.ts";
import { takeRoster } from "./take-roster.ts";

let house: TestHouse;
let app: FastifyInstance;
let staff: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  await aUnit(house, "DV71");
  staff = await aCoordinator(house, "DV71");
  app = await createWeb(house, [...routes, ...register], async () => staff);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

test("forms of two people of a list are open in two tabs, and what was typed for one goes to that one by a press", async () => {
  await takeRoster(house, staff, {
    ...{ unitCode: "DV71", isWhole: true, basis: "duty" },
    bytes: Buffer.from("Họ và tên,Ngày sinh,Mã số BHXH\nNgười Một,1971,5271000753\nNgười Hai,1972,5271000754\n"),
  });
  const [one, other] = await peopleOf(house.db, "DV71", { limit: 100 });
  const browser = await new PlainBrowser(app).open("/console/roster");
  await browser.post(`/console/roster/people/${one?.lineId}/declaration`);
  const page = browser.path;
  const [, code = ""] = /name="_token" value="[^"]*\.([^".]+)"/.exec(browser.html) ?? [];
  await browser.raw("POST", `/console/roster/people/${other?.lineId}/declaration`);
  const typed = { paper_kind: "cccd", paper_number: "052190000753" };
  await browser.post(page, typed);
  expect([browser.status, browser.html.includes('name="reopen" value="yes"')]).toEqual([409, true]);
  await browser.post(page, { ...typed, reopen: "yes" });
  expect((await getByCode(house.db, code)).answers.paper?.number).toBe("052190000753");
});
