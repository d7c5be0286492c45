import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { advance, onFile } from "./advance.ts";
import { PlainBrowser } from "./browser.fixture.ts";
import { routes } from "./citizen.tsx";
import { aConfirmed, aDraft, anAccount, anOfficer, aPerson } from "./files.fixture.ts";

let house: TestHouse;
let app: FastifyInstance;
beforeAll(async () => {
  house = await openTestHouse();
  app = await createWeb(house, routes, async () => anyone);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await house.close();
});

async function comeBack(code: string): Promise<PlainBrowser> {
  const browser = await new PlainBrowser(app).open("/register/resume");
  return browser.post("/register/resume", { code, birth_day: "15", birth_month: "1", birth_year: "1990" });
}

/** An accepted file of a person whose account opens in this way. */
async function accepted(change: string): Promise<PlainBrowser> {
  const { code } = await aConfirmed(house);
  const personId = await aPerson(house, { name: "Nguyễn Thị Diễm Hương", birthOn: "1990-01-15" });
  await anAccount(house, personId);
  await house.pool.query(`update account set ${change} where person_id = $1`, [personId]);
  const at = house.clock.now();
  await onFile(house, at, async (tx) => {
    await advance(tx, code, { kind: "received", actor: anOfficer, at });
    return advance(tx, code, { kind: "accepted", actor: anOfficer, at, personId });
  });
  return (await comeBack(code)).open("/register/track");
}

describe("the first page, where a file is open on this device", () => {
  it("leads on with a draft", async () => {
    const { code } = await aDraft(house);
    const browser = await (await comeBack(code)).open("/register");
    expect(browser.text).toContain(`Tờ khai ${code} còn đang làm dở.`);
    expect(browser.html).toContain('href="/register/check"');
  });

  it("does not call a file unfinished that is confirmed: it leads to where it stands", async () => {
    const { code } = await aConfirmed(house);
    const browser = await (await comeBack(code)).open("/register");
    expect(browser.text).not.toContain("làm dở");
    expect(browser.text).not.toContain("Làm tiếp");
    expect(browser.text).toContain(`Tờ khai ${code} đã khai xong.`);
    expect(browser.html).toContain('href="/register/track"');
  });
});

describe("the page of an accepted file", () => {
  const byCode = "Đăng nhập bằng mã kích hoạt trong tin nhắn";

  it("tells of the activation code as long as the account waits for it", async () => {
    const browser = await accepted("password_kind = 'issued', issued_until = '2027-01-01'");
    expect(browser.text).toContain(byCode);
    expect(browser.text).toContain("Gửi mã kích hoạt mới");
  });

  it("tells of one's own password once it is set, and what to do when it is forgotten", async () => {
    const browser = await accepted("password_kind = 'chosen'");
    expect(browser.text).not.toContain(byCode);
    expect(browser.text).toContain("Tài khoản đã kích hoạt. Đăng nhập bằng mật khẩu của mình.");
    expect(browser.html).toContain('href="/account/recovery"');
  });

  it("of a child or ward names the guardian, for there is neither code nor password", async () => {
    const browser = await accepted("password_kind = 'none'");
    expect(browser.text).toContain("Người giám hộ đăng nhập vào tài khoản của mình, rồi mở hồ sơ này.");
    expect(browser.text).not.toContain(byCode);
  });
});
