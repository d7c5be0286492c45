/**
 * The last thirty migrations as they really came, one by one, on a database of their own that is asked all the time.
 * What asks is a handful of statements that fit every one of those schemas, not the programs of back then: those were
 * never released, and some migrations of that time took away what the program before used.
 */
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import pino from "pino";
import type { Connection } from "../src/db/connection.ts";
import { migrate } from "../src/db/migrate.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { readLong } from "./upgrade-store.ts";

export interface Replayed {
  applied: number;
  asked: number;
  failures: Map<string, number>;
  tookMs: number[];
}

const PERSONS = 2000;

export async function replayHistory(
  connection: Connection,
  folder: string,
  { last, perSecond, readerMs }: { last: number; perSecond: number; readerMs: number },
): Promise<Replayed> {
  const from = join(projectRoot, "db", "migrations");
  const names = readdirSync(from).sort();
  const to = join(folder, "db", "migrations");
  mkdirSync(to, { recursive: true });
  const add = (some: readonly string[]) => {
    for (const name of some) copyFileSync(join(from, name), join(to, name));
    return migrate(connection, folder);
  };
  await add(names.slice(0, -last));
  const pool = createPool(connection, { log: pino({ level: "silent" }), statementTimeoutMs: 0, asApp: false });
  await pool.query(
    `insert into person (public_id, full_name, folded_name, birth_on, sex)
     select gen_random_uuid(), 'Người Mẫu Số ' || n, 'nguoi mau so ' || n, date '1950-01-01' + n, 1 + n % 2 from generate_series(1, $1::int) n`,
    [PERSONS],
  );
  await pool.query(`insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
    select person_id, 'none', 'chosen', '2026-01-05', '2026-01-05' from person`);
  const asking = ask(pool, perSecond);
  const reading = readLong(pool, ["account", "person", "notice"], wait(readerMs));
  let applied = 0;
  for (const name of names.slice(-last)) applied += (await add([name])).length;
  await reading;
  await asking.stop();
  await pool.end();
  return { applied, ...asking.seen };
}

function ask(pool: pg.Pool, perSecond: number) {
  const seen = { asked: 0, failures: new Map<string, number>(), tookMs: [] as number[] };
  const running = new Set<Promise<void>>();
  let isOn = true;
  const one = async (at: number, dueAt: number) => {
    seen.asked += 1;
    const { text, values } = statementOf(at);
    await pool.query({ text, values, name: `asked_${at % 4}` }).catch((error: Error & { code?: string }) => {
      const why = error.code ?? error.message;
      seen.failures.set(why, (seen.failures.get(why) ?? 0) + 1);
    });
    seen.tookMs.push(performance.now() - dueAt);
  };
  const going = (async () => {
    let dueAt = performance.now();
    for (let at = 0; isOn; at += 1) {
      dueAt += (-Math.log(1 - Math.random()) / perSecond) * 1000;
      const early = dueAt - performance.now();
      if (early > 1) await wait(early);
      const asked = one(at, dueAt).finally(() => running.delete(asked));
      running.add(asked);
    }
    await Promise.all(running);
  })();
  return {
    seen,
    async stop() {
      isOn = false;
      await going;
    },
  };
}

/** Prepared once a connection, as the product's own hot reads are. */
function statementOf(at: number): { text: string; values: unknown[] } {
  const person = 1 + ((at * 7919) % PERSONS);
  const statements = [
    { text: "select full_name, data_version from person where person_id = $1", values: [person] },
    { text: "update account set last_signed_in_at = $2 where person_id = $1", values: [person, new Date()] },
    { text: "select a.status from account a join person p using (person_id) where person_id = $1", values: [person] },
    { text: "select person_id from person_key where kind = 'bhxh' and key = $1", values: [String(person)] },
  ];
  return statements[at % statements.length] as { text: string; values: unknown[] };
}
