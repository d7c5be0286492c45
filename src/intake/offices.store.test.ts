import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { workbook } from "../../test/samples/workbook.ts";
import { findOffices } from "../units/store.ts";
import { importOffices } from "./import-rows.ts";

/** A production installation begins without any office: the demo's are taken away. */
let house: TestHouse;
let count = 0;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  await house.pool.query("delete from bhxh_office_area; delete from bhxh_office");
});
afterAll(() => house.close());

const csv = (...lines: string[]) => ({ name: `${++count}.csv`, bytes: Buffer.from(`${lines.join("\n")}\n`) });
const rows = async (text: string) => (await house.pool.query(text)).rows;
const HEAD =
  "Mã cơ quan;Tên;Loại;Mã cấp trên;Mã tỉnh;Mã xã;Địa chỉ;Điện thoại;Giờ làm việc;Nhận hồ sơ;Các xã;Từ ngày;Đến ngày;Thay bằng";
const province = "52000;BHXH tỉnh Mẫu;Tỉnh;;52;;Số 1 đường Mẫu;0000 000 052;Thứ Hai–thứ Sáu;không;;01/06/2025;;";
const base = (communes: string, rest = "01/06/2025;;") =>
  `52T01;BHXH cơ sở Mẫu;Cơ sở;52000;52;21952;Số 2 đường Mẫu;0000 000 053;Thứ Hai–thứ Sáu;;${communes};${rest}`;
const areas = async () =>
  (await rows("select commune_code from bhxh_office_area order by 1")).map((row) => row.commune_code);

