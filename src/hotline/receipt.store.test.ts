import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn, visible } from "../account/browser.fixture.ts";
import { sealFor } from "../web/typed-query.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const report = {
  name: "Lê Thị Thử",
  contact: "0999900771",
  category: "password",
  says: "Quên mật khẩu, sim cũ đã mất.",
};

const count = async () => (await house.pool.query("select count(*)::int as tickets from ticket")).rows[0].tickets;

async function reported() {
  const browser = browserOn(() => house.app);
  const sent = await browser.fill("/help", report, "/help/report");
  expect(sent.statusCode).toBe(303);
  const to = String(sent.headers.location);
  const { body } = await browser.get(to);
  return { browser, to, body, code: /HT-\w{4}-\w{4}/.exec(visible(body))?.[0] ?? "" };
}

describe("the receipt of a difficulty that was reported", () => {
  it("stays through a reload, another language and another size of the text, and opens no second ticket", async () => {
    const { browser, to, body, code } = await reported();
    const tickets = await count();
    expect(visible(body)).toContain(`Mã yêu cầu: ${code}. Xin ghi lại mã này.`);
    expect(visible((await browser.get(to)).body)).toContain(code);
    const english = /<a class="language" href="([^"]*)"/.exec(body)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(visible((await browser.get(english)).body)).toContain(`Code of the request: ${code}.`);
    expect(body).toContain(`name="back" value="${to}"`);
    expect(await count()).toBe(tickets);
  });

  it("that a process of the version before sealed without a moment tells the code all the same", async () => {
    const browser = browserOn(() => house.app);
    const { body } = await browser.get("/help");
    const formToken = /name="_token" value="([^"]+)"/.exec(body)?.[1] ?? "";
    const receipt = sealFor({ house, formToken }, "help-receipt", JSON.stringify({ code: "HT-OLDX-OLDX" }));
    const shown = await browser.get(`/help?receipt=${receipt}`);
    expect([shown.statusCode, visible(shown.body).includes("HT-OLDX-OLDX")]).toEqual([200, true]);
  });

  it("stands in its address unreadable, and is shown to nobody else", async () => {
    const { to, code } = await reported();
    expect(to).not.toContain(code);
    const other = browserOn(() => house.app);
    await other.get("/help");
    expect(visible((await other.get(to)).body)).not.toContain("Mã yêu cầu: HT-");
    expect(visible((await other.get("/help?receipt=HT-2222-2222")).body)).not.toContain("Mã yêu cầu: HT-");
  });
});
