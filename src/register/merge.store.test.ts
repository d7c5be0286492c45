import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { identify } from "../account/identify.ts";
import { openSession } from "../account/open-session.ts";
import { looksAt } from "../audit/store.ts";
import { inTransaction } from "../db/transaction.ts";
import { linksOfGuardian } from "../guardian/store.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Forbidden, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import { confirmMerge, rejectMerge } from "./confirm-merge.ts";
import { followMerges } from "./follow-merges.ts";
import { aMember, anAccount, aRecord, aVisit, type Made, versionOf, wholeRegister } from "./merge.fixture.ts";
import { proposeMerge } from "./propose-merge.ts";
import { ACCOUNT_TABLES, HINDERING_TABLES, RECORD_TABLES, STAYING_TABLES } from "./rules-merge.ts";
import { findPersonByKey, findPersonsByFoldedName, numbersOf, recordsOf } from "./store.ts";
import { undoMerge } from "./undo-merge.ts";

const why = "Cùng một người: đã xem sổ BHXH và CMND cũ";

let house: TestHouse;
let lan: Staff;
let chief: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
});
afterAll(() => house.close());

const propose = (survivor: Made, merged: Made, by = lan) =>
  proposeMerge(house, by, { survivor: survivor.publicId, merged: merged.publicId, reason: why });

async function merge(survivor: Made, merged: Made) {
  const { id } = await propose(survivor, merged);
  return confirmMerge(house, chief, id);
}

const aLink = (ward: Made, guardian: Made, status: "active" | "ended" = "active") =>
  house.pool.query(
    `insert into guardianship (person_id, link_id, guardian_id, relation, paper_id, ends_by_age, from_on, status, made_at,
       ended_at, end_reason)
     values ($1, gen_random_uuid(), $2, 'mother', gen_random_uuid(), true, '2026-01-01', $3, $4,
       case when $3 = 'ended' then $4::timestamptz end, case when $3 = 'ended' then 'age' end)`,
    [ward.personId, guardian.personId, status, house.clock.now()],
  );

const countOf = async (table: string, personId: string) =>
  Number((await house.pool.query(`select count(*) n from ${table} where person_id = $1`, [personId])).rows[0]?.n);

describe("the lists of what a merge moves", () => {
  it("name every table that is spread by person: a new one must say what a merge does with it", async () => {
    const { rows } = await house.pool.query<{ name: string }>(
      `select c.relname as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and obj_description(c.oid, 'pg_class') like '[person]%'`,
    );
    const listed = [...RECORD_TABLES, ...ACCOUNT_TABLES, ...HINDERING_TABLES, ...STAYING_TABLES];
    expect(rows.map(({ name }) => name).sort()).toEqual([...listed].sort());
  });
});

