import pg from "pg";
import { vi } from "vitest";
import { WalledQuery } from "../../src/db/walled-query.ts";

interface Asked {
  text: string;
  values: unknown[];
  /** As a citizen: the policies are part of the plan. */
  isWalled: boolean;
}

/** Every table that the statements of `work` reach, and how: "visit by visit_pk"; a table read whole says so. */
export async function pathsOf(owner: pg.Pool, work: () => Promise<unknown>): Promise<string[]> {
  const paths = new Set<string>();
  for (const { text, values, isWalled } of await askedBy(work)) {
    if (!/^\s*(with|select|update|delete)/i.test(text)) continue;
    if (isWalled) await owner.query(`begin; set local role vssid_citizen; set local vssid.persons = '{1}'`);
    const { rows } = await owner.query(`explain (format json) ${text}`, values);
    if (isWalled) await owner.query("rollback");
    for (const path of walk(rows[0]["QUERY PLAN"][0].Plan)) paths.add(path);
  }
  return [...paths].toSorted();
}

/**
 * How many rows of tables and indexes the readings of `work` go through, those that are filtered away included. `as`:
 * the statements by which a connection stands behind a wall.
 */
export async function rowsReadBy(owner: pg.Pool, work: () => Promise<unknown>, as = ""): Promise<number> {
  let total = 0;
  for (const { text, values } of await askedBy(work)) {
    if (!/^\s*(with|select)/i.test(text)) continue;
    await owner.query(`begin; ${as}`);
    const { rows } = await owner.query(`explain (analyze, timing off, format json) ${text}`, values);
    await owner.query("rollback");
    total += rowsOf(rows[0]["QUERY PLAN"][0].Plan);
  }
  return Math.round(total);
}

async function askedBy(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { query } = pg.Client.prototype;
  const watch = vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (this: pg.Client, ...args: never[]) {
    const [first, values] = args as unknown as [string | { text?: string; values?: unknown[] }, unknown[] | undefined];
    const isWalled = first instanceof WalledQuery;
    if (typeof first === "string") asked.push({ text: first, values: Array.isArray(values) ? values : [], isWalled });
    else if (first.text) asked.push({ text: first.text, values: first.values ?? values ?? [], isWalled });
    return query.apply(this, args as never);
  } as never);
  await work();
  watch.mockRestore();
  return asked;
}

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
}

function rowsOf(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0);
  if (!plan["Relation Name"] || plan["Node Type"] === "ModifyTable") return below;
  return below + ((plan["Actual Rows"] ?? 0) + (plan["Rows Removed by Filter"] ?? 0)) * (plan["Actual Loops"] ?? 0);
}

function walk(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(walk);
  const table = plan["Relation Name"];
  if (plan["Node Type"] === "Bitmap Index Scan") return [...below, `by ${plan["Index Name"]}`];
  if (!table || table.startsWith("pg_") || plan["Node Type"] === "ModifyTable") return below;
  if (plan["Node Type"] === "Bitmap Heap Scan") return below.map((one) => `${table} ${one}`);
  return [...below, plan["Index Name"] ? `${table} by ${plan["Index Name"]}` : `${table} read whole`];
}
