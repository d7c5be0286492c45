import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { generateFiles, type MadeFile } from "../generate/files.ts";
import { importClaims, openReaders } from "./import-claims.ts";
import type { ImportResult } from "./import-file.ts";
import { importPersons } from "./import-persons.ts";
import { importBenefits, importCards, importFacilities, importParticipation, importUnits } from "./import-rows.ts";

const importers = {
  facilities: importFacilities,
  units: importUnits,
  persons: importPersons,
  cards: importCards,
  participation: importParticipation,
  benefits: importBenefits,
  claims: importClaims,
};

describe("a made-up country", () => {
  let house: TestHouse;
  const files = [...generateFiles({ persons: 120, seed: 11 })];
  const take = async (file: MadeFile): Promise<ImportResult> => importers[file.kind](house, file);

  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  test("comes in whole: no record is rejected and no claim carries a remark", async () => {
    for (const file of files) {
      const result = await take(file);
      expect(result, file.name).toMatchObject({ rejected: 0, unchanged: 0, flagged: 0, rejects: [] });
      expect(result.taken, file.name).toBeGreaterThan(0);
    }
    const counts = await house.pool.query(`select (select count(*) from person) as persons,
      (select count(*) from visit) as visits, (select count(distinct spec) from visit) as specs`);
    expect(counts.rows[0]).toMatchObject({ persons: "120" });
    expect(Number(counts.rows[0].specs)).toBeGreaterThanOrEqual(3);
  });

  test("every visit's four payers add up to its total, to the hundredth", async () => {
    const { rows } = await house.pool.query(
      "select count(*)::integer as uneven from visit where total <> fund_paid + co_paid + self_paid + other_paid",
    );
    expect(rows[0]).toEqual({ uneven: 0 });
  });

  test("the same files again change nothing and say so", async () => {
    const before = await house.pool.query("select sum(data_version) as versions from person");
    for (const file of files)
      expect(await take(file), file.name).toMatchObject({ isKnown: true, taken: 0, rejected: 0 });
    const after = await house.pool.query("select sum(data_version) as versions from person");
    expect(after.rows).toEqual(before.rows);
  });

  test("the same rows in other bytes change nothing either", async () => {
    const before = await house.pool.query(
      "select sum(data_version) as versions, sum(xmin::text::bigint) as writers from person",
    );
    for (const file of files) {
      const spaced = { ...file, bytes: Buffer.concat([file.bytes, Buffer.from("\n")]) };
      expect(await take(spaced), file.name).toMatchObject({ isKnown: false, taken: 0, rejected: 0 });
    }
    const after = await house.pool.query(
      "select sum(data_version) as versions, sum(xmin::text::bigint) as writers from person",
    );
    expect(after.rows).toEqual(before.rows);
  });

  test("worker threads read the same as this thread", async () => {
    const readers = await openReaders(house, 2);
    try {
      const [claims] = files.filter((file) => file.kind === "claims");
      if (!claims) throw new Error("no claims");
      await house.pool.query("delete from visit");
      const other = { ...claims, bytes: Buffer.concat([claims.bytes, Buffer.from("\n\n")]) };
      const result = await importClaims(house, other, { readers });
      expect(result).toMatchObject({ rejected: 0, flagged: 0, unchanged: 0 });
      expect(result.taken).toBeGreaterThan(0);
    } finally {
      await readers.close();
    }
  });
});