describe("a merge", () => {
  it("facts 11: both numbers lead to one record, with every row of the other and its source", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const visits = (
      await house.pool.query("select visit_id, source_file_id, source_record from visit where person_id = $1", [
        b.personId,
      ])
    ).rows;
    await merge(a, b);
    for (const { insuranceNumber, cmnd } of [a, b]) {
      expect((await findPersonByKey(house.db, "bhxh", insuranceNumber))?.personId).toBe(a.personId);
      expect((await findPersonByKey(house.db, "cmnd", cmnd))?.personId).toBe(a.personId);
    }
    for (const table of RECORD_TABLES) expect(await countOf(table, b.personId)).toBe(0);
    expect(await countOf("visit", a.personId)).toBe(4);
    const { rows } = await house.pool.query(
      "select visit_id, source_file_id, source_record from visit where person_id = $1 and visit_id = any($2::uuid[])",
      [a.personId, visits.map(({ visit_id }) => visit_id)],
    );
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining(visits));
  });

  it("ends the other's numbers and contacts where the survivor has current ones, and keeps the tombstone out of searches", async () => {
    const [a, b] = [await aRecord(house, { name: "Lò Thị Một" }), await aRecord(house, { name: "Lò Thị Một" })];
    await merge(a, b);
    const numbers = await numbersOf(house.db, a.personId);
    expect(
      numbers
        .filter(({ validTo }) => validTo === null)
        .map(({ number }) => number)
        .sort(),
    ).toEqual([a.cmnd, a.insuranceNumber].sort());
    expect(numbers.find(({ number }) => number === b.insuranceNumber)?.validTo).toBe("2026-11-23");
    expect((await findPersonsByFoldedName(house.db, "lo thi mot", 9)).map(({ personId }) => personId)).toEqual([
      a.personId,
    ]);
    expect((await recordsOf(house.db, a.personId)).sort()).toEqual([a.personId, b.personId].sort());
  });

  it("raises the version of both, so that what was read before is out of date", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    await merge(a, b);
    expect(await versionOf(house, a.personId)).toBeGreaterThan(1);
    expect(await versionOf(house, b.personId)).toBeGreaterThan(1);
  });

  it("I10: with two accounts one is left, the other is closed and signed out, and the person is told on every telephone", async () => {
    const [a, b] = [await aRecord(house, { hasAccount: true }), await aRecord(house, { hasAccount: true })];
    const now = house.clock.now();
    const { token } = await inTransaction(house.db, (tx) =>
      openSession(tx, { personId: b.personId }, { scope: "full", kind: "bearer", device: "", now }),
    );
    expect((await identify(house, { bearer: token })).kind).toBe("citizen");
    const { id } = await merge(a, b);
    const { rows } = await house.pool.query(
      "select person_id, status from account where person_id = any($1::bigint[]) order by 1",
      [[a.personId, b.personId]],
    );
    expect(rows).toEqual([
      { person_id: a.personId, status: "active" },
      { person_id: b.personId, status: "closed" },
    ]);
    expect((await identify(house, { bearer: token })).kind).toBe("anyone");
    const told = await house.pool.query(
      "select channel, fields from notice where template = 'records_merged' and dedupe_key like $1",
      [`merge:${id}:%`],
    );
    expect(told.rows.map(({ channel }) => channel).sort()).toEqual(["email", "email", "sms", "sms"]);
    expect(told.rows[0]?.fields.login).toBe(`•••••••${a.insuranceNumber.slice(-3)}`);
  });

  it("carries the account along when only the merged record has one", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house, { hasAccount: true })];
    await merge(a, b);
    expect(await countOf("account", a.personId)).toBe(1);
    expect(await countOf("account_password_history", a.personId)).toBe(1);
    expect(await countOf("account", b.personId)).toBe(0);
  });

  it("needs two persons, a supervisor, a reason, and two records that still stand", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    await expect(
      proposeMerge(house, lan, { survivor: a.publicId, merged: b.publicId, reason: " " }),
    ).rejects.toBeInstanceOf(Invalid);
    await expect(
      proposeMerge(house, lan, { survivor: a.publicId, merged: a.publicId, reason: why }),
    ).rejects.toBeInstanceOf(Conflict);
    await expect(
      proposeMerge(
        house,
        { ...lan, roles: [{ role: "hotline" }] },
        { survivor: a.publicId, merged: b.publicId, reason: why },
      ),
    ).rejects.toBeInstanceOf(Forbidden);
    const { id } = await propose(a, b, chief);
    await expect(confirmMerge(house, chief, id)).rejects.toBeInstanceOf(NotAllowed);
    await expect(confirmMerge(house, lan, id)).rejects.toBeInstanceOf(NotAllowed);
    const elsewhere: Staff = { ...chief, roles: [{ role: "supervisor", officeCode: "52T02" }] };
    await expect(confirmMerge(house, elsewhere, id)).rejects.toBeInstanceOf(NotFound);
    expect(await countOf("visit", b.personId)).toBe(2);
  });

  it("that was refused moves nothing, and may be proposed again", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const before = await wholeRegister(house);
    const { id } = await propose(a, b);
    await rejectMerge(house, chief, id);
    expect(await wholeRegister(house)).toEqual(before);
    await expect(confirmMerge(house, chief, id)).rejects.toBeInstanceOf(NotAllowed);
    expect((await propose(b, a)).status).toBe("proposed");
  });

  it("of a ward is refused, and may be made the other way round", async () => {
    const [a, ward, guardian] = [await aRecord(house), await aRecord(house), await aRecord(house)];
    await aLink(ward, guardian);
    const { id } = await propose(a, ward);
    await expect(confirmMerge(house, chief, id)).rejects.toMatchObject({ code: "ward_links" });
    await rejectMerge(house, chief, id);
    expect((await merge(ward, a)).status).toBe("merged");
  });

  it("of a guardian takes the links along, those that have ended too, and undoing brings them back", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const [child, grown] = [await aRecord(house), await aRecord(house)];
    await aLink(child, b);
    await aLink(grown, b, "ended");
    const before = await wholeRegister(house);
    const { id } = await merge(a, b);
    expect((await linksOfGuardian(house.db, a.personId)).map(({ ward }) => ward.personId).sort()).toEqual(
      [child.personId, grown.personId].sort(),
    );
    expect(await linksOfGuardian(house.db, b.personId)).toEqual([]);
    await aLink(await aRecord(house), a);
    await undoMerge(house, chief, id, "Hai người khác nhau");
    expect(await linksOfGuardian(house.db, a.personId)).toHaveLength(1);
    const after = (await wholeRegister(house)).guardianship ?? [];
    expect(after).toEqual(expect.arrayContaining(before.guardianship ?? []));
    expect(after).toHaveLength((before.guardianship ?? []).length + 1);
  });

  it("of a guardian is refused when both look after the same child, or one after the other", async () => {
    const [a, b, child] = [await aRecord(house), await aRecord(house), await aRecord(house)];
    await aLink(child, a);
    await aLink(child, b);
    const twice = await propose(a, b);
    await expect(confirmMerge(house, chief, twice.id)).rejects.toMatchObject({ code: "guardian_links" });
    await rejectMerge(house, chief, twice.id);
    const own = await propose(child, b);
    await expect(confirmMerge(house, chief, own.id)).rejects.toMatchObject({ code: "guardian_links" });
  });

  it("proposed and confirmed many times at once happens once", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const proposals = await Promise.allSettled([propose(a, b), propose(a, b), propose(b, a), propose(a, b)]);
    const ids = new Set(proposals.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : [])));
    for (const id of ids) await Promise.allSettled([1, 2, 3].map(() => confirmMerge(house, chief, id)));
    const { rows } = await house.pool.query(
      "select person_id, merged_into from person where person_id = any($1::bigint[])",
      [[a.personId, b.personId]],
    );
    expect(rows.filter(({ merged_into }) => merged_into !== null)).toHaveLength(1);
    const survivor = rows.find(({ merged_into }) => merged_into === null)?.person_id;
    expect(await countOf("visit", survivor)).toBe(4);
  });

  it("of one record into two others at once goes into one of them", async () => {
    const [a, b, c] = [await aRecord(house), await aRecord(house), await aRecord(house)];
    const tried = await Promise.allSettled([merge(a, c), merge(b, c), merge(c, a)]);
    expect(tried.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    const visits = await Promise.all([a, b, c].map(({ personId }) => countOf("visit", personId)));
    expect(visits.reduce((all, one) => all + one, 0)).toBe(6);
    const { rows } = await house.pool.query(
      "select person_id from person where merged_into is not null and person_id = any($1::bigint[])",
      [[a, b, c].map(({ personId }) => personId)],
    );
    for (const { person_id } of rows) expect(await countOf("visit", person_id)).toBe(0);
  });

  it("shows the person also who looked at the record that was merged", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    await merge(a, b);
    const looks = await looksAt(house.db, await recordsOf(house.db, a.personId), "others", 50);
    expect(looks.filter(({ action }) => action === "person.merge")).toHaveLength(2);
  });
});

