import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { setPolicy } from "../policy/set.ts";
import { advance, onFile } from "./advance.ts";
import { confirm } from "./confirm.ts";
import { deliverAll } from "./deliver.fixture.ts";
import { aConfirmed, anOfficer } from "./files.fixture.ts";
import { registrationGates } from "./gate.ts";
import { lapseDue } from "./lapse-due.ts";
import { redeclare } from "./redeclare.ts";
import { remindDue } from "./remind-due.ts";
import { reminderDays } from "./rules-reminders.ts";
import { getByCode } from "./store.ts";
import { withdraw } from "./withdraw.ts";

/** Confirmed on Monday 23/11/2026: the last day is Thursday 03/12. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const at = (day: string, time = "09:00") => house.clock.moveTo(new Date(`${day}T${time}:00+07:00`));

const handIn = (code: string) => {
  const now = house.clock.now();
  return onFile(house, now, (tx) => advance(tx, code, { kind: "received", actor: anOfficer, at: now }));
};

const deliver = (onSend?: (noticeId: string) => void) => deliverAll(house, registrationGates, onSend);

async function told(id: string, template = "declaration_reminder") {
  return house.db
    .selectFrom("notice")
    .select(["notice_id as noticeId", "channel", "fields", "state", "next_at as nextAt", "dedupe_key as key"])
    .where("declaration_id", "=", id)
    .where("template", "=", template)
    .orderBy("notice_id")
    .execute();
}

describe("reminders before the last day", () => {
  it("come three days and one day before it, by text and by e-mail, once each", async () => {
    const { id } = await aConfirmed(house);
    for (const [day, all] of [
      ["2026-11-29", 0],
      ["2026-11-30", 1],
      ["2026-12-01", 1],
      ["2026-12-02", 2],
      ["2026-12-03", 2],
    ] as const) {
      at(day);
      await remindDue(house);
      await remindDue(house);
      expect([day, (await told(id)).map(({ channel }) => channel)]).toEqual([
        day,
        Array.from({ length: all }, () => ["sms", "email"]).flat(),
      ]);
    }
    expect((await told(id))[0]?.fields).toMatchObject({ deadline: "thứ Năm, 03/12/2026" });
  });

  it("come between 8:00 and 20:00 in Viet Nam only", async () => {
    const { id } = await aConfirmed(house);
    for (const time of ["00:00", "07:59", "20:00", "23:59"]) {
      at("2026-11-30", time);
      expect(await remindDue(house), time).toMatchObject({ reminded: 0 });
    }
    at("2026-11-30", "19:59");
    expect(await remindDue(house)).toMatchObject({ reminded: 1 });
    expect(await told(id)).toHaveLength(2);
  });

  it("that could not be sent on their day are made up for on the next, once", async () => {
    const { id } = await aConfirmed(house);
    at("2026-12-01");
    await remindDue(house);
    expect(await told(id)).toHaveLength(2);
    at("2026-12-03");
    await remindDue(house);
    expect((await told(id)).map(({ key }) => key.split(":")[4])).toEqual(["3", "3", "1", "1"]);
  });

  it("follow the days that the operator set", async () => {
    await setPolicy(house, reminderDays, { value: [5], from: "2026-11-23", by: "Quyết định thử" });
    const { id } = await aConfirmed(house);
    at("2026-11-27");
    await remindDue(house);
    expect(await told(id)).toEqual([]);
    at("2026-11-28");
    await remindDue(house);
    at("2026-12-02");
    await remindDue(house);
    expect(await told(id)).toHaveLength(2);
  });

  it("by two sweeps at once are not doubled (C12)", async () => {
    const files = [];
    for (let nth = 0; nth < 12; nth += 1) files.push(await aConfirmed(house));
    at("2026-11-30");
    const sweeps = await Promise.all([remindDue(house), remindDue(house), remindDue(house)]);
    expect(sweeps.reduce((sum, { reminded }) => sum + reminded, 0)).toBe(12);
    for (const { id } of files) expect(await told(id)).toHaveLength(2);
  });

  it("reach nobody who has handed in, withdrawn or lapsed (N7)", async () => {
    const [handedIn, withdrawn, lapsed] = [await aConfirmed(house), await aConfirmed(house), await aConfirmed(house)];
    at("2026-11-30", "07:00");
    await handIn(handedIn.code);
    await withdraw(house, { code: withdrawn.code, actor: anyone, now: house.clock.now() });
    at("2026-12-04", "00:00");
    await lapseDue(house);
    at("2026-11-30");
    expect(await remindDue(house)).toEqual({ reminded: 0, failed: 0 });
    for (const { id } of [handedIn, withdrawn, lapsed]) expect(await told(id)).toEqual([]);
  });

  it("queued already do not leave once the form is handed in, although the provider was away for an hour (N7)", async () => {
    const [kept, handedIn, withdrawn] = [await aConfirmed(house), await aConfirmed(house), await aConfirmed(house)];
    at("2026-11-30");
    await remindDue(house);
    at("2026-11-30", "10:00");
    await handIn(handedIn.code);
    await withdraw(house, { code: withdrawn.code, actor: anyone, now: house.clock.now() });
    const sent = await deliver();
    const states = async (id: string) => (await told(id)).filter(({ channel }) => channel === "sms");
    expect(sent).toContain((await states(kept.id))[0]?.noticeId);
    for (const { id } of [handedIn, withdrawn]) {
      const [only] = await states(id);
      expect(only?.state).toBe("overtaken");
      expect(sent).not.toContain(only?.noticeId);
    }
  });

  it("that a provider could not take before 20:00 wait for the morning, and cost no try", async () => {
    const { id } = await aConfirmed(house);
    at("2026-11-30", "19:59");
    await remindDue(house);
    await house.db
      .updateTable("notice")
      .set({ state: "overtaken", ended_at: house.clock.now() })
      .where("template", "=", "declaration_confirmed")
      .execute();
    at("2026-11-30", "20:30");
    expect(await deliver()).toEqual([]);
    expect((await told(id))[0]).toMatchObject({ state: "queued", nextAt: new Date("2026-12-01T08:00:00+07:00") });
    at("2026-12-01", "08:00");
    expect(await deliver()).toEqual([(await told(id))[0]?.noticeId]);
  });

  it("at the very time of the hand-in: whoever had handed in when the message was judged is not reminded (N7)", async () => {
    const files = [];
    for (let nth = 0; nth < 60; nth += 1) files.push(await aConfirmed(house));
    await deliver();
    at("2026-12-02");
    await remindDue(house);
    const handedIn = new Set<string>();
    const atSend = new Map<string, boolean>();
    const noticeOf = new Map<string, string>();
    for (const { id } of files) noticeOf.set((await told(id))[0]?.noticeId ?? "", id);
    const judgedLate = new Set<string>();
    const watched = { ...house };
    const judge = registrationGates.declaration_reminder;
    const before = judge as NonNullable<typeof judge>;
    registrationGates.declaration_reminder = async (_, notice) => {
      if (handedIn.has(notice.declaration_id ?? "")) judgedLate.add(notice.notice_id);
      return before(watched, notice);
    };
    const handIns = files.map(async ({ id, code }, nth) => {
      await wait(nth % 20);
      await handIn(code);
      handedIn.add(id);
    });
    const [sent] = await Promise.all([
      deliver((noticeId) => atSend.set(noticeId, judgedLate.has(noticeId))),
      ...handIns,
    ]).finally(() => {
      registrationGates.declaration_reminder = before;
    });
    expect([...atSend.values()].filter(Boolean)).toEqual([]);
    for (const noticeId of judgedLate) expect(sent).not.toContain(noticeId);
    expect(judgedLate.size + sent.length).toBeGreaterThan(0);
  });

  it("of a declaration begun anew are its own: nothing is inherited (T16)", async () => {
    const first = await aConfirmed(house);
    at("2026-11-30");
    await remindDue(house);
    at("2026-12-04", "00:00");
    await lapseDue(house);
    at("2026-12-05");
    const draft = await redeclare(house, { code: first.code, actor: anyone, now: house.clock.now() });
    const again = await confirm(house, { code: draft.code, actor: anyone, now: house.clock.now() });
    expect(again.lapsesAt).toEqual(new Date("2026-12-15T17:00:00Z"));
    at("2026-12-12");
    await remindDue(house);
    expect(await told(again.id)).toHaveLength(2);
    expect(await told(first.id)).toHaveLength(2);
  });

  it("and their file stay apart: a reminder changes no state and no clock (C18)", async () => {
    const before = await aConfirmed(house);
    at("2026-11-30");
    await remindDue(house);
    expect(await getByCode(house.db, before.code)).toEqual(before);
  });
});
