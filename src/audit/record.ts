import type { Db, House, Tx } from "../db/house.ts";
import { asWhatCannot } from "../db/share.ts";
import { rootOf } from "../db/within.ts";
import type { Actor, Reader, Staff } from "../kernel/actor.ts";
import { Forbidden } from "../kernel/failures.ts";
import { isCounted } from "../looks/rules.ts";
import { countLooks, type LookVerdict } from "../looks/store-look.ts";
import type { AuditRow } from "./rules.ts";
import { insertEvents, insertLooks } from "./store.ts";

/** One look or change. `detail` holds codes, counts and field names: nothing personal. */
export interface AuditEntry {
  at: Date;
  /** A guardian who reads is the actor of the line; `personId` is the ward. */
  actor: Actor | Reader | { kind: "operator" };
  action: string;
  purpose: string;
  personId?: string | undefined;
  object?: { kind: string; id: string };
  officeCode?: string | undefined;
  detail?: Record<string, string | number | boolean | string[]>;
}

/** Writes before the answer leaves: for staff, and for every change (in the change's own transaction). */
export async function record(db: Db | Tx, entry: AuditEntry): Promise<void> {
  await recordAll(db, [entry]);
}

/** The looks of a list, one a row that is shown, in one statement. Throws where a look is one too many. */
export async function recordAll(db: Db | Tx, entries: readonly AuditEntry[]): Promise<void> {
  const [first] = entries;
  if (!first) return;
  if (first.actor.kind === "staff" && isCounted(first.action)) await recordLooks(db, first.actor, entries, "nothing");
  else await insertEvents(db, entries.map(rowOf));
}

/** A look, and the persons an open case of whom lets it be: the comparison of two records belongs to the case of either. */
export interface LookEntry extends AuditEntry {
  caseOf?: readonly string[] | undefined;
}

/**
 * Looks of one member of staff at persons, counted against the ceilings in the statement that writes them; what is
 * refused is written too, then thrown. Never inside a transaction: what it throws must not take the rows back.
 * `must`: refuses where the office has no open case; the verdicts say which case there is.
 */
export async function recordLooks(
  db: Db | Tx,
  staff: Staff,
  entries: readonly LookEntry[],
  asks: "nothing" | "case" | "must",
): Promise<LookVerdict[]> {
  const rows = entries.map((entry) => ({ ...rowOf(entry), ...(entry.caseOf ? { case_of: entry.caseOf } : {}) }));
  const verdicts = await countLooks(db, staff, rows, asks);
  const refused = verdicts.find((one) => one.refused)?.refused;
  if (refused) throw new Forbidden(refused === "no_case" ? "looks_no_case" : `looks_spent_${refused}`);
  return verdicts;
}

const BATCH_MAX = 500;
const AGAIN_MS = 1000;

interface Waiting {
  rows: AuditRow[];
  /** The batch that is being written, and the one that gathers meanwhile. */
  writing: Promise<void> | undefined;
  next: Promise<void> | undefined;
  again: NodeJS.Timeout | undefined;
}
const waiting = new WeakMap<House, Waiting>();

/** A person's look at their own record: one batch is written while the next one gathers. */
export function noteLook(reader: House, entry: AuditEntry): void {
  const house = rootOf(reader);
  const queue = waiting.get(house) ?? { rows: [], writing: undefined, next: undefined, again: undefined };
  waiting.set(house, queue);
  queue.rows.push(rowOf(entry));
  gather(house, queue);
}

/** Undefined where nothing waits; else rejects when a look that was noted until now could not be written. */
export function looksWritten(house: House): Promise<unknown> | undefined {
  const queue = waiting.get(house);
  if (!queue) return undefined;
  if (queue.rows.length > 0) gather(house, queue);
  return queue.writing || queue.next ? Promise.all([queue.writing, queue.next]) : undefined;
}

function gather(house: House, queue: Waiting): void {
  if (queue.next) return;
  const write = () => {
    queue.next = undefined;
    queue.writing = writeAll(house, queue).finally(() => {
      queue.writing = undefined;
    });
    return queue.writing;
  };
  queue.next = (queue.writing ?? Promise.resolve()).then(write, write);
  // Whoever waits for it is told; where nobody does, the rows are kept and written later.
  queue.next.catch(() => undefined);
}

async function writeAll(house: House, queue: Waiting): Promise<void> {
  clearTimeout(queue.again);
  let left = queue.rows.length;
  while (left > 0) {
    const rows = queue.rows.splice(0, BATCH_MAX);
    left -= rows.length;
    try {
      // The looks of many are in it, also those of answers that cannot wait.
      await asWhatCannot(() => insertLooks(house.pool, rows));
    } catch (error) {
      house.log.error({ err: error, rows: rows.length }, "audit rows could not be written; kept");
      queue.rows.unshift(...rows);
      queue.again = setTimeout(() => gather(house, queue), AGAIN_MS);
      throw error;
    }
  }
}

/** Writes what is waiting; called before the house closes. */
export async function flushLooks(house: House): Promise<void> {
  await looksWritten(house)?.catch(() => undefined);
}

function rowOf(entry: AuditEntry): AuditRow {
  const { actor } = entry;
  return {
    at: entry.at,
    actor_kind: actor.kind === "facility" ? "partner" : actor.kind,
    actor_id: actorIdOf(actor),
    action: entry.action,
    purpose: entry.purpose,
    person_id: entry.personId ?? null,
    object_kind: entry.object?.kind ?? null,
    object_id: entry.object?.id ?? null,
    office_code: entry.officeCode ?? null,
    detail: entry.detail ?? {},
  };
}

function actorIdOf(actor: AuditEntry["actor"]): string | null {
  if (actor.kind === "citizen") return "readBy" in actor ? actor.readBy : actor.personId;
  return actor.kind === "staff" ? actor.staffId : null;
}
