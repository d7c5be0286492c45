import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { inTransaction } from "../db/transaction.ts";
import { importPersons } from "../intake/import-persons.ts";
import { plainDate } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { recordDeath } from "../register/record-death.ts";
import { countOf } from "../review/counter.fixture.ts";
import { endDue } from "./end-due.ts";
import { aChild, aDesk, aParent, type Child, courtDecision, type Desk, link } from "./guardian.fixture.ts";
import { findHeldWard } from "./holding.ts";
import { endsAtAge, sensitiveHiddenFromAge } from "./rules-policies.ts";
import { lookAgain } from "./store-ends.ts";

const morning = "2026-11-23T02:00:00.000Z";
let house: TestHouse;
let desk: Desk;

beforeAll(async () => {
  house = await openTestHouse({ at: morning });
  desk = await aDesk(house);
});
afterAll(async () => {
  await flushLooks(house);
  await house.close();
});

describe("the end of a link", () => {
  const moveTo = (iso: string) => house.clock.moveTo(new Date(iso));
  const told = (template: string, personId: string) =>
    countOf(house, "notice where template = $1 and person_id = $2", template, personId);
  const phoneOf = ({ personId }: Child, phone: string) =>
    house.pool.query(
      `insert into contact_point (person_id, kind, value, valid_from, source) values ($1, 'phone', $2, '2026-01-01', 'import')`,
      [personId, phone],
    );

  test("is told a month and a day before, once each, to guardian and young person; then it is written down", async () => {
    const parent = await aParent(house, "Phạm Thị Mẹ Mẫu");
    const youth = await aChild(house, "2008-12-31");
    const linkId = await link(house, desk, youth, parent);
    await phoneOf(youth, "0999123999");
    const days: [string, number][] = [
      ["2026-11-30T03:00:00.000Z", 0],
      ["2026-12-01T03:00:00.000Z", 1],
      ["2026-12-15T03:00:00.000Z", 1],
      ["2026-12-29T17:00:01.000Z", 2],
      ["2026-12-30T16:59:58.000Z", 2],
    ];
    for (const [at, count] of days) {
      moveTo(at);
      await endDue(house);
      await endDue(house);
      expect([at, await told("guardian_ends", parent.personId), await told("ward_of_age", youth.personId)]).toEqual([
        at,
        count,
        count,
      ]);
      expect(
        await findHeldWard(house.db, parent.personId, { personId: youth.personId }, house.clock.now()),
      ).toBeDefined();
    }
    moveTo("2026-12-30T17:00:00.500Z");
    expect(
      await findHeldWard(house.db, parent.personId, { personId: youth.personId }, house.clock.now()),
    ).toBeUndefined();
    expect(await countOf(house, "guardianship where link_id = $1 and status = 'active'", linkId)).toBe(1);
    await endDue(house);
    expect(
      await countOf(house, "guardianship where link_id = $1 and status = 'ended' and end_reason = 'age'", linkId),
    ).toBe(1);
    moveTo(morning);
  });

  test("is told to a young person once a milestone, however many guardians there are", async () => {
    const youth = await aChild(house, "2008-12-01");
    await link(house, desk, youth, await aParent(house, "Phạm Thị Mẹ Mẫu"));
    await link(house, desk, youth, await aParent(house, "Phạm Văn Cha Mẫu"), { relation: "father" });
    await phoneOf(youth, "0999123998");
    await endDue(house);
    expect(await told("ward_of_age", youth.personId)).toBe(1);
  });

  test("that a court has set is no coming of age: the guardian is told, the ward is not", async () => {
    const aunt = await aParent(house, "Phạm Thị Dì Mẫu");
    const child = await aChild(house, "2016-05-05");
    const lastDay = { last_day: "15", last_month: "12", last_year: "2026" };
    await link(house, desk, child, aunt, { ...courtDecision, ...lastDay });
    await phoneOf(child, "0999123997");
    await endDue(house);
    expect(await told("guardian_ends", aunt.personId)).toBe(1);
    expect(await told("ward_of_age", child.personId)).toBe(0);
  });

  test("follows the age that the law sets for that day", async () => {
    const parent = await aParent(house, "Phạm Thị Mẹ Mẫu");
    const youth = await aChild(house, "2009-11-30");
    await link(house, desk, youth, parent);
    const holds = async () =>
      (await findHeldWard(house.db, parent.personId, { personId: youth.personId }, house.clock.now())) !== undefined;
    expect(await holds()).toBe(true);
    const set = (value: number) =>
      house.pool.query(
        "insert into setting values ('guardian.ends_at_age_years', '2026-11-24', $1, 'test') on conflict (name, valid_from) do update set value = excluded.value",
        [JSON.stringify(value)],
      );
    await set(16);
    expect(await holds()).toBe(true);
    moveTo("2026-11-23T17:00:01.000Z");
    expect(await holds()).toBe(false);
    await set(18);
    expect(await policyOn(house.db, endsAtAge, plainDate("2026-11-24"))).toBe(18);
    expect(await policyOn(house.db, sensitiveHiddenFromAge, plainDate("2026-11-24"))).toBe(16);
    moveTo(morning);
  });

  test("is reckoned anew when a file of the register corrects the birth, or tells a death", async () => {
    const [older, dead] = [await aChild(house, "2016-05-05"), await aChild(house, "2016-05-06")];
    const parent = await aParent(house, "Phạm Thị Mẹ Mẫu");
    for (const child of [older, dead]) await link(house, desk, child, parent);
    const bothAre = "update person set full_name = 'Bé Mẫu', folded_name = 'be mau' where person_id = any($1)";
    await house.pool.query(bothAre, [[older.personId, dead.personId]]);
    expect(await endDue(house)).toMatchObject({ ended: 0, failed: 0 });
    const rows = [`Bé Mẫu,2006-05-05,2,${older.number},`, `Bé Mẫu,2016-05-06,2,${dead.number},2026-11-05`];
    const bytes = Buffer.from(`full_name,birth,sex,insurance_number,died_on\n${rows.join("\n")}\n`);
    expect(await importPersons(house, { name: "corrected.csv", bytes })).toMatchObject({ taken: 2 });
    expect(await endDue(house)).toMatchObject({ ended: 2, failed: 0 });
    for (const [{ personId }, why] of [
      [older, "age"],
      [dead, "death"],
    ] as const) {
      expect(await countOf(house, "guardianship where person_id = $1 and end_reason = $2", personId, why)).toBe(1);
    }
  });

  test("is not planned by a birth that a file of the register is about to change", async () => {
    const child = await aChild(house, "2016-05-07");
    const parent = await aParent(house, "Phạm Thị Mẹ Mẫu");
    const linkId = await link(house, desk, child, parent);
    await inTransaction(house.db, async (tx) => {
      await tx.updateTable("person").set({ died_on: "2026-11-05" }).where("person_id", "=", child.personId).execute();
      await lookAgain(tx, [child.personId]);
      expect(await endDue(house)).toMatchObject({ ended: 0, failed: 0 });
    });
    expect(await endDue(house)).toMatchObject({ ended: 1, failed: 0 });
    expect(await countOf(house, "guardianship where link_id = $1 and end_reason = 'death'", linkId)).toBe(1);
  });

  test("that is due is not written over a block that came between the look and the lock", async () => {
    moveTo("2026-12-07T03:00:00.000Z");
    await endDue(house);
    moveTo(morning);
    const parent = await aParent(house, "Phạm Thị Mẹ Mẫu");
    const linkIds: string[] = [];
    for (const birthOn of ["2008-12-05", "2008-12-06"]) {
      linkIds.push(await link(house, desk, await aChild(house, birthOn), parent));
    }
    moveTo("2026-12-07T03:00:00.000Z");
    const events = await hold(house, "lock table guardianship_event in share mode");
    const sweep = endDue(house);
    await events.waiting(1);
    const { rows: blocked } = await house.pool.query<{ link_id: string }>(
      `update guardianship set status = 'blocked' where link_id in (
         select link_id from guardianship where link_id = any($1) for update skip locked) returning link_id`,
      [linkIds],
    );
    await events.letGo();
    await sweep;
    expect(blocked).toHaveLength(1);
    const states = await house.pool.query("select status from guardianship where link_id = any($1) order by status", [
      linkIds,
    ]);
    expect(states.rows).toEqual([{ status: "blocked" }, { status: "ended" }]);
    moveTo(morning);
  });

  test("by a death that the counter records is written down by the next sweep, though it was planned for later", async () => {
    const child = await aChild(house, "2016-05-08");
    const linkId = await link(house, desk, child, await aParent(house, "Phạm Thị Mẹ Mẫu"));
    await endDue(house);
    const paper = {
      died_day: "5",
      died_month: "11",
      died_year: "2026",
      death_paper: "extract",
      death_number: "12/2026-TLKT",
    };
    await recordDeath(house, desk.officer, { person: child.publicId, form: paper });
    await endDue(house);
    const ended = "guardianship where link_id = $1 and status = 'ended' and end_reason = 'death'";
    expect(await countOf(house, ended, linkId)).toBe(1);
  });

  test("that cannot be written down keeps no other from its own, and is tried again", async () => {
    const parent = await aParent(house, "Phạm Thị Mẹ Mẫu");
    const [first, second] = [await aChild(house, "2008-12-20"), await aChild(house, "2008-12-21")];
    const linkId = await link(house, desk, first, parent);
    await link(house, desk, second, parent);
    const noMore = `insert into guardianship_event (person_id, link_id, seq, kind, at) values ($1, $2, 32767, 'declared', $3)`;
    await house.pool.query(noMore, [first.personId, linkId, house.clock.now()]);
    await endDue(house);
    moveTo("2026-12-22T03:00:00.000Z");
    const { failed } = await endDue(house);
    expect(failed).toBe(1);
    expect(await countOf(house, "guardianship where person_id = $1 and status = 'ended'", second.personId)).toBe(1);
    expect(await endDue(house)).toMatchObject({ failed: 1 });
    await house.pool.query("update guardianship set status = 'rejected' where link_id = $1", [linkId]);
    moveTo(morning);
  });
});
