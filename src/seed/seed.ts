import { blockRest, unprovedInBlock, unreadInBlock } from "../codes/rules.ts";
import type { House } from "../db/house.ts";
import { generateFiles } from "../generate/files.ts";
import { importClaims } from "../intake/import-claims.ts";
import { importDocuments } from "../intake/import-documents.ts";
import type { ImportResult } from "../intake/import-file.ts";
import { importPersons } from "../intake/import-persons.ts";
import {
  importBenefits,
  importCards,
  importFacilities,
  importParticipation,
  importUnits,
} from "../intake/import-rows.ts";
import { dayOf, daysBetween, formatMonth, type PlainDate, plainDate } from "../kernel/calendar.ts";
import { setPolicy } from "../policy/set.ts";
import type { CastMember } from "./rules-cast.ts";
import { hireStaff } from "./staff.ts";
import { findCast, hasPersons, keepCast } from "./store.ts";
import { batch } from "./stories/batch.ts";
import { child } from "./stories/child.ts";
import { coverage } from "./stories/coverage.ts";
import { double } from "./stories/double.ts";
import { drive } from "./stories/drive.ts";
import { grandmother } from "./stories/grandmother.ts";
import { hotline } from "./stories/hotline.ts";
import { letters } from "./stories/letters.ts";
import { looks } from "./stories/looks.ts";
import { queue } from "./stories/queue.ts";
import { rejected } from "./stories/rejected.ts";
import { roster } from "./stories/roster.ts";
import { spellings } from "./stories/spellings.ts";
import { teacher } from "./stories/teacher.ts";
import { worker } from "./stories/worker.ts";
import { type Story, tableHeads } from "./story.ts";

export type { CastMember } from "./rules-cast.ts";

const stories: readonly Story[] = [
  drive,
  grandmother,
  worker,
  child,
  spellings,
  queue,
  batch,
  double,
  teacher,
  letters,
  coverage,
  roster,
  hotline,
  looks,
  rejected,
];
const importers = {
  persons: importPersons,
  households: importPersons,
  cards: importCards,
  participation: importParticipation,
  benefits: importBenefits,
};

/** People without a story of their own, so that lists and searches have something to go through. */
const CROWD = { persons: 24, seed: 330 };

/** Fills an empty database with the made-up people; answers whom one can sign in as. A second run adds nothing. */
export async function seed(house: House): Promise<readonly CastMember[]> {
  const known = await findCast(house.db);
  if (known) return known;
  if (await hasPersons(house.db)) return [];
  for (const kind of ["persons", "households", "cards", "participation", "benefits"] as const)
    await importTable(house, kind);
  for (const story of stories) {
    for (const file of (await story.claims?.()) ?? []) whole(await importClaims(house, file));
    for (const file of (await story.documents?.()) ?? []) whole(await importDocuments(house, file));
  }
  await importCrowd(house);
  await trustOneBlock(house);
  const cast = await playStories(house);
  await keepCast(house.db, cast);
  return cast;
}

/** Made-up telephones all lie in one block of numbers; codes that wait unread there are no sign of fraud. */
async function trustOneBlock(house: House): Promise<void> {
  const since = { from: "2021-01-01", by: "bản trình diễn" };
  await setPolicy(house, blockRest, { value: 0, ...since });
  await setPolicy(house, unreadInBlock, { value: 200, ...since });
  await setPolicy(house, unprovedInBlock, { value: 200, ...since });
}

async function importTable(house: House, kind: keyof typeof importers): Promise<void> {
  const rows = stories.flatMap((story) => story[kind] ?? []);
  const text = filledIn(`${tableHeads[kind]}\n${rows.join("\n")}\n`, dayOf(house.clock.now()));
  whole(await importers[kind](house, { name: `stories-${kind}.csv`, bytes: Buffer.from(text) }));
}

/** The last month of the stories as they were written; a clock before it changes nothing. */
const FIRST_MONTH = plainDate("2026-10-01");

function filledIn(rows: string, today: PlainDate): string {
  const before = today.with({ day: 1 }).subtract({ months: 1 });
  const lastMonth = daysBetween(FIRST_MONTH, before) > 0 ? before : FIRST_MONTH;
  const year = Math.max(today.year, FIRST_MONTH.year);
  return rows.replaceAll("{year}", String(year)).replaceAll("{last-month}", formatMonth(lastMonth.toString()));
}

async function importCrowd(house: House): Promise<void> {
  for (const { kind, name, bytes } of generateFiles(CROWD)) {
    if (kind === "claims") whole(await importClaims(house, { name, bytes }));
    else whole(await { ...importers, facilities: importFacilities, units: importUnits }[kind](house, { name, bytes }));
  }
}

/** The stories are ours: a record that is not taken is a fault of ours, not of a sender. */
function whole(result: ImportResult): void {
  if (result.rejected === 0 && !result.refusal) return;
  const first = result.rejects[0];
  throw new Error(
    `${result.name}: ${result.refusal?.code ?? `record ${first?.record}, ${first?.field}, ${first?.code}`}`,
  );
}

async function playStories(house: House): Promise<CastMember[]> {
  const { officer, cast } = await hireStaff(house);
  const stage = { house, now: house.clock.now(), officer };
  for (const story of stories) {
    cast.push(...[(await story.live?.(stage)) ?? []].flat());
  }
  return cast;
}
