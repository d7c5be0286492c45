import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import { setPolicy } from "../policy/set.ts";
import { aReceived, aStaff } from "../review/counter.fixture.ts";
import { refuse } from "../review/refuse.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { PERIODS, percentOf, SHOWS, type Show, shareKept, warnMinutes } from "./rules.ts";
import { lastDays } from "./scope.ts";
import { countPromises, listPromises, type PromisedFile, promisesByDay } from "./store.ts";
import { promiseNumbers, watchPromise } from "./watch.ts";

const MINUTE_MS = 60_000;
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await hired(house, { username: "thu.canbo", name: "Trần Thị Lan", role: "officer", office: "52T01" });
  await hired(house, { username: "thu.canbo2", name: "Lê Văn Minh", role: "officer", office: "52T02" });
});
afterAll(() => house.close());

/** A page of the console, in a session that has just begun. */
async function open(url: string, username = "thu.canbo"): Promise<string> {
  const staff = await findStaffByUsername(house.db, username);
  const { token } = await openStaffSession(house, staff?.staff_id ?? "");
  const answer = await house.app.inject({ url, headers: { cookie: `vssid_session=${token}` } });
  expect(answer.statusCode).toBe(200);
  return answer.body;
}
const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };
const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);

interface Life {
  /** Minutes from reception to each way's acceptance by its provider. */
  sms?: number;
  email?: number;
  isUndecided?: boolean;
}

/** A file received now; its messages left so many minutes after. */
async function lives({ sms, email, isUndecided = false }: Life): Promise<string> {
  const officer = await aStaff(house, "Cán bộ Thử");
  const file = await aReceived(house, officer);
  const received = file.receivedAt ?? new Date(0);
  if (isUndecided) return file.code;
  await refuse(house, officer, { code: file.code, ...sentence });
  for (const [channel, minutes] of Object.entries({ sms, email })) {
    if (minutes === undefined) continue;
    await house.db
      .updateTable("notice")
      .set({ state: "sent", sent_at: later(received, minutes) })
      .where("declaration_id", "=", file.id)
      .where("class", "=", "outcome")
      .where("channel", "=", channel)
      .execute();
  }
  return file.code;
}

async function emptyBooks(): Promise<void> {
  await house.pool.query("update declaration set status = 'lapsed' where status = 'received'");
  await house.pool.query("update declaration set received_at = null, notice_due_at = null");
}

const seen = (days: 1 | 7 | 30) => lastDays(house, ["52T01"], days);

describe("the promise of fifteen minutes, as it is kept", () => {
  it("is counted from the complete file to the first way that took the message", async () => {
    await emptyBooks();
    const code = await lives({ sms: 14, email: 3 });
    const [file] = await listPromises(house.db, await seen(1), "kept", 10);
    expect(file?.code).toBe(code);
    expect(((file?.toldAt?.getTime() ?? 0) - (file?.receivedAt.getTime() ?? 0)) / MINUTE_MS).toBe(3);
    expect(await countPromises(house.db, await seen(1))).toMatchObject({
      all: 1,
      kept: 1,
      late: 0,
      medianSeconds: 180,
    });
  });

  it("is kept at the last instant and broken after it, and a file that nobody decided is late too", async () => {
    await emptyBooks();
    const start = house.clock.now();
    const exact = await lives({ sms: 15 });
    const over = await lives({ sms: 15.001 });
    const forgotten = await lives({ isUndecided: true });
    const unsent = await lives({});
    house.clock.moveTo(later(start, 16));
    const codes = async (show: Show) =>
      (await listPromises(house.db, await seen(1), show, 10)).map(({ code }) => code).sort();
    expect(await codes("kept")).toEqual([exact]);
    expect(await codes("late")).toEqual([over, forgotten, unsent].sort());
    expect(shareKept(await countPromises(house.db, await seen(1)))).toBe(0.25);
  });

  it("does not count a message that the network gave back as a way that took it", async () => {
    await emptyBooks();
    await lives({ sms: 1, email: 9 });
    await house.pool.query(
      "update notice set state = 'failed', ended_at = sent_at where channel = 'sms' and state = 'sent'",
    );
    expect(await countPromises(house.db, await seen(1))).toMatchObject({ medianSeconds: 9 * 60 });
  });

  it("never rounds a broken promise up to 100 percent", () => {
    expect(percentOf(shareKept({ kept: 9999, late: 1 }) ?? 0)).toBe(99.9);
    expect(percentOf(1)).toBe(100);
    expect(shareKept({ kept: 0, late: 0 })).toBeUndefined();
  });

  it("tile = length of list = sum of the days = recount by hand, for every filter and moment (R1)", async () => {
    await emptyBooks();
    const start = house.clock.now();
    const lifes: Life[] = [
      { sms: 2 },
      { sms: 15.5, email: 16 },
      { email: 14 },
      { isUndecided: true },
      {},
      { sms: 11, email: 12 },
    ];
    for (const life of lifes) await lives(life);
    for (const minutes of [0, 5, 9.9, 10.5, 14, 16, 20, 24 * 60, 8 * 24 * 60]) {
      house.clock.moveTo(later(start, minutes));
      for (const days of PERIODS) {
        const scope = await seen(days);
        const counts = await countPromises(house.db, scope);
        const byDay = await promisesByDay(house.db, scope, 100);
        const all = await listPromises(house.db, scope, "all", 500);
        for (const show of SHOWS) {
          const list = await listPromises(house.db, scope, show, 500);
          const byHand = all.filter((file) => isBy(show, file, scope.now, scope.warnMinutes));
          const told = [counts[show], list.length, byDay.reduce((sum, day) => sum + day[show], 0), byHand.length];
          expect(new Set(told).size, `${show} after ${minutes} minutes: ${told}`).toBe(1);
        }
      }
    }
    expect(await promisesByDay(house.db, await seen(30), 1)).toHaveLength(1);
    house.clock.moveTo(start);
  });
});

