import { afterAll, beforeAll, expect, test } from "vitest";
import { digestsOf } from "../../faults/import-digest.ts";
import { createPool } from "../../src/db/pool.ts";
import { generateFiles } from "../../src/generate/files.ts";
import { importClaimFiles } from "../../src/intake/import-claims.ts";
import { importPersons } from "../../src/intake/import-persons.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/** A process that is killed is, to PostgreSQL, a connection that ends. 20 real kills: `bin/faults import`. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const END_THE_IMPORT = `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
  and database = (select oid from pg_database where datname = current_database())
  and (select count(*) from source_file where kind = 'claims') >= $1`;

test("an import that loses its connection at any moment and is run again leaves the rows of a clean one", async () => {
  const files = [...generateFiles({ persons: 25, seed: 20, claimsPerFile: 15 })];
  for (const file of files.filter(({ kind }) => kind === "persons")) await importPersons(house, file);
  const claims = files.filter(({ kind }) => kind === "claims");
  const owner = createPool(house.connection, { log: house.log, size: 2, statementTimeoutMs: 0, asApp: false });
  const empty = () =>
    owner.query(`truncate visit, visit_rest, visit_version, claim_recall, visit_staging, import_reject_record, import_reject,
        import_reject_row, household_member, source_file;
      update person set data_version = 1`);
  try {
    await empty();
    await importClaimFiles(house, claims);
    const clean = await digestsOf(owner);
    let cut = 0;
    for (const done of [0, Math.floor(claims.length / 2)]) {
      await empty();
      let isOver = false;
      const importing = importClaimFiles(house, claims).then(
        () => (isOver = true),
        () => {
          isOver = true;
          cut += 1;
        },
      );
      // Whoever holds the lock once so many files are in: a moment told in time might be no moment of an import at all.
      while (!isOver) await owner.query(END_THE_IMPORT, [done]);
      await importing;
      await importClaimFiles(house, claims);
      expect(await digestsOf(owner)).toEqual(clean);
    }
    expect(cut).toBe(2);
  } finally {
    await owner.end();
  }
});
