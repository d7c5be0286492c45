import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { codeBudget } from "../codes/rules.ts";
import { anyone } from "../kernel/actor.ts";
import { setPolicy } from "../policy/set.ts";
import { createWeb } from "../web/server.ts";
import { enrolHoa, issueTo } from "./account.fixture.ts";
import { browserOn, visible } from "./browser.fixture.ts";
import { routes } from "./recovery-pages.tsx";
import { resendAndTell } from "./tell-resent.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  const value = { subjectADay: 4, recipientAnHour: 1, allAnHour: 20_000 };
  await setPolicy(house, codeBudget, { value, from: "2021-01-02", by: "Quyết định thử" });
});
afterAll(() => house.close());

describe("how many codes are sent is told as the operator has set it", () => {
  it("to whoever waits for the code of a forgotten password, also after a wrong one", async () => {
    const web = await createWeb(house, routes, async () => anyone);
    const browser = browserOn(() => web);
    const shown = await browser.get("/account/recovery/code");
    const wrong = await browser.fill("/account/recovery/code", { code: "1", newPassword: "x" });
    await web.close();
    for (const { body } of [shown, wrong]) {
      expect(visible(body)).toContain("Mỗi giờ gửi nhiều nhất 1 mã, mỗi ngày 4 mã.");
    }
  });

  it("to whoever has asked for an activation code too often", async () => {
    const personId = await enrolHoa(house);
    await issueTo(house, personId);
    const resend = (lang: "vi" | "en") => resendAndTell(house, { personId, by: anyone, now: house.clock.now() }, lang);
    await resend("vi");
    expect(await resend("vi")).toContain("Mỗi giờ gửi nhiều nhất 1 mã, mỗi ngày 4 mã.");
    expect(await resend("en")).toContain("At most 1 code an hour and 4 a day are sent.");
  });
});
