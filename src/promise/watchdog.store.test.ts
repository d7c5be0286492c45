import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { confirmRights } from "../account/review-staff.ts";
import { keyLifetimes } from "../data-keys/rules-ages.ts";
import { usualPace } from "../notices/channel.ts";
import { startDelivery } from "../notices/deliver.ts";
import { emptyOutbox, queue, soon } from "../notices/notices.fixture.ts";
import { noteBeat, noteFirst } from "../notices/store-beat.ts";
import { setPolicy } from "../policy/set.ts";
import { hired } from "../staff-factor/staff.fixture.ts";
import { type AlarmName, receiptsAtLeast } from "./rules-alarms.ts";
import { lookAround, startWatchdog } from "./watchdog.ts";

let house: TestHouse;
const start = new Date("2026-11-23T02:00:00Z");
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
});
beforeEach(async () => {
  house.clock.moveTo(start);
  await emptyOutbox(house);
  await aliveNow();
});
afterAll(() => house.close());

async function aliveNow(): Promise<void> {
  for (const part of ["sender", "schedule"] as const) await noteBeat(house.db, part, house.clock.now());
}
const inSeconds = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const names = async () => (await lookAround(house)).map(({ name }) => name);

/** So the outbox looks when something stands still; `told`: the alarm that must come. */
const stalls: { what: string; told: AlarmName; plant: () => Promise<unknown>; isWorkerAlive: boolean }[] = [
  { what: "the sender is dead", told: "sender_stopped", plant: async () => {}, isWorkerAlive: false },
  { what: "nobody takes a result", told: "message_stalled", plant: () => queue(house), isWorkerAlive: true },
  {
    what: "a lease is never given back",
    told: "message_stalled",
    async plant() {
      await queue(house);
      await house.pool.query("update notice set state = 'sending', lease_owner = 'x', next_at = $1", [inSeconds(30)]);
    },
    isWorkerAlive: true,
  },
  {
    what: "every provider fails, try after try",
    told: "message_third",
    async plant() {
      await queue(house);
      await house.pool.query("update notice set tries = 7, next_at = $1", [inSeconds(3600)]);
    },
    isWorkerAlive: true,
  },
  {
    what: "a result has been decided with one minute left",
    told: "message_late",
    async plant() {
      await queue(house, { dueAt: inSeconds(60) });
      await house.pool.query("update notice set next_at = $1", [inSeconds(3600)]);
    },
    isWorkerAlive: true,
  },
];

