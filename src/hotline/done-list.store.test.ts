import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { visible } from "../account/browser.fixture.ts";
import { formatInstant } from "../kernel/calendar.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { SESSION_COOKIE } from "../web/request.ts";
import { answerTicket } from "./answer-ticket.ts";
import { reportByWeb } from "./report.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("requests that are done say when they were answered, not by when they had to be", async () => {
  const { staff } = await hired(house, { username: "thu.xong", name: "Bàn Dây", role: "hotline" });
  const from = { address: "192.0.2.1", lang: "vi" } as const;
  const says = { category: "password", says: "Quên mật khẩu mà sim cũ đã mất." };
  const { code } = await reportByWeb(house, { name: "Lê Thị Thử", contact: "0999900764", ...says }, from);
  await answerTicket(house, staff, code, { answer: "Mang căn cước đến quầy." });
  const { token } = await openStaffSession(house, staff.staffId);
  const cookies = { [SESSION_COOKIE]: token };
  const done = visible((await house.app.inject({ url: "/console/hotline?show=done", cookies })).body);
  expect(done).toContain("Trả lời lúc");
  expect(done).not.toContain("Trả lời trước");
  expect(done).toContain(formatInstant(house.clock.now(), "vi"));
});
