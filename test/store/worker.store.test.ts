import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { clientConfig } from "../../src/db/connection.ts";
import { runDue, startWorker } from "../../src/worker.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

async function column(statement: string): Promise<string[]> {
  const client = new pg.Client(clientConfig(house.connection));
  await client.connect();
  const { rows } = await client.query({ text: statement, rowMode: "array" });
  await client.end();
  return rows.map((row) => String(row[0]));
}

const FAILING = "select part from worker_beat where part like 'failing:%' order by part";

describe("the worker", () => {
  it("has a schedule for every sweep, in Viet Nam's time, and chains what the audit holds", async () => {
    await house.pool.query(
      "insert into audit_event (at, actor_kind, action, purpose) values ($1, 'system', 'test', 'none')",
      [house.clock.now()],
    );
    const worker = await startWorker(house);
    try {
      expect(await column("select distinct timezone from jobs.schedule")).toEqual(["Asia/Ho_Chi_Minh"]);
      expect(await column("select cron from jobs.schedule where name = 'lapse-due'")).toEqual(["* * * * *"]);
      // Shared out over the hours of messages, which the operator sets: a sweep of fixed hours never meets some people.
      expect(await column("select cron from jobs.schedule where name = 'warn-passwords'")).toEqual(["*/5 * * * *"]);
      const chained = async (): Promise<string[]> => {
        const links = await column("select event_id from audit_link");
        return links.length > 0 ? links : wait(20).then(chained);
      };
      expect(await chained()).toEqual(["1"]);
    } finally {
      await worker.stop();
    }
  });

  it("runs whatever else is due where one sweep fails, says so in the log and at the end", async () => {
    house.clock.moveTo(new Date("2026-11-24T02:00:00Z"));
    await column("alter table person_merge rename to person_merge_away");
    const error = vi.fn();
    await expect(runDue({ ...house, log: { ...house.log, error } as never })).rejects.toThrow("person_merge");
    expect(error).toHaveBeenCalledWith(
      { alarm: "sweep_failed", sweep: "follow-merges", reason: expect.stringContaining("person_merge") },
      "a sweep failed",
    );
    expect(await column("select beat_at >= '2026-11-24T02:00Z' from worker_beat where part = 'schedule'")).toEqual([
      "true",
    ]);
    expect(await column(FAILING)).toEqual(["failing:follow-merges"]);
    await column("alter table person_merge_away rename to person_merge");
    await runDue(house);
    expect(await column(FAILING)).toEqual([]);
  });

  it("notes no trouble of a run that went well, also where it answers with what it left out", async () => {
    house.clock.moveTo(new Date("2026-11-25T02:00:00Z"));
    await runDue(house, true);
    const noted = "select part from worker_beat where split_part(part, ':', 2) <> ''";
    expect(await column(noted)).toEqual([]);
  });

  it("notes what fails of the work of every few seconds too, until it is done again, and begins with nothing noted", async () => {
    await column("insert into worker_beat values ('failing:work of an older version', now())");
    await column("alter table unreached_task rename to unreached_task_away");
    const worker = await startWorker(house);
    try {
      await expect
        .poll(() => column(FAILING), { timeout: 20_000 })
        .toContain("failing:the follow-up of failed results");
      expect(await column(FAILING)).not.toContain("failing:work of an older version");
      const LAST = "select part from worker_beat where part like 'failed%'";
      expect(await column(LAST)).toContain("failed_turn:the follow-up of failed results");
      await column("alter table unreached_task_away rename to unreached_task");
      await expect
        .poll(() => column(FAILING), { timeout: 20_000 })
        .not.toContain("failing:the follow-up of failed results");
    } finally {
      await worker.stop();
    }
  });
});
