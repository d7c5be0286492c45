import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type SheetCell, workbook } from "../../test/samples/workbook.ts";
import { changeRight } from "../account/rights.ts";
import { addStaff } from "../account/staff.ts";
import type { Staff } from "../kernel/actor.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { importPersons } from "./import-persons.ts";
import { importBenefits, importFacilities, importParticipation } from "./import-rows.ts";
import { ROW_SEAL, rowSealedFor } from "./keep-rows.ts";
import { routes } from "./officer.tsx";
import { rerunRejects } from "./rerun-rejects.ts";

let house: TestHouse;
let web: FastifyInstance;
let count = 0;

beforeAll(async () => {
  house = await openTestHouse();
  await importPersons(house, csv("full_name,birth,sex,insurance_number", "Tòng Thị Mẫu,1980,2,9933000001"));
  await addStaff(house, { username: "sua.dong", name: "Cán bộ Sửa", role: "officer", office: "52T01" });
  const [{ staff_id: staffId }] = await rows("select staff_id from staff where username = 'sua.dong'");
  const officer: Staff = {
    ...{ kind: "staff", staffId, name: "Cán bộ Sửa", sessionId: "1".repeat(64) },
    roles: [{ role: "officer", officeCode: "52T01" }],
  };
  const operator: Staff = { ...officer, sessionId: "2".repeat(64), roles: [{ role: "operator" }] };
  web = await openWeb(house, routes, [officer, operator]);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const csv = (...lines: string[]) => ({ name: `${++count}.csv`, bytes: Buffer.from(`${lines.join("\n")}\n`) });
const rows = async (text: string) => (await house.pool.query(text)).rows;
const open = (url: string, nth = 0) => web.inject({ url, headers: as(nth) });
/** Posts what the page's own form would, with its token. */
async function send(url: string, payload: Record<string, string> = {}, nth = 0) {
  const shown = await open(url.replace(/\/second-run$/, ""), nth);
  const token = /name="_token" value="([^"]+)"/.exec(shown.body)?.[1] ?? "";
  const cookies = Object.fromEntries(shown.cookies.map(({ name, value }) => [name, value]));
  return web.inject({
    ...{ method: "POST", url, cookies },
    headers: { ...as(nth), "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ _token: token, ...payload }).toString(),
  });
}
const right = (isEnding: boolean) =>
  changeRight(house, { username: "sua.dong", right: "rows", by: "QĐ thử", isEnding });
const HEAD = "insurance_number,fund,from_month,to_month,unit_code,unit_name";

describe("rejected rows of a table", () => {
  let fileId: string;
  beforeAll(async () => {
    ({ fileId } = await importParticipation(
      house,
      csv(
        HEAD,
        "9933000001,bhxh,01/2026,02/2026,M1,Đơn vị Mẫu",
        "9933000001,bhxh,13/2026,04/2026,M1,Đơn vị Kín",
        "9933000002,bhxh,01/2026,02/2026,M1,Đơn vị Mẫu",
        "9933000001,bhxh",
        "9933000001,bhyt,01/2026,02/2026,M1,A",
        "9933000001,bhyt,01/2026,03/2026,M1,A",
      ),
    ));
  });

  test("are kept sealed, but for one whose cells nobody can place", async () => {
    const kept = await rows("select record_no, line, layout, sealed from import_reject_row order by record_no");
    expect(kept.map(({ record_no, line, layout }) => [record_no, line, layout])).toEqual([
      [2, 3, "own"],
      [3, 4, "own"],
      [5, 6, "own"],
    ]);
    expect(Buffer.concat(kept.map(({ sealed }) => sealed)).includes("9933000001")).toBe(false);
  });

  test("stand on the desk's page by reason, one reason alone, as CSV and as Excel, without what they say", async () => {
    const list = (await open("/console/intake?kind=tables&show=rejects")).body;
    expect(list).toMatch(new RegExp(`/console/intake/${fileId}"[\\s\\S]*Quá trình tham gia`));
    const file = (await open(`/console/intake/${fileId}`)).body;
    expect(file).toContain(`/console/intake/${fileId}/rows/2`);
    expect(file).not.toContain(`/console/intake/${fileId}/rows/4`);
    expect(file).toContain("Chạy lại 3 dòng");
    const alone = (await open(`/console/intake/${fileId}?reason=person_unknown`)).body;
    expect(alone).toContain("rows/3");
    expect(alone).not.toContain("rows/2");
    const lines = (await open(`/console/intake/${fileId}/rejects.csv`)).body;
    expect(lines).toContain("bad_date");
    expect((await open(`/console/intake/${fileId}/rejects.xlsx`)).rawPayload.subarray(0, 2).toString()).toBe("PK");
    expect(file + alone + lines).not.toMatch(/Kín|9933000001/);
  });

  test("say nothing of a person without the right, nor ever to an operator; each look is audited", async () => {
    const url = `/console/intake/${fileId}/rows/2`;
    const closed = (await open(url)).body;
    expect(closed).toContain("cần quyền riêng");
    expect(closed).not.toMatch(/Kín|9933000001/);
    expect((await send(url, { fund: "bhxh" })).statusCode).toBe(403);
    await right(false);
    expect((await open(url)).body).toMatch(/9933000001[\s\S]*13\/2026[\s\S]*Đơn vị Kín/);
    expect((await open(url, 1)).body).not.toContain("Kín");
    const looks = await rows("select object_id, person_id from audit_event where action = 'rejected_row.look'");
    const [{ person_id }] = await rows("select person_id from person where full_name = 'Tòng Thị Mẫu'");
    expect(looks).toEqual([{ object_id: `${fileId}:2`, person_id }]);
  });

  test("are mended one by one: what cannot be read is told at its box with what was typed", async () => {
    const url = `/console/intake/${fileId}/rows/2`;
    const typed = {
      ...{ insurance_number: "9933000001", fund: "bhxh", to_month: "04/2026", unit_code: "M1" },
      unit_name: "Đơn vị Kín",
    };
    const wrong = await send(url, { ...typed, from_month: "tháng ba" });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toMatch(/data-faults="1"[\s\S]*Từ tháng: [\s\S]*value="tháng ba"/);
    expect((await send(url, { ...typed, from_month: "03/2026" })).statusCode).toBe(303);
    expect((await open(`/console/intake/${fileId}`)).body).toContain("đã sửa, chờ chạy lại");
    expect(await rows("select detail from audit_event where action = 'rejected_row.mended'")).toEqual([
      { detail: { fields: ["from_month"] } },
    ]);
  });

  test("run again alone; what was replaced by a later row waits until it is mended", async () => {
    expect((await send(`/console/intake/${fileId}/second-run`)).statusCode).toBe(303);
    expect(
      await rows("select fund, from_month, to_month, source_record from participation_period order by 1, 2"),
    ).toEqual([
      { fund: "bhxh", from_month: "2026-01-01", to_month: "2026-02-01", source_record: 1 },
      { fund: "bhxh", from_month: "2026-03-01", to_month: "2026-04-01", source_record: 2 },
      { fund: "bhyt", from_month: "2026-01-01", to_month: "2026-03-01", source_record: 6 },
    ]);
    expect(await rows("select record_no from import_reject_row order by 1")).toEqual([
      { record_no: 3 },
      { record_no: 5 },
    ]);
    const file = (await open(`/console/intake/${fileId}`)).body;
    expect(file).toMatch(/Chạy lại gần nhất[\s\S]*nhận 1, còn từ chối 3/);
    await importPersons(house, csv("full_name,birth,sex,insurance_number", "Cà Văn Thử,1981,1,9933000002"));
    expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 1, rejected: 2 });
    expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 0, rejected: 2 });
  });
});

