import type { Db, Tx } from "../db/house.ts";
import type { ContactKind } from "./rules.ts";

/** Changes of telephone and e-mail on their way. */

const columns = [
  "person_id",
  "change_id",
  "kind",
  "old_value",
  "new_value",
  "source",
  "state",
  "code_id",
  "stop_mark",
  "asked_at",
  "proved_at",
  "effective_at",
  "paper",
  "office_code",
  "officer_id",
] as const;

export interface NewChange {
  person_id: string;
  change_id: string;
  kind: ContactKind;
  old_value: string | null;
  new_value: string;
  source: "online" | "counter";
  code_id: string;
  asked_at: Date;
  paper?: string;
  office_code?: string;
  officer_id?: string;
}

export async function insertChange(tx: Tx, change: NewChange): Promise<void> {
  await tx
    .insertInto("contact_change")
    .values({ ...change, state: "asked" })
    .execute();
}

export async function findChange(db: Db | Tx, personId: string, changeId: string) {
  return db
    .selectFrom("contact_change")
    .select(columns)
    .where("person_id", "=", personId)
    .where("change_id", "=", changeId)
    .executeTakeFirst();
}

export type ChangeRow = NonNullable<Awaited<ReturnType<typeof findChange>>>;

/** The changes of one person that are under way. */
export async function openChangesOf(db: Db | Tx, personId: string): Promise<ChangeRow[]> {
  return db
    .selectFrom("contact_change")
    .select(columns)
    .where("person_id", "=", personId)
    .where("ended_at", "is", null)
    .orderBy("kind")
    .execute();
}

type Which = Pick<ChangeRow, "person_id" | "change_id">;
type State = "asked" | "second" | "waiting" | "done" | "stopped" | "refused" | "lapsed";

interface Move {
  from: readonly State[];
  to: State;
  now: Date;
  effectiveAt?: Date;
  stopMark?: Buffer;
  supervisorId?: string;
}

const ended: readonly State[] = ["done", "stopped", "refused", "lapsed"];

/** Moves a change on; false when somebody else moved it first. */
export async function moveChange(tx: Tx, which: Which, move: Move): Promise<boolean> {
  const { from, to, now, effectiveAt, stopMark, supervisorId } = move;
  const done = await tx
    .updateTable("contact_change")
    .set({
      state: to,
      ...(ended.includes(to) ? { ended_at: now } : {}),
      ...(to === "waiting" || to === "second" ? { proved_at: now } : {}),
      ...(effectiveAt ? { effective_at: effectiveAt } : {}),
      ...(stopMark ? { stop_mark: stopMark } : {}),
      ...(supervisorId ? { supervisor_id: supervisorId } : {}),
    })
    .where("person_id", "=", which.person_id)
    .where("change_id", "=", which.change_id)
    .where("state", "in", [...from])
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** What was asked for and has not taken effect is over; of these kinds. */
export async function lapseChanges(tx: Tx, personId: string, kinds: readonly ContactKind[], now: Date): Promise<void> {
  await tx
    .updateTable("contact_change")
    .set({ state: "lapsed", ended_at: now })
    .where("person_id", "=", personId)
    .where("kind", "in", [...kinds])
    .where("state", "in", ["asked", "second", "waiting"])
    .execute();
}

/** No request is on its way for longer: what was asked for so much later than now, a clock that was set says. */
const REQUEST_LASTS_MS = 120_000;

/**
 * What was asked for earlier and is not proved is over; the kind's change that goes on all the same is given: one that
 * waits for its hour, or one that was asked for later than this, whose request overtook it.
 */
export async function lapseEarlier(
  tx: Tx,
  personId: string,
  kind: ContactKind,
  now: Date,
): Promise<{ state: string } | undefined> {
  await tx
    .updateTable("contact_change")
    .set({ state: "lapsed", ended_at: now })
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where("state", "in", ["asked", "second"])
    .where((row) =>
      row.or([row("asked_at", "<=", now), row("asked_at", ">", new Date(now.getTime() + REQUEST_LASTS_MS))]),
    )
    .execute();
  return tx
    .selectFrom("contact_change")
    .select("state")
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .where("ended_at", "is", null)
    .executeTakeFirst();
}

/** The one whose time came first. */
export async function nextDue(db: Db, now: Date): Promise<Pick<ChangeRow, "person_id" | "change_id"> | undefined> {
  return db
    .selectFrom("contact_change")
    .select(["person_id", "change_id"])
    .where("state", "=", "waiting")
    .where("effective_at", "<=", now)
    .orderBy("effective_at")
    .limit(1)
    .executeTakeFirst();
}

/** Undefined where it waits no more. */
export async function takeDue(
  tx: Tx,
  due: Pick<ChangeRow, "person_id" | "change_id">,
  now: Date,
): Promise<ChangeRow | undefined> {
  return tx
    .selectFrom("contact_change")
    .select(columns)
    .where("person_id", "=", due.person_id)
    .where("change_id", "=", due.change_id)
    .where("state", "=", "waiting")
    .where("effective_at", "<=", now)
    .forUpdate()
    .executeTakeFirst();
}

export type ChangeToConfirm = ChangeRow & { full_name: string };

/** What waits for the second person at these offices, the oldest first, and whose it is. */
export async function changesToConfirm(db: Db, officeCodes: readonly string[]): Promise<ChangeToConfirm[]> {
  if (officeCodes.length === 0) return [];
  return db
    .selectFrom("contact_change")
    .innerJoin("person", "person.person_id", "contact_change.person_id")
    .select(columns.map((name) => `contact_change.${name}` as const))
    .select("person.full_name")
    .where("state", "=", "second")
    .where("office_code", "in", [...officeCodes])
    .orderBy("asked_at")
    .limit(50)
    .execute();
}

/** One whose code came back is not forgotten: it waits for the supervisor, over however many days off. */
export async function lapseForgotten(db: Db, before: Date, now: Date): Promise<bigint> {
  const done = await db
    .updateTable("contact_change")
    .set({ state: "lapsed", ended_at: now })
    .where("state", "=", "asked")
    .where("asked_at", "<", before)
    .executeTakeFirst();
  return done.numUpdatedRows;
}
