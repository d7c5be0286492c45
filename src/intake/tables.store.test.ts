import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { importPersons } from "./import-persons.ts";
import { importBenefits, importCards, importFacilities, importParticipation, importUnits } from "./import-rows.ts";

let house: TestHouse;
let count = 0;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const csv = (...lines: string[]) => ({ name: `${++count}.csv`, bytes: Buffer.from(`${lines.join("\n")}\n`) });
const rows = async (text: string) => (await house.pool.query(text)).rows;
const versions = () => rows("select full_name, data_version::integer as version from person order by full_name");
const HEAD = "full_name,birth,sex,insurance_number,personal_id,cmnd,phone,email";

describe("persons", () => {
  test("come in with marks, years only, old phones, and numbers that find them", async () => {
    const result = await importPersons(
      house,
      csv(
        "\ufeffHọ và tên;Ngày sinh;Giới tính;Mã số BHXH;Số CCCD;Số CMND;Điện thoại;Email",
        "Đặng Thị Hòa;1950;Nữ;9900000101;099150000101;900000101;01650000101;Hoa@Example.com",
        '"Rơ Châm ""x""";15/03/1992;1;9900000102;;;;',
        "Lò Văn Bun;03/1988;nam;9900000103;099088000103;;+84 990 000 103;",
      ),
    );
    expect(result).toMatchObject({
      taken: 2,
      rejected: 1,
      rejects: [{ record: 2, line: 3, field: "full_name", code: "bad_name" }],
    });
    expect(
      await rows("select full_name, folded_name, birth_on, birth_precision, sex from person order by sex"),
    ).toEqual([
      { full_name: "Lò Văn Bun", folded_name: "lo van bun", birth_on: "1988-03-01", birth_precision: "month", sex: 1 },
      {
        full_name: "Đặng Thị Hòa",
        folded_name: "dang thi hoa",
        birth_on: "1950-01-01",
        birth_precision: "year",
        sex: 2,
      },
    ]);
    expect(await rows("select kind, value from contact_point where kind <> 'address' order by kind, value")).toEqual([
      { kind: "email", value: "hoa@example.com" },
      { kind: "phone", value: "0350000101" },
      { kind: "phone", value: "0990000103" },
    ]);
    expect(await rows("select kind, key from person_key order by kind, key")).toHaveLength(5);
  });

  test("a second time nothing changes; a corrected name does, and only that person's version", async () => {
    const same = [
      HEAD,
      "Đặng Thị Hòa,1950,2,9900000101,099150000101,900000101,0350000101,",
      "Lò Văn Bun,03/1988,1,9900000103,,,,",
    ];
    const before = await versions();
    expect(await importPersons(house, csv(...same))).toMatchObject({ taken: 0, unchanged: 2, rejected: 0 });
    expect(await versions()).toEqual(before);
    expect(await importPersons(house, csv(HEAD, "Lò Văn Bún,03/1988,1,9900000103,,,,", ""))).toMatchObject({
      taken: 1,
    });
    const versionNow = Object.fromEntries((await versions()).map((row) => [row.full_name, row.version]));
    expect(versionNow).toEqual({ "Lò Văn Bún": 2, "Đặng Thị Hòa": 1 });
  });

  test("a new personal number ends the one before it", async () => {
    const result = await importPersons(
      house,
      csv(`${HEAD},personal_id_from`, "Lò Văn Bún,03/1988,1,9900000103,099088000999,,,,01/06/2026"),
    );
    expect(result).toMatchObject({ taken: 1 });
    const numbers = await rows(
      "select number, valid_from, valid_to from person_number where kind = 'personal_id' and number like '099088%' order by number",
    );
    expect(numbers).toEqual([
      { number: "099088000103", valid_from: null, valid_to: "2026-05-31" },
      { number: "099088000999", valid_from: "2026-06-01", valid_to: null },
    ]);
  });

  test("a number that comes back is the number of now; the stated end of a CMND stays", async () => {
    const head = "full_name,birth,sex,insurance_number,personal_id,cmnd,cmnd_to";
    const person = "Vàng A Lùng,1991,1,9900000107";
    await importPersons(house, csv(head, `${person},099091000107,090000107,30/06/2025`));
    await importPersons(house, csv(head, `${person},099091000170,090000107,`));
    await importPersons(house, csv(head, `${person},099091000107,090000107,`, ""));
    const current = "select kind, valid_to is null as is_current, number from person_number";
    expect(
      await rows(`${current} where kind <> 'bhxh' and person_id in (select person_id from person where full_name = 'Vàng A Lùng')
      order by kind, number`),
    ).toEqual([
      { kind: "cmnd", is_current: false, number: "090000107" },
      { kind: "personal_id", is_current: true, number: "099091000107" },
      { kind: "personal_id", is_current: false, number: "099091000170" },
    ]);
    await importPersons(house, csv(head, `${person},,090000701,`));
    await importPersons(house, csv(head, `${person},,090000107,`));
    expect(await rows(`${current} where number in ('090000107', '090000701') order by number`)).toEqual([
      { kind: "cmnd", is_current: true, number: "090000107" },
      { kind: "cmnd", is_current: false, number: "090000701" },
    ]);
  });

  test("numbers of two people, another insurance number, and another person's number are not taken", async () => {
    const result = await importPersons(
      house,
      csv(
        HEAD,
        "Đặng Thị Hòa,1950,2,9900000101,099088000103,,,",
        "Đặng Thị Hòa,1950,2,9900000999,099150000101,,,",
        "Ai Đó Khác,1999,2,9900000101,,,,",
        "Không Có Số,1999,2,,,,,",
        "Số Sai,1999,2,99,,,,",
      ),
    );
    expect(result.rejects.map(({ record, code }) => [record, code])).toEqual([
      [5, "bad_number"],
      [1, "person_conflict"],
      [2, "other_number"],
      [3, "person_mismatch"],
      [4, "no_person_number"],
    ]);
    expect(result.taken).toBe(0);
  });

  test("nobody is born or dead on a day that lies ahead of the import, or dead before born: the row is refused, and the living live on", async () => {
    const head = "full_name,birth,sex,insurance_number,died_on";
    await importPersons(house, csv(head, "Hạng A Sống,03/1988,1,9900000148,"));
    await house.pool.query(
      `insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
       select person_id, 'x', 'chosen', '2026-11-01', '2026-11-01' from person where full_name = 'Hạng A Sống'`,
    );
    const ahead = csv(
      head,
      "Hạng A Sống,03/1988,1,9900000148,24/11/2026",
      "Hạng A Mai,24/11/2026,1,9900000149,",
      "Hạng A Nay,23/11/2026,1,9900000150,23/11/2026",
      "Hạng A Ngược,24/11/2020,1,9900000151,23/11/2020",
    );
    expect(await importPersons(house, ahead)).toMatchObject({
      taken: 1,
      rejects: [
        { record: 1, field: "died_on", code: "bad_date" },
        { record: 2, field: "birth", code: "bad_date" },
        { record: 4, field: "died_on", code: "bad_period" },
      ],
    });
    expect(
      await rows(
        "select a.status, p.died_on from account a join person p using (person_id) where full_name = 'Hạng A Sống'",
      ),
    ).toEqual([{ status: "active", died_on: null }]);
  });

  test("a file that knows only the year or the month of a birth leaves the day that is known", async () => {
    const head = "full_name,birth,sex,insurance_number";
    const born = async (birth: string) => {
      await importPersons(house, csv(head, `Hầu Thị Ngày,${birth},2,9900000161`));
      const [row] = await rows("select birth_on, birth_precision from person where full_name = 'Hầu Thị Ngày'");
      return `${row.birth_on} ${row.birth_precision}`;
    };
    expect(await born("1990")).toBe("1990-01-01 year");
    expect(await born("01/01/1990")).toBe("1990-01-01 day");
    // As is written where nobody knows the day.
    expect(await born("1990 ")).toBe("1990-01-01 year");
    expect(await born("15/03/1990")).toBe("1990-03-15 day");
    expect(await born("03/1990")).toBe("1990-03-15 day");
    expect(await born("1990  ")).toBe("1990-03-15 day");
    expect(await born("04/1990")).toBe("1990-04-01 month");
    expect(await born("1991")).toBe("1991-01-01 year");
  });

  test("of two numbers of a kind in one file the later is the one of now", async () => {
    const numbers = ["099190000162", "099190000163"].map((number) => `Hầu Thị Hai,1990,2,9900000162,${number},,,`);
    await importPersons(house, csv(HEAD, ...numbers));
    expect(
      await rows("select number from person_number where number like '09919000016%' and valid_to is null"),
    ).toEqual([{ number: "099190000163" }]);
  });

  test("two numbers of a kind that come again in the same rows are written once; of A, B, A the last holds", async () => {
    const rowsOf = (...tails: number[]) => tails.map((tail) => `Hầu Thị Ba,1990,2,9900000164,09919000016${tail},,,`);
    const numbers = () =>
      rows("select number, valid_to from person_number where number in ('099190000164', '099190000165') order by 1");
    await importPersons(house, csv(HEAD, ...rowsOf(4, 5)));
    const [first, before] = [await numbers(), await versions()];
    const now = house.clock.now();
    house.clock.moveTo(new Date("2026-12-23T02:00:00Z"));
    expect(await importPersons(house, csv(HEAD, ...rowsOf(4, 5), ""))).toMatchObject({ taken: 0, unchanged: 2 });
    house.clock.moveTo(now);
    expect([await numbers(), await versions()]).toEqual([first, before]);
    await importPersons(house, csv(HEAD, ...rowsOf(4, 5, 4)));
    expect((await numbers()).map(({ number, valid_to }) => [number, valid_to !== null])).toEqual([
      ["099190000164", false],
      ["099190000165", true],
    ]);
  });

  test("a death that was told stays where a later row leaves the day empty", async () => {
    const head = "full_name,birth,sex,insurance_number,died_on";
    for (const row of ["Hạng A Mắt,03/1950,1,9900000152,01/10/2026", "Hạng A Mất,03/1950,1,9900000152,"]) {
      expect(await importPersons(house, csv(head, row))).toMatchObject({ taken: 1, rejected: 0 });
    }
    expect(await rows("select died_on from person where full_name = 'Hạng A Mất'")).toEqual([
      { died_on: "2026-10-01" },
    ]);
  });

  test("two rows of a new person in one file make one person", async () => {
    await importPersons(house, csv(HEAD, "Mai An,2001,2,9900000104,,,,", "Mai An,2001,2,9900000104,099301000104,,,"));
    expect(
      await rows(
        "select n.kind from person p join person_number n using (person_id) where full_name = 'Mai An' order by 1",
      ),
    ).toEqual([{ kind: "bhxh" }, { kind: "personal_id" }]);
  });
});

