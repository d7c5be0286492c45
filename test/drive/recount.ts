import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { expect, type RunningApp } from "../journeys/fixtures.ts";
import { people } from "./people.ts";
import { units } from "./units.ts";

/**
 * Counts the drive again from what happened, sharing nothing with the product's: who stands where is the test's own
 * knowledge, what became of them the dates of declarations and accounts by number.
 */
const moments = ["declared", "handed_in", "approved", "signed_in", "installed"] as const;
type Moment = (typeof moments)[number];
const kinds = ["commune", "enterprise", "agency", "school"] as const;

interface Recount {
  /** People of the whole drive, each once; by unit; how many of them had come to each moment. */
  all: Counts;
  of: Map<string, Counts>;
}
export type Counts = Record<"people" | Moment, number>;

export async function recount(app: RunningApp, members: Members): Promise<Recount> {
  const events = await app.rows<{ number: string } & Record<Moment, boolean>>(
    `with files as (
       select insurance_number as number, bool_or(confirmed_at is not null) as declared,
              bool_or(received_at is not null) as handed_in from declaration group by 1),
     accounts as (
       select key as number, bool_or(activated_at is not null) as approved,
              bool_or(first_signed_in_at is not null) as signed_in, bool_or(installed_at is not null) as installed
         from account join person_key using (person_id) where kind = 'bhxh' group by 1)
     select number, coalesce(declared, false) as declared, coalesce(handed_in, false) as handed_in,
            coalesce(approved, false) as approved, coalesce(signed_in, false) as signed_in,
            coalesce(installed, false) as installed
       from files full join accounts using (number)`,
  );
  const byNumber = new Map(events.map((one) => [one.number, one]));
  const count = (places: Iterable<number>): Counts => {
    const found = [...places].map((at) => byNumber.get(people[at]?.insuranceNumber ?? ""));
    const come = moments.map((moment) => [moment, found.filter((one) => one?.[moment]).length] as const);
    return { people: found.length, ...Object.fromEntries(come) } as Counts;
  };
  return {
    all: count(new Set([...members.values()].flat())),
    of: new Map([...members].map(([code, places]) => [code, count(places)])),
  };
}

export type Members = ReadonlyMap<string, readonly number[]>;

/** What the coverage page hands out as CSV, of every kind of unit and every moment, against the recount. */
export async function agrees(
  app: RunningApp,
  desk: Page,
  members: Members,
  sweep: () => Promise<void>,
): Promise<Counts> {
  const truth = await recount(app, members);
  await expect(async () => {
    await sweep();
    expect(await shown(desk, members)).toEqual(flat(truth));
  }).toPass({ timeout: 60_000, intervals: [1000] });
  return truth.all;
}

function flat({ all, of }: Recount): string[] {
  const line = (name: string, counts: Counts) =>
    moments.map((moment) => `${name} ${moment} ${counts[moment]}/${counts.people}`);
  const nameOf = (code: string) => units.find((unit) => unit.code === code)?.name ?? code;
  return [...[...of].flatMap(([code, counts]) => line(nameOf(code), counts)), ...line("whole", all)].toSorted();
}

async function shown(desk: Page, members: Members): Promise<string[]> {
  const kindOf = (code: string) => units.find((unit) => unit.code === code)?.kind;
  const found = new Set<string>();
  for (const moment of moments) {
    for (const kind of kinds.filter((one) => [...members.keys()].some((code) => kindOf(code) === one))) {
      const csv = await desk.request.get(`/console/coverage.csv?moment=${moment}&kind=${kind}`);
      const rows = parse(await csv.text(), { bom: true, relax_column_count: true }) as string[][];
      const [, , whole, ...ofUnits] = rows;
      found.add(`whole ${moment} ${whole?.[1]}/${whole?.[2]}`);
      for (const [name, come, of] of ofUnits) if (of !== undefined) found.add(`${name} ${moment} ${come}/${of}`);
    }
  }
  return [...found].toSorted();
}
