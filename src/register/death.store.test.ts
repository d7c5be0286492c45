import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { enter, firstChoice, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { identify } from "../account/identify.ts";
import { findAccount } from "../account/store.ts";
import { importPersons } from "../intake/import-persons.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid } from "../kernel/failures.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { formTokenFor } from "../web/form-token.ts";
import { SESSION_COOKIE } from "../web/request.ts";
import { aMember, aRecord } from "./merge.fixture.ts";
import { recordDeath } from "./record-death.ts";
import { findPersonByKey, getPerson } from "./store.ts";
import { suspendAllDead } from "./suspend-all-dead.ts";
import { undoDeath } from "./undo-death.ts";

const form = {
  died_day: "5",
  died_month: "11",
  died_year: "2026",
  death_paper: "extract",
  death_number: "12/2026-TLKT",
};

let house: TestHouse;
let lan: Staff;
let chief: Staff;
let files = 0;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
});
afterAll(() => house.close());

const reason = "Nhầm người trùng tên";

/** Hoa, signed in, in a file of persons with a day of death. */
async function diesByFile() {
  const known = await findPersonByKey(house.db, "bhxh", hoaNumbers.insurance);
  const personId = known?.personId ?? (await settleHoa(house));
  const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
  const { publicId, fullName, birthOn, sex } = await getPerson(house.db, personId);
  files += 1;
  const row = `${fullName},${birthOn},${sex},${hoaNumbers.insurance},2026-11-0${files}`;
  const bytes = Buffer.from(`full_name,birth,sex,insurance_number,died_on\n${row}\n`);
  expect(await importPersons(house, { name: "deaths.csv", bytes })).toMatchObject({ taken: 1, rejected: 0 });
  return { personId, publicId, token };
}

const countOf = async (query: string, value: string) =>
  Number((await house.pool.query(`select count(*) n from ${query}`, [value])).rows[0]?.n);

