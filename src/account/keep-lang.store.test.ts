import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import {
  changeTo,
  citizenOf,
  enter,
  firstChoice,
  hoaNumbers,
  seatOfficer,
  secondChoice,
  settleHoa,
} from "./account.fixture.ts";
import { langOf } from "./store.ts";

let house: TestHouse;
let personId: string;
let token: string;
beforeAll(async () => {
  house = await openTestHouse();
  personId = await settleHoa(house);
  token = (await enter(house, hoaNumbers.insurance, firstChoice)).token;
});
afterAll(() => house.close());

const open = (url: string, headers: Record<string, string> = {}, session = token) =>
  house.app.inject({ url, headers, cookies: { vssid_session: session } });
const noted = async () =>
  (await house.pool.query("select detail from audit_event where action = 'account.lang' order by at")).rows;

describe("the language that a signed-in person chooses", () => {
  it("is the account's from then on, once a choice, and messages follow it", async () => {
    expect((await open("/account/devices?lang=en")).statusCode).toBe(200);
    await open("/account/devices?lang=en");
    await open("/account/devices");
    expect(await langOf(house.db, personId)).toBe("en");
    expect(await noted()).toEqual([{ detail: { lang: "en" } }]);
    await changeTo(house, await citizenOf(house, token), firstChoice, secondChoice);
    const { rows } = await house.pool.query(
      "select lang from notice where person_id = $1 and template = 'password_changed' order by notice_id desc limit 1",
      [personId],
    );
    expect(rows).toEqual([{ lang: "en" }]);
    await open("/help?lang=vi");
    expect(await langOf(house.db, personId)).toBe("vi");
  });

  it("is not chosen by a link on another site, by a language of no page of ours, or by a program", async () => {
    await open("/account/devices?lang=en", { "sec-fetch-site": "cross-site" });
    await open("/account/devices?lang=fr");
    await open("/api/v1/me/notices?lang=en", { "accept-language": "en" });
    expect(await langOf(house.db, personId)).toBe("vi");
    await open("/account/devices?lang=en", { "sec-fetch-site": "same-origin" });
    expect(await langOf(house.db, personId)).toBe("en");
  });

  it("is nobody's where a stranger or staff at the desk choose one", async () => {
    const before = (await noted()).length;
    await house.app.inject({ url: "/help?lang=vi" });
    const staff = await seatOfficer(house);
    expect((await open("/help?lang=vi", {}, staff.token)).statusCode).toBe(200);
    expect(await langOf(house.db, personId)).toBe("en");
    expect(await noted()).toHaveLength(before);
  });
});
