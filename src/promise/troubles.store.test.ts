import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { asOwner } from "../../test/owner.ts";
import { programFor } from "../command.ts";
import type { OpenHouse } from "../house.ts";
import { noteBeat, noteTrouble } from "../notices/store-beat.ts";
import { aConfirmed } from "../registration/files.fixture.ts";
import { getByCode } from "../registration/store.ts";
import { runDue } from "../worker.ts";
import type { AlarmName } from "./rules-alarms.ts";
import { lookAround } from "./watchdog.ts";
import { words } from "./words.ts";

/** A sweep that fails or stops, and lists that an operator must bring: somebody is woken. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  await aliveNow();
});
afterAll(() => house.close());

async function aliveNow(): Promise<void> {
  for (const part of ["sender", "schedule"] as const) await noteBeat(house.db, part, house.clock.now());
}
async function at(instant: string): Promise<void> {
  house.clock.moveTo(new Date(instant));
  await aliveNow();
}
const OURS: readonly AlarmName[] = ["sweep_failed", "lapse_refused", "offices_missing", "holidays_ending"];
const alarms = async () => (await lookAround(house)).filter(({ name }) => OURS.includes(name));
const sweeps = () => runDue(house as unknown as OpenHouse).catch(() => undefined);

async function vssid(...args: string[]): Promise<string> {
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const opened = { ...house, close: async () => undefined } as unknown as OpenHouse;
  await programFor(async () => opened, {} as Parameters<typeof programFor>[1]).parseAsync(args, { from: "user" });
  const lines = said.mock.calls.map(([line]) => String(line)).join("\n");
  said.mockRestore();
  return lines;
}

describe("a sweep that fails", () => {
  it("raises the alarm after ten minutes, with its name, and until it ends well again", async () => {
    const { code } = await aConfirmed(house);
    await house.pool.query(
      `insert into declaration_event (declaration_id, seq, kind, at, actor_kind)
       select declaration_id, 2, 'printed', $2, 'staff' from declaration where code = $1`,
      [code, house.clock.now()],
    );
    await at("2026-12-03T17:00:00Z");
    await sweeps();
    expect(await alarms()).toEqual([]);
    await at("2026-12-03T17:10:01Z");
    await sweeps();
    expect(await alarms()).toEqual([{ name: "sweep_failed", value: 601, provider: "lapse-due" }]);
    expect(words.vi.watch.sweep_failed(601, "lapse-due")).toContain("“lapse-due” không chạy được từ 10 phút");
    await house.pool.query("update declaration set seq = 2");
    await sweeps();
    expect(await alarms()).toEqual([]);
    expect((await getByCode(house.db, code)).status).toBe("lapsed");
  });
});

describe("a sweep of once a night", () => {
  const nightly = () => runDue(house as unknown as OpenHouse, true).catch(() => undefined);

  it("that failed once wakes nobody until it fails again, and is over when it ends well", async () => {
    await asOwner(house, "alter table facility_upload rename to facility_upload_away");
    await at("2026-12-03T20:29:00Z");
    await nightly();
    for (const later of ["2026-12-03T20:39:02Z", "2026-12-04T15:00:00Z"]) {
      await at(later);
      expect(await alarms()).toEqual([]);
    }
    await at("2026-12-04T20:29:00Z");
    await nightly();
    expect(await alarms()).toContainEqual({ name: "sweep_failed", value: 86_400, provider: "forget-uploads" });
    await asOwner(house, "alter table facility_upload_away rename to facility_upload");
    await nightly();
    expect(await alarms()).toEqual([]);
  });
});

describe("work of every few seconds", () => {
  const fails = async (instant: string) => {
    await at(instant);
    await noteTrouble(house.db, "audit sealing", "failing", house.clock.now(), "failed_turn");
  };

  it("raises the alarm while it fails, and no longer once the worker that failed is switched off", async () => {
    await fails("2026-12-03T17:00:00Z");
    await fails("2026-12-03T17:09:00Z");
    await at("2026-12-03T17:10:01Z");
    expect(await alarms()).toEqual([]);
    await fails("2026-12-03T17:10:02Z");
    expect(await alarms()).toEqual([{ name: "sweep_failed", value: 602, provider: "audit sealing" }]);
    await at("2026-12-03T17:20:03Z");
    expect(await alarms()).toEqual([]);
  });
});

describe("a sweep that stops and asks", () => {
  it("raises the alarm at once; the command shows what would end and the way out, and the answer quietens it", async () => {
    await aConfirmed(house);
    await house.pool.query(
      `insert into declaration (code, status, answers, office_code, id_kind, id_number, phone, created_at, confirmed_at, lapses_at)
       select 'X-' || n, 'confirmed', d.answers, d.office_code, 'passport', 'X' || n, d.phone, d.created_at, d.confirmed_at, d.lapses_at
       from declaration d, generate_series(1, 201) n`,
    );
    await at("2026-12-03T17:00:00Z");
    await sweeps();
    expect(await alarms()).toEqual([{ name: "lapse_refused", value: 202 }]);
    const said = await vssid("lapse");
    expect(said).toContain('"refused":"unusual_number"');
    expect(said).toContain("2026-12-03\t202");
    expect(said).toContain("bin/vssid lapse --approve");
    expect(await vssid("lapse", "--approve")).toBe('{"lapsed":202,"moved":0,"failed":0}');
    await sweeps();
    expect(await alarms()).toEqual([]);
  });
});

describe("lists that an operator must bring", () => {
  it("the table of holidays is asked for sixty days before its end, and while there is none", async () => {
    await at("2028-11-01T02:00:00Z");
    expect(await alarms()).toEqual([]);
    await at("2028-11-02T02:00:00Z");
    expect(await alarms()).toEqual([{ name: "holidays_ending", value: 59, mark: 60 }]);
    await at("2029-01-02T02:00:00Z");
    expect(await alarms()).toEqual([{ name: "holidays_ending", value: -2, mark: 60 }]);
  });

  it("offices are asked for while none stands open that takes files", async () => {
    await house.pool.query("update bhxh_office set takes_files = false");
    expect(await alarms()).toEqual([{ name: "offices_missing", value: 1 }]);
    await house.pool.query("update bhxh_office set takes_files = true");
    expect(await alarms()).toEqual([]);
  });
});
