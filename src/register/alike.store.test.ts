import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { confirmMerge } from "./confirm-merge.ts";
import { alikeOf, loadRecord, searchPersons } from "./load-record.ts";
import { aMember, aRecord, type Made } from "./merge.fixture.ts";
import { proposeMerge } from "./propose-merge.ts";
import { comparePair } from "./rules-compare.ts";
import { getPerson } from "./store.ts";

let house: TestHouse;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aMember(house, "Trần Thị Lan", "officer");
});
afterAll(() => house.close());

const upgrade = () => readFile(new URL("../../db/migrations/0082_one_apostrophe.sql", import.meta.url), "utf8");
const alikeIds = async ({ personId }: Made) =>
  (await alikeOf(house, await getPerson(house.db, personId))).map((one) => one.personId);

describe("records that may be one person's", () => {
  it("are those of the same name, with or without marks, and the same birth date as far as it is known", async () => {
    const one = await aRecord(house, { name: "Trịnh Thị Bưởi", birthOn: "1960-03-04" });
    const unmarked = await aRecord(house, { name: "TRINH THI BUOI", birthOn: "1960-03-04" });
    const yearOnly = await aRecord(house, { name: "Trịnh Thị Bưởi", birthOn: "1960-01-01" });
    await house.pool.query("update person set birth_precision = 'year' where person_id = $1", [yearOnly.personId]);
    await aRecord(house, { name: "Trịnh Thị Bưởi", birthOn: "1961-03-04" });
    await aRecord(house, { name: "Trịnh Thị Bông", birthOn: "1960-03-04" });
    expect(await alikeIds(one)).toEqual([unmarked.personId, yearOnly.personId]);
  });

  it("are those whose apostrophe was typed otherwise, from the upgrade on also those of before", async () => {
    const one = await aRecord(house, { name: "H'Hen Niê", birthOn: "1960-03-06" });
    const other = await aRecord(house, { name: "H’Hen Niê", birthOn: "1960-03-06" });
    const before = await aRecord(house, { name: "Hʼhen Niê", birthOn: "1960-03-06" });
    await house.pool.query("update person set folded_name = 'hʼhen nie' where person_id = $1", [before.personId]);
    expect(await alikeIds(one)).toEqual([other.personId]);
    await house.pool.query(await upgrade());
    expect(await alikeIds(one)).toEqual([other.personId, before.personId]);
    expect((await getPerson(house.db, before.personId)).fullName).toBe("Hʼhen Niê");
  });

  it("are those in whose history the same number stands, whatever the name", async () => {
    const [one, other] = [await aRecord(house, { name: "Vi Thị Một" }), await aRecord(house, { name: "Vi Thị Mốt" })];
    await house.pool.query(
      "insert into person_number (person_id, kind, number, valid_to) values ($1, 'cmnd', $2, '2015-01-01')",
      [other.personId, one.cmnd],
    );
    expect(await alikeIds(one)).toEqual([other.personId]);
    expect(await alikeIds(other)).toEqual([one.personId]);
  });

  it("are no longer offered once they are one", async () => {
    const [one, other] = [await aRecord(house, { name: "Hà Thị Gộp" }), await aRecord(house, { name: "Hà Thị Gộp" })];
    const chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
    const asked = { survivor: one.publicId, merged: other.publicId, reason: "Đã xem hai sổ BHXH" };
    await confirmMerge(house, chief, (await proposeMerge(house, lan, asked)).id);
    expect(await alikeIds(one)).toEqual([]);
  });

  it("are compared by counts only, and every look is on record", async () => {
    const [one, other] = [await aRecord(house), await aRecord(house)];
    const [left, right] = await Promise.all(
      [one, other].map(async ({ personId }) =>
        loadRecord(house, lan, await getPerson(house.db, personId), "person.compare", { asks: "nothing" }),
      ),
    );
    if (!left || !right) throw new Error("two records were loaded");
    expect(left.facts).toMatchObject({
      cards: 2,
      periods: 2,
      benefits: 2,
      visits: 2,
      disputes: 1,
      accountStatus: null,
    });
    expect(JSON.stringify([left, right])).not.toMatch(/Cảm lạnh|J00|Thuốc/);
    const rows = comparePair(left.side, right.side, "vi");
    expect(rows.find(({ field }) => field === "bhxh")?.difference).toBe("real");
    expect(rows.find(({ field }) => field === "name")?.difference).toBe("equal");
    const { rows: looks } = await house.pool.query(
      "select person_id from audit_event where action = 'person.compare' and actor_id = $1 order by person_id",
      [lan.staffId],
    );
    expect(looks.map(({ person_id }) => person_id)).toEqual([one.personId, other.personId]);
  });

  it("are found by any number or by the beginning of a name, and not by a single letter", async () => {
    const one = await aRecord(house, { name: "Quách Thị Tìm" });
    for (const typed of [one.insuranceNumber, one.cmnd, "quach thi t", "Quách"]) {
      expect((await searchPersons(house, lan, typed))?.map(({ personId }) => personId)).toEqual([one.personId]);
    }
    expect(await searchPersons(house, lan, "q")).toBeUndefined();
    expect(await searchPersons(house, lan, "0000000000")).toEqual([]);
  });
});
