import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { addStaff } from "../account/staff.ts";
import { getStaffNamed } from "../account/staff-by-name.ts";
import { Forbidden, NotFound } from "../kernel/failures.ts";
import { aRecord, type Made } from "../register/merge.fixture.ts";
import { importMerges } from "./import-merges.ts";

/** A table of persons who stand in the register twice: proposed in somebody's name, decided by somebody else. */
let house: TestHouse;
let [kept, double, other]: Made[] = [];
beforeAll(async () => {
  house = await openTestHouse();
  await addStaff(house, { username: "le.minh", name: "Lê Văn Minh", role: "officer", office: "52T01" });
  await addStaff(house, { username: "vo.thu", name: "Võ Thị Thu", role: "auditor" });
  [kept, double, other] = [await aRecord(house), await aRecord(house), await aRecord(house)];
});
afterAll(() => house.close());

const proposals = async () =>
  (await house.pool.query("select survivor_id, merged_id, proposed_by, proposed_at from person_merge")).rows;

test("each row is proposed once, the others come back with their line, field and reason", async () => {
  const staff = await getStaffNamed(house, "le.minh", ["officer", "supervisor"]);
  const numbers = [kept, double, other].map((one) => one?.insuranceNumber ?? "");
  const table = [
    "Số giữ lại;Số gộp vào;Lý do",
    `${numbers[0]};${numbers[1]};Một người có hai mã số, theo sổ của cơ quan`,
    `${numbers[0]};${numbers[0]};Một người có hai mã số`,
    `${numbers[2]};${numbers[1]};Một người có hai mã số`,
    `${numbers[0]};0000000000;Một người có hai mã số`,
    `${numbers[2]};${numbers[1]};`,
  ].join("\n");
  const source = { name: "merges.csv", bytes: Buffer.from(table) };
  const first = await importMerges(house, staff, source);
  expect(first.proposed).toBe(1);
  expect(first.rejects).toEqual([
    { record: 2, line: 3, field: "merged", code: "one_already" },
    { record: 3, line: 4, field: "merged", code: "merge_proposed" },
    { record: 4, line: 5, field: "merged", code: "person_unknown" },
    { record: 5, line: 6, field: "reason", code: "reason_missing" },
  ]);
  const stands = await proposals();
  expect(stands).toMatchObject([
    { survivor_id: kept?.personId, merged_id: double?.personId, proposed_by: staff.staffId },
  ]);
  expect((await importMerges(house, staff, source)).proposed).toBe(1);
  expect(await proposals()).toEqual(stands);
});

test("a table without its columns is refused as a whole", async () => {
  const staff = await getStaffNamed(house, "le.minh", ["officer"]);
  const source = { name: "merges.csv", bytes: Buffer.from("kept,reason\n1,2\n") };
  await expect(importMerges(house, staff, source)).rejects.toMatchObject({ code: "missing_column" });
});

test("only who works at a desk today may answer for it", async () => {
  await expect(getStaffNamed(house, "vo.thu", ["officer", "supervisor"])).rejects.toBeInstanceOf(Forbidden);
  await expect(getStaffNamed(house, "nobody", ["officer"])).rejects.toBeInstanceOf(NotFound);
});