describe("a merge that was wrong", () => {
  it.each([
    ["without accounts", false, false],
    ["with an account on one side", false, true],
    ["with an account on the other side", true, false],
    ["with two accounts", true, true],
  ])("is undone row for row %s", async (_said, one, other) => {
    const a = await aRecord(house, { hasAccount: one, shared: "chung" });
    const b = await aRecord(house, { hasAccount: other, shared: "chung" });
    const before = await wholeRegister(house);
    const versions = [await versionOf(house, a.personId), await versionOf(house, b.personId)];
    const { id } = await merge(a, b);
    expect(await wholeRegister(house)).not.toEqual(before);
    await undoMerge(house, chief, id, "Hai người khác nhau");
    expect(await wholeRegister(house)).toEqual(before);
    expect(await versionOf(house, a.personId)).toBeGreaterThan(versions[0] ?? 0);
    expect(await versionOf(house, b.personId)).toBeGreaterThan(versions[1] ?? 0);
  });

  it("is undone once, by a supervisor with a reason, however often it is asked", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const before = await wholeRegister(house);
    const { id } = await merge(a, b);
    await expect(undoMerge(house, lan, id, why)).rejects.toBeInstanceOf(NotAllowed);
    await expect(undoMerge(house, chief, id, "")).rejects.toBeInstanceOf(Invalid);
    const undone = await Promise.all([1, 2, 3].map(() => undoMerge(house, chief, id, "Hai người khác nhau")));
    expect(new Set(undone.map(({ status }) => status))).toEqual(new Set(["undone"]));
    expect(await wholeRegister(house)).toEqual(before);
    const again = await merge(a, b);
    await undoMerge(house, chief, again.id, "Hai người khác nhau");
    expect(await wholeRegister(house)).toEqual(before);
  });

  it("of a chain comes apart from the last link", async () => {
    const [a, b, c] = [
      await aRecord(house, { shared: "x" }),
      await aRecord(house, { shared: "x" }),
      await aRecord(house, { shared: "x" }),
    ];
    const before = await wholeRegister(house);
    const first = await merge(b, c);
    const second = await merge(a, b);
    expect((await findPersonByKey(house.db, "bhxh", c.insuranceNumber))?.personId).toBe(a.personId);
    await expect(undoMerge(house, chief, first.id, why)).rejects.toMatchObject({ code: "undo_later_first" });
    await undoMerge(house, chief, second.id, why);
    await undoMerge(house, chief, first.id, why);
    expect(await wholeRegister(house)).toEqual(before);
  });

  it("gives back visits, cards and papers that came since under the old number, keeps what came under the other, and counts the rest", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const { id } = await merge(a, b);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 60_000));
    const theirs = await aVisit(house, a.personId, `DN452${b.insuranceNumber}`, `since-${id}`);
    const own = await aVisit(house, a.personId, a.insuranceNumber, `own-${id}`);
    const { rows } = await house.pool.query(
      `insert into source_file (kind, name, sha256, bytes, received_at) values ('cards', 'x', sha256($1::text::bytea), 1, $2) returning file_id`,
      [id, house.clock.now()],
    );
    const fileId = rows[0]?.file_id;
    await house.pool.query(
      `insert into health_card (person_id, card_number, valid_from, form, source_file_id) values ($1, $2, '2026-12-01', 'card10', $3)`,
      [a.personId, b.insuranceNumber, fileId],
    );
    await house.pool.query(
      `insert into participation_period (person_id, fund, from_month, unit_code, to_month, unit_name, source_file_id)
       values ($1, 'bhxh', '2026-11-01', 'NEW', '2026-11-01', 'Đơn vị mới', $2)`,
      [a.personId, fileId],
    );
    const paper = (number: string) =>
      house.pool.query(
        `insert into benefit_document (person_id, document_id, kind, facility_code, fields, raw_sha256, source_file_id)
         values ($1, gen_random_uuid(), 'CT07', '52999', jsonb_build_object('MA_BHXH', $2::text)::text, '\\x01', $3)`,
        [a.personId, number, fileId],
      );
    await paper(`${b.insuranceNumber.slice(0, 4)} ${b.insuranceNumber.slice(4)}`);
    await paper(a.insuranceNumber);
    const undone = await undoMerge(house, chief, id, "Hai người khác nhau");
    expect([await countOf("benefit_document", a.personId), await countOf("benefit_document", b.personId)]).toEqual([
      2, 2,
    ]);
    const of = async (visitId: string) =>
      (await house.pool.query("select person_id from visit where visit_id = $1", [visitId])).rows[0]?.person_id;
    expect([await of(theirs), await of(own)]).toEqual([b.personId, a.personId]);
    expect(await countOf("health_card", b.personId)).toBe(3);
    // The period, and the paper under the survivor's own number.
    expect(undone.stayed).toBe(2);
    expect(await countOf("participation_period", a.personId)).toBe(3);
  });

  it("keeps what an import changed since in a row that goes back", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const { id } = await merge(a, b);
    await house.pool.query(
      "update participation_period set status = 'refunded' where person_id = $1 and fund = 'bhxh'",
      [a.personId],
    );
    await undoMerge(house, chief, id, "Hai người khác nhau");
    const { rows } = await house.pool.query("select distinct status from participation_period where person_id = $1", [
      b.personId,
    ]);
    expect(rows).toEqual([{ status: "refunded" }]);
  });
});