test("an older row does not write over what a later file has brought, in tables with and without origin", async () => {
  const older = await importParticipation(house, csv(HEAD, "9933000003,bhtn,01/2026,02/2026,M3,Cũ"));
  const plain = await importFacilities(house, csv("facility_code,name,valid_from", "9933A,Tên cũ,32/01/2026"));
  await importPersons(house, csv("full_name,birth,sex,insurance_number", "Lường Thị Ba,1982,2,9933000003"));
  await importParticipation(house, csv(HEAD, "9933000003,bhtn,01/2026,03/2026,M3,Mới"));
  await importFacilities(house, csv("facility_code,name,valid_from", "9933A,Tên mới,01/01/2026"));
  expect(await rerunRejects(house, older.fileId)).toMatchObject({ taken: 0, rejects: [{ code: "overtaken" }] });
  // A facility is no person: its row opens to every desk, the operator's too.
  const url = `/console/intake/${plain.fileId}/rows/1`;
  expect((await open(url, 1)).body).toContain("Tên cũ");
  await send(url, { facility_code: "9933A", name: "Tên cũ", valid_from: "01/01/2026" }, 1);
  expect(await rerunRejects(house, plain.fileId)).toMatchObject({ taken: 0, rejects: [{ code: "overtaken" }] });
  expect(await rows("select unit_name from participation_period where unit_code = 'M3'")).toEqual([
    { unit_name: "Mới" },
  ]);
  expect(await rows("select name from facility where facility_code = '9933A'")).toEqual([{ name: "Tên mới" }]);
});

