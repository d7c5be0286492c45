import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import type { Staff } from "../kernel/actor.ts";
import type { Declaration } from "../registration/store.ts";
import { aReceived, aStaff } from "../review/counter.fixture.ts";
import { refuse } from "../review/refuse.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { watchPromise } from "./watch.ts";

const BANNER = "1 hồ sơ đã quá 15 phút mà chưa báo kết quả.";
let house: TestHouse;
let file: Declaration;
let officer: Staff;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

/** Received late in the afternoon. */
beforeEach(async () => {
  await house.clean();
  await hired(house, { username: "muon.canbo", name: "Trần Thị Lan", role: "officer", office: "52T01" });
  at("2026-11-24T16:50:00+07:00");
  officer = await aStaff(house, "Cán bộ Thử");
  file = await aReceived(house, officer);
});

const at = (instant: string) => house.clock.moveTo(new Date(instant));

async function open(url: string): Promise<string> {
  const staff = await findStaffByUsername(house.db, "muon.canbo");
  const { token } = await openStaffSession(house, staff?.staff_id ?? "");
  const answer = await house.app.inject({ url, headers: { cookie: `vssid_session=${token}` } });
  expect(answer.statusCode).toBe(200);
  return answer.body;
}

/** Where the banner leads, and whether the file stands there. */
async function bannerShows(): Promise<{ href: string; showsFile: boolean }> {
  const body = await open("/console");
  expect(body).toContain(BANNER);
  const [, link = ""] = /href="(\/console\/promise[^"]*)"/.exec(body.slice(body.indexOf(BANNER))) ?? [];
  const href = link.replaceAll("&amp;", "&");
  return { href, showsFile: (await open(href)).includes(file.code) };
}

describe("the alarm of a file that is over its fifteen minutes", () => {
  it("leads to the file, also on the mornings after, and goes on until it is told", async () => {
    const links: [string, 1 | 7 | 30][] = [
      ["2026-11-24T17:30:00+07:00", 1],
      ["2026-11-25T08:00:00+07:00", 7],
      ["2026-11-26T08:00:00+07:00", 7],
      ["2026-12-15T08:00:00+07:00", 30],
    ];
    for (const [instant, days] of links) {
      at(instant);
      expect(await watchPromise(house), instant).toEqual({ endangered: 0, overdue: 1 });
      expect(await bannerShows()).toEqual({ href: `/console/promise?days=${days}&show=late`, showsFile: true });
    }
    at("2027-01-15T08:00:00+07:00");
    expect(await watchPromise(house), "older than any list").toEqual({ endangered: 0, overdue: 0 });
  });

  it("goes on while the decided result waits in the outbox, ends with its leaving, and leaves failed ones to the desk", async () => {
    const sentence = "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp.";
    await refuse(house, officer, { code: file.code, grounds: ["form_not_signed"], sentence });
    at("2026-11-26T08:00:00+07:00");
    expect(await watchPromise(house)).toEqual({ endangered: 0, overdue: 1 });
    await house.pool.query("update notice set state = 'failed', ended_at = $1", [house.clock.now()]);
    expect(await watchPromise(house)).toEqual({ endangered: 0, overdue: 0 });
    await house.pool.query("update notice set state = 'queued', ended_at = null");
    expect(await watchPromise(house)).toEqual({ endangered: 0, overdue: 1 });
    await house.pool.query("update notice set state = 'sent', sent_at = $1", [house.clock.now()]);
    expect(await watchPromise(house)).toEqual({ endangered: 0, overdue: 0 });
  });
});
