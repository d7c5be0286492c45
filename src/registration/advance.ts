import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Actor } from "../kernel/actor.ts";
import { Conflict, NotAllowed } from "../kernel/failures.ts";
import { isOver } from "./is-over.ts";
import { lapse } from "./lapse.ts";
import { type ActorKind, allowed, keepUntil, noticeDueAt, type StepKind, statusAfter } from "./rules.ts";
import { type Declaration, lockByCode, type StepChanges, saveStep } from "./store.ts";

export interface Step {
  kind: Exclude<StepKind, "confirmed" | "lapsed">;
  actor: Actor;
  at: Date;
  /** The office at whose desk this happens. */
  officeCode?: string;
  /** The person of the register whom the officer found. */
  personId?: string;
  /** The office to which a file is handed over. */
  toOfficeCode?: string;
  /** The acceptance confirms what a colleague proposed. */
  isSecond?: boolean;
  /** Kept with the event. Nothing secret. */
  detail?: Record<string, unknown>;
}

/** The file is past its last day, but no sweep has been here yet. `onFile` lapses it before this is told. */
export class FoundOverdue extends NotAllowed {
  constructor(readonly file: Declaration) {
    super("lapsed", allowed("lapsed", "citizen"));
  }
}

/**
 * One step of a file: locks it, checks that it is allowed now, appends the event and moves status and
 * clocks by compare-and-set. Throws NotAllowed with the present state and what is possible.
 */
export async function advance(tx: Tx, code: string, step: Step): Promise<Declaration> {
  const file = await lockByCode(tx, code);
  if (await isOver(tx, file, step.at)) throw new FoundOverdue(file);
  const { actorKind, actorId } = eventActor(step.actor);
  const status = statusAfter(file.status, step.kind, actorKind);
  if (!status) throw new NotAllowed(file.status, allowed(file.status, actorKind));
  if (step.kind === "taken" && file.heldBy === actorId) return file;
  if (step.kind === "taken" && file.heldBy) throw new Conflict("held", { heldBy: file.heldBy });
  const event = {
    kind: step.kind,
    at: step.at,
    actorKind,
    actorId,
    officeCode: step.officeCode ?? null,
    detail: step.detail ?? {},
  };
  return saveStep(tx, file, event, { status, ...changesOf(step, actorId, file.seq + 1) });
}

/**
 * A transaction around steps of one file. A file found overdue is lapsed in a transaction of its own, so
 * that the fact stays although the step is refused; if a holiday entered later has moved the last day, the
 * work runs again. `work` must have no effect outside the database.
 */
export async function onFile<T>(house: House, now: Date, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(house.db, work);
  } catch (error) {
    if (!(error instanceof FoundOverdue)) throw error;
    const outcome = await lapse(house, error.file.id, now);
    if (outcome === "moved") return inTransaction(house.db, work);
    throw error;
  }
}

/** Who acts, as events say it: a visitor without an account is the citizen whose file it is. */
export function eventActor(actor: Actor): { actorKind: ActorKind; actorId: string | null } {
  switch (actor.kind) {
    case "staff":
      return { actorKind: "staff", actorId: actor.staffId };
    case "citizen":
      return { actorKind: "citizen", actorId: actor.personId };
    case "facility":
    case "anyone":
      return { actorKind: "citizen", actorId: null };
    case "system":
      return { actorKind: "system", actorId: null };
  }
}

function changesOf(step: Step, actorId: string | null, seq: number): Omit<StepChanges, "status"> {
  const { kind, at } = step;
  const person = step.personId ? { person_id: step.personId } : {};
  switch (kind) {
    case "received":
      return {
        ...person,
        received_at: at,
        notice_due_at: noticeDueAt(at),
        ...(step.officeCode ? { office_code: step.officeCode } : {}),
      };
    case "taken":
      return { ...person, held_by: actorId, held_since: at, holding_no: seq, proposed_by: null, proposed_at: null };
    case "released":
      return { ...person, held_by: null, held_since: null };
    case "proposed":
      return { ...person, held_by: null, held_since: null, proposed_by: actorId, proposed_at: at };
    case "sent_back":
      return { ...person, proposed_by: null, proposed_at: null };
    case "accepted":
      return { ...person, decided_at: at, ...(step.isSecond && actorId ? { seconded_by: actorId } : {}) };
    case "refused":
      return { ...person, decided_at: at };
    case "handed_over":
      return { ...(step.toOfficeCode ? { office_code: step.toOfficeCode } : {}), held_by: null, held_since: null };
    case "batched":
      return { batched_at: at };
    case "unbatched":
      return { batched_at: null };
    case "withdrawn":
      return { keep_until: keepUntil(at).toString() };
    case "paper_filed":
    case "printed":
      return person;
  }
}
