import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { warnPasswords } from "../account/warn-passwords.ts";
import { endDue } from "../guardian/end-due.ts";
import { aChild, aDesk, aParent, link } from "../guardian/guardian.fixture.ts";
import { gates } from "../worker.ts";
import { advance, onFile } from "./advance.ts";
import { deliverAll } from "./deliver.fixture.ts";
import { aConfirmed, anOfficer } from "./files.fixture.ts";
import { lapseDue } from "./lapse-due.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const broughtByTime = ["declaration_lapsed", "guardian_ends", "password_warning", "ward_of_age"] as const;

const at = (day: string, time: string) => house.clock.moveTo(new Date(`${day}T${time}:00+07:00`));

const texts = () =>
  house.db
    .selectFrom("notice")
    .select(["notice_id as noticeId", "template", "state", "due_at as dueAt", "sent_at as sentAt", "next_at as nextAt"])
    .where("channel", "=", "sms")
    .where("template", "in", broughtByTime)
    .orderBy("template")
    .execute();

test("what time brings at night leaves in the morning, and is not late by that", async () => {
  await aConfirmed(house);
  const desk = await aDesk(house);
  const youth = await aChild(house, "2008-12-05");
  await link(house, desk, youth, await aParent(house));
  await house.pool.query(
    `insert into contact_point (person_id, kind, value, valid_from, source) values ($1, 'phone', '0999124001', '2026-01-01', 'test')`,
    [youth.personId],
  );
  await house.pool.query("update account set password_set_on = '2026-06-10' where person_id <> $1", [youth.personId]);
  at("2026-12-03", "19:59");
  await warnPasswords(house);
  at("2026-12-04", "00:00");
  await lapseDue(house);
  await endDue(house);
  await deliverAll(house, gates);
  const morning = new Date("2026-12-04T08:00:00+07:00");
  const waiting = await texts();
  expect(waiting).toMatchObject(broughtByTime.map((template) => ({ template, state: "queued", nextAt: morning })));
  at("2026-12-04", "08:00");
  expect(await deliverAll(house, gates)).toHaveLength(broughtByTime.length);
  for (const { template, dueAt, sentAt } of await texts()) {
    expect([template, sentAt && sentAt >= morning && sentAt < dueAt]).toEqual([template, true]);
  }
});

test("a file whose end somebody brings by day is told of at once", async () => {
  await house.clean();
  at("2026-11-23", "09:00");
  const { code } = await aConfirmed(house);
  at("2026-12-04", "10:00");
  const now = house.clock.now();
  const step = { kind: "received", actor: anOfficer, at: now } as const;
  await expect(onFile(house, now, (tx) => advance(tx, code, step))).rejects.toThrow();
  const [told] = await texts();
  expect(told).toMatchObject({ template: "declaration_lapsed", dueAt: new Date("2026-12-04T10:15:00+07:00") });
  expect(await deliverAll(house, gates)).toContain(told?.noticeId);
});