describe("rows that an import writes late under the merged number", () => {
  it("wait for the merge, then follow to the survivor with the next sweep, and go back when it is undone", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const { id } = await merge(a, b);
    const late = await aVisit(house, b.personId, b.insuranceNumber, `late-${id}`);
    expect(await followMerges(house)).toBe(1);
    expect(await followMerges(house)).toBe(0);
    const of = async () =>
      (await house.pool.query("select person_id from visit where visit_id = $1", [late])).rows[0]?.person_id;
    expect(await of()).toBe(a.personId);
    await undoMerge(house, chief, id, "Hai người khác nhau");
    expect(await of()).toBe(b.personId);
  });

  it("an account that was opened for the survivor since stays with the survivor", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house)];
    const { id } = await merge(a, b);
    await anAccount(house, a.personId, `0988${id.padStart(6, "0")}`);
    await undoMerge(house, chief, id, "Hai người khác nhau");
    expect([await countOf("account", a.personId), await countOf("account", b.personId)]).toEqual([1, 0]);
  });

  it("an account goes to the survivor with its ways to sign in, and back with those that came since", async () => {
    const [a, b] = [await aRecord(house), await aRecord(house, { hasAccount: true })];
    const passkey = (personId: string, id: string) =>
      house.pool.query(
        `with one as (insert into passkey (person_id, credential_id, public_key, counter, name, is_synced, created_at)
           values ($1, $2, '\\x01', 0, 'Máy Mẫu', false, now()) returning credential_id, person_id)
         insert into passkey_key select * from one`,
        [personId, Buffer.from(`${id} ${b.personId}`)],
      );
    await passkey(b.personId, "before");
    const { id } = await merge(a, b);
    expect([await countOf("passkey", a.personId), await countOf("passkey_key", a.personId)]).toEqual([1, 1]);
    await passkey(a.personId, "since");
    await house.pool.query("insert into device_seen values ($1, '\\x02', now())", [a.personId]);
    await house.pool.query("insert into account_password_history values ($1, now(), 'since')", [a.personId]);
    await undoMerge(house, chief, id, "Hai người khác nhau");
    for (const [table, rows] of Object.entries({ account: 1, passkey: 2, passkey_key: 2, device_seen: 1 })) {
      expect([table, await countOf(table, b.personId)]).toEqual([table, rows]);
      expect([table, await countOf(table, a.personId)]).toEqual([table, 0]);
    }
  });
});
