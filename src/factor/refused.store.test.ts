import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { firstChoice, hoaNumbers } from "../account/account.fixture.ts";
import { browserOn, hiddenIn, visible } from "../account/browser.fixture.ts";
import { setAccountStatus } from "../account/store.ts";
import { inTransaction } from "../db/transaction.ts";
import { keptText } from "../ui/index.ts";
import type { Device } from "./device.fixture.ts";
import { giveHerAuthenticator, giveHerPasskey, later, newDevice, provedHoa } from "./factor.fixture.ts";

/** A sign-in by another way that is refused while something typed waits. */

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const says = "Ăn quả nhớ kẻ trồng cây";
const waiting = { next: "/account/devices", kept: keptText({ says: [says] }) };

/** At the sign-in page, to which what was typed was brought. */
async function atSignIn() {
  const browser = browserOn(() => house.app);
  const page = await browser.fill("/sign-in", waiting);
  return { browser, page, onward: hiddenIn(page.body) };
}

async function byPasskey(answer: (asked: { challenge: string }) => string) {
  const { browser, onward } = await atSignIn();
  const asked = (await browser.send("/sign-in/passkey/options", onward)).json();
  return { browser, refused: await browser.send("/sign-in/passkey", { ...onward, response: answer(asked) }) };
}

async function withPasskey(): Promise<{ personId: string; device: Device }> {
  const { citizen, personId } = await provedHoa(house);
  const device = newDevice(house);
  await giveHerPasskey(house, citizen, device);
  return { personId, device };
}

type Refused = Awaited<ReturnType<typeof byPasskey>>;

/** The page says why, and so does the sign-in page to which its one button leads; what was typed is there. */
async function expectTold({ browser, refused }: Refused, why: string) {
  expect([refused.statusCode, visible(refused.body)]).toEqual([422, expect.stringContaining(why)]);
  const back = await browser.send("/sign-in", hiddenIn(refused.body));
  expect([back.statusCode, visible(back.body)]).toEqual([200, expect.stringContaining(why)]);
  expect(hiddenIn(back.body)).toMatchObject(waiting);
  return hiddenIn(back.body);
}

describe("a refused sign-in says why and keeps what was typed", () => {
  it("where a passkey is unknown, or its answer none", async () => {
    const stranger = newDevice(house);
    await expectTold(await byPasskey((asked) => stranger.sign(asked)), "Máy này chưa được thêm vào tài khoản nào");
    await expectTold(await byPasskey(() => "no answer"), "Chưa xác nhận được vân tay, khuôn mặt.");
  });

  it("where a passkey was copied, or its account is suspended", async () => {
    const { personId, device } = await withPasskey();
    await inTransaction(house.db, (tx) => setAccountStatus(tx, personId, "suspended"));
    await expectTold(await byPasskey((asked) => device.sign(asked)), "Tài khoản đang tạm ngừng.");
    device.counter = 0;
    await expectTold(await byPasskey((asked) => device.sign(asked)), "nghi có bản sao");
  });

  it("where the second factor came too late; the half sign-in ends, and the whole one goes on with what waits", async () => {
    const { citizen } = await provedHoa(house);
    const { spare } = await giveHerAuthenticator(house, citizen);
    const { browser, onward } = await atSignIn();
    const password = { login: hoaNumbers.insurance, password: firstChoice };
    const between = await browser.send("/sign-in", { ...onward, ...password });
    const second = await browser.send("/sign-in/code", hiddenIn(between.body));
    later(house, 6 * 60_000);
    const refused = await browser.send("/sign-in/code", { ...hiddenIn(second.body), code: spare[0] ?? "" });
    expect(browser.cookies.has("vssid_ticket")).toBe(false);
    const again = await expectTold({ browser, refused }, "Đã quá 5 phút hoặc nhập sai nhiều lần.");
    const half = await browser.send("/sign-in", { ...again, ...password });
    const inside = await browser.send("/sign-in/code", { ...hiddenIn(half.body), code: spare[0] ?? "" });
    expect(hiddenIn(inside.body)).toMatchObject({ says });
  });

  it("in English, too, and takes no reason that is not one of ours", async () => {
    const { browser, onward } = await atSignIn();
    await browser.get("/sign-in?lang=en");
    const refused = await browser.send("/sign-in/passkey", { ...onward, response: "no answer" });
    expect(visible(refused.body)).toContain("What you typed is kept");
    await expectTold({ browser, refused }, "Fingerprint or face could not be confirmed.");
    const made = await browser.send("/sign-in", { ...onward, why: "constructor" });
    expect([made.statusCode, made.body]).toEqual([200, expect.not.stringContaining('role="alert"')]);
  });
});
