import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { routes as cardPages } from "../card/citizen.tsx";
import { addCard, addFacility, addPeriod, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes as visitPages } from "../visits/citizen.tsx";
import { routes } from "./citizen.tsx";

let house: TestHouse;
let web: FastifyInstance;
let owed: MadeUpPerson;
let calm: MadeUpPerson;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  const source = await sourceFile();
  owed = await addPerson(house.db);
  calm = await addPerson(house.db, { full_name: "Lý Văn Đủ", sex: 1, birth_on: "1965-01-15" });
  const base = { contribution_base: "7450000", salary: "7450000", unit_name: "Công ty Cổ phần Gỗ Mẫu" };
  await addPeriod(house.db, owed.personId, "2020-01", "2026-05", { ...base, source_file_id: source });
  await addPeriod(house.db, owed.personId, "2026-06", "2026-08", { ...base, status: "unpaid" });
  await addPeriod(house.db, owed.personId, "2026-09", "2026-10", {
    ...base,
    status: "unpaid",
    contribution_base: null,
  });
  await addPeriod(house.db, owed.personId, "2024-11", "2025-10", { ...base, fund: "bhtn", rate: "2" });
  await addPeriod(house.db, calm.personId, "2005-01", "2014-12", {
    contribution_base: "3000000",
    source_file_id: source,
  });
  await addPeriod(house.db, calm.personId, "2015-01", "2025-10", { contribution_base: "6000000" });
  await addCard(house.db, owed.personId, {
    ...{ card_number: "DN4520000000123", form: "card15", five_year_on: null, source_file_id: source },
    ...{ valid_from: "2020-01-01", valid_to: "2026-12-31", issued_by: "BHXH cơ sở Mẫu" },
  });
  await addCard(house.db, calm.personId);
  await addVisit(house.db, calm.personId, "2026-02-13 08:00:00", { co_paid: "9800000" });
  await addVisit(house.db, calm.personId, "2026-04-02 08:00:00", { co_paid: "4700000" });
  await addVisit(house.db, calm.personId, "2026-05-02 08:00:00", { co_paid: "900000", entitlement_code: "3.1" });
  web = await openWeb(house, [...routes, ...cardPages, ...visitPages], [owed.citizen, calm.citizen]);
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

async function sourceFile(): Promise<string> {
  const row = await house.db
    .insertInto("source_file")
    .values({
      kind: "participation",
      name: "c12.csv",
      sha256: Buffer.alloc(32, 7),
      bytes: 1,
      received_at: new Date("2026-11-20T03:00:00Z"),
    })
    .returning("file_id")
    .executeTakeFirstOrThrow();
  return row.file_id;
}

async function textOf(url: string, who = 0): Promise<string> {
  const reply = await web.inject({ url, headers: as(who) });
  expect(reply.statusCode).toBe(200);
  return reply.body
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/[\s\u00a0]+/g, " ");
}

describe("unpaid months", () => {
  test("are told with unit, months, amount, days overdue and the notice of the 10th that comes", async () => {
    const text = await textOf("/app/participation");
    expect(text).toContain("Chưa đóng: 5 tháng");
    expect(text).toContain(
      "Công ty Cổ phần Gỗ Mẫu: từ 06/2026 đến 08/2026, 3 tháng, 5.699.250 đ. Quá hạn đóng 115 ngày.",
    );
    expect(text).toContain("Nếu vẫn chưa đóng, sẽ nằm trong thông báo ngày 10/12/2026.");
    expect(text).toContain("từ 09/2026 đến 10/2026, 2 tháng. Quá hạn đóng 23 ngày. Nếu vẫn chưa đóng");
    expect(text).not.toContain("Cộng 5.699.250 đ");
    expect(text).toContain("khoản 4 điều 34");
  });

  test("of a fund without any are not mentioned", async () => {
    expect(await textOf("/app/participation?fund=bhtn")).not.toContain("Chưa đóng:");
  });
});

describe("one month", () => {
  test("names the office in charge as it was called then, and as it is called now", async () => {
    await house.db
      .insertInto("bhxh_office")
      .values([
        office("52T99", "Bảo hiểm xã hội cơ sở Mẫu", "2025-07-01"),
        office("52H99", "Bảo hiểm xã hội huyện Mẫu", "2008-08-01"),
      ])
      .execute();
    await house.db
      .updateTable("bhxh_office")
      .set({ valid_to: "2025-06-30", replaced_by: "52T99" })
      .where("office_code", "=", "52H99")
      .execute();
    await house.db
      .insertInto("employer")
      .values({
        unit_code: "XX0001A",
        name: "Mẫu",
        folded_name: "mau",
        kind: "enterprise",
        office_code: "52T99",
        valid_from: "2010-01-01",
        source: "test",
      })
      .execute();
    expect(await textOf("/app/participation/bhxh/2024-02")).toContain(
      "Cơ quan BHXH quản lý: Bảo hiểm xã hội huyện Mẫu (nay là Bảo hiểm xã hội cơ sở Mẫu).",
    );
    expect(await textOf("/app/participation/bhxh/2026-02")).toContain(
      "Cơ quan BHXH quản lý: Bảo hiểm xã hội cơ sở Mẫu.",
    );
  });

  test("of an office that took over several names today's alone: which of them had the unit is not known", async () => {
    await house.db
      .insertInto("bhxh_office")
      .values({
        ...office("52H98", "Bảo hiểm xã hội huyện Mẫu Hai", "2008-08-01"),
        ...{ valid_to: "2025-06-30", replaced_by: "52T99" },
      })
      .execute();
    expect(await textOf("/app/participation/bhxh/2024-02")).toContain(
      "Cơ quan BHXH quản lý: Bảo hiểm xã hội cơ sở Mẫu.",
    );
  });
});

