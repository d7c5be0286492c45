import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type Browser, browserOn, visible } from "../account/browser.fixture.ts";
import { routes as contactRoutes } from "../contact/citizen.tsx";
import { twiceProvedHoa } from "../contact/contact.fixture.ts";
import { routes as proofRoutes } from "../factor/proof-pages.tsx";
import { type Actor, anyone } from "../kernel/actor.ts";
import { setPolicy } from "../policy/set.ts";
import { routes as registrationRoutes } from "../registration/citizen.tsx";
import { aConfirmed, aDraft } from "../registration/files.fixture.ts";
import { createWeb } from "../web/server.ts";
import { codeLifeMinutes } from "./rules.ts";

let house: TestHouse;
let web: Awaited<ReturnType<typeof createWeb>>;
let actor: Actor = anyone;
let browser: Browser;
beforeAll(async () => {
  house = await openTestHouse();
  web = await createWeb(house, [...contactRoutes, ...proofRoutes, ...registrationRoutes], async () => actor);
  browser = browserOn(() => web);
  await setPolicy(house, codeLifeMinutes, { value: 7, from: "2021-01-02", by: "Quyết định thử" });
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const birth = { birth_day: "15", birth_month: "1", birth_year: "1990" };
const said = "Mã dùng được trong 7 phút.";

describe("a page that waits for a code says for how long it is good, as the operator has set it", () => {
  it("where a contact changes, also after a wrong code", async () => {
    actor = (await twiceProvedHoa(house)).citizen;
    const asked = await browser.fill("/account/contact/phone", { contact: "0987 610 321" });
    expect(visible(asked.body)).toContain(said);
    const change = /name="change" value="([^"]+)"/.exec(asked.body)?.[1] ?? "";
    const _token = /name="_token" value="([^"]+)"/.exec(asked.body)?.[1] ?? "";
    const again = await browser.send("/account/contact/code", { _token, change, code: "1" });
    expect([again.statusCode, visible(again.body)]).toEqual([422, expect.stringContaining(said)]);
  });

  it("where somebody proves once more who they are", async () => {
    const at = "/account/proof?next=%2Faccount%2Fdata&two=1";
    house.clock.moveTo(new Date(house.clock.now().getTime() + 20 * 60_000));
    const sent = await browser.fill(at, { next: "/account/data" }, "/account/proof/code");
    expect(visible(sent.body)).toContain(said);
  });

  it("in form 01, and after it is confirmed", async () => {
    actor = anyone;
    for (const [file, at] of [
      [await aDraft(house), "/register/phone"],
      [await aConfirmed(house), "/register/phone-confirmation"],
    ] as const) {
      await browser.fill("/register/resume", { code: file.code, ...birth });
      await browser.fill(at, { phone: "0987 620 321", act: "send" });
      expect(visible((await browser.get(at)).body)).toContain(said);
    }
  });
});
