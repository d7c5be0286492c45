/** Cards, participation and benefits (each row is a person's), facilities, units and offices (no one's): table → register. */
import type { House } from "../db/house.ts";
import { type ImportOptions, type ImportResult, importFile, type Run } from "./import-file.ts";
import { keepRows } from "./keep-rows.ts";
import type { Layout } from "./read-table.ts";
import { type RowKindName, rowKinds } from "./row-kinds.ts";
import { RowTaking } from "./row-taking.ts";
import type { Source } from "./source.ts";
import { dropAstray, mergeOffices } from "./store-offices.ts";
import * as store from "./store-rows.ts";
import { type TableBatch, tableBatches } from "./table-batch.ts";
import { isWorthThread, threadedTables } from "./table-readers.ts";
import type { RejectCode } from "./words.ts";

interface Importer {
  kind: RowKindName;
  /** Its key and content are the cells of a row. */
  target: store.Target;
  /** Set where rows of persons of whom the table holds nothing go straight into it. */
  freshTarget?: store.FreshTarget;
}

/** What a kind does with the rows of a file, or with kept ones that are run again. */
interface Taker {
  kind: RowKindName;
  layouts: () => Layout<object>[];
  take(run: Run): Promise<void>;
}

export const takeCards = taker({ kind: "cards", target: store.cardTarget });
export const takeParticipation = taker({
  kind: "participation",
  target: store.participationTarget,
  freshTarget: store.participationTarget,
});
export const takeBenefits = taker({
  kind: "benefits",
  target: store.benefitTarget,
  freshTarget: store.benefitTarget,
});
export const takeFacilities = taker({ kind: "facilities", target: store.facilityTarget });
export const takeUnits = taker({ kind: "units", target: store.unitTarget });
export const takeOffices = taker({ kind: "offices", target: store.officeTarget });

function taker({ kind, target, freshTarget }: Importer): Taker {
  return {
    kind,
    layouts: rowKinds[kind].layouts,
    async take(run) {
      const taking = new RowTaking(run, target, run.again ? undefined : freshTarget);
      for await (const batch of batchesOf(run, kind)) {
        run.progress(batch.bytes);
        await taking.add(batch);
      }
      await taking.end();
      run.counts.taken += taking.fresh;
      if (taking.hasIntake) await mergeIntake(run, target, taking);
    },
  };
}

/** Read in a thread of its own where that is worth it. */
async function* batchesOf(run: Run, kind: RowKindName): AsyncGenerator<TableBatch> {
  if (run.again || !(run.tables || (await isWorthThread(run.source)))) {
    yield* tableBatches(rowKinds[kind], run);
    return;
  }
  const tables = run.tables ?? threadedTables();
  try {
    yield* tables.read(kind, run.source);
  } finally {
    if (!run.tables) await tables.close();
  }
}

/** What was to be compared → table. `fresh`: so many rows of the file stand there already. */
async function mergeIntake(run: Run, whole: store.Target, { fresh, lines, absent }: RowTaking): Promise<void> {
  const { tx, counts } = run;
  const target = { ...whole, absent };
  const rejectAll = async (records: readonly number[], field: string, code: RejectCode) => {
    for (const record of records) await run.reject({ record, line: lines.get(record), field, code });
  };
  const lastKey = target.key.at(-1) ?? "";
  if (whole === store.cardTarget) await rejectAll(await store.claimCardKeys(tx), "card_number", "key_taken");
  await rejectAll(await store.dropRepeatedRows(tx, target), lastKey, "repeated_row");
  const earlier = fresh > 0 ? await store.dropEarlierRows(tx, target, run.fileId) : [];
  await rejectAll(earlier, lastKey, "repeated_row");
  if (run.isOlder) await rejectAll(await store.dropOvertaken(tx, target, run.fileId), lastKey, "overtaken");
  await rejectAll(await store.dropEnded(tx, target), "valid_to", "bad_period");
  const isOffices = whole === store.officeTarget;
  if (isOffices) for (const { field, code, records } of await dropAstray(tx)) await rejectAll(records, field, code);
  const { staged, written } = await (isOffices ? mergeOffices(tx, target) : store.mergeRows(tx, target));
  counts.taken += written - earlier.length;
  counts.unchanged += staged - written;
  await store.dropIntake(tx);
}

export const importCards = importer(takeCards);
export const importParticipation = importer(takeParticipation);
export const importBenefits = importer(takeBenefits);
export const importFacilities = importer(takeFacilities);
export const importUnits = importer(takeUnits);
export const importOffices = importer(takeOffices);

function importer({ kind, layouts, take }: Taker) {
  return (house: House, source: Source, options: ImportOptions = {}): Promise<ImportResult> =>
    importFile(house, kind, source, options, async (run) => {
      await take(run);
      await keepRows(run, layouts());
    });
}
