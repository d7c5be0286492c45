import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { workbook } from "../../test/samples/workbook.ts";
import { addStaff } from "../account/staff.ts";
import type { Staff } from "../kernel/actor.ts";
import { importPersons } from "./import-persons.ts";
import { importBenefits, importCards, importFacilities, importParticipation, importUnits } from "./import-rows.ts";
import { sealRow } from "./keep-rows.ts";
import { mendRow } from "./mend-row.ts";
import { rerunRejects } from "./rerun-rejects.ts";

/** A column that the file does not have leaves what stands; an empty cell takes it away. */
let house: TestHouse;
let count = 0;
let officer: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  await addStaff(house, { username: "cot.dong", name: "Cán bộ Cột", role: "officer", office: "52T01" });
  const [{ staff_id: staffId }] = await rows("select staff_id from staff where username = 'cot.dong'");
  officer = { kind: "staff", staffId, name: "Cán bộ Cột", sessionId: "1".repeat(64), roles: [] };
  await importPersons(
    house,
    csv("full_name,birth,sex,insurance_number", "Lường Văn Cột,1980,1,9944000001", "Lò Thị Cột,1981,2,9944000002"),
  );
});
afterAll(() => house.close());

const csv = (...lines: string[]) => ({ name: `${++count}.csv`, bytes: Buffer.from(`${lines.join("\n")}\n`) });
const rows = async (text: string) => (await house.pool.query(text)).rows;
const versionOf = async (name: string) =>
  (await rows(`select data_version::integer as version from person where full_name = '${name}'`))[0].version;

test("cards keep the columns that a file does not have; an empty cell of one that it has is taken", async () => {
  const key = "insurance_number,card_number,valid_from";
  const cards = () =>
    rows(`select card_number, valid_to, object_group, benefit_level, facility_code, five_year_on, status, issued_by
            from health_card order by card_number`);
  const whole = {
    ...{ card_number: "HT3999944000001", valid_to: "2026-12-31", object_group: "GD", benefit_level: 4 },
    ...{ facility_code: "79999", five_year_on: "2024-01-01", status: "revoked", issued_by: "BHXH Mẫu" },
  };
  await importCards(
    house,
    csv(
      `${key},valid_to,object_group,benefit_level,facility_code,five_year_on,status,issued_by`,
      "9944000001,HT3999944000001,01/01/2026,31/12/2026,GD,4,79999,01/01/2024,thu hồi,BHXH Mẫu",
    ),
  );
  expect(await cards()).toEqual([whole]);
  const before = await versionOf("Lường Văn Cột");
  expect(await importCards(house, csv(key, "9944000001,HT3999944000001,01/01/2026"))).toMatchObject({
    ...{ taken: 0, unchanged: 1, rejected: 0 },
  });
  expect(await versionOf("Lường Văn Cột")).toBe(before);

  // One of the file's is new: of it the other columns are empty, or what they are without a word.
  const few = csv(
    `${key},valid_to`,
    "9944000001,HT3999944000001,01/01/2026,30/06/2027",
    "9944000002,CH2999944000002,01/01/2026,30/06/2027",
  );
  expect(await importCards(house, few)).toMatchObject({ taken: 2, unchanged: 0, rejected: 0 });
  const fresh = {
    ...{ card_number: "CH2999944000002", valid_to: "2027-06-30", object_group: "CH", benefit_level: 2 },
    ...{ facility_code: null, five_year_on: null, status: "valid", issued_by: null },
  };
  expect(await cards()).toEqual([fresh, { ...whole, valid_to: "2027-06-30" }]);

  const emptied = csv(`${key},facility_code,five_year_on,status`, "9944000001,HT3999944000001,01/01/2026,,,");
  expect(await importCards(house, emptied)).toMatchObject({ taken: 1 });
  const left = { ...whole, valid_to: "2027-06-30", facility_code: null, five_year_on: null, status: "valid" };
  expect(await cards()).toEqual([fresh, left]);
});

test("participation and benefits keep them, too: a salary with its kind, the digits of an account", async () => {
  const key = "insurance_number,fund,from_month,to_month,unit_code,unit_name";
  const period = "9944000001,bhxh,01/2025,06/2025,M1,Đơn vị Mẫu";
  await importParticipation(house, csv(`${key},salary_kind,salary,rate,status`, `${period},hệ số,5.22,25.5,chưa đóng`));
  const few = [period.replace("06/2025", "12/2025"), "9944000002,bhxh,01/2025,06/2025,M1,Đơn vị Mẫu"];
  const kinds = (line: string) => `${line},`;
  expect(await importParticipation(house, csv(`${key},salary_kind`, ...few.map(kinds)))).toMatchObject({ taken: 2 });
  expect(
    await rows(`select to_month, salary_kind, salary, rate, status from participation_period
                  join person using (person_id) order by full_name desc`),
  ).toEqual([
    { to_month: "2025-12-01", salary_kind: "coefficient", salary: "5.22", rate: "25.50", status: "unpaid" },
    { to_month: "2025-06-01", salary_kind: "vnd", salary: null, rate: null, status: "paid" },
  ]);

  const head = "insurance_number,kind,regime,decision_no,from_on,amount";
  const paid = "9944000001,monthly,Hưu,QĐ 1,01/01/2026,5000000";
  await importBenefits(
    house,
    csv(`${head},to_on,bank_name,bank_account,status`, `${paid},31/12/2026,Ngân hàng Mẫu,0123456789,đã dừng`),
  );
  expect(await importBenefits(house, csv(head, paid))).toMatchObject({ taken: 0, unchanged: 1 });
  expect(await importBenefits(house, csv(head, paid.replace("5000000", "5100000")))).toMatchObject({ taken: 1 });
  expect(await rows("select amount, to_on, bank_name, bank_account_tail, status from benefit")).toEqual([
    {
      ...{ amount: "5100000.00", to_on: "2026-12-31", bank_name: "Ngân hàng Mẫu", bank_account_tail: "6789" },
      status: "stopped",
    },
  ]);
});

