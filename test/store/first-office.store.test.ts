import { afterAll, beforeAll, expect, it } from "vitest";
import { addStaff } from "../../src/account/staff.ts";
import { getStaffNamed } from "../../src/account/staff-by-name.ts";
import { importOffices } from "../../src/intake/import-rows.ts";
import { getByCode } from "../../src/registration/store.ts";
import { accept } from "../../src/review/accept.ts";
import { aConfirmed, itsPerson, sameAsDeclared } from "../../src/review/counter.fixture.ts";
import { receive } from "../../src/review/receive.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/** From the first day of a production installation, whose register of offices is empty, to the first account. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await house.pool.query("delete from bhxh_office_area; delete from employer; delete from facility");
  await house.pool.query("delete from bhxh_office");
});
afterAll(() => house.close());

const HEAD =
  "office_code,name,kind,province_code,commune_code,address,phone,opening_hours,valid_from,valid_to,replaced_by";
const office = (code: string, days = "2025-06-01,,") =>
  `${code},BHXH cơ sở Mẫu ${code},base,52,21952,Số 1 đường Mẫu,0000 000 000,Thứ Hai–thứ Sáu,${days}`;
let files = 0;
const importing = (...lines: string[]) => {
  files += 1;
  return importOffices(house, { name: `${files}.csv`, bytes: Buffer.from([HEAD, ...lines, ""].join("\n")) });
};
const member = { username: "can.bo.dau", name: "Cán Bộ Đầu Tiên", role: "officer", office: "52T01" };
const body = {
  ...{ for: "self", fullName: "Nguyễn Thị Diễm Hương", sex: 2, birth: "1990-01-15", insuranceNumber: null },
  paper: { kind: "cccd", number: "052190917301", issuedOn: "2022-02-13", issuedBy: "Nơi cấp thử" },
  ...{ phone: "0917301011", address: { communeCode: "21952", street: "12 Đường Thử" }, officeCode: "52T01" },
};
const declare = () => house.app.inject({ method: "POST", url: "/api/v1/declarations", payload: body });

it("without an office nobody is hired and nobody declares; the import opens both, up to the account", async () => {
  await expect(addStaff(house, member)).rejects.toMatchObject({ faults: [{ field: "office", key: "office_unknown" }] });
  expect((await declare()).json()).toMatchObject({ status: 422 });

  expect(await importing(office("52T01"))).toMatchObject({ taken: 1, rejected: 0 });
  await addStaff(house, member);
  expect((await declare()).statusCode).toBe(201);

  const officer = await getStaffNamed(house, member.username, ["officer"]);
  const file = await aConfirmed(house);
  await itsPerson(house, file);
  await receive(house, officer, file.code, sameAsDeclared(file));
  await accept(house, officer, { code: file.code, note: "" });
  expect((await getByCode(house.db, file.code)).status).toBe("accepted");
});

it("an office that has ended takes no new form, and what lies open there is decided there", async () => {
  const officer = await getStaffNamed(house, member.username, ["officer"]);
  const file = await aConfirmed(house);
  await itsPerson(house, file);
  expect(await importing(office("52T01", "2025-06-01,2026-11-22,52T02"), office("52T02"))).toMatchObject({ taken: 2 });
  await expect(aConfirmed(house)).rejects.toMatchObject({ faults: [{ field: "office", key: "office_missing" }] });
  await receive(house, officer, file.code, sameAsDeclared(file));
  await accept(house, officer, { code: file.code, note: "" });
  expect((await getByCode(house.db, file.code)).status).toBe("accepted");
});