/** The same views, decided row by row. */
function isBy(show: Show, { receivedAt, dueAt, toldAt }: PromisedFile, now: Date, warn: number): boolean {
  if (show === "all") return true;
  if (show === "kept") return toldAt !== null && toldAt <= dueAt;
  if (show === "late") return (toldAt ?? now) > dueAt;
  if (toldAt !== null || now > dueAt) return false;
  return show === "open" || now.getTime() - receivedAt.getTime() >= warn * MINUTE_MS;
}

describe("the alarm", () => {
  it("comes at ten minutes, before the file is late, in the log, on every console page and in the metrics", async () => {
    await emptyBooks();
    const start = house.clock.now();
    await lives({ isUndecided: true });
    const log = vi.spyOn(house.log, "error");
    house.clock.moveTo(later(start, 9));
    expect(await watchPromise(house)).toEqual({ endangered: 0, overdue: 0 });
    expect(await open("/console")).not.toContain("sắp quá 15 phút");
    house.clock.moveTo(later(start, 10.5));
    expect(await watchPromise(house)).toEqual({ endangered: 1, overdue: 0 });
    expect(log.mock.calls.map(([told]) => told)).toMatchObject([
      { alarm: "promise_endangered", offices: [{ officeCode: "52T01", endangered: 1, overdue: 0 }] },
    ]);
    expect(JSON.stringify(log.mock.calls)).not.toMatch(/BD-/);
    for (const url of ["/console", "/console/outbox", "/console/promise"]) {
      expect(await open(url), url).toContain("1 hồ sơ sắp quá 15 phút mà chưa báo kết quả.");
    }
    expect(await open("/metrics")).toMatch(/vssid_state\{part="promise",what="endangered"\} 1\b/);
    house.clock.moveTo(later(start, 15.5));
    expect(await watchPromise(house)).toEqual({ endangered: 0, overdue: 1 });
    expect(await open("/console")).toContain("1 hồ sơ đã quá 15 phút mà chưa báo kết quả.");
    expect(await promiseNumbers(house)).toMatchObject({ shareWithin15Minutes: 0, late: 1, endangered: 0 });
    log.mockRestore();
  });

  it("comes as early as the operator wants", async () => {
    await emptyBooks();
    const start = house.clock.now();
    await lives({ isUndecided: true });
    await setPolicy(house, warnMinutes, { value: 3, from: "2026-11-23", by: "Quyết định thử" });
    house.clock.moveTo(later(start, 4));
    expect(await watchPromise(house)).toEqual({ endangered: 1, overdue: 0 });
  });

  it("is not heard at another office", async () => {
    const body = await open("/console/promise?show=all", "thu.canbo2");
    expect(body).not.toContain("sắp quá 15 phút");
    expect(body).not.toMatch(/BD-\w{4}-\w{4}/);
  });
});

describe("the page", () => {
  it("shows share, median, days and files, and every look is on record", async () => {
    await emptyBooks();
    const code = await lives({ sms: 2 });
    const body = await open("/console/promise?days=1&show=kept");
    for (const words of ["100\u00a0%", "2:00 phút", code, "Bảo hiểm xã hội cơ sở Tuy Phước"])
      expect(body).toContain(words);
    const { rows } = await house.pool.query(
      "select detail from audit_event where action = 'promise.list' order by event_id desc limit 1",
    );
    expect(rows[0]?.detail).toEqual({ days: 1, show: "kept", files: 1 });
  });
});