describe("a recorded death", () => {
  it("suspends the account and ends its sessions, leaves the cards, tells nobody, and is on record", async () => {
    const personId = await settleHoa(house);
    const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
    expect((await identify(house, { cookie: token })).kind).toBe("citizen");
    await house.pool.query(
      "insert into health_card (person_id, card_number, valid_from, form) values ($1, '5221730946', '2026-01-01', 'card10')",
      [personId],
    );
    const notices = await countOf("notice where person_id = $1", personId);
    const { publicId } = await getPerson(house.db, personId);
    expect(await recordDeath(house, lan, { person: publicId, form })).toEqual({ hadAccount: true });
    expect(await getPerson(house.db, personId)).toMatchObject({ diedOn: "2026-11-05" });
    expect((await findAccount(house.db, personId))?.status).toBe("suspended");
    expect((await identify(house, { cookie: token })).kind).toBe("anyone");
    await expect(enter(house, hoaNumbers.insurance, firstChoice)).rejects.toBeInstanceOf(Forbidden);
    expect(await countOf("health_card where person_id = $1 and status = 'valid'", personId)).toBe(1);
    expect(await countOf("notice where person_id = $1", personId)).toBe(notices);
    expect(await countOf("audit_event where action = 'person.died' and person_id = $1", personId)).toBe(1);
    await expect(undoDeath(house, lan, { person: publicId, reason })).rejects.toBeInstanceOf(Forbidden);
    await undoDeath(house, chief, { person: publicId, reason });
    expect((await getPerson(house.db, personId)).diedOn).toBeNull();
    expect((await enter(house, hoaNumbers.insurance, firstChoice)).personId).toBe(personId);
  });

  it.each([
    ["no such day", { died_day: "31", died_month: "2" }, "died_wrong"],
    ["a day to come", { died_day: "24", died_month: "11" }, "died_in_future"],
    ["a day before the birth", { died_year: "1979" }, "died_before_birth"],
    ["no kind of paper", { death_paper: "" }, "death_paper_missing"],
    ["no number of the paper", { death_number: "không rõ" }, "death_number_missing"],
  ])("is refused with %s", async (_said, change, key) => {
    const { publicId, personId } = await aRecord(house);
    const asked = recordDeath(house, lan, { person: publicId, form: { ...form, ...change } });
    await expect(asked).rejects.toBeInstanceOf(Invalid);
    await expect(asked).rejects.toMatchObject({ faults: [{ key }] });
    expect((await getPerson(house.db, personId)).diedOn).toBeNull();
  });

  it("by two officers with the same paper is recorded once, and after an undoing again", async () => {
    const { publicId, personId } = await aRecord(house);
    const tried = await Promise.allSettled([1, 2, 3].map(() => recordDeath(house, lan, { person: publicId, form })));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await undoDeath(house, chief, { person: publicId, reason });
    await expect(undoDeath(house, chief, { person: publicId, reason })).rejects.toBeInstanceOf(Conflict);
    expect(await recordDeath(house, lan, { person: publicId, form })).toEqual({ hadAccount: false });
    expect((await getPerson(house.db, personId)).diedOn).toBe("2026-11-05");
  });

  it("that a file of the register told has ended the account; the counter records its paper, and it can be undone", async () => {
    const { personId, publicId, token } = await diesByFile();
    expect((await findAccount(house.db, personId))?.status).toBe("suspended");
    expect((await identify(house, { cookie: token })).kind).toBe("anyone");
    await expect(enter(house, hoaNumbers.insurance, firstChoice)).rejects.toBeInstanceOf(Forbidden);
    const told = "audit_event where action = 'person.died' and object_kind = 'source_file' and person_id = $1";
    expect(await countOf(told, personId)).toBe(1);
    await recordDeath(house, lan, { person: publicId, form });
    expect((await getPerson(house.db, personId)).diedOn).toBe("2026-11-05");
    await undoDeath(house, chief, { person: publicId, reason });
    expect((await getPerson(house.db, personId)).diedOn).toBeNull();
    expect((await enter(house, hoaNumbers.insurance, firstChoice)).personId).toBe(personId);
  });

  it("that a file alone told is taken back by a supervisor, with the reason, and the account stands as before", async () => {
    const { personId, publicId } = await diesByFile();
    await expect(undoDeath(house, lan, { person: publicId, reason })).rejects.toBeInstanceOf(Forbidden);
    await undoDeath(house, chief, { person: publicId, reason });
    expect((await getPerson(house.db, personId)).diedOn).toBeNull();
    expect((await enter(house, hoaNumbers.insurance, firstChoice)).personId).toBe(personId);
    expect(
      await countOf("person_death where paper_kind = 'file' and undo_reason <> '' and person_id = $1", personId),
    ).toBe(1);
    await expect(undoDeath(house, chief, { person: publicId, reason })).rejects.toBeInstanceOf(Conflict);
  });

  it("that a file told before files did so ends the account with the next nightly look, once; nobody else's", async () => {
    const { personId, publicId } = await diesByFile();
    await undoDeath(house, chief, { person: publicId, reason });
    const { token } = await enter(house, hoaNumbers.insurance, firstChoice);
    expect(await suspendAllDead(house, 1)).toBe(0);
    await aRecord(house);
    const told = "audit_event where action = 'person.died' and actor_kind = 'system' and person_id = $1";
    await house.pool.query("update person set died_on = '2026-11-06' where person_id = $1", [personId]);
    expect(await suspendAllDead(house, 1)).toBe(1);
    expect((await findAccount(house.db, personId))?.status).toBe("suspended");
    expect((await identify(house, { cookie: token })).kind).toBe("anyone");
    expect(await countOf(told, personId)).toBe(1);
    expect(await suspendAllDead(house, 1)).toBe(0);
    await undoDeath(house, chief, { person: publicId, reason });
    expect((await enter(house, hoaNumbers.insurance, firstChoice)).personId).toBe(personId);
  });

  it("that is not taken back for a reason without words keeps what was typed on the page", async () => {
    const { publicId } = await aRecord(house);
    await recordDeath(house, lan, { person: publicId, form });
    const { staff } = await hired(house, {
      username: "thu.truong",
      name: "Bàn Trưởng",
      role: "supervisor",
      office: "52T01",
    });
    const { token } = await openStaffSession(house, staff.staffId);
    const refused = await house.app.inject({
      ...{ method: "POST", url: `/console/persons/${publicId}/restoration`, cookies: { [SESSION_COOKIE]: token } },
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ reason: "x", _token: formTokenFor(house.vault, token) }).toString(),
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toMatch(/<input[^>]*name="reason"[^>]*value="x"/);
  });
});
