import { createHash } from "node:crypto";
import { record } from "../audit/record.ts";
import { dropKeys } from "../db/data-keys.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { dayOf } from "../kernel/calendar.ts";
import { noteBeat } from "../notices/store-beat.ts";
import { policyWithDay } from "../policy/store.ts";
import { mayEnd } from "../timekeeping/trust.ts";
import { CLASSES, cutoffOf, type RetentionClass, RULES } from "./rules.ts";
import { insertProof, lockRetention } from "./store.ts";
import { classRows, countDue, type DueRow, dueRows, reachOfStep, type Step } from "./store-classes.ts";

/** The period in force, with its first day; undefined where the operator gave none: then nothing is deleted. */
export interface Period {
  from: string;
  days: number;
  before: Date;
}

export async function periodOf(house: House, name: RetentionClass): Promise<Period | undefined> {
  const now = house.clock.now();
  const { value, from } = await policyWithDay(house.db, RULES[name].days, dayOf(now));
  return value === null ? undefined : { from, days: value, before: cutoffOf(now, value) };
}

export interface Planned {
  class: RetentionClass;
  basis: string;
  /** Null: no period was decided, so the class is refused. */
  days: number | null;
  due: number;
  held: number;
}

/** What a run would do now. */
export async function planRetention(house: House): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const name of CLASSES) {
    const period = await periodOf(house, name);
    const counted = period && (await inTransaction(house.db, (tx) => countDue(tx, name, period.before)));
    const { due, held } = counted ?? { due: 0, held: 0 };
    planned.push({ class: name, basis: RULES[name].basis, days: period?.days ?? null, due, held });
  }
  return planned;
}

const BATCH = 200;
/** Rows that one statement looks at, where most of them stay. */
const LOOKED_AT = 20_000;

export interface Ran {
  deleted: Partial<Record<RetentionClass, number>>;
  /** Classes that have no period: nothing of them was looked at. */
  refused: RetentionClass[];
}

/**
 * Deletes what is past its period, a batch at a time; killed at any moment, the next run goes on. Throws, and deletes
 * nothing, while the clock is not believed; throws what failed of one class once the others have been gone through.
 */
export async function runRetention(house: House, batch = BATCH, lookedAt = LOOKED_AT): Promise<Ran> {
  if (!(await mayEnd(house))) throw new Error("the clock is not believed; bin/vssid clock says why");
  const ran: Ran = { deleted: {}, refused: [] };
  const failed: string[] = [];
  for (const name of CLASSES) {
    const period = await periodOf(house, name);
    if (!period) {
      ran.refused.push(name);
      continue;
    }
    const total = await deleteClass(house, name, period, { batch, lookedAt }).catch((error: Error) => {
      failed.push(`${name}: ${error.message}`);
      return 0;
    });
    if (total > 0) ran.deleted[name] = total;
  }
  if (failed.length > 0) throw new Error(failed.join("; "));
  await noteBeat(house.db, "retention", house.clock.now());
  return ran;
}

async function deleteClass(
  house: House,
  name: RetentionClass,
  period: Period,
  { batch, lookedAt }: { batch: number; lookedAt: number },
): Promise<number> {
  let total = 0;
  for (let after: Date | undefined; ; ) {
    const from = { before: period.before, after };
    const step = { ...from, to: await reachOfStep(house.db, name, from, lookedAt) };
    let deleted: number;
    do {
      deleted = await deleteBatch(house, name, { period, step, batch });
      total += deleted;
    } while (deleted === batch);
    after = step.to;
    if (!after) return total;
  }
}

interface Part {
  period: Period;
  step: Step;
  batch: number;
}

/**
 * The data keys of pictures go first, in a transaction of their own: from there on nobody can read them, whatever
 * becomes of the bytes. A run that was cut off between the two finds the rows again. No hold begins between them: a
 * transaction around both keeps the lock that it needs.
 */
function deleteBatch(house: House, name: RetentionClass, part: Part): Promise<number> {
  return inTransaction(house.db, async (around) => {
    await lockRetention(around);
    await inTransaction(house.db, async (tx) => {
      const rows = await dueRows(tx, name, part.step, part.batch);
      await dropKeys(
        tx,
        rows.map(({ dataKeyId }) => dataKeyId),
      );
    });
    return inTransaction(house.db, (tx) => deleteRows(house, tx, name, part));
  });
}

async function deleteRows(house: House, tx: Tx, name: RetentionClass, part: Part): Promise<number> {
  const { period, step, batch } = part;
  const rows = await dueRows(tx, name, step, batch);
  if (rows.length === 0) return 0;
  await classRows[name].remove(
    tx,
    rows.map(({ id }) => id),
  );
  await prove(house, tx, name, period, rows);
  return rows.length;
}

async function prove(
  house: House,
  tx: Tx,
  name: RetentionClass,
  period: Period,
  rows: readonly DueRow[],
): Promise<void> {
  const at = house.clock.now();
  const times = rows.map((row) => row.at.getTime());
  const [firstAt, lastAt] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
  const idsSha256 = hashOf(rows.map(({ id }) => id));
  const counted = { class: name, days: period.days, deleted: rows.length };
  const proofId = await insertProof(tx, { ...counted, ruleFrom: period.from, firstAt, lastAt, idsSha256, at });
  await record(tx, {
    at,
    actor: { kind: "system" },
    action: "retention.delete",
    purpose: "operate",
    object: { kind: "retention_proof", id: proofId },
    detail: { ...counted, rule: period.from, ids: idsSha256.toString("hex") },
  });
}

function hashOf(ids: readonly string[]): Buffer {
  return createHash("sha256").update(ids.toSorted().join("\n")).digest();
}