test("persons run again find the number that was mended; of an account only four digits are kept", async () => {
  const people = await importPersons(house, csv("full_name,birth,sex,insurance_number", "Quàng Văn Tư,1983,1,99"));
  await send(`/console/intake/${people.fileId}/rows/1`, {
    ...{ full_name: "Quàng Văn Tư", birth: "1983", sex: "1", insurance_number: "9933000004" },
  });
  expect(await rerunRejects(house, people.fileId)).toMatchObject({ taken: 1, rejected: 0 });
  const paid = await importBenefits(
    house,
    csv(
      "insurance_number,kind,regime,decision_no,from_on,amount,bank_account",
      "9933000009,monthly,Hưu,1,01/01/2026,5,0123456789",
    ),
  );
  expect((await open(`/console/intake/${paid.fileId}/rows/1`)).body).toMatch(/name="bank_account"[^>]*value="6789"/);
});

test("a cell that cannot be read is none that is empty when its row runs again, until the officer leaves it so", async () => {
  const head = ["insurance_number", "kind", "regime", "decision_no", "from_on", "to_on", "amount", "bank_account"];
  const rowOf = (no: string, end: SheetCell, account: SheetCell) => [
    ...["9933000031", "hàng tháng", "Hưu", no, "01/01/2026", end, 5, account],
  ];
  // Longer than a spreadsheet keeps.
  const lost = 1234567890123456;
  const sheet = workbook({ S: { rows: [head, rowOf("K1", lost, "1"), rowOf("K2", "31/01/2026", lost)] } });
  const book = await importBenefits(house, { name: "lost.xlsx", bytes: new Uint8Array(sheet) });
  const text = await importBenefits(
    house,
    csv(head.join(","), "9933000031,monthly,Hưu,K3,01/01/2026,31/01/2026,5,1.23457E+12"),
  );
  await importPersons(house, csv("full_name,birth,sex,insurance_number", "Tòng Thị Lẻ,1980,2,9933000031"));
  const standing = [
    { record: 1, code: "error_cell" },
    { record: 2, code: "error_cell" },
  ];
  expect(await rerunRejects(house, book.fileId)).toMatchObject({ taken: 0, rejects: standing });
  expect(await rerunRejects(house, text.fileId)).toMatchObject({ taken: 0, rejects: [{ code: "lost_digits" }] });
  expect((await open(`/console/intake/${book.fileId}/rows/1`)).body).toMatch(/name="to_on"[^>]*value autocomplete/);
  const cells = {
    ...{ insurance_number: "9933000031", kind: "monthly", regime: "Hưu", decision_no: "K1", from_on: "01/01/2026" },
    ...{ to_on: "", amount: "5", bank_account: "1" },
  };
  expect((await send(`/console/intake/${book.fileId}/rows/1`, cells)).statusCode).toBe(303);
  expect(await rerunRejects(house, book.fileId)).toMatchObject({ taken: 1, rejects: [{ record: 2 }] });
  expect(await rows("select decision_no, to_on from benefit where decision_no like 'K%'")).toEqual([
    { decision_no: "K1", to_on: null },
  ]);
});