test("facilities and units keep them, of a sheet as of a CSV", async () => {
  const [head, one] = ["facility_code,name,valid_from", "9944A,Bệnh viện Cột,01/01/2020"];
  await importFacilities(house, csv(`${head},valid_to,address,phone`, `${one},31/12/2030,Số 1 đường Mẫu,0000`));
  const cells = [head, one.replace("Cột", "Cột Mới")].map((line) => line.split(","));
  const sheet = { name: "few.xlsx", bytes: new Uint8Array(workbook({ S: { rows: cells } })) };
  expect(await importFacilities(house, sheet)).toMatchObject({ taken: 1, rejected: 0 });
  expect(await rows("select name, valid_to, address from facility where facility_code = '9944A'")).toEqual([
    { name: "Bệnh viện Cột Mới", valid_to: "2030-12-31", address: "Số 1 đường Mẫu" },
  ]);
  const unit = "COT1,Đơn vị Cột,school,01/01/2020";
  await importUnits(house, csv("unit_code,name,kind,valid_from,address,office_code", `${unit},Số 2,52T01`));
  await importUnits(house, csv("unit_code,name,kind,valid_from,address", `${unit.replace("Cột", "Cột Mới")},`));
  expect(await rows("select name, address, office_code from employer where unit_code = 'COT1'")).toEqual([
    { name: "Đơn vị Cột Mới", address: null, office_code: "52T01" },
  ]);
  const begun = ["unit_code,name,kind,valid_from", "COT1,Đơn vị Cột,school,01/06/2026"];
  await importUnits(house, csv("unit_code,name,kind,valid_from,valid_to", `${unit},31/12/2025`));
  expect(await importUnits(house, csv(...begun))).toMatchObject({
    ...{ taken: 0, rejects: [{ record: 1, line: 2, field: "valid_to", code: "bad_period" }] },
  });
});

test("a file that comes again is overtaken only in what it says", async () => {
  const head = "facility_code,name,valid_from";
  const older = csv(head, "9944B,Trạm Cột,01/01/2020", "9944C,Trạm Mẫu,32/01/2020");
  await importFacilities(house, older);
  await importFacilities(house, csv(`${head},phone`, "9944B,Trạm Cột,01/01/2020,0001"));
  expect(await importFacilities(house, older)).toMatchObject({ taken: 0, unchanged: 1, rejects: [{ record: 2 }] });
  expect(await rows("select phone from facility where facility_code = '9944B'")).toEqual([{ phone: "0001" }]);
});

test("rejected rows that run again keep the columns of their file, and what was typed into another", async () => {
  const head = "facility_code,name,valid_from";
  const codes = ["9944D", "9944E", "9944F"];
  await importFacilities(
    house,
    csv(`${head},address,phone`, ...codes.map((code) => `${code},Cũ,01/01/2020,Số ${code},0001`)),
  );
  const { fileId } = await importFacilities(
    house,
    csv(`${head},phone`, ...codes.map((code) => `${code},Mới,32/01/2020,`)),
  );
  for (const [nth, code] of codes.entries()) {
    const typed = {
      facility_code: code,
      name: "Mới",
      valid_from: "01/01/2020",
      ...(nth === 1 && { address: "Số mới" }),
    };
    await mendRow(house, officer, { fileId, kind: "facilities", record: nth + 1 }, typed);
  }
  expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 3, rejected: 0 });
  expect(
    await rows("select name, address, phone from facility where facility_code ~ '^9944[DEF]' order by facility_code"),
  ).toEqual([
    { name: "Mới", address: "Số 9944D", phone: null },
    { name: "Mới", address: "Số mới", phone: null },
    { name: "Mới", address: "Số 9944F", phone: null },
  ]);
});

test("a row that the version before kept empties no column of which it says nothing, but one that an officer empties", async () => {
  const head = "facility_code,name,valid_from";
  const codes = ["9944G", "9944H"];
  await importFacilities(
    house,
    csv(`${head},address,phone`, ...codes.map((code) => `${code},Cũ,01/01/2020,Số ${code},0001`)),
  );
  const { fileId } = await importFacilities(
    house,
    csv(`${head},phone`, ...codes.map((code) => `${code},Mới,32/01/2020,0002`)),
  );
  for (const [nth, code] of codes.entries()) {
    const cells = { facility_code: code, name: "Mới", valid_from: "32/01/2020", phone: "0002" };
    const sealed = sealRow(house.vault, fileId, nth + 1, { cells, numbers: [], absent: undefined });
    await house.pool.query("update import_reject_row set sealed = $1 where file_id = $2 and record_no = $3", [
      ...[sealed, fileId, nth + 1],
    ]);
    const typed = { ...cells, valid_from: "01/01/2020", ...(nth === 1 && { phone: "" }) };
    await mendRow(house, officer, { fileId, kind: "facilities", record: nth + 1 }, typed);
  }
  expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 2, rejected: 0 });
  expect(
    await rows("select name, address, phone from facility where facility_code ~ '^9944[GH]' order by facility_code"),
  ).toEqual([
    { name: "Mới", address: "Số 9944G", phone: "0002" },
    { name: "Mới", address: "Số 9944H", phone: null },
  ]);
});