const office = (code: string, name: string, from: string) => ({
  ...{ office_code: code, kind: "base", name, folded_name: name.toLowerCase(), province_code: "52", address: "–" },
  ...{ phone: "0", opening_hours: "–", valid_from: from },
});

describe("the same time three ways", () => {
  test("calendar, list and table are links of one row, and the chosen one is kept with the fund", async () => {
    const reply = await web.inject({ url: "/app/participation?fund=bhxh&view=list", headers: as(1) });
    for (const part of [
      "?fund=bhxh&amp;view=table",
      "?fund=bhtn&amp;view=list",
      'href="/app/participation?fund=bhxh"',
    ]) {
      expect(reply.body).toContain(part);
    }
    expect(await textOf("/app/participation?view=list", 1)).toContain("01/2005 – 10/2025 20 năm 10 tháng");
    expect(await textOf("/app/participation?view=table", 1)).toContain("Tiền lương đóng");
  });

  test("the base is told from first to last, with its table", async () => {
    const text = await textOf("/app/participation", 1);
    expect(text).toContain("Từ 3.000.000 đ (01/2005) đến 6.000.000 đ (10/2025).");
    expect(text).toContain("01/2015 6.000.000 đ");
  });
});

describe("what the time counts towards", () => {
  test("pension with the age of the decree, and no lump sum after twenty years", async () => {
    const text = await textOf("/app/participation", 1);
    expect(text).toContain("Hồ sơ đã đủ thời gian này.");
    expect(text).toContain("61 tuổi 6 tháng, vào tháng 07/2026");
    expect(text).toContain("Đã đủ 20 năm: không còn nhận một lần");
    expect(text).toContain("cơ quan BHXH quyết định");
    expect(text).not.toContain("Thai sản");
  });

  test("maternity and unemployment count the months of their windows", async () => {
    expect(await textOf("/app/participation")).toContain("Từ 11/2025 đến 10/2026 đã đóng 7 tháng.");
    const text = await textOf("/app/participation?fund=bhtn");
    expect(text).toContain("Từ 11/2024 đến 10/2026 đã đóng 12 tháng.");
    expect(text).toContain("Tháng trước lần hưởng trợ cấp gần nhất không được tính, trừ phần bảo lưu.");
  });
});

describe("how fresh the record is", () => {
  test("stands on the years and on the card, from the files of the import", async () => {
    expect(await textOf("/app/participation")).toContain("Dữ liệu của Bảo hiểm xã hội cơ sở Mẫu đến ngày 20/11/2026.");
    expect(await textOf("/app/card")).toContain("Dữ liệu thẻ của BHXH cơ sở Mẫu đến ngày 20/11/2026.");
  });

  test("costs no further statement once the file is known: one for the years", async () => {
    await textOf("/app/participation", 1);
    await flushLooks(house);
    let statements = 0;
    const connect = house.pool.connect;
    house.pool.connect = ((...args: Parameters<typeof connect>) => {
      statements += 1;
      return connect.apply(house.pool, args);
    }) as typeof connect;
    try {
      await textOf("/app/participation", 1);
    } finally {
      house.pool.connect = connect;
    }
    const ofTheLook = 1;
    expect(statements - ofTheLook).toBe(1);
  });
});

describe("the card and the year's co-payments", () => {
  test("five years without a printed date are counted from the cards; an old number names its province", async () => {
    const text = await textOf("/app/card");
    expect(text).toContain("nối nhau từ 01/01/2020, nên đủ 5 năm từ 01/01/2025");
    expect(text).toContain("Hai số 52 trên thẻ 15 ký tự: Tỉnh Bình Định (nay là Tỉnh Gia Lai).");
    expect(text).toContain("Số 15 ký tự: mẫu chung từ 16/11/2015 đến 31/03/2021.");
  });

  test("the sum is held against six base wages of its day, without visits of one's own choice that are paid in part", async () => {
    const text = await textOf("/app/visits?year=2026", 1);
    expect(text).toContain("Năm 2026 đã cùng chi trả 14.500.000 đ.");
    expect(text).toContain("Mức 6 tháng lương cơ sở là 14.040.000 đ.");
    expect(text).toContain("Đã vượt mức này ngày 02/04/2026.");
    expect(text).toContain("Có thể được miễn cùng chi trả từ 02/04/2026 đến 31/12/2026.");
  });
});
