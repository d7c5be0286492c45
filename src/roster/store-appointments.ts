/** Windows of time at an office for so many people of a unit. */
import { sql } from "kysely";
import type { Db, Tx } from "../db/house.ts";

export interface Appointment {
  id: string;
  unitCode: string;
  unitName: string;
  officeCode: string;
  startsAt: Date;
  endsAt: Date;
  people: number;
  note: string | null;
}

export async function insertAppointment(
  tx: Tx,
  one: Omit<Appointment, "unitName">,
  by: { staffId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto("roster_appointment")
    .values({
      appointment_id: one.id,
      unit_code: one.unitCode,
      office_code: one.officeCode,
      starts_at: one.startsAt,
      ends_at: one.endsAt,
      people: one.people,
      note: one.note,
      asked_at: by.at,
      asked_by: by.staffId,
    })
    .execute();
}

/** From an instant on, of units or of offices, in their order. */
export async function appointmentsOf(
  db: Db,
  of: { units: readonly string[]; offices: readonly string[] },
  from: Date,
): Promise<Appointment[]> {
  const { rows } = await sql<Appointment>`
    select a.appointment_id as id, a.unit_code as "unitCode", u.name as "unitName", a.office_code as "officeCode",
           a.starts_at as "startsAt", a.ends_at as "endsAt", a.people, a.note
      from roster_appointment a join drive_unit u on u.unit_code = a.unit_code
     where a.withdrawn_at is null and a.ends_at >= ${from}
       and (a.unit_code = any(${[...of.units]}::text[]) or a.office_code = any(${[...of.offices]}::text[]))
     order by a.starts_at, a.appointment_id limit 200`.execute(db);
  return rows;
}

/** False when there is no such window of these units. */
export async function withdrawAppointment(
  tx: Tx,
  unitCodes: readonly string[],
  id: string,
  at: Date,
): Promise<boolean> {
  const done = await tx
    .updateTable("roster_appointment")
    .set({ withdrawn_at: at })
    .where("appointment_id", "=", id)
    .where("unit_code", "in", unitCodes.length > 0 ? [...unitCodes] : [""])
    .where("withdrawn_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** How many people are already expected at an office at the same time. */
export async function expectedAt(db: Db, officeCode: string, startsAt: Date, endsAt: Date): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select coalesce(sum(people), 0)::integer as people from roster_appointment
     where office_code = ${officeCode} and withdrawn_at is null
       and starts_at < ${endsAt} and ends_at > ${startsAt}`.execute(db);
  return rows[0]?.people ?? 0;
}
