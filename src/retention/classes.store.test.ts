import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { reportByWeb } from "../hotline/report.ts";
import { closeTicket } from "../hotline/work-ticket.ts";
import type { Staff } from "../kernel/actor.ts";
import { setPolicy } from "../policy/set.ts";
import { countOf } from "../review/counter.fixture.ts";
import { hired } from "../staff-factor/staff.fixture.ts";
import { type RetentionClass, RULES } from "./rules.ts";
import { runRetention } from "./run.ts";

/** From which event the period of tickets, calls and invitations is counted: the one that was the last. */
let house: TestHouse;
let agent: Staff;
let start: number;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  agent = (await hired(house, { username: "thu.luutru", name: "Bàn Lưu Trữ", role: "hotline" })).staff;
  start = house.clock.now().getTime();
});
afterAll(() => house.close());

const setDays = (name: RetentionClass, days: number) =>
  setPolicy(house, RULES[name].days, { value: days, from: "2026-11-01", by: "Quyết định thử" });
const onDay = (day: number) => house.clock.moveTo(new Date(start + day * 86_400_000));

async function goneOn(day: number) {
  onDay(day);
  return (await runRetention(house)).deleted;
}

async function aTicket(): Promise<string> {
  const says = {
    name: "Lê Thị Thử",
    contact: "0999900751",
    category: "password",
    says: "Quên mật khẩu, sim cũ đã mất.",
  };
  return (await reportByWeb(house, says, { address: "192.0.2.7", lang: "vi" })).code;
}
const close = (code: string) => closeTicket(house, agent, code, { closing: "đã rõ ràng" });

describe("the period", () => {
  it("of a ticket is counted from its closing, not its opening; its events and uses of answers go with it", async () => {
    await setDays("tickets", 10);
    const code = await aTicket();
    await house.pool.query("insert into help_answer_use select 'quen-mat-khau', ticket_id, $1 from ticket", [
      house.clock.now(),
    ]);
    onDay(20);
    await close(code);
    expect(await goneOn(29)).toEqual({});
    expect(await countOf(house, "help_answer_use")).toBe(1);
    expect(await goneOn(31)).toEqual({ tickets: 1 });
    for (const table of ["ticket", "ticket_event", "help_answer_use"]) expect(await countOf(house, table)).toBe(0);
  });

  it("of a call ends no sooner than its ticket is gone", async () => {
    await setDays("calls", 1);
    await setDays("tickets", 10);
    const code = await aTicket();
    await house.pool.query(
      `with made as (
         insert into hotline_call (call_id, channel, key_kind, key_mark, tries_left, opened_at, opened_by, closed_at)
         values (gen_random_uuid(), 'call', 'phone', '', 3, $1, $2, $1), (gen_random_uuid(), 'call', 'phone', '', 3, $1, $2, $1)
         returning call_id)
       update ticket set call_id = (select call_id from made limit 1)`,
      [house.clock.now(), agent.staffId],
    );
    expect(await goneOn(3)).toEqual({ calls: 1 });
    await close(code);
    expect(await goneOn(12)).toEqual({});
    expect(await countOf(house, "hotline_call")).toBe(1);
    expect(await goneOn(14)).toMatchObject({ tickets: 1 });
    await goneOn(15);
    expect(await countOf(house, "hotline_call")).toBe(0);
  });

  it("of an invitation is counted from the day on which it was taken, withdrawn or over", async () => {
    await setDays("invitations", 10);
    await house.pool.query(
      `insert into drive_unit (unit_code, kind, name, office_code, province_code, folded_name, valid_from)
       values ('DV81', 'enterprise', 'Công ty Mẫu', '52T01', '52', 'cong ty mau', '2026-01-01')`,
    );
    const invite = (name: string, end: string) =>
      house.pool.query(
        `insert into drive_invitation (invitation_id, unit_code, full_name, email, code_mark, invited_by, invited_at, ends_at,
           accepted_at, staff_id, withdrawn_at, withdrawn_by)
         select gen_random_uuid(), 'DV81', $1, 'mau@example.vn', convert_to($1, 'UTF8'), $2::bigint, $3::timestamptz,
                $3::timestamptz + interval '14 days', ${end}`,
        [name, agent.staffId, house.clock.now()],
      );
    await invite("Người Nhận", "$3, $2, null, null");
    await invite("Người Thôi", "null, null, $3::timestamptz + interval '4 days', $2");
    await invite("Người Lặng", "null, null, null, null");
    const left = async () =>
      (await house.pool.query("select full_name as name from drive_invitation order by name")).rows.map(
        ({ name }) => name,
      );
    expect(await goneOn(9)).toEqual({});
    expect([await goneOn(11), await left()]).toEqual([{ invitations: 1 }, ["Người Lặng", "Người Thôi"]]);
    expect([await goneOn(15), await left()]).toEqual([{ invitations: 1 }, ["Người Lặng"]]);
    expect(await goneOn(23)).toEqual({});
    expect(await goneOn(25)).toEqual({ invitations: 1 });
  });
});
