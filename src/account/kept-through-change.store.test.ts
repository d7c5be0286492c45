import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { twiceProvedHoa } from "../contact/contact.fixture.ts";
import { later } from "../factor/factor.fixture.ts";
import { keptText } from "../ui/index.ts";
import { enrolHoa, issueTo, secondChoice } from "./account.fixture.ts";
import { browserOn, hiddenIn, visible } from "./browser.fixture.ts";

/** Nobody answers there, and nobody is asked. */
const eid = {
  ...{ issuer: "https://127.0.0.1:1", clientId: "vssid", clientSecret: "thử", scope: "openid" },
  ...{ numberClaim: "personal_number", levelClaim: "level", levels: ["1", "2", "3"], leastLevel: "2" },
};

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ settings: { eid } });
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const address = "12 Đường Thử, Xã Tuy Phước";
const waiting = { next: "/account/contact/address", kept: keptText({ address: [address] }) };

describe("what was typed before a sign-in", () => {
  it("comes along where a password must be set first, also past a wrong one, and is sent by one press", async () => {
    const { login, password } = await issueTo(house, await enrolHoa(house));
    const browser = browserOn(() => house.app);
    await browser.fill("/sign-in", waiting);
    const between = await browser.send("/sign-in", {
      ...hiddenIn((await browser.fill("/sign-in", waiting)).body),
      login,
      password,
    });
    expect([between.statusCode, visible(between.body)]).toEqual([
      200,
      expect.stringContaining("Nội dung đã nhập vẫn còn."),
    ]);
    const asked = await browser.send("/account/password", hiddenIn(between.body));
    expect([asked.statusCode, hiddenIn(asked.body)]).toMatchObject([200, waiting]);
    const typed = { currentPassword: password, newPassword: "ngắn" };
    const wrong = await browser.send("/account/password", { ...hiddenIn(asked.body), ...typed });
    expect([wrong.statusCode, hiddenIn(wrong.body)]).toMatchObject([422, waiting]);
    const right = await browser.send("/account/password", {
      ...hiddenIn(wrong.body),
      ...typed,
      newPassword: secondChoice,
    });
    expect([right.statusCode, hiddenIn(right.body)]).toMatchObject([200, { address }]);
    expect(right.body).toContain('action="/account/contact/address"');
    const sent = await browser.send("/account/contact/address", hiddenIn(right.body));
    expect([sent.statusCode, sent.headers.location]).toEqual([303, "/account/contact"]);
  });
});

describe("what was typed before a sign-in by electronic identity, which leads over another site", () => {
  it("waits on the sign-in page while one signs in beside it, and goes on from there", async () => {
    const { token } = await twiceProvedHoa(house);
    const browser = browserOn(() => house.app);
    const page = await browser.fill("/sign-in", waiting);
    expect(page.body).toContain('href="/sign-in/eid?next=%2Fapp" target="_blank"');
    expect(visible(page.body)).toContain("Nội dung đã nhập ở lại trang này.");
    const notYet = await browser.send("/sign-in", hiddenIn(page.body));
    expect(hiddenIn(notYet.body)).toMatchObject(waiting);
    browser.cookies.set("vssid_session", token);
    const stale = await browser.send("/sign-in", hiddenIn(page.body));
    expect([stale.statusCode, hiddenIn(stale.body)]).toMatchObject([403, waiting]);
    const inside = await browser.send("/sign-in", hiddenIn(stale.body));
    expect([inside.statusCode, hiddenIn(inside.body)]).toMatchObject([200, { address }]);
    expect(inside.body).toContain('action="/account/contact/address"');
  });
});

describe("what was typed on a page that asks for a proof", () => {
  it.each([
    ["/account/contact/address", "address", address],
    ["/account/contact/phone", "contact", "0987654327"],
    ["/account/contact/email", "contact", "moi.hoa@example.vn"],
  ])("stands on %s when the proof has grown old, with the way to prove again", async (url, field, typed) => {
    const { token } = await twiceProvedHoa(house);
    const browser = browserOn(() => house.app);
    browser.cookies.set("vssid_session", token);
    const shown = await browser.get(url);
    later(house, 11 * 60_000);
    const late = await browser.send(url, { ...hiddenIn(shown.body), [field]: typed });
    expect([late.statusCode, visible(late.body)]).toEqual([422, expect.stringContaining("Chưa gửi")]);
    expect(late.body).toContain(typed);
    expect(late.body).toContain(`href="/account/proof?next=${encodeURIComponent(url)}`);
  });
});