describe("offices", () => {
  test("come in with the office above, wherever it stands, and with the communes that they serve", async () => {
    const result = await importOffices(house, csv(HEAD, base("21964, 21952 21952"), province));
    expect(result).toMatchObject({ taken: 2, rejected: 0 });
    expect(await rows("select parent_code, folded_name, takes_files from bhxh_office order by office_code")).toEqual([
      { parent_code: null, folded_name: "bhxh tinh mau", takes_files: false },
      { parent_code: "52000", folded_name: "bhxh co so mau", takes_files: true },
    ]);
    expect(await areas()).toEqual(["21952", "21964"]);
    const near = await findOffices(house.db, { communeCode: "21964", on: "2026-11-23", takesFiles: true });
    expect(near).toMatchObject([{ code: "52T01", isNear: true, openingHours: "Thứ Hai–thứ Sáu" }]);
    expect(await rows("select detail->>'kind' as kind, detail->>'taken' as taken from audit_event")).toEqual([
      { kind: "offices", taken: "2" },
    ]);
  });

  test("a second time change nothing; another commune is a change, and the row says all of them", async () => {
    await importOffices(house, csv(HEAD, province, base("21952 21964")));
    expect(await importOffices(house, csv(HEAD, province, base("21964 21952")))).toMatchObject({
      taken: 0,
      unchanged: 2,
    });
    expect(await importOffices(house, csv(HEAD, province, base("21964 21970")))).toMatchObject({
      taken: 1,
      unchanged: 1,
    });
    expect(await areas()).toEqual(["21964", "21970"]);
    expect(await importOffices(house, csv(HEAD, base("")))).toMatchObject({ taken: 1 });
    expect(await areas()).toEqual([]);
  });

  test("a file that comes again writes nothing over what a later one brought, communes neither", async () => {
    const first = csv(HEAD, province, base("21952"), base("21952").replace("52T01", "52T09").replace(";52;", ";99;"));
    expect(await importOffices(house, first)).toMatchObject({ taken: 2, rejected: 1 });
    await importOffices(house, csv(HEAD, base("21964")));
    const again = await importOffices(house, first);
    expect(again.rejects).toMatchObject([
      { line: 3, code: "overtaken" },
      { line: 4, code: "place_unknown" },
    ]);
    expect(await areas()).toEqual(["21964"]);
  });

  test("are refused by line where a place or an office is nowhere, and whoever hangs on them with them", async () => {
    const lines = [
      province,
      "52T02;A;Cơ sở;52T03;52;;x;0;x;;;01/06/2025;;",
      "52T03;B;Cơ sở;52T04;52;;x;0;x;;;01/06/2025;;",
      "52T05;C;Cơ sở;52000;00;;x;0;x;;;01/06/2025;;",
      "52T06;D;Cơ sở;52000;52;00000;x;0;x;;;01/06/2025;;",
      "52T07;E;Cơ sở;52000;52;;x;0;x;;99999;01/06/2025;;",
      "52T08;F;Cơ sở;52T08;52;;x;0;x;;;01/06/2025;;",
      "52T10;G;Phòng;52000;52;;x;0;x;;;01/06/2025;;",
      "52T11;H;Cơ sở;52000;52;;x;0;x;;;01/06/2025;01/05/2025;",
      "52T12;I;Cơ sở;52000;52;;x;0;x;;;01/06/2025;;52000",
    ];
    const result = await importOffices(house, csv(HEAD, ...lines));
    expect(result.taken).toBe(1);
    expect(result.rejects.map(({ line, field, code }) => `${line} ${field} ${code}`).sort()).toEqual([
      "10 valid_to bad_period",
      "11 valid_to missing_field",
      "3 parent_code office_unknown",
      "4 parent_code office_unknown",
      "5 province_code place_unknown",
      "6 commune_code place_unknown",
      "7 communes place_unknown",
      "8 parent_code office_unknown",
      "9 kind bad_code",
    ]);
  });

  test("that end are kept, and no longer chosen", async () => {
    await importOffices(house, csv(HEAD, province, base("21952")));
    const next = base("21952").replace("52T01", "52T20");
    const result = await importOffices(house, csv(HEAD, base("", "01/06/2025;30/11/2026;52T20"), next));
    expect(result).toMatchObject({ taken: 2 });
    const open = async (on: string) =>
      (await findOffices(house.db, { on, takesFiles: true })).map(({ code }) => code).sort();
    expect(await open("2026-11-30")).toEqual(["52T01", "52T20"]);
    expect(await open("2026-12-01")).toEqual(["52T20"]);
  });

  test("keep what stands in columns that a file does not have, the communes that they serve too", async () => {
    await importOffices(house, csv(HEAD, province, base("21952 21964", "01/06/2025;30/11/2027;52000")));
    const few = "Mã cơ quan;Tên;Loại;Mã tỉnh;Địa chỉ;Điện thoại;Giờ làm việc;Từ ngày";
    const office = (phone: string) =>
      `52T01;BHXH cơ sở Mẫu;Cơ sở;52;Số 2 đường Mẫu;${phone};Thứ Hai–thứ Sáu;01/06/2025`;
    expect(await importOffices(house, csv(few, office("0000 000 053")))).toMatchObject({ taken: 0, unchanged: 1 });
    const closed = "52000;BHXH tỉnh Mẫu;Tỉnh;52;Số 9 đường Mẫu;0000 000 052;Thứ Hai–thứ Sáu;01/06/2025";
    expect(await importOffices(house, csv(few, office("0000 000 054"), closed))).toMatchObject({ taken: 2 });
    expect(await areas()).toEqual(["21952", "21964"]);
    const standing = "phone, parent_code, commune_code, takes_files, valid_to, replaced_by";
    expect(await rows(`select ${standing} from bhxh_office order by office_code desc`)).toEqual([
      {
        ...{ phone: "0000 000 054", parent_code: "52000", commune_code: "21952", takes_files: true },
        ...{ valid_to: "2027-11-30", replaced_by: "52000" },
      },
      {
        ...{ phone: "0000 000 052", parent_code: null, commune_code: null, takes_files: false },
        ...{ valid_to: null, replaced_by: null },
      },
    ]);
    const works = [`${few};Đến ngày`, `${office("0000 000 054")};`];
    expect(await importOffices(house, csv(...works))).toMatchObject({ taken: 1 });
    expect(await rows("select valid_to, replaced_by from bhxh_office where office_code = '52T01'")).toEqual([
      { valid_to: null, replaced_by: null },
    ]);
  });

  test("come in as a sheet of Excel too", async () => {
    const cells = [HEAD, province, base("21952")].map((line) => line.split(";"));
    const bytes = new Uint8Array(workbook({ S: { rows: cells } }));
    expect(await importOffices(house, { name: "offices.xlsx", bytes })).toMatchObject({ taken: 2 });
  });
});
