/** What the page bench changes of the people that the read bench makes. */
import type pg from "pg";

/** All visits of a person in one calendar year, so that one page shows them all: `visits` rows, up to 50. */
export async function withinOneYear(pool: pg.Pool): Promise<void> {
  await pool.query(`
    update visit set admitted_at = timestamp '2026-11-20 08:20' - source_record * interval '6 days',
                     discharged_at = timestamp '2026-11-20 10:00' - source_record * interval '6 days'`);
  await pool.query("vacuum analyze visit");
}
