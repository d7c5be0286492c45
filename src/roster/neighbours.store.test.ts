import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { enrolPerson } from "../account/account.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { askAppointment, comingAppointments, dropAppointment } from "./appoint.ts";
import { mark } from "./mark.ts";
import { aCoordinator, aUnit } from "./roster.fixture.ts";
import { peopleOf } from "./store-list.ts";
import { uploadsOf } from "./store-upload.ts";
import { takeRoster } from "./take-roster.ts";

/** What the list of one unit has to do with another's, and one person's line with others of that name. */
let house: TestHouse;
let staff: Staff;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.clean();
  await aUnit(house, "DV75");
  await aUnit(house, "DV76", { kind: "hamlet", parent: "DV75" });
  await aUnit(house, "DV77");
  staff = await aCoordinator(house, "DV76");
});

const send = (unitCode: string, ...lines: string[]) =>
  takeRoster(house, staff, {
    ...{ unitCode, isWhole: true, basis: "duty" },
    bytes: new Uint8Array(Buffer.from(`Họ và tên,Ngày sinh,Mã số BHXH\n${lines.join("\n")}\n`)),
  });
const list = (unitCode: string) => peopleOf(house.db, unitCode, { limit: 100 });
const line = async (unitCode: string) => (await list(unitCode))[0]?.lineId ?? "";

describe("whoever stands in a line that was refused", () => {
  test("is present by the name alone, where neither number nor birth date can be read", async () => {
    await send("DV76", "Người Một,01/02/1971,5271000761", "Người Hai,01/02/1972,5271000762");
    const whole = await send("DV76", "Người Một,01/02/1971,5271000761", "Người Hai,99/99/1972,");
    expect(whole).toMatchObject({ unchanged: 1, refused: 1, missing: 0 });
  });

  test("counts for the unit that sent it: nobody of another unit with that birth date is moved", async () => {
    const there = await send("DV77", "Ai Khác,01/02/1972,5271000763");
    await send("DV76", "Người Một,01/02/1971,5271000761", "Người H4i,01/02/1972,");
    const { rows } = await house.pool.query("select upload_id from roster_person where unit_code = 'DV77'");
    expect(rows).toEqual([{ upload_id: there.uploadId }]);
    expect((await uploadsOf(house.db, "DV77", 1))[0]).toMatchObject({ missing: 0, leavers: null });
  });
});

describe("several of one name and one year", () => {
  test("by a year alone nobody is singled out; a record that was merged is no second person", async () => {
    const survivor = await enrolPerson(house, "Trùng Tên Mẫu", "5271000765", "052190000765");
    const merged = await enrolPerson(house, "Trùng Tên Mẫu", "5271000766", "052190000766");
    await house.pool.query(
      `insert into person_merge (survivor_id, merged_id, status, office_code, reason, proposed_at, proposed_by, decided_at, decided_by)
       values ($1, $2, 'merged', '52T01', 'thử', now(), 1, now(), 2)`,
      [survivor, merged],
    );
    await send("DV76", "Trùng Tên Mẫu,1990,", "Trùng Tên Mẫu,15/01/1990,5271000769");
    const matches = (await list("DV76")).map(({ birthPrecision, match, differs }) => [
      birthPrecision,
      match,
      ...differs,
    ]);
    expect(matches.toSorted()).toEqual([
      ["day", "differs", "number"],
      ["year", "several"],
    ]);
  });
});

describe("who helps somebody", () => {
  test("is a coordinator at work, of this unit or of the commune above it, and nobody of another", async () => {
    await send("DV76", "Người Một,01/02/1971,5271000761");
    const above = await aCoordinator(house, "DV75");
    const [gone, beside] = [await aCoordinator(house, "DV76"), await aCoordinator(house, "DV77")];
    await house.pool.query("update staff set is_active = false where staff_id = $1", [gone.staffId]);
    const names = async (helper: string) => mark(house, staff, await line("DV76"), { helper });
    for (const { staffId } of [gone, beside]) await expect(names(staffId)).rejects.toMatchObject({ status: 422 });
    await names(above.staffId);
    expect((await list("DV76"))[0]).toMatchObject({ helperId: above.staffId });
  });
});

describe("a window at the office", () => {
  const window = (unit: string, from: string, to: string) => ({ unit, day: "30/11/2026", from, to, people: "25" });

  test("is withdrawn by its own unit alone", async () => {
    await askAppointment(house, staff, window("DV76", "8:30", "10:00"));
    const [asked] = await comingAppointments(house, staff);
    const beside = await aCoordinator(house, "DV77");
    await expect(dropAppointment(house, beside, asked?.id ?? "")).rejects.toMatchObject({ status: 404 });
    expect(await comingAppointments(house, staff)).toHaveLength(1);
  });

  test("expects the people of those that overlap it, not of one that ends as it begins, nor of one withdrawn", async () => {
    await askAppointment(house, staff, window("DV76", "8:30", "10:00"));
    expect(await askAppointment(house, staff, window("DV76", "10:00", "11:00"))).toEqual({ others: 0 });
    expect(await askAppointment(house, staff, window("DV76", "7:00", "8:30"))).toEqual({ others: 0 });
    expect(await askAppointment(house, staff, window("DV76", "9:59", "10:30"))).toEqual({ others: 50 });
    for (const { id } of await comingAppointments(house, staff)) await dropAppointment(house, staff, id);
    expect(await askAppointment(house, staff, window("DV76", "9:59", "10:30"))).toEqual({ others: 0 });
  });
});
