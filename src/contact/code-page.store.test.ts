import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn, hiddenIn } from "../account/browser.fixture.ts";
import { codeIn, twiceProvedHoa } from "../contact/contact.fixture.ts";
import { createWeb } from "../web/server.ts";
import { routes } from "./citizen.tsx";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("the box for the code of a new telephone is found again, in the other language and by a reload, until it is used", async () => {
  const { citizen } = await twiceProvedHoa(house);
  const web = await createWeb(house, routes, async () => citizen);
  const browser = browserOn(() => web);
  const asked = await browser.fill("/account/contact/phone", { contact: "0987 610 772" });
  const { change = "" } = hiddenIn(asked.body);
  const at = `/account/contact/code?change=${change}`;
  expect(asked.body).toContain(`data-answers="${at}"`);
  expect(asked.body).toContain(`href="${at}&amp;lang=en"`);
  const again = await browser.get(`${at}&lang=en`);
  expect([again.statusCode, hiddenIn(again.body).change]).toEqual([200, change]);
  const { _token = "" } = hiddenIn(again.body);
  const wrong = await browser.send("/account/contact/code", { _token, change, code: "1" });
  expect([wrong.statusCode, wrong.body.includes(`data-answers="${at}"`)]).toEqual([422, true]);
  const code = await codeIn(house, "one_time_code");
  expect((await browser.send("/account/contact/code", { _token, change, code })).statusCode).toBe(303);
  for (const gone of [at, "/account/contact/code", "/account/contact/code?change=x"]) {
    expect((await browser.get(gone)).headers.location).toBe("/account/contact");
  }
  await web.close();
});
