import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { blockRest } from "../codes/rules.ts";
import { twiceProvedHoa } from "../contact/contact.fixture.ts";
import { anyone } from "../kernel/actor.ts";
import { setPolicy } from "../policy/set.ts";
import { createWeb } from "../web/server.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { aDraft } from "./files.fixture.ts";

let house: TestHouse;
let app: FastifyInstance;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createWeb(house, routes, async () => anyone);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const rest = (value: number, from: string) => setPolicy(house, blockRest, { value, from, by: "Quyết định thử" });

/** The page of the telephone after one code too many. */
async function spent(lang = "vi"): Promise<string> {
  const { code } = await aDraft(house);
  const browser = await new PlainBrowser(app).open(`/register/resume?lang=${lang}`);
  await browser.post("/register/resume", { code, birth_day: "15", birth_month: "1", birth_year: "1990" });
  await browser.open("/register/phone");
  for (let sent = 0; sent < 4; sent += 1) await browser.post("/register/phone", { act: "send" });
  expect(browser.status).toBe(429);
  return browser.text;
}

describe("when too many codes were asked for, how long to wait is told as the operator has set it", () => {
  it("from the rest of a block to the hour by which a telephone is counted", async () => {
    await rest(20, "2021-01-02");
    expect(await spent()).toContain("Thử lại sau 20 phút đến 1 giờ, hoặc đi tiếp mà chưa cần mã.");
    expect(await spent("en")).toContain("Try again in 20 minutes to 1 hour, or go on without a code.");
  });

  it("as an hour where blocks do not rest, or rest so long", async () => {
    for (const [value, from] of [
      [0, "2021-01-03"],
      [60, "2021-01-04"],
    ] as const) {
      await rest(value, from);
      expect(await spent()).toContain("Thử lại sau 1 giờ, hoặc đi tiếp mà chưa cần mã.");
    }
  });

  it("on the page of a change of contact, too", async () => {
    await rest(20, "2021-01-05");
    const { token } = await twiceProvedHoa(house);
    const ask = async () => {
      const cookies = { vssid_session: token };
      const shown = await house.app.inject({ url: "/account/contact/phone", cookies });
      const _token = /name="_token" value="([^"]+)"/.exec(shown.body)?.[1] ?? "";
      const payload = new URLSearchParams({ _token, contact: "0987654326" }).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return house.app.inject({ method: "POST", url: "/account/contact/phone", cookies, headers, payload });
    };
    let last = await ask();
    for (let more = 0; more < 5; more += 1) last = await ask();
    expect(last.statusCode).toBe(429);
    expect(last.body).toContain("Hãy thử lại sau 20 phút; chưa được nữa thì ngày mai.");
  });
});
