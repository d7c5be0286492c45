import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { addHoliday, completeYear, strikeHoliday } from "../units/change-lists.ts";
import { aConfirmed } from "./files.fixture.ts";
import { registrationGates } from "./gate.ts";
import { lapseDue } from "./lapse-due.ts";
import { moveDue } from "./move-due.ts";
import { remindDue } from "./remind-due.ts";
import { getByCode } from "./store.ts";

/** Confirmed on Monday 23/11/2026: the last day is Thursday 03/12. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const at = (day: string, time = "09:00") => house.clock.moveTo(new Date(`${day}T${time}:00+07:00`));
const close = (day: string) =>
  addHoliday(house, { day, name: "Ngày nghỉ thử", isWorking: false, by: "QĐ thử", why: "thử" });
const reopen = (day: string) => strikeHoliday(house, { day, by: "QĐ thử", why: "thử" });

async function told(id: string, template: string) {
  const rows = await house.db
    .selectFrom("notice")
    .select(["channel", "fields"])
    .where("declaration_id", "=", id)
    .where("template", "=", template)
    .where("channel", "=", "sms")
    .orderBy("notice_id")
    .execute();
  return rows.map(({ fields }) => (fields as { deadline: string }).deadline);
}
const lastInstant = async (code: string) => (await getByCode(house.db, code)).lapsesAt?.toISOString();

describe("a closure entered after the confirmation (T15)", () => {
  it("moves the last day of every file it touches and tells each person once, however often the sweep runs", async () => {
    const touched = [await aConfirmed(house), await aConfirmed(house)];
    at("2026-11-24");
    const other = await aConfirmed(house);
    await close("2026-12-03");
    expect(await moveDue(house)).toEqual({ moved: 2, failed: 0 });
    expect(await moveDue(house)).toEqual({ moved: 0, failed: 0 });
    for (const { id, code } of touched) {
      expect(await lastInstant(code)).toBe("2026-12-04T17:00:00.000Z");
      expect(await told(id, "declaration_moved")).toEqual(["thứ Sáu, 04/12/2026"]);
    }
    expect(await told(other.id, "declaration_moved")).toEqual([]);
  });

  it("by three sweeps at once is told once", async () => {
    const files = [];
    for (let nth = 0; nth < 10; nth += 1) files.push(await aConfirmed(house));
    await close("2026-12-03");
    const sweeps = await Promise.all([moveDue(house), moveDue(house), moveDue(house)]);
    expect(sweeps.reduce((sum, { moved }) => sum + moved, 0)).toBe(10);
    for (const { id } of files) expect(await told(id, "declaration_moved")).toHaveLength(1);
  });

  it("moves the reminder too: it speaks of the new day, and the old one does not leave any more (N7)", async () => {
    const { id, code } = await aConfirmed(house);
    at("2026-11-30");
    await remindDue(house);
    await close("2026-12-03");
    await moveDue(house);
    const queued = await house.db
      .selectFrom("notice")
      .selectAll()
      .where("template", "=", "declaration_reminder")
      .execute();
    for (const notice of queued) {
      expect(await registrationGates.declaration_reminder?.(house, notice as never)).toBe("overtaken");
    }
    at("2026-12-02");
    await remindDue(house);
    at("2026-12-03");
    await remindDue(house);
    expect(await told(id, "declaration_reminder")).toEqual([
      "thứ Năm, 03/12/2026",
      "thứ Sáu, 04/12/2026",
      "thứ Sáu, 04/12/2026",
    ]);
    expect(await lastInstant(code)).toBe("2026-12-04T17:00:00.000Z");
  });

  it("can be taken back while three days are left, and each person is told of that once as well", async () => {
    const { id, code } = await aConfirmed(house);
    await close("2026-12-03");
    await moveDue(house);
    await reopen("2026-12-03");
    await moveDue(house);
    await moveDue(house);
    expect(await lastInstant(code)).toBe("2026-12-03T17:00:00.000Z");
    await close("2026-12-03");
    await moveDue(house);
    expect(await told(id, "declaration_moved")).toEqual([
      "thứ Sáu, 04/12/2026",
      "thứ Năm, 03/12/2026",
      "thứ Sáu, 04/12/2026",
    ]);
  });

  it("taken back in the last days shortens nothing: whoever was told Friday may come on Friday", async () => {
    const { code } = await aConfirmed(house);
    await close("2026-12-03");
    await moveDue(house);
    await reopen("2026-12-03");
    at("2026-12-01");
    expect(await moveDue(house)).toEqual({ moved: 0, failed: 0 });
    at("2026-12-04", "00:00");
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0 });
    expect(await lastInstant(code)).toBe("2026-12-04T17:00:00.000Z");
  });

  it("met only when the file would lapse tells the person once, and the message waits for the morning", async () => {
    const { id } = await aConfirmed(house);
    await close("2026-12-03");
    at("2026-12-04", "00:00");
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0, moved: 1 });
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0, moved: 0 });
    expect(await told(id, "declaration_moved")).toEqual(["thứ Sáu, 04/12/2026"]);
    const notice = await house.db
      .selectFrom("notice")
      .selectAll()
      .where("template", "=", "declaration_moved")
      .executeTakeFirst();
    expect(await registrationGates.declaration_moved?.(house, notice as never)).toEqual({
      waitUntil: new Date("2026-12-04T08:00:00+07:00"),
    });
  });

  it("a day promised beyond the table moves once the year is entered and said to be complete", async () => {
    house.clock.moveTo(new Date("2028-12-20T03:00:00Z"));
    const { code } = await aConfirmed(house);
    expect(await lastInstant(code)).toBe("2029-01-02T17:00:00.000Z");
    for (const day of ["2029-01-01", "2029-01-02"]) await close(day);
    expect(await moveDue(house)).toEqual({ moved: 0, failed: 0 });
    await completeYear(house, { year: 2029, by: "TB thử", why: "thử" });
    expect(await moveDue(house)).toEqual({ moved: 1, failed: 0 });
    expect(await lastInstant(code)).toBe("2029-01-03T17:00:00.000Z");
  });

  it("without a table for the year moves nothing", async () => {
    const { code } = await aConfirmed(house);
    await house.pool.query("delete from public_holiday where year = 2026");
    await house.pool.query("delete from public_holiday_year where year = 2026");
    expect(await moveDue(house)).toEqual({ moved: 0, failed: 0 });
    expect(await lastInstant(code)).toBe("2026-12-03T17:00:00.000Z");
  });
});
