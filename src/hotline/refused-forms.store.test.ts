import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { formTokenFor } from "../web/form-token.ts";
import { SESSION_COOKIE } from "../web/request.ts";
import { beginCall } from "./begin-call.ts";
import { reportByWeb } from "./report.ts";
import { takeTicket } from "./work-ticket.ts";

let house: TestHouse;
let officer: Staff;
let agent: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  const atCounter = { username: "thu.quay", name: "Bàn Quầy", role: "officer", office: "52T01" };
  ({ staff: officer } = await hired(house, atCounter));
  ({ staff: agent } = await hired(house, { username: "thu.day", name: "Bàn Dây", role: "hotline" }));
});
afterAll(() => house.close());

async function send({ staffId }: Staff, url: string, form: Record<string, string>) {
  const { token } = await openStaffSession(house, staffId);
  const payload = new URLSearchParams({ ...form, _token: formTokenFor(house.vault, token) }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return house.app.inject({ method: "POST", url, headers, payload, cookies: { [SESSION_COOKIE]: token } });
}

const isTicked = (page: string, name: string) => new RegExp(`<input[^>]*name="${name}"[^>]* checked`).test(page);

it("an ID paper that was seen stays seen after a wrong answer, so that the next check goes by it again", async () => {
  const id = await beginCall(house, officer, { by: "phone", key: "0999900761", channel: "counter" });
  const said = { name: "Trần Thị Mẫu Sen", birth_year: "1990" };
  const url = `/console/hotline/calls/${id}/check`;
  expect(isTicked((await send(officer, url, { ...said, paper: "yes" })).body, "paper")).toBe(true);
  expect(isTicked((await send(officer, url, said)).body, "paper")).toBe(false);
});

it("an answer that was given on the telephone stays so after a refusal, and sends nothing the next time", async () => {
  const from = { address: "192.0.2.1", lang: "vi" } as const;
  const says = { category: "password", says: "Quên mật khẩu mà sim cũ đã mất." };
  const { code } = await reportByWeb(house, { name: "Lê Thị Thử", contact: "0999900762", ...says }, from);
  await takeTicket(house, agent, code);
  const url = `/console/hotline/tickets/${code}/answer`;
  const refused = await send(agent, url, { answer: "Mã số là 9800 000 734.", spoken: "yes" });
  expect([refused.statusCode, isTicked(refused.body, "spoken")]).toEqual([422, true]);
  expect(isTicked((await send(agent, url, { answer: "Mã số là 9800 000 734." })).body, "spoken")).toBe(false);
});

it("a typed answer and note stay in their boxes, whichever button of the ticket is pressed", async () => {
  const from = { address: "192.0.2.1", lang: "vi" } as const;
  const says = { category: "password", says: "Quên mật khẩu mà sim cũ đã mất." };
  const { code } = await reportByWeb(house, { name: "Lê Thị Thử", contact: "0999900763", ...says }, from);
  const url = `/console/hotline/tickets/${code}`;
  const { token } = await openStaffSession(house, agent.staffId);
  const { body } = await house.app.inject({ url, cookies: { [SESSION_COOKIE]: token } });
  const form = body.slice(body.indexOf(`action="${url}/answer"`)).split("</form>")[0] ?? "";
  for (const part of ['name="answer"', 'name="note"', `formaction="${url}/take"`]) expect(form).toContain(part);
  const typed = { answer: "Lời tôi gõ dở.", note: "Gọi lại sau 14 giờ" };
  const suggested = await send(agent, `${url}/answer`, { ...typed, act: "suggest" });
  const taken = await send(agent, `${url}/take`, typed);
  for (const page of [suggested.body, taken.body]) {
    expect(page).toContain("Lời tôi gõ dở.</textarea>");
    expect(page).toContain("Gọi lại sau 14 giờ</textarea>");
  }
  const noted = await send(agent, `${url}/note`, typed);
  expect(noted.body).toContain("Lời tôi gõ dở.</textarea>");
  expect(noted.body).not.toContain("Gọi lại sau 14 giờ</textarea>");
  expect((await send(agent, `${url}/note`, { answer: "", note: "Đã gọi" })).statusCode).toBe(303);
});
