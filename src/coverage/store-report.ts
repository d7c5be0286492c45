import type { Db, Tx } from "../db/house.ts";

/** The reports of each week, and who is told of them. */
export interface ReportLine {
  reportId: string;
  weekOn: string;
  madeAt: Date;
  /** Null: the schedule. */
  madeBy: string | null;
}

/** False where the schedule's report of that week is there already. */
export async function insertReport(
  tx: Tx,
  report: Omit<ReportLine, "madeBy"> & { scopeCode: string; staffId: string | null; pdf: Buffer },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("weekly_report")
    .values({
      report_id: report.reportId,
      scope_code: report.scopeCode,
      week_on: report.weekOn,
      made_at: report.madeAt,
      made_by: report.staffId,
      pdf: report.pdf,
    })
    .onConflict((conflict) => conflict.columns(["scope_code", "week_on"]).where("made_by", "is", null).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Latest first. */
export async function reportsOf(db: Db, scopeCode: string, limit: number): Promise<ReportLine[]> {
  return db
    .selectFrom("weekly_report as r")
    .leftJoin("staff as s", "s.staff_id", "r.made_by")
    .select(["r.report_id as reportId", "r.week_on as weekOn", "r.made_at as madeAt", "s.full_name as madeBy"])
    .where("r.scope_code", "=", scopeCode)
    .orderBy("r.made_at", "desc")
    .limit(limit)
    .execute();
}

export async function findReport(
  db: Db,
  reportId: string,
): Promise<{ scopeCode: string; weekOn: string; pdf: Buffer } | undefined> {
  return db
    .selectFrom("weekly_report")
    .select(["scope_code as scopeCode", "week_on as weekOn", "pdf"])
    .where("report_id", "=", reportId)
    .executeTakeFirst();
}

/**
 * Scopes that the schedule owes this week's report: those that had a reader when it was due. Readers of a unit that
 * ended stay, because its last day may be corrected.
 */
export async function scopesWithout(db: Db, weekOn: string, dueAt: Date, today: string): Promise<string[]> {
  const rows = await db
    .selectFrom("report_reader as t")
    .select("t.scope_code as code")
    .distinct()
    .where("t.added_at", "<=", dueAt)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("drive_unit as u")
            .select("u.unit_code")
            .whereRef("u.unit_code", "=", "t.scope_code")
            .where("u.valid_to", "<", today),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("weekly_report as r")
            .select("r.report_id")
            .whereRef("r.scope_code", "=", "t.scope_code")
            .where("r.week_on", "=", weekOn)
            .where("r.made_by", "is", null),
        ),
      ),
    )
    .orderBy("t.scope_code")
    .execute();
  return rows.map(({ code }) => code);
}

export async function readersOf(db: Db | Tx, scopeCode: string): Promise<string[]> {
  const rows = await db
    .selectFrom("report_reader")
    .select("email")
    .where("scope_code", "=", scopeCode)
    .orderBy("email")
    .execute();
  return rows.map(({ email }) => email);
}

export async function addReader(
  tx: Tx,
  reader: { scopeCode: string; email: string; staffId: string; now: Date },
): Promise<void> {
  await tx
    .insertInto("report_reader")
    .values({ scope_code: reader.scopeCode, email: reader.email, added_at: reader.now, added_by: reader.staffId })
    .onConflict((conflict) => conflict.columns(["scope_code", "email"]).doNothing())
    .execute();
}

export async function removeReader(tx: Tx, scopeCode: string, email: string): Promise<void> {
  await tx.deleteFrom("report_reader").where("scope_code", "=", scopeCode).where("email", "=", email).execute();
}
