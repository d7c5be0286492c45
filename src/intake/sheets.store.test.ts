import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type SheetCell, workbook } from "../../test/samples/workbook.ts";
import { confirmMerge } from "../register/confirm-merge.ts";
import { aMember, aRecord } from "../register/merge.fixture.ts";
import { proposeMerge } from "../register/propose-merge.ts";
import { importPersons } from "./import-persons.ts";
import { importBenefits, importCards, importFacilities, importParticipation, importUnits } from "./import-rows.ts";
import { rerunRejects } from "./rerun-rejects.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

let count = 0;
const sheet = (...rows: SheetCell[][]) => ({
  name: `${++count}.xlsx`,
  bytes: new Uint8Array(workbook({ S: { rows } })),
});
const rows = async (text: string) => (await house.pool.query(text)).rows;

/** The 117 headings in their order, and rows that fill some of them by number. */
const d02Headings = readFileSync(new URL("../../test/samples/d02-headings.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => /^\d+,"?(.*?)"?,[^,]*$/.exec(line)?.[1] ?? "");
/** The annex of members on a sheet of its own: its headings are the last twenty, without the annex's name. */
const annexHeadings = d02Headings.slice(97).map((heading) => heading.replace(/^PL: ?/, ""));
const annexOf = (...members: SheetCell[][]) => ({
  "PL TV HGĐ": { rows: [["DANH SÁCH THÀNH VIÊN HỘ"], annexHeadings, ...members] },
});
function d02(...people: Record<number, SheetCell>[]) {
  return d02With(annexOf(), ...people);
}
function d02With(annex: Parameters<typeof workbook>[0], ...people: Record<number, SheetCell>[]) {
  const filled = people.map((person) => d02Headings.map((_, at) => person[at + 1] ?? null));
  const numbers = d02Headings.map((_, at) => at + 1);
  const data = { rows: [["DANH SÁCH LAO ĐỘNG THAM GIA"], d02Headings, numbers, ...filled], hiddenColumns: [4, 50] };
  const book = workbook({ ...annex, DuLieu: { ...data, merges: ["A1:K1"] } });
  return { name: `${++count}.xlsx`, bytes: new Uint8Array(book) };
}

test("the sheet of D02-LT and TK1-TS gives persons: coded sex, known years, papers, old phones, dates as numbers", async () => {
  const result = await importPersons(
    house,
    d02(
      { 2: "Lò Thị Mẫu", 3: "9966000001", 4: "TM-Tăng mới", 6: "Năm sinh", 7: { v: 32874, z: "dd/mm/yyyy" }, 8: 0, 9: "096690000001", 51: "VN", 53: 1, 54: "01266000001" },
      { 2: "Vàng A Thử", 3: "096688000002", 5: "TM", 7: { v: 32203, z: "dd/mm/yyyy" }, 8: "1-Nam", 9: "966000002", 61: "Tỉnh Mẫu", 63: "Xã Mẫu", 65: "Bản Mẫu" },
      { 2: "Giàng Thị Sai", 3: 966000003, 7: "1990", 8: 0 },
      { 2: "Giàng Thị Lạ", 3: "9966000004", 7: "1990", 8: "0-Nam" },
    ), // biome-ignore format: rows of a sheet
  );
  expect(result).toMatchObject({
    taken: 2,
    rejects: [
      { record: 3, line: 6, field: "insurance_number (C)", code: "lost_zeros" },
      { record: 4, line: 7, field: "sex (H)", code: "bad_code" },
    ],
  });
  expect(
    await rows("select full_name, birth_on, birth_precision, sex, nationality, ethnic_code from person order by sex"),
  ).toEqual([
    { full_name: "Vàng A Thử", birth_on: "1988-03-01", birth_precision: "day", sex: 1, nationality: "000", ethnic_code: null },
    { full_name: "Lò Thị Mẫu", birth_on: "1990-01-01", birth_precision: "year", sex: 2, nationality: "000", ethnic_code: "01" },
  ]); // biome-ignore format: rows of a table
  expect(await rows("select kind, key from person_key order by key")).toEqual([
    { kind: "personal_id", key: "096688000002" },
    { kind: "personal_id", key: "096690000001" },
    { kind: "cmnd", key: "966000002" },
    { kind: "bhxh", key: "9966000001" },
  ]);
  expect(await rows("select value from contact_point order by value")).toEqual([
    { value: "0766000001" },
    { value: "Bản Mẫu, Xã Mẫu, Tỉnh Mẫu" },
  ]);
});

test("nationality by code and word, and the household with its annex, are read by name and kept", async () => {
  const result = await importPersons(
    house,
    d02(
      { 2: "Hà Thị Chủ", 3: "9933000011", 4: "TM", 7: "1970", 8: 2, 50: "Việt Nam", 81: "HGD33", 98: "HGD33", 99: "Hà Văn Con", 100: "9933000012", 102: "05/2001", 103: 1, 104: "Việt Nam", 107: 1, 108: "933000012", 109: "Con", 110: "02", 111: "Tỉnh Mẫu", 115: "Bản Mẫu", 116: "Có" },
      { 2: "Hà Văn Con", 3: "9933000012", 4: "TM", 7: "2001", 8: 1, 50: "Lào", 51: "118", 81: "HGD33" },
      { 2: "Người Lạ", 3: "9933000013", 4: "TM", 7: "1990", 8: 1, 50: "Lào" },
      { 2: "Người Lệch", 3: "9933000014", 4: "TM", 7: "1990", 8: 1, 50: "Lào", 51: "VN" },
      { 2: "Người Thiếu", 3: "9933000015", 4: "TM", 7: "1990", 8: 1, 99: "Ai Đó" },
    ), // biome-ignore format: rows of a sheet
  );
  expect(result).toMatchObject({
    taken: 2,
    rejects: [
      { record: 3, field: "nationality (AY)", code: "bad_code" },
      { record: 4, field: "nationality (AY)", code: "bad_code" },
      { record: 5, field: "member_household (CT)", code: "missing_field" },
    ],
  });
  expect(await rows("select nationality from person where full_name like 'Hà %' order by full_name")).toEqual([
    { nationality: "000" },
    { nationality: "118" },
  ]);
  const members = await rows(
    "select member_key, full_name, birth_on, birth_precision, paper_number, nationality, ethnic_code, relation, relation_code, birth_place, takes_part from household_member where household_code = 'HGD33' order by 1",
  );
  expect(members).toEqual([
    { member_key: "9933000011", full_name: "Hà Thị Chủ", birth_on: "1970-01-01", birth_precision: "year", paper_number: null, nationality: null, ethnic_code: null, relation: null, relation_code: null, birth_place: null, takes_part: null },
    { member_key: "9933000012", full_name: "Hà Văn Con", birth_on: "2001-01-01", birth_precision: "year", paper_number: "933000012", nationality: "118", ethnic_code: "01", relation: "Con", relation_code: "02", birth_place: "Bản Mẫu, Tỉnh Mẫu", takes_part: "Có" },
  ]); // biome-ignore format: rows of a table
});

test("a member without a number is one, however the apostrophe is written, and after the upgrade as before it", async () => {
  const send = (name: string) =>
    importPersons(
      house,
      d02With(annexOf(["HGD59", name, null, null, "2001", 2]), { 2: "Lý Thị Chủ", 3: "9933000591", 4: "TM", 7: "1970", 8: 2, 81: "HGD59" }),
    ); // biome-ignore format: rows of a sheet
  await send("H’Hen Niê");
  const before = `update household_member set member_key = translate(member_key, '''', '’'),
    folded_name = translate(folded_name, '''', '’') where household_code = 'HGD59'`;
  await house.pool.query(before);
  const upgrade = new URL("../../db/migrations/0082_one_apostrophe.sql", import.meta.url);
  await house.pool.query(readFileSync(upgrade, "utf8"));
  await send("H'Hen Niê");
  expect(await rows("select full_name from household_member where household_code = 'HGD59' order by birth_on")).toEqual(
    [{ full_name: "Lý Thị Chủ" }, { full_name: "H'Hen Niê" }],
  );
});

test("the annex on a sheet of its own: members by name of the column, wrong rows told by their row of that sheet, kept and run again", async () => {
  const result = await importPersons(
    house,
    d02With(
      annexOf(
        ["HGD56", "Lý Thị Chủ", "9933000561", null, "1970", 2, "Việt Nam", null, null, null, null, "Chủ hộ"],
        ["HGD56", "Lý Văn Con", "9933000562", null, "05/2001", 1, null, null, null, null, null, "Con"],
        [null, "Lý Không Hộ", null],
        ["HGD56", "Lý Sai Ngày", null, null, "31/02/2001"],
      ),
      { 2: "Lý Thị Chủ", 3: "9933000561", 4: "TM", 7: "1970", 8: 2, 81: "HGD56" },
      { 2: "Lý Thị Hỏng", 3: "9933000569", 4: "TM", 7: "x", 8: 2 },
    ), // biome-ignore format: rows of a sheet
  );
  expect(result).toMatchObject({
    taken: 3,
    rejects: [
      { record: 2, line: 5, field: "birth (G)", code: "bad_date" },
      { record: 5, line: 5, field: "member_household (A)", code: "missing_field" },
      { record: 6, line: 6, field: "member_birth (E)", code: "bad_date" },
    ],
  });
  const kept = await rows(
    `select record_no, layout from import_reject_row where file_id = ${result.fileId} order by 1`,
  );
  expect(kept).toEqual([
    { record_no: 2, layout: "d02" },
    { record_no: 5, layout: "annex" },
    { record_no: 6, layout: "annex" },
  ]);
  expect(await rerunRejects(house, result.fileId)).toMatchObject({ rejected: 3 });
  const told = () =>
    rows(
      "select p.full_name as who, h.full_name, h.relation, h.is_self from person_household h join person p using (person_id) where h.household_code = 'HGD56' order by 1, 2",
    );
  const mother = { full_name: "Lý Thị Chủ", relation: "Chủ hộ" };
  const son = { full_name: "Lý Văn Con", relation: "Con" };
  expect(await told()).toEqual([
    { who: "Lý Thị Chủ", ...mother, is_self: true },
    { who: "Lý Thị Chủ", ...son, is_self: false },
  ]);
  const later = sheet(["full_name", "birth", "sex", "insurance_number"], ["Lý Văn Con", "2001", "nam", "9933000562"]);
  await importPersons(house, later);
  expect((await told()).slice(2)).toEqual([
    { who: "Lý Văn Con", ...mother, is_self: false },
    { who: "Lý Văn Con", ...son, is_self: true },
  ]);
});

test("nobody is told of a household that another file calls by the same code, nor where number and name do not agree", async () => {
  const file = (name: string, number: string) =>
    d02With(annexOf(["1", name, number], ["1", `Con Của ${name}`, null]), {
      2: name,
      3: number,
      4: "TM",
      7: "1970",
      8: 1,
    });
  await importPersons(house, file("Mã A Một", "9933000571"));
  await importPersons(house, file("Mã B Hai", "9933000572"));
  const alike = d02With(annexOf(["2", "Khác Tên", "9933000573"], ["2", "Người Nhà", null]), {
    2: "Mã C Ba",
    3: "9933000573",
    4: "TM",
    7: "1970",
    8: 1,
  });
  await importPersons(house, alike);
  const told = await rows(
    "select p.full_name as who, h.full_name from person_household h join person p using (person_id) where p.full_name like 'Mã %' order by 1, h.member_no",
  );
  expect(told).toEqual([
    { who: "Mã A Một", full_name: "Mã A Một" },
    { who: "Mã A Một", full_name: "Con Của Mã A Một" },
    { who: "Mã B Hai", full_name: "Mã B Hai" },
    { who: "Mã B Hai", full_name: "Con Của Mã B Hai" },
  ]);
});

test("an annex whose headings nobody knows is told, and the sheet of the employed is taken", async () => {
  const book = d02With(
    {
      "PL TV HGĐ": {
        rows: [
          ["gì đó", "khác"],
          ["a", "b"],
        ],
      },
    },
    { 2: "Lý Thị Đủ", 3: "9933000581", 4: "TM", 7: "1970", 8: 2 },
  );
  expect(await importPersons(house, book)).toMatchObject({
    taken: 1,
    rejects: [{ record: 2, field: "PL TV HGĐ", code: "no_header" }],
  });
});

test("both sets of codes of sex in one sheet: nothing is taken", async () => {
  const one = { 3: "9966000005", 4: "TM", 7: "1990" };
  const result = await importPersons(
    house,
    d02({ ...one, 2: "Một", 8: 0 }, { ...one, 2: "Hai", 3: "9966000006", 8: 2 }),
  );
  expect(result).toMatchObject({ taken: 0, refusal: { code: "mixed_sex_codes" } });
  expect(await rows("select 1 from person where full_name in ('Một', 'Hai')")).toEqual([]);
});

test("every other table comes as a sheet too; the same sheet again changes nothing", async () => {
  const participation = sheet(
    ["Quá trình tham gia"],
    ["STT", "Mã BHXH", "Quỹ", "Từ tháng", "Đến tháng", "Tên đơn vị", "Mức lương"],
    [1, "9966000001", "bhxh", "01/2026", { v: 46054, z: "mm/yyyy" }, "Đơn vị Mẫu", 4.98],
    [2, "9966000001", "bhyt", "01/2026", "02/2026", "Đơn vị Mẫu", 14500000],
  );
  expect(await importParticipation(house, participation)).toMatchObject({ taken: 2, rejected: 0 });
  expect(await importParticipation(house, participation)).toMatchObject({ isKnown: true, unchanged: 2 });
  expect(
    await rows("select fund, to_month, salary_kind, salary::float from participation_period order by fund"),
  ).toEqual([
    { fund: "bhxh", to_month: "2026-02-01", salary_kind: "coefficient", salary: 4.98 },
    { fund: "bhyt", to_month: "2026-02-01", salary_kind: "vnd", salary: 14_500_000 },
  ]);
  const shown = sheet(
    ["Mã BHXH", "Quỹ", "Từ tháng", "Đến tháng", "Tên đơn vị", "Loại lương", "Mức lương", "Tỷ lệ"],
    ["9966000001", "bhtn", "01/2026", "02/2026", "Đơn vị Mẫu", null, 5.22, { v: 0.02, z: "0%" }],
    ["9966000001", "tnld", "01/2026", "02/2026", "Đơn vị Mẫu", "đồng", "5.229", { v: 0.5, z: "0.0" }],
    ["9966000001", "bhxh", "03/2026", "04/2026", "Đơn vị Mẫu", "hệ số", "5.220", { v: 0.255, z: "0.0%" }],
    ["9966000001", "bhxh", "05/2026", "06/2026", "Đơn vị Mẫu", null, "5.220", null],
    ["9966000001", "bhxh", "07/2026", "08/2026", "Đơn vị Mẫu", null, { v: 0.5, z: "0%" }, null],
  );
  expect(await importParticipation(house, shown)).toMatchObject({
    rejects: [
      { record: 4, field: "salary", code: "bad_amount" },
      { record: 5, field: "salary (G)", code: "bad_amount" },
    ],
  });
  expect(
    await rows(
      "select salary_kind, salary::float, rate::float from participation_period where rate is not null order by rate",
    ),
  ).toEqual([
    { salary_kind: "vnd", salary: 5229, rate: 0.5 },
    { salary_kind: "coefficient", salary: 5.22, rate: 2 },
    { salary_kind: "coefficient", salary: 5.22, rate: 25.5 },
  ]);
  const benefits = sheet(
    ["Mã BHXH", "Loại hưởng", "Chế độ", "Số quyết định", "Hưởng từ", "Số tiền"],
    ["9966000001", "một lần", "Thai sản", "01/QĐ", { v: 46054, z: "dd/mm/yyyy" }, 25300000.5],
  );
  expect(await importBenefits(house, benefits)).toMatchObject({ taken: 1 });
  const facilities = sheet(["Mã CSKCB", "Tên", "Từ ngày"], ["79F01", "Cơ sở Mẫu", { v: 46054, z: "d/m/yy" }]);
  expect(await importFacilities(house, facilities)).toMatchObject({ taken: 1 });
  const units = sheet(["Mã đơn vị", "Tên", "Loại", "Từ ngày"], ["DV66", "Đơn vị Mẫu", "doanh nghiệp", "2026-01-01"]);
  expect(await importUnits(house, units)).toMatchObject({ taken: 1 });
});

test("a card with a number of before finds its person: an old personal number, a CMND, the number in place of mã số BHXH", async () => {
  const renewed = sheet(
    ["full_name", "birth", "sex", "insurance_number", "personal_id", "personal_id_from"],
    ["Lò Thị Mẫu", "1990", "nữ", "9966000001", "096690000999", "01/06/2026"],
  );
  expect(await importPersons(house, renewed)).toMatchObject({ taken: 1 });
  const cards = sheet(
    ["Mã BHXH", "Số định danh", "Mã thẻ", "Từ ngày"],
    [null, "096690000001", "DN4669966000001", "01/01/2026"],
    [null, "966000002", "DN4669966000002", "01/01/2026"],
    ["096690000999", null, "DN4669966000003", "01/01/2026"],
    [null, "966000009", "DN4669966000004", "01/01/2026"],
  );
  expect(await importCards(house, cards)).toMatchObject({
    taken: 3,
    rejects: [{ record: 4, line: 5, code: "person_unknown" }],
  });
  const held = await rows(
    "select p.full_name, h.card_number from health_card h join person p using (person_id) order by h.card_number",
  );
  expect(held.map((row) => row.full_name)).toEqual(["Lò Thị Mẫu", "Vàng A Thử", "Lò Thị Mẫu"]);
});

test("after two records were merged, a number of either finds the one that stays", async () => {
  const [officer, chief] = [
    await aMember(house, "Cán bộ Mẫu", "officer"),
    await aMember(house, "Trưởng Mẫu", "supervisor"),
  ];
  const [kept, gone] = [await aRecord(house), await aRecord(house)];
  const asked = { survivor: kept.publicId, merged: gone.publicId, reason: "Cùng một người: đã xem sổ và CMND cũ" };
  await confirmMerge(house, chief, (await proposeMerge(house, officer, asked)).id);
  const cards = sheet(
    ["Mã BHXH", "Số CMND", "Mã thẻ", "Từ ngày"],
    [gone.insuranceNumber, null, "DN4669966000005", "01/01/2026"],
    [kept.insuranceNumber, gone.cmnd, "DN4669966000006", "01/01/2026"],
  );
  expect(await importCards(house, cards)).toMatchObject({ taken: 2, rejected: 0 });
  const holders = await rows(
    "select person_id from health_card where card_number like 'DN466996600000_' and card_number > 'DN4669966000004'",
  );
  expect(holders).toEqual([{ person_id: kept.personId }, { person_id: kept.personId }]);
});

test("what is written by no Excel is refused with a reason", async () => {
  const bytes = new Uint8Array(workbook({ S: { rows: [["họ tên", "năm sinh", "giới tính"]] } }).subarray(0, 700));
  expect(await importPersons(house, { name: "x.xlsx", bytes })).toMatchObject({ refusal: { code: "broken_excel" } });
});
