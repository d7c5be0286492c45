import type { Compilable } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { nameWords } from "./store-names.ts";
import { countsOf, laneOf } from "./store-queue.ts";
import { nameStatement, numberStatement } from "./store-search.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await house.pool.query(manyFiles);
  await house.pool.query("analyze declaration");
});
afterAll(() => house.close());

/** Enough of them, in four offices, that a plan over the whole table would show. */
const manyFiles = `
  insert into declaration (code, status, office_code, folded_name, insurance_number, id_kind, id_number, phone,
    created_at, confirmed_at, lapses_at, received_at, notice_due_at)
  select 'X' || n, (array['accepted', 'accepted', 'accepted', 'refused', 'lapsed', 'received', 'confirmed'])[1 + n % 7],
         (select office_code from bhxh_office order by office_code offset n % 2 limit 1),
         (array['nguyen', 'tran', 'le'])[1 + n % 3] || ' thi ' || (array['hoa', 'lan', 'huong', 'an'])[1 + n % 4] || ' ' || n % 97,
         lpad(n::text, 10, '0'), 'cccd', lpad(n::text, 12, '0'), '09' || lpad(n::text, 8, '0'),
         timestamptz '2026-11-01' + n * interval '1 minute', timestamptz '2026-11-01', timestamptz '2026-12-01',
         case when n % 7 <> 6 then timestamptz '2026-11-02' end, case when n % 7 <> 6 then timestamptz '2026-11-02' end
    from generate_series(1, 20000) n`;

const offices = ["52T01"];
const now = new Date("2026-11-23T02:00:00Z");
const page = { limit: 51 };
const place = (lane: "received" | "confirmed") => ({ lane, at: now, id: "1" });

/** Every statement that an officer waits for, with each way of filling it. */
const statements: [string, () => Compilable][] = [
  ["the received files", () => laneOf(house.db, "received", "52T01", {}, undefined).limit(51)],
  ["the files to be handed in", () => laneOf(house.db, "confirmed", "52T01", {}, undefined).limit(51)],
  ["the next page of received files", () => laneOf(house.db, "received", "52T01", {}, place("received")).limit(51)],
  [
    "the next page of files to be handed in",
    () => laneOf(house.db, "confirmed", "52T01", {}, place("confirmed")).limit(51),
  ],
  ["my files", () => laneOf(house.db, "received", "52T01", { heldBy: "1" }, undefined).limit(3)],
  [
    "files that wait for a second person",
    () => laneOf(house.db, "received", "52T01", { isProposed: true }, undefined).limit(51),
  ],
  ["late files", () => laneOf(house.db, "received", "52T01", { dueBefore: now }, undefined).limit(51)],
  [
    "the queue by a word of the name",
    () => laneOf(house.db, "confirmed", "52T01", { nameWords: ["hoa"] }, undefined).limit(51),
  ],
  ["the counts", () => countsOf(house.db, offices, { staffId: "1", now, atMost: 1000 })],
  ["a code", () => numberStatement(house.db, { officeCodes: offices, code: "X7", ...page })],
  ["a number", () => numberStatement(house.db, { officeCodes: offices, number: "0000000007", ...page })],
  ["a phone", () => numberStatement(house.db, { officeCodes: offices, phone: "0900000007", ...page })],
  ["a name", () => named("nguyen thi hoa", "whole")],
  ["a name with marks", () => named("Nguyễn Thị Hoà", "whole")],
  ["beginnings of a name", () => named("ng th hu", "beginnings")],
];

function named(text: string, how: "whole" | "beginnings") {
  return nameStatement(house.db, { officeCodes: offices, text, ...page }, nameWords(text), how);
}

describe("no statement of the queue or the search reads the whole table", () => {
  it.each(statements)("%s", async (_, statement) => {
    const { sql, parameters } = statement().compile();
    const { rows } = await house.pool.query(`explain (format json) ${sql}`, [...parameters]);
    const shape = JSON.stringify(rows[0]);
    expect(shape).toContain("declaration");
    expect(shape).not.toContain('"Seq Scan"');
  });
});

describe("I2: a name is found again", () => {
  it("with all its marks, with none, with some, with wrong ones, in part and in any order, in its office only", async () => {
    await house.pool.query(
      `insert into declaration (code, status, office_code, folded_name, answers, created_at)
       values ('BD-HHHH-0001', 'accepted', '52T01', 'nguyen thi thuong', '{"name":{"full":"Nguyễn Thị Thường"}}', $1),
              ('BD-HHHH-0002', 'accepted', '52T01', 'nguyen thi thuong', '{"name":{"full":"Nguyễn Thị Thương"}}', $2),
              ('BD-HHHH-0003', 'accepted', '52T01', 'k''broi', '{"name":{"full":"K''Brôi"}}', $1),
              ('BD-HHHH-0004', 'accepted', '52T02', 'nguyen thi thuong', '{"name":{"full":"Nguyễn Thị Thường"}}', $1)`,
      [now, new Date(now.getTime() + 1000)],
    );
    const found = async (text: string) =>
      (await named(text, "whole").execute()).map(({ code }) => code).filter((code) => code.startsWith("BD-HHHH"));
    for (const text of [
      "Nguyễn Thị Thường",
      "nguyen thi thuong",
      "NGUYỄN thi thuong",
      "Nguyên Thị Thướng",
      "thường nguyễn",
    ]) {
      expect(await found(text), text).toContain("BD-HHHH-0001");
      expect(await found(text), text).not.toContain("BD-HHHH-0004");
    }
    expect((await found("Nguyễn Thị Thường"))[0]).toBe("BD-HHHH-0001");
    expect((await found("Nguyễn Thị Thương"))[0]).toBe("BD-HHHH-0002");
    for (const text of ["K'Brôi", "k’broi", "KBROI"]) expect(await found(text), text).toEqual(["BD-HHHH-0003"]);
    const begun = await named("thuo ng", "beginnings").execute();
    expect(begun.map(({ code }) => code)).toContain("BD-HHHH-0001");
    expect(nameWords("'; drop -- %_")).toEqual(["drop"]);
  });
});
