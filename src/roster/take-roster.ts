import { createHash, randomUUID } from "node:crypto";
import { type AuditEntry, record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { fits, sentDetail, staffHasRoom, tallyOf } from "../file-quota/room.ts";
import { sentByUnit, type Tally } from "../file-quota/rules.ts";
import { dayOf, type PlainDate, startOf } from "../kernel/calendar.ts";
import { NotFound } from "../kernel/failures.ts";
import { type ReadOptions, readRoster, type SentList, type SentRow } from "./read-roster.ts";
import { type Basis, type LineReason, ROWS_MAX } from "./rules.ts";
import type { RosterColumn } from "./rules-columns.ts";
import { RosterRefused } from "./rules-refusal.ts";
import { readLine, type Trace, traceOf, writtenName } from "./rules-row.ts";
import { fillUnit } from "./store-moments.ts";
import {
  findOnList,
  matchStaged,
  openStaging,
  refusedStaged,
  refuseRepeated,
  type StagedLine,
  stage,
  writeStaged,
} from "./store-staging.ts";
import { lockUnit } from "./store-units.ts";
import {
  countMissing,
  insertRefusals,
  insertUpload,
  keepPresent,
  listsSent,
  type Refusal,
  type Upload,
} from "./store-upload.ts";

export interface SentRoster extends ReadOptions {
  unitCode: string;
  bytes: Uint8Array;
  /** Everybody of the unit; else the list only adds. */
  isWhole: boolean;
  basis: Basis;
}

const STAGE_LINES = 5000;

/**
 * A unit's list of its people, taken line by line: matched to the register, compared with the list of before, and
 * what cannot be read kept aside with its reason. Throws RosterRefused or FileRefused for a file as a whole.
 */
export async function takeRoster(house: House, actor: AuditEntry["actor"], sent: SentRoster): Promise<Upload> {
  const at = house.clock.now();
  const list = await readRoster(sent.bytes, sent);
  const { lines, refusals, traces, hidden } = await sortLines(list, dayOf(at));
  if (lines.length + refusals.length === 0) throw new RosterRefused("no_people");
  return inTransaction(house.db, async (tx) => {
    const unit = await lockUnit(tx, sent.unitCode);
    if (!unit) throw new NotFound("unit");
    const more = tallyOf([sent.bytes]);
    await refuseSpent(tx, actor, { unitCode: unit.code, more, at });
    const uploadId = randomUUID();
    const late = await compare(tx, unit.code, lines);
    const counts = await writeStaged(tx, { unitCode: unit.code, uploadId, at });
    const refused = [...refusals, ...late].toSorted((a, b) => a.row - b.row);
    const upload = {
      ...{ uploadId, unitCode: unit.code, isWhole: sent.isWhole, basis: sent.basis, at, ...counts },
      ...{ headings: list.headings, sheet: list.sheet ?? null, passed: list.passed, hidden },
      ...{ sha256: createHash("sha256").update(sent.bytes).digest(), bytes: sent.bytes.length },
      ...{ lines: lines.length + refusals.length, refused: refused.length },
      by: actor.kind === "staff" ? actor.staffId : null,
    };
    await insertUpload(tx, upload);
    await insertRefusals(tx, uploadId, refused);
    if (sent.isWhole) await keepPresent(tx, upload, traces);
    const missing = sent.isWhole ? await countMissing(tx, unit.code, uploadId) : 0;
    await fillUnit(tx, unit.code);
    await record(tx, {
      ...{ at, actor, action: "roster.upload", purpose: "rollout", officeCode: unit.officeCode },
      object: { kind: "roster_upload", id: uploadId },
      detail: {
        unit: unit.code,
        basis: sent.basis,
        whole: sent.isWhole,
        ...counts,
        refused: refused.length,
        ...sentDetail(more),
      },
    });
    return { ...upload, missing };
  });
}

/** Lists of this unit today, and files of whoever sends it. The unit is locked: two do not both fit. */
async function refuseSpent(
  tx: Tx,
  actor: AuditEntry["actor"],
  { unitCode, more, at }: { unitCode: string; more: Tally; at: Date },
): Promise<void> {
  const held = await listsSent(tx, unitCode, startOf(dayOf(at)));
  if (!(await fits(tx, sentByUnit, { held, more, at }))) throw new RosterRefused("files_spent");
  const isStaff = actor.kind === "staff";
  if (isStaff && !(await staffHasRoom(tx, actor.staffId, { more, at }))) throw new RosterRefused("files_spent");
}

interface Sorted {
  lines: (StagedLine & { cells: readonly string[] })[];
  refusals: Refusal[];
  traces: Trace[];
  hidden: number;
}

async function sortLines(list: SentList, today: PlainDate): Promise<Sorted> {
  const sorted: Sorted = { lines: [], refusals: [], traces: [], hidden: 0 };
  for await (const batch of list.rows) {
    for (const row of batch) sortLine(sorted, row, list, today);
    if (sorted.lines.length + sorted.refusals.length > ROWS_MAX) throw new RosterRefused("too_many_rows");
  }
  return sorted;
}

function sortLine(sorted: Sorted, sent: SentRow, { places }: SentList, today: PlainDate): void {
  const read = readLine(sent, places, today);
  if (!read) return;
  const { row, cells, isHidden } = sent;
  if (isHidden) sorted.hidden += 1;
  if (read.ok) {
    sorted.lines.push({ row, lineId: randomUUID(), line: read.value, cells });
    return;
  }
  sorted.refusals.push(refusal({ row, cells, ...read.faults, name: writtenName(cells, places) }));
  sorted.traces.push(traceOf(sent, places, today));
}

interface Refused {
  row: number;
  cells: readonly string[];
  name: string;
  reason: LineReason;
  field?: RosterColumn;
  otherRow?: number | null;
}

function refusal({ row, cells, name, reason, field, otherRow }: Refused): Refusal {
  const shown = cells.map((cell) => cell.replaceAll("\0", "#"));
  return {
    row,
    reason,
    field: field ?? null,
    otherRow: otherRow ?? null,
    name: name.replaceAll("\0", "#"),
    cells: shown,
  };
}

/** Staged, matched and compared; answers the lines that are one person twice. */
async function compare(tx: Tx, unitCode: string, lines: Sorted["lines"]): Promise<Refusal[]> {
  await openStaging(tx);
  for (let at = 0; at < lines.length; at += STAGE_LINES) await stage(tx, lines.slice(at, at + STAGE_LINES));
  await matchStaged(tx);
  await refuseRepeated(tx);
  await findOnList(tx, unitCode);
  const byRow = new Map(lines.map((line) => [line.row, line]));
  return (await refusedStaged(tx)).flatMap(({ row, reason, otherRow }) => {
    const line = byRow.get(row);
    return line ? [refusal({ ...line, name: line.line.fullName, reason: reason as LineReason, otherRow })] : [];
  });
}