describe("the watch beside the worker", () => {
  it("sees 100 of 100 planted stalls within five minutes, and none before", async () => {
    const missed: string[] = [];
    for (let nth = 0; nth < 100; nth += 1) {
      const stall = stalls[nth % stalls.length] as (typeof stalls)[number];
      house.clock.moveTo(start);
      await emptyOutbox(house);
      await aliveNow();
      if ((await names()).length > 0) missed.push(`${nth} ${stall.what}: cried too early`);
      await stall.plant();
      house.clock.moveTo(inSeconds(285));
      if (stall.isWorkerAlive) await aliveNow();
      if (!(await names()).includes(stall.told)) missed.push(`${nth} ${stall.what}: not seen`);
    }
    expect(missed).toEqual([]);
  });

  it("tells at a third, at two thirds, at ten minutes and when it is too late", async () => {
    await queue(house, { dueAt: inSeconds(15 * 60) });
    const seen: [number, string | undefined][] = [];
    await house.pool.query("update notice set next_at = $1", [inSeconds(7200)]);
    for (const minutes of [4, 5, 9.5, 10, 14, 15]) {
      house.clock.moveTo(inSeconds(minutes * 60));
      await aliveNow();
      seen.push([minutes, (await names())[0]]);
    }
    expect(seen).toEqual([
      [4, undefined],
      [5, "message_third"],
      [9.5, "message_third"],
      [10, "message_warned"],
      [14, "message_warned"],
      [15, "message_late"],
    ]);
  });

  it("says in the log what is wrong, with no person in it, while the worker sleeps", async () => {
    const log = vi.spyOn(house.log, "error");
    await queue(house);
    house.clock.moveTo(inSeconds(600));
    const watchdog = startWatchdog(house, 10);
    const told = () => log.mock.calls.map(([facts]) => (facts as { alarm: string }).alarm);
    await soon(() => expect(told()).toEqual(expect.arrayContaining(["sender_stopped", "schedule_stopped"])));
    await watchdog.stop();
    expect(told().filter((alarm) => alarm === "sender_stopped")).toHaveLength(1);
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/09123|BD-|7912345/);
    log.mockRestore();
  });

  it("is quiet again as soon as a sender turns", async () => {
    house.clock.moveTo(inSeconds(600));
    expect(await names()).toContain("sender_stopped");
    const delivery = startDelivery(house, { ...usualPace, pollMs: 15 });
    await soon(async () => expect(await names()).not.toContain("sender_stopped"));
    await delivery.stop();
  });

  it("cries when fewer than 95 of 100 texts of one provider are reported on the handset", async () => {
    await setPolicy(house, receiptsAtLeast, { value: 4, from: "2026-11-23", by: "Quyết định thử" });
    const taken = async (provider: string, state: "sent" | "delivered", agoMinutes: number) => {
      const key = await queue(house, { officeCode: "52T01", declarationId: "31" });
      await house.pool.query(
        `update notice set state = $2, sent_at = $3, sealed_fields = null, last_provider = $4 where dedupe_key = $1`,
        [`${key}:sms`, state, inSeconds(-agoMinutes * 60), provider],
      );
    };
    for (let nth = 0; nth < 4; nth += 1) await taken("smpp:a", "delivered", 30);
    for (let nth = 0; nth < 3; nth += 1) await taken("smpp:b", "delivered", 30);
    await taken("smpp:b", "sent", 1);
    expect(await names()).toEqual([]);
    await taken("smpp:b", "sent", 30);
    expect(await lookAround(house)).toEqual([{ name: "receipts_low", value: 75, provider: "smpp:b" }]);
    const { body } = await house.app.inject("/metrics");
    expect(body).toContain('vssid_messages{provider="smpp:b",channel="sms",what="accepted"} 5');
    expect(body).toContain('vssid_messages{provider="smpp:b",channel="sms",what="delivered"} 3');
    expect(body).toContain('vssid_messages{provider="smpp:b",channel="sms",what="unconfirmed"} 2');
    expect(body).toContain('vssid_messages_by_office{office="52T01",channel="sms",what="delivered"} 7');
    expect(body).toContain('vssid_receipt_percent{provider="smpp:b"} 75');
    expect(body).toContain('vssid_state{part="alarm",what="receipts_low"} 1');
  });

  it("tells when a key is near or past its planned end, each kind once, by periods that the operator sets", async () => {
    const daysAgo = (days: number) => new Date(start.getTime() - days * 86_400_000);
    const made = async (days: number) => house.pool.query("update key_version set made_at = $1", [daysAgo(days)]);
    const due = async () => (await lookAround(house)).filter(({ name }) => name === "keys_due");
    house.clock.moveTo(start);
    await made(300);
    house.settings.secrets = [
      { name: "SMTP_URL", since: daysAgo(100) },
      { name: "VSSID_SECRETS_KNOWN", since: daysAgo(4000) },
      { name: "SMPP_URL", since: undefined },
    ];
    expect(await due()).toEqual([]);
    await made(339.5);
    house.settings.secrets = [{ name: "SMTP_URL", since: daysAgo(189.5) }];
    expect(await due()).toEqual([
      { name: "keys_due", value: -7, provider: "SMTP_URL", mark: 0 },
      { name: "keys_due", value: 25, provider: "ring", mark: 30 },
    ]);
    const { body } = await house.app.inject("/metrics");
    expect(body).toContain('vssid_state{part="alarm",what="keys_due"} 1');
    await setPolicy(house, keyLifetimes, {
      value: { password: 400, ring: 0 },
      from: "2026-11-23",
      by: "Quyết định thử",
    });
    expect(await due()).toEqual([]);
    house.settings.secrets = undefined;
  });

  it("tells of offices two weeks past the quarter in which somebody confirms the rights of staff, by the hour", async () => {
    const { username } = await hired(house, {
      username: "thu.rasoat",
      name: "Cán bộ Rà",
      role: "officer",
      office: "52T01",
    });
    const given = async (day: string) => house.pool.query("update staff_role set valid_from = $1", [day]);
    const late = async () => (await lookAround(house)).filter(({ name }) => name === "reviews_late");
    await given("2026-08-09");
    house.clock.moveTo(inSeconds(2 * 3600));
    expect(await late()).toEqual([]);
    await given("2026-08-08");
    house.clock.moveTo(inSeconds(2 * 3600 + 3000));
    expect(await late()).toEqual([]);
    house.clock.moveTo(inSeconds(3 * 3600 + 60));
    expect(await late()).toEqual([{ name: "reviews_late", value: 1 }]);
    const { body } = await house.app.inject("/metrics");
    expect(body).toContain('vssid_state{part="alarm",what="reviews_late"} 1');
    await confirmRights(house, username, "Công văn thử 12");
    house.clock.moveTo(inSeconds(4 * 3600 + 120));
    expect(await late()).toEqual([]);
  });

  it("misses the nightly backup in a process that knows nothing of its folder, once one was ever taken", async () => {
    await house.pool.query("delete from worker_beat where part = 'backup'");
    expect(await names()).not.toContain("backup_old");
    await noteBeat(house.db, "backup", start);
    house.clock.moveTo(inSeconds(25 * 3600));
    expect(await names()).not.toContain("backup_old");
    house.clock.moveTo(inSeconds(27 * 3600));
    expect(await lookAround(house)).toContainEqual({ name: "backup_old", value: 27 });
    await house.pool.query("delete from worker_beat where part = 'backup'");
  });

  it("misses the first backup, too, once one was tried and none ever succeeded", async () => {
    await house.pool.query("delete from worker_beat where part in ('backup', 'backup_tried')");
    await noteFirst(house.db, "backup_tried", start);
    house.clock.moveTo(inSeconds(25 * 3600));
    expect(await names()).not.toContain("backup_old");
    await noteFirst(house.db, "backup_tried", inSeconds(25 * 3600));
    house.clock.moveTo(inSeconds(27 * 3600));
    expect(await lookAround(house)).toContainEqual({ name: "backup_old", value: -1 });
    await noteBeat(house.db, "backup", inSeconds(27 * 3600));
    expect(await names()).not.toContain("backup_old");
    await house.pool.query("delete from worker_beat where part in ('backup', 'backup_tried')");
  });

  it("misses restores for trial three days after the first backup, or after the last trial that ended well", async () => {
    await noteFirst(house.db, "rehearsal", start);
    house.clock.moveTo(inSeconds(71 * 3600));
    await aliveNow();
    expect(await names()).not.toContain("rehearsal_old");
    house.clock.moveTo(inSeconds(73 * 3600));
    expect(await names()).toContain("rehearsal_old");
    await noteBeat(house.db, "rehearsal", inSeconds(73 * 3600));
    expect(await names()).not.toContain("rehearsal_old");
    await house.pool.query("delete from worker_beat where part = 'rehearsal'");
  });

  it("hears when nobody chains the record of looks, and when a walk along it met a changed row", async () => {
    await noteBeat(house.db, "chain", start);
    house.clock.moveTo(inSeconds(290));
    await aliveNow();
    expect(await names()).not.toContain("looks_unchained");
    house.clock.moveTo(inSeconds(310));
    expect(await names()).toContain("looks_unchained");
    await noteBeat(house.db, "chain_whole", start);
    expect(await names()).not.toContain("looks_broken");
    await noteBeat(house.db, "chain_broken", inSeconds(300));
    expect(await names()).toContain("looks_broken");
    await noteBeat(house.db, "chain_whole", inSeconds(310));
    expect(await names()).not.toContain("looks_broken");
    await noteBeat(house.db, "witness_broken", inSeconds(320));
    await noteBeat(house.db, "chain_whole", inSeconds(330));
    expect(await names(), "without the witness it looks whole").toContain("looks_broken");
    await noteBeat(house.db, "witness_whole", inSeconds(340));
    expect(await names()).not.toContain("looks_broken");
    await house.pool.query("delete from worker_beat where part like 'chain%' or part like 'witness%'");
  });

  it("shows in /readyz since when the worker is silent", async () => {
    house.clock.moveTo(inSeconds(400));
    expect((await house.app.inject("/readyz")).json()).toMatchObject({
      status: "ready",
      workerAgeSeconds: { sender: 400, schedule: 400 },
      alarm: { sender_stopped: 1, schedule_stopped: 1, message_late: 0 },
    });
  });
});
