import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { issueTo } from "../account/account.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { addNumber, addPerson } from "../me/person.fixture.ts";
import { hired } from "../staff-factor/staff.fixture.ts";
import { answerTicket } from "./answer-ticket.ts";
import { escalateLate } from "./escalate-late.ts";
import { reportByWeb } from "./report.ts";
import { findTicket } from "./store-ticket.ts";
import { closeTicket, reopenTicket } from "./work-ticket.ts";

let house: TestHouse;
let agent: Staff;
let personId: string;
beforeAll(async () => {
  house = await openTestHouse();
  agent = (await hired(house, { username: "thu.yeucau", name: "Bàn Yêu Cầu", role: "hotline" })).staff;
  personId = (await addPerson(house.db)).personId;
  await addNumber(house.db, personId, "bhxh", "9800000753");
  await house.pool.query("insert into person_key values ('bhxh', '9800000753', $1)", [personId]);
  await issueTo(house, personId, "0999900753");
});
afterAll(() => house.close());

const report = (contact: string) =>
  reportByWeb(
    house,
    { name: "Lê Thị Thử", contact, category: "password", says: "Quên mật khẩu mà sim cũ đã mất." },
    { address: "192.0.2.8", lang: "vi" },
  );

describe("a ticket", () => {
  it("is answered where its reporter wished it, and nowhere else that the register knows", async () => {
    const { code } = await report("le.thu@example.vn");
    await house.pool.query("update ticket set person_id = $1 where code = $2", [personId, code]);
    await answerTicket(house, agent, code, { answer: "Xin mang giấy tờ tùy thân đến quầy." });
    const sent = await house.pool.query(
      "select channel, recipient from notice where template = 'ticket_answered' and fields->>'code' = $1",
      [code],
    );
    expect(sent.rows).toEqual([{ channel: "email", recipient: "le.thu@example.vn" }]);
  });

  it("opened again after it was late is told to the supervisors again when it is late once more", async () => {
    const before = house.clock.now();
    const { code, answerBy } = await report("0999900752");
    house.clock.moveTo(new Date((answerBy?.getTime() ?? 0) + 1000));
    await escalateLate(house);
    expect((await findTicket(house.db, code))?.escalatedAt).not.toBeNull();
    await closeTicket(house, agent, code, { closing: "gọi không được" });
    await reopenTicket(house, agent, code, { reopening: "gọi được rồi" });
    const again = await findTicket(house.db, code);
    expect(again?.escalatedAt).toBeNull();
    house.clock.moveTo(new Date((again?.answerBy?.getTime() ?? 0) + 1000));
    await escalateLate(house);
    expect((await findTicket(house.db, code))?.escalatedAt).not.toBeNull();
    await closeTicket(house, agent, code, { closing: "gọi không được" });
    house.clock.moveTo(before);
  });
});
