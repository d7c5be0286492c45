/**
 * Requests over personal data around Tết (R36): the sweep runs each hour, offices are slow or forget, and no clock may
 * end without having rung at half and at four fifths of its time. `--requests=10000`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optionOf, tellAtMost } from "../bench/harness.ts";
import { ownerOf } from "../src/db/connection.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { dayOf } from "../src/kernel/calendar.ts";
import { MovableClock } from "../src/kernel/clock.ts";
import { alarmRequests } from "../src/rights/alarm-due.ts";
import { clocksOf, RIGHTS } from "../src/rights/rules.ts";
import { insertRequest } from "../src/rights/store.ts";
import { termsOn } from "../src/rights/terms-on.ts";
import { parseEnvironment } from "../src/settings.ts";
import { workingCalendar } from "../src/units/store.ts";

const requests = optionOf("requests") ?? 10_000;
const FIRST = Date.parse("2027-01-20T00:00:00Z");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ASKED_WITHIN_DAYS = 30;
const WATCHED_DAYS = 65;
const BATCH = 500;

const folder = mkdtempSync(join(tmpdir(), "vssid-rights-"));
const environment = parseEnvironment(
  { VSSID_DATA_DIR: folder, VSSID_CLOCK: new Date(FIRST).toISOString() },
  projectRoot,
);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
house.log.level = "silent";
const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
try {
  process.exitCode = (await run(house)) ? 0 : 1;
} finally {
  await owner.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function run(on: OpenHouse): Promise<boolean> {
  if (!(on.clock instanceof MovableClock)) throw new Error("the demo's clock can be moved");
  await ask(on);
  const startedAt = performance.now();
  let slowestMs = 0;
  for (let hour = 0; hour < WATCHED_DAYS * 24; hour += 1) {
    on.clock.moveTo(new Date(FIRST + hour * HOUR_MS));
    await answerSome(on.clock.now());
    const sweptAt = performance.now();
    await alarmRequests(on);
    slowestMs = Math.max(slowestMs, performance.now() - sweptAt);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  const { ended, unalarmed, late, rung } = await count();
  const extra = `${requests} requests, ${ended} clocks that ended unanswered, ${rung} marks rung, ${seconds} s, slowest sweep ${slowestMs.toFixed(0)} ms`;
  const tell = (what: string, value: number) => tellAtMost({ id: "R36", what, value, goal: 0, extra });
  const isHeld = [tell("overdue without both alarms before", unalarmed), tell("marks rung an hour late", late)];
  return isHeld.every(Boolean) && ended > requests / 20;
}

/** Persons and requests of every right, asked at any moment of thirty days around Tết. */
async function ask(on: OpenHouse): Promise<void> {
  await owner.query(
    `insert into person (person_id, public_id, full_name, folded_name, birth_on, sex)
     select n, gen_random_uuid(), 'Người Mẫu ' || n, 'nguoi mau ' || n, '1970-01-01', 1 from generate_series(1, $1::integer) n`,
    [requests],
  );
  const calendar = await workingCalendar(on.db);
  for (let first = 1; first <= requests; first += BATCH) {
    await inTransaction(on.db, async (tx) => {
      for (let n = first; n < first + BATCH && n <= requests; n += 1) {
        const openedAt = new Date(FIRST + Math.floor(Math.random() * ASKED_WITHIN_DAYS * DAY_MS));
        const kind = RIGHTS[n % RIGHTS.length] ?? "erase";
        const { days: term } = (await termsOn(tx, dayOf(openedAt)))[kind];
        const { answerBy, dueOn } = clocksOf(dayOf(openedAt), { answer: 2, term }, calendar);
        const clocks = { answerBy: answerBy.toString(), dueOn: dueOn.toString() };
        const id = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
        await insertRequest(tx, {
          ...{ personId: String(n), requestId: id, kind, says: "", openedAt, officeCode: "52T01" },
          ...clocks,
        });
      }
    });
  }
}

/** Each hour a few are taken up and a few decided, whichever: about a third of all clocks end first. */
async function answerSome(now: Date): Promise<void> {
  await owner.query(
    `update data_request set taken_at = $1, taken_by = 1
      where taken_at is null and opened_at <= $1 and random() < 0.015`,
    [now],
  );
  await owner.query(
    `update data_request set decided_at = $1, decided_by = 1, answer = 'x', outcome = 'refused'
      where decided_at is null and taken_at is not null and opened_at <= $1 and random() < 0.003`,
    [now],
  );
}

/** Counted from the rows by a reckoning of its own: days of Viet Nam are seven hours ahead. */
async function count(): Promise<{ ended: number; unalarmed: number; late: number; rung: number }> {
  const { rows } = await owner.query(
    `with clock as (
       select person_id, 'answer' as clock, opened_at, answer_by as last_day, coalesce(taken_at, decided_at) as answered_at from data_request
       union all select person_id, 'deed', opened_at, due_on, decided_at from data_request
     ), ended as (
       select c.*, (last_day::timestamp + interval '1 day' - interval '7 hours') at time zone 'UTC' as end_at from clock c
     ), over as (
       select * from ended where end_at <= $1 and (answered_at is null or answered_at > end_at)
     ), mark as (
       select a.*, e.opened_at + (e.end_at - e.opened_at) * case a.mark when 'half' then 0.5 when 'four_fifths' then 0.8 else 1 end as passed_at
         from data_request_alarm a join ended e using (person_id, clock)
     )
     select (select count(*)::integer from over) as ended,
            (select count(*)::integer from over o
              where (select count(*) from data_request_alarm a where a.person_id = o.person_id and a.clock = o.clock
                        and a.mark in ('half', 'four_fifths') and a.at < o.end_at) < 2) as unalarmed,
            (select count(*)::integer from mark where at - passed_at >= interval '1 hour' or at < passed_at) as late,
            (select count(*)::integer from mark) as rung`,
    [new Date(FIRST + WATCHED_DAYS * DAY_MS)],
  );
  return rows[0];
}
