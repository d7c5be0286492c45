import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn, hiddenIn } from "../account/browser.fixture.ts";
import { createWeb } from "../web/server.ts";
import { giveHerAuthenticator, provedHoa } from "./factor.fixture.ts";
import { spareSetOf } from "./store-totp.ts";
import { routes } from "./ways-pages.tsx";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("the page of new spare codes offers nothing that would take them away: no other language, no size by a load", async () => {
  const { citizen, personId } = await provedHoa(house);
  await giveHerAuthenticator(house, citizen);
  const web = await createWeb(house, routes, async () => citizen);
  const browser = browserOn(() => web);
  const set = await spareSetOf(house.db, personId);
  const { _token = "" } = hiddenIn((await browser.get("/account/ways")).body);
  const { statusCode, body } = await browser.send("/account/ways/authenticator/spare", { _token, set: String(set) });
  expect([statusCode, body.includes("Trang này chỉ hiện một lần")]).toEqual([200, true]);
  expect(body).not.toContain('class="language"');
  expect(body).toMatch(/class="form text-size" hidden/);
  expect(body).toContain('<script type="module" src="/stay.js" id="stay"></script>');
  await web.close();
});