describe("a cell of a sheet that is a number", () => {
  const unit = "Đơn vị Số";
  const head = ["Mã BHXH", "Quỹ", "Từ tháng", "Đến tháng", "Tên đơn vị", "Loại lương", "Mức lương", "Mức đóng"];
  const sheet = (...lines: SheetCell[][]) => ({
    name: `${++count}.xlsx`,
    bytes: new Uint8Array(workbook({ S: { rows: [head, ...lines] } })),
  });
  const ofFund = (fund: string, salary: SheetCell, base: SheetCell) => [
    ...["9933000001", fund, "05/2026", "06/2026", unit, "đồng", salary, base],
  ];
  const typed = {
    ...{ insurance_number: "9933000001", from_month: "05/2026", to_month: "06/2026", unit_name: unit },
    salary_kind: "đồng",
  };
  const taken = () =>
    rows(`select fund, salary::float, contribution_base::float as base from participation_period
          where unit_name = '${unit}' order by fund`);

  test("is one when its row runs again, and a text once it was mended", async () => {
    const { fileId, ...first } = await importParticipation(
      house,
      sheet(ofFund("bhxh", 5.229, 1), ofFund("bhyt", 1, 5.229), ofFund("bhtn", 5.229, 5.229)),
    );
    const codes = ["salary (G)", "contribution_base (H)", "salary (G)"].map((field) => ({ field, code: "bad_amount" }));
    expect(first).toMatchObject({ taken: 0, rejects: codes });
    expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 0, rejected: 3 });
    expect(await taken()).toEqual([]);
    const save = (nth: number, cells: Record<string, string>) =>
      send(`/console/intake/${fileId}/rows/${nth}`, { ...typed, ...cells });
    expect((await save(1, { fund: "bhxh", salary: "5229", contribution_base: "1" })).statusCode).toBe(303);
    expect((await save(2, { fund: "bhyt", salary: "1", contribution_base: "5.229.000" })).statusCode).toBe(303);
    const half = await save(3, { fund: "bhtn", salary: "5.230", contribution_base: "5.229" });
    expect(half.statusCode).toBe(422);
    expect(half.body).toMatch(/data-faults="1"[\s\S]*value="5.229"/);
    expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 2, rejects: [{ record: 3, code: "bad_amount" }] });
    expect((await save(3, { fund: "bhtn", salary: "5.230", contribution_base: "5" })).statusCode).toBe(303);
    expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 1, rejected: 0 });
    expect(await taken()).toEqual([
      { fund: "bhtn", salary: 5230, base: 5 },
      { fund: "bhxh", salary: 5229, base: 1 },
      { fund: "bhyt", salary: 1, base: 5_229_000 },
    ]);
  });

  test("is not known of a row that was kept without it: the row opens and runs as before", async () => {
    const { fileId } = await importParticipation(house, sheet(ofFund("tnld", 7.5, 7.229)));
    const cells = { ...typed, fund: "tnld", salary: "7.5", contribution_base: "7" };
    const sealed = house.vault.seal(ROW_SEAL, Buffer.from(JSON.stringify(cells)), rowSealedFor(fileId, 1));
    await house.pool.query("update import_reject_row set sealed = $1 where file_id = $2", [sealed, fileId]);
    expect((await open(`/console/intake/${fileId}/rows/1`)).body).toMatch(/name="salary"[^>]*value="7.5"/);
    expect(await rerunRejects(house, fileId)).toMatchObject({ taken: 1, rejected: 0 });
  });
});
