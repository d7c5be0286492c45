import { randomUUID } from "node:crypto";
import { officesOfStaff } from "../account/store-staff.ts";
import { record, recordAll } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { officesOf, type Staff } from "../kernel/actor.ts";
import { dayOf, endOf } from "../kernel/calendar.ts";
import { Forbidden, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import { oneOf, readReason, VERDICTS } from "./rules.ts";
import { type Flag, type FlagScope, findFlag, judgeFlag, saveLift } from "./store.ts";
import { evidenceOf } from "./store-sweep.ts";

/** Flags are seen and judged by the supervisors of their office, and by auditors and operators, who see no name. */

export function scopeOf(staff: Staff): FlagScope {
  const seesAll = staff.roles.some(({ role }) => role === "auditor" || role === "operator");
  return seesAll ? "all" : officesOf(staff, "supervisor");
}

/** Names of persons are for the supervisor of the office where the look was. */
export const seesNames = (staff: Staff, { officeCode }: Flag): boolean =>
  officeCode !== null && officesOf(staff, "supervisor").includes(officeCode);

const NOTE_AT_MOST = 300;
const EVIDENCE_AT_MOST = 100;

/** A flag of another office does not exist for the asker. */
export async function getFlag(db: House["db"] | Tx, staff: Staff, id: string, lock = false): Promise<Flag> {
  const flag = /^\d{1,18}$/.test(id) ? await findFlag(db, scopeOf(staff), id, lock) : undefined;
  if (!flag) throw new NotFound("flag");
  return flag;
}

/** The rows behind a flag; that somebody read them stands in the audit too, of every person whose name was shown. */
export async function openFlag(house: House, staff: Staff, id: string) {
  const flag = await getFlag(house.db, staff, id);
  const { staffId, personId, firstEvent: from, lastEvent: to } = flag;
  const rows = await evidenceOf(house.db, { staffId, personId, from, to }, EVIDENCE_AT_MOST);
  const look = { at: house.clock.now(), actor: staff, action: "look.flag", purpose: "looks" };
  const about = { ...look, object: { kind: "look_flag", id }, officeCode: flag.officeCode ?? undefined };
  const shown = seesNames(staff, flag) ? new Set(rows.flatMap((row) => row.person_id ?? [])) : new Set<string>();
  await recordAll(house.db, shown.size > 0 ? [...shown].map((one) => ({ ...about, personId: one })) : [about]);
  return { flag, rows };
}

export type Evidence = Awaited<ReturnType<typeof openFlag>>["rows"][number];

/** Nobody judges their own looks. A verdict stands until the same looking goes on. */
export async function judge(
  house: House,
  staff: Staff,
  asked: { id: string; verdict: string | undefined; note: string | undefined },
): Promise<void> {
  const at = house.clock.now();
  const verdict = oneOf(VERDICTS, asked.verdict);
  const note = readReason(asked.note, NOTE_AT_MOST);
  await inTransaction(house.db, async (tx) => {
    const flag = await getFlag(tx, staff, asked.id, true);
    if (flag.staffId === staff.staffId) throw new Forbidden("two_persons");
    if (flag.verdict) throw new NotAllowed("judged", []);
    const faults = [
      ...(verdict ? [] : [{ field: "verdict", key: "verdict_missing" }]),
      ...(note ? [] : [{ field: "note", key: "note_short" }]),
    ];
    if (!verdict || !note) throw new Invalid(faults);
    await judgeFlag(tx, flag.id, { verdict, note, by: staff.staffId, at });
    const object = { kind: "look_flag", id: flag.id };
    const officeCode = flag.officeCode ?? undefined;
    const detail = { kind: flag.kind, verdict };
    await record(tx, { at, actor: staff, action: "look.judged", purpose: "looks", object, officeCode, detail });
  });
}

/** A supervisor of the same office doubles a colleague's ceilings until the end of the day. Never one's own. */
export async function liftCeilings(
  house: House,
  staff: Staff,
  asked: { id: string; reason: string | undefined },
): Promise<void> {
  const at = house.clock.now();
  const flag = await getFlag(house.db, staff, asked.id);
  if (flag.staffId === staff.staffId) throw new Forbidden("two_persons");
  const mine = officesOf(staff, "supervisor");
  const theirs = await officesOfStaff(house.db, flag.staffId, dayOf(at).toString());
  const officeCode = theirs.find((office) => mine.includes(office));
  if (!officeCode) throw new Forbidden("supervisor_only");
  const reason = readReason(asked.reason, NOTE_AT_MOST);
  if (!reason) throw new Invalid([{ field: "lift_reason", key: "note_short" }]);
  const id = randomUUID();
  await inTransaction(house.db, async (tx) => {
    const lift = { id, staffId: flag.staffId, by: staff.staffId, reason, officeCode, at, until: endOf(dayOf(at)) };
    await saveLift(tx, lift);
    const object = { kind: "staff", id: flag.staffId };
    await record(tx, { at, actor: staff, action: "look.lifted", purpose: "looks", object, officeCode });
  });
}
