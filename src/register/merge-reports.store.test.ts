import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { confirmMerge } from "./confirm-merge.ts";
import { aMember, aRecord } from "./merge.fixture.ts";
import { proposeMerge } from "./propose-merge.ts";
import { undoMerge } from "./undo-merge.ts";

let house: TestHouse;
let officer: Staff;
let chief: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  officer = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
});
afterAll(() => house.close());

async function report(personId: string): Promise<void> {
  const { rows } = await house.pool.query<{ id: string }>(
    `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, created_at, office_code)
     values ($1, gen_random_uuid(), 'wrong', 'person', 'identity', 'Sai tên đệm', $2, '52T01') returning dispute_id as id`,
    [personId, house.clock.now()],
  );
  await house.pool.query(
    `insert into dispute_event (person_id, dispute_id, seq, at, kind, staff_id, office_code, says)
     values ($1, $2, 1, $3, 'asked', $4, '52T01', 'Đã hỏi nơi gửi dữ liệu')`,
    [personId, rows[0]?.id, house.clock.now(), officer.staffId],
  );
}

async function reportsOf(personId: string): Promise<[reports: number, asked: number]> {
  const { rows } = await house.pool.query<{ reports: number; asked: number }>(
    `select (select count(*)::int from dispute where person_id = $1 and fact_kind = 'person') as reports,
            (select count(*)::int from dispute_event where person_id = $1) as asked`,
    [personId],
  );
  return [rows[0]?.reports ?? 0, rows[0]?.asked ?? 0];
}

describe("two records whose person reported the same of both", () => {
  it("become one, whose own report goes on; parted again, each has its report and what was asked", async () => {
    const [kept, merged] = [await aRecord(house), await aRecord(house)];
    await report(kept.personId);
    await report(merged.personId);
    const asked = { survivor: kept.publicId, merged: merged.publicId, reason: "Cùng một người: đã xem sổ" };
    const { id } = await proposeMerge(house, officer, asked);
    await confirmMerge(house, chief, id);
    expect([await reportsOf(kept.personId), await reportsOf(merged.personId)]).toEqual([
      [1, 1],
      [0, 0],
    ]);
    await undoMerge(house, chief, id, "Nhầm người, đã xem lại sổ");
    expect([await reportsOf(kept.personId), await reportsOf(merged.personId)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });
});