describe("cards, participation and benefits", () => {
  test("cards of all three forms belong to their person; another's card number is not taken", async () => {
    const head = "insurance_number,card_number,valid_from,valid_to,facility_code";
    const result = await importCards(
      house,
      csv(
        head,
        "9900000101,HT3999900000101,01/01/2019,31/03/2021,79-999",
        "9900000101,9900000101,01/04/2021,,79999",
        "9900000103,HT3999900000101,01/01/2019,,",
        "9900000777,9900000777,01/01/2019,,",
        "9900000103,9900000103,01/04/2021,31/12/2020,",
      ),
    );
    expect(result.taken).toBe(2);
    expect(result.rejects.map(({ record, code }) => [record, code]).sort()).toEqual([
      [3, "key_taken"],
      [4, "person_unknown"],
      [5, "bad_period"],
    ]);
    expect(
      await rows("select form, object_group, benefit_level, facility_code from health_card order by form"),
    ).toEqual([
      { form: "card10", object_group: null, benefit_level: null, facility_code: "79999" },
      { form: "card15", object_group: "HT", benefit_level: 3, facility_code: "79999" },
    ]);
  });

  test("a card of the number of somebody else, as when columns have slipped, is not taken", async () => {
    const slipped = csv(
      "insurance_number,card_number,valid_from",
      "9900000101,9900000103,01/01/2026",
      "9900000103,099150000101,01/01/2026",
    );
    expect(await importCards(house, slipped)).toMatchObject({
      taken: 0,
      rejects: [
        { record: 1, line: 2, code: "key_taken" },
        { record: 2, line: 3, code: "key_taken" },
      ],
    });
  });

  test("a number that is new beside one that is known is told as that, in its column", async () => {
    const head = "insurance_number,personal_id,card_number,valid_from";
    const result = await importCards(
      house,
      csv(head, "9900000101,099150000999,9900000101,01/01/2026", ",099150000999,9900000101,01/01/2026"),
    );
    expect(result.rejects.map(({ field, code }) => [field, code])).toEqual([
      ["personal_id", "number_unknown"],
      ["personal_id", "person_unknown"],
    ]);
  });

  test("participation is merged by fund, month and unit; a small salary is a coefficient", async () => {
    const head = "ma_so_bhxh,quy,tu_thang,den_thang,ma_don_vi,ten_don_vi,muc_luong,ty_le,tinh_trang";
    const first = csv(
      head,
      '9900000103,BHXH,01/2003,12/2003,MAU1,"Công ty Mẫu, chi nhánh 1",2.34,23,đã đóng',
      "9900000103,BHXH,01/2024,10/2024,MAU1,Công ty Mẫu,14.500.000,25.5%,chưa đóng",
    );
    expect(await importParticipation(house, first)).toMatchObject({ taken: 2, rejected: 0 });
    expect(
      await rows("select from_month, to_month, salary_kind, salary, rate, status from participation_period order by 1"),
    ).toEqual([
      {
        from_month: "2003-01-01",
        to_month: "2003-12-01",
        salary_kind: "coefficient",
        salary: "2.34",
        rate: "23.00",
        status: "paid",
      },
      {
        from_month: "2024-01-01",
        to_month: "2024-10-01",
        salary_kind: "vnd",
        salary: "14500000.00",
        rate: "25.50",
        status: "unpaid",
      },
    ]);
    const before = await versions();
    const paid = csv(
      head,
      "9900000103,BHXH,01/2024,10/2024,MAU1,Công ty Mẫu,14500000,25.5,paid",
      '9900000103,BHXH,01/2003,12/2003,MAU1,"Công ty Mẫu, chi nhánh 1",2.34,23,paid',
    );
    expect(await importParticipation(house, paid)).toMatchObject({ taken: 1, unchanged: 1 });
    const bumped = (await versions()).filter((row, at) => row.version !== before[at].version);
    expect(bumped.map((row) => row.full_name)).toEqual(["Lò Văn Bún"]);
  });

  test("a key that stands twice in a file: the later row holds and the earlier is named", async () => {
    const head = "insurance_number,fund,from_month,to_month,unit_name";
    const result = await importParticipation(
      house,
      csv(head, "9900000101,bhyt,01/2025,06/2025,A", "9900000101,bhyt,01/2025,08/2025,A"),
    );
    expect(result).toMatchObject({ taken: 1, rejected: 1, rejects: [{ record: 1, code: "repeated_row" }] });
    expect(await rows("select to_month from participation_period where fund = 'bhyt'")).toEqual([
      { to_month: "2025-08-01" },
    ]);
  });

  test("rows of somebody new go straight in: a key that comes again much later still holds, and is one change", async () => {
    await importPersons(house, csv(HEAD, "Vàng Seo Mẩy,1990,2,9900000105,,,,"));
    const head = "insurance_number,fund,from_month,to_month,unit_code,unit_name";
    const rowOf = (unit: number, to: string, name: string) => `9900000105,bhxh,01/2020,${to},NEW${unit},${name}`;
    // Longer than what goes to the table at once.
    const between = Array.from({ length: 2300 }, (_, nth) => rowOf(nth + 2, "12/2020", "Mẫu ".repeat(115).trim()));
    const first = csv(head, rowOf(1, "01/2020", "A"), rowOf(1, "02/2020", "A"), ...between, rowOf(1, "03/2020", "A"));
    const again = [
      { record: 1, code: "repeated_row" },
      { record: 2, code: "repeated_row" },
    ];
    expect(await importParticipation(house, first)).toMatchObject({ taken: 2301, rejected: 2, rejects: again });
    const theirs = "from participation_period where unit_code like 'NEW%'";
    expect(await rows(`select count(*)::integer as n ${theirs}`)).toEqual([{ n: 2301 }]);
    expect(await rows(`select to_month, source_record ${theirs} and unit_code = 'NEW1'`)).toEqual([
      { to_month: "2020-03-01", source_record: 2303 },
    ]);
    const before = await versions();
    const second = csv(head, rowOf(2, "12/2020", "Mẫu ".repeat(115).trim()), rowOf(3, "06/2020", "B"));
    expect(await importParticipation(house, second)).toMatchObject({ taken: 1, unchanged: 1, rejected: 0 });
    const bumped = (await versions()).filter((row, at) => row.version !== before[at].version);
    expect(bumped.map((row) => row.full_name)).toEqual(["Vàng Seo Mẩy"]);
  });

  test("of a bank account only the last four digits are kept", async () => {
    const result = await importBenefits(
      house,
      csv(
        "personal_id,kind,regime,decision_no,from_on,amount,bank_name,bank_account",
        "099150000101,hàng tháng,Lương hưu,QĐ-1,01/01/2019,5400000,Ngân hàng Mẫu,0123 4567 8910",
      ),
    );
    expect(result).toMatchObject({ taken: 1 });
    expect(await rows("select kind, amount, bank_account_tail from benefit")).toEqual([
      { kind: "monthly", amount: "5400000.00", bank_account_tail: "8910" },
    ]);
  });
});

describe("facilities and units", () => {
  test("come in by code and date, and change when their name does", async () => {
    const head = "facility_code,name,valid_from";
    expect(await importFacilities(house, csv(head, "98999,Bệnh viện Mẫu A,01/01/2020"))).toMatchObject({ taken: 1 });
    expect(await importFacilities(house, csv(head, "98999,Bệnh viện Mẫu B,01/01/2020"))).toMatchObject({ taken: 1 });
    expect(await rows("select name, folded_name from facility where facility_code = '98999'")).toEqual([
      { name: "Bệnh viện Mẫu B", folded_name: "benh vien mau b" },
    ]);
    const units = csv("ma_don_vi,ten_don_vi,loai,tu_ngay", "MAU9,Công ty Mẫu Chín,Doanh nghiệp,01/01/2020");
    expect(await importUnits(house, units)).toMatchObject({ taken: 1 });
  });
});
