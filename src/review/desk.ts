import type { Db, Tx } from "../db/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, NotAllowed, NotFound } from "../kernel/failures.ts";
import { type Act, allowed, type Status } from "../registration/rules.ts";
import { type Declaration, eventsOf, getByCode, lockByCode } from "../registration/store.ts";
import { staffNames } from "./staff-names.ts";

/** Whose desk a file lies on. An officer works on files of their own offices, and decides those they hold. */
export interface Desk {
  officeCode: string;
  isSupervisor: boolean;
}

/** Offices in whose files this member of staff works. */
export function officesAtWork(staff: Staff): string[] {
  const held = staff.roles.filter(({ role }) => role === "officer" || role === "supervisor");
  return [...new Set(held.flatMap(({ officeCode }) => officeCode ?? []))];
}

/** The file, when it belongs to one of the officer's offices; any other does not exist for them. */
export async function getOwnFile(db: Db | Tx, staff: Staff, code: string): Promise<{ file: Declaration; desk: Desk }> {
  const file = await getByCode(db, code);
  return { file, desk: deskFor(staff, file) };
}

/** The same under lock: every act at the counter starts here. */
export async function lockOwnFile(tx: Tx, staff: Staff, code: string): Promise<{ file: Declaration; desk: Desk }> {
  const file = await lockByCode(tx, code);
  return { file, desk: deskFor(staff, file) };
}

/** The locked file, received and held by this officer, or by nobody. Anything else says who was first, and when. */
export async function lockForDecision(
  tx: Tx,
  staff: Staff,
  code: string,
  now: Date,
): Promise<{ file: Declaration; desk: Desk }> {
  const own = await lockOwnFile(tx, staff, code);
  if (own.file.status !== "received") throw await overtakenBy(tx, own.file, now);
  if (own.file.heldBy && own.file.heldBy !== staff.staffId) throw await heldBy(tx, own.file, now);
  return own;
}

/** A colleague, the person or the clock was first: which state came of it, through whom and when. */
export class Overtaken extends NotAllowed {
  constructor(
    status: Status,
    acts: readonly Act[],
    readonly by: { name: string | undefined; staffId: string | undefined; at: Date },
  ) {
    super(status, acts, "overtaken");
  }
}

/** A colleague has the file open. */
export class HeldByColleague extends Conflict {
  constructor(
    readonly by: { name: string; since: Date },
    readonly fileCode: string,
  ) {
    super("held_by_colleague");
  }
}

export async function overtakenBy(db: Db | Tx, file: Declaration, now: Date): Promise<Overtaken> {
  const last = (await eventsOf(db, file.id)).findLast(({ kind }) => STATUS_EVENTS.has(kind));
  const staffId = last?.actorKind === "staff" ? (last.actorId ?? undefined) : undefined;
  const name = staffId ? (await staffNames(db, now)).get(staffId) : undefined;
  return new Overtaken(file.status, allowed(file.status, "staff"), { name, staffId, at: last?.at ?? file.createdAt });
}

export async function heldBy(db: Db | Tx, file: Declaration, now: Date): Promise<HeldByColleague> {
  const name = (await staffNames(db, now)).get(file.heldBy ?? "") ?? "";
  return new HeldByColleague({ name, since: file.heldSince ?? file.createdAt }, file.code);
}

const STATUS_EVENTS = new Set(["confirmed", "received", "accepted", "refused", "lapsed", "withdrawn"]);

function deskFor(staff: Staff, file: Declaration): Desk {
  const { officeCode } = file;
  if (!officeCode || file.status === "draft" || !officesAtWork(staff).includes(officeCode)) {
    throw new NotFound("declaration");
  }
  const isSupervisor = staff.roles.some((held) => held.role === "supervisor" && held.officeCode === officeCode);
  return { officeCode, isSupervisor };
}
