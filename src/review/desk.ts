import type { Db, Tx } from "../db/house.ts";
import { officesAtWork, type Staff } from "../kernel/actor.ts";
import { Conflict, NotAllowed, NotFound } from "../kernel/failures.ts";
import { type Act, allowed, type Status } from "../registration/rules.ts";
import { type Declaration, eventsOf, getByCode, lockByCode } from "../registration/store.ts";
import type { SecondAnswer } from "./rules.ts";
import { staffNames } from "./staff-names.ts";

/** Whose desk a file lies on. An officer works on files of their own offices, and decides those they hold. */
export interface Desk {
  officeCode: string;
  isSupervisor: boolean;
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
  holding?: number,
): Promise<{ file: Declaration; desk: Desk }> {
  const own = await lockOwnFile(tx, staff, code);
  const { file } = own;
  if (file.status !== "received") throw await overtakenBy(tx, file);
  if (file.heldBy && file.heldBy !== staff.staffId) throw await heldBy(tx, file);
  if (file.proposedBy) throw await waitingSince(tx, file);
  if (holding !== undefined && file.holdingNo !== holding) throw await displacedBy(tx, file);
  return own;
}

/** A colleague, the person or the clock was first: which state came of it, through whom and when. */
export class Overtaken extends NotAllowed {
  constructor(
    status: Status,
    acts: readonly Act[],
    readonly by: { name: string | undefined; staffId: string | undefined; at: Date },
    /** On whose desk the file lies now. */
    readonly heldBy: string | null,
  ) {
    super(status, acts, "overtaken");
  }
}

/** Acceptance is impossible to this one person, or needless to propose: which fields and facts say so. */
export class NotAcceptable extends NotAllowed {
  constructor(
    readonly ruling: "second_look_missing" | "impossible" | "one_is_enough" | "changed_since",
    readonly inTheWay: readonly string[],
  ) {
    super("received", POSSIBLE[ruling], ruling);
  }
}

const POSSIBLE: Record<NotAcceptable["ruling"], readonly Act[]> = {
  second_look_missing: ["propose", "refuse", "release"],
  impossible: ["refuse", "release"],
  one_is_enough: ["accept", "refuse", "release"],
  changed_since: ["send_back"],
};

/** This person cannot be the second pair of eyes on this file. */
export class NotSecond extends NotAllowed {
  constructor(readonly answer: Exclude<SecondAnswer, "yes">) {
    super("received", [], answer);
  }
}

/** Acceptance was proposed: the file waits for a supervisor, and lies on no desk. */
export class WaitsForSecond extends NotAllowed {
  constructor(readonly by: { name: string; staffId: string | null; at: Date }) {
    super("received", ["take"], "waits_for_second");
  }
}

/** The page is older than the last taking up of the file: who took it since, and when. */
export class Displaced extends Conflict {
  constructor(readonly by: { name: string; at: Date }) {
    super("displaced");
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

export async function overtakenBy(db: Db | Tx, file: Declaration): Promise<Overtaken> {
  const last = (await eventsOf(db, file.id)).findLast(({ kind }) => STATUS_EVENTS.has(kind));
  const staffId = last?.actorKind === "staff" ? (last.actorId ?? undefined) : undefined;
  const name = staffId ? (await staffNames(db)).get(staffId) : undefined;
  const by = { name, staffId, at: last?.at ?? file.createdAt };
  return new Overtaken(file.status, allowed(file.status, "staff"), by, file.status === "received" ? file.heldBy : null);
}

export async function heldBy(db: Db | Tx, file: Declaration): Promise<HeldByColleague> {
  const name = (await staffNames(db)).get(file.heldBy ?? "") ?? "";
  return new HeldByColleague({ name, since: file.heldSince ?? file.createdAt }, file.code);
}

export async function waitingSince(db: Db | Tx, file: Declaration): Promise<WaitsForSecond> {
  const name = (await staffNames(db)).get(file.proposedBy ?? "") ?? "";
  return new WaitsForSecond({ name, staffId: file.proposedBy, at: file.proposedAt ?? file.createdAt });
}

async function displacedBy(db: Db | Tx, file: Declaration): Promise<Displaced> {
  const last = (await eventsOf(db, file.id)).findLast(({ kind }) => kind === "taken");
  const name = (await staffNames(db)).get(last?.actorId ?? "") ?? "";
  return new Displaced({ name, at: last?.at ?? file.createdAt });
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
