import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeRight } from "../../src/account/rights.ts";
import { aboutClaim, behindUnitWall, behindWall, WALLED_TABLES } from "../../src/db/wall.ts";
import { knownOf } from "../../src/hotline/caller-facts.ts";
import type { Staff } from "../../src/kernel/actor.ts";
import { foldName } from "../../src/kernel/names.ts";
import { countLooks } from "../../src/looks/store-look.ts";
import { confirmMerge } from "../../src/register/confirm-merge.ts";
import { aRecord, type Made } from "../../src/register/merge.fixture.ts";
import { proposeMerge } from "../../src/register/propose-merge.ts";
import { factsOf, findNamesakes } from "../../src/register/store-alike.ts";
import { undoMerge } from "../../src/register/undo-merge.ts";
import { findVisit } from "../../src/visits/store.ts";
import { claimLedger } from "../../src/visits/store-rest.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { asOwner } from "../owner.ts";
import { aDesk, matter, noMatter } from "./desk-wall.fixture.ts";

/** The second wall around officers and supervisors: what PostgreSQL gives to a handler that has checked nothing. */
let house: TestHouse;
let desk: Awaited<ReturnType<typeof aDesk>>;

beforeAll(async () => {
  house = await openTestHouse();
  desk = await aDesk(house);
  await asOwner(
    house,
    `insert into visit_rest (person_id, visit_id, tables) select person_id, visit_id, '{}' from visit;
     insert into visit_version select v.*, null, null, timestamptz '2026-01-01', 1, 'replaced' from visit v`,
  );
});
afterAll(() => house.close());

describe("the schema", () => {
  test("walls for the desk every table by whose name a statement is known as one that must say who asks", async () => {
    const { column } = desk;
    const walled = await column("select distinct tablename as name from pg_policies where policyname = 'desk_rows'");
    const { byNobody, ...byDesk } = WALLED_TABLES;
    expect(walled.toSorted()).toEqual(Object.values(byDesk).flat().toSorted());
    const guarded = await column(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity",
    );
    expect([...walled, ...byNobody].toSorted()).toEqual(guarded.toSorted());
  });

  test("lets the desk do what the application may, but for what no request touches", async () => {
    const { column } = desk;
    const may = (role: string) =>
      column(`select c.relname || ' ' || p.privilege as name
        from pg_class c, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as p (privilege)
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
         and has_table_privilege('${role}', c.oid, p.privilege) order by 1`);
    // What waits to be imported, and which secret stands in front: processes see to both, no request of the desk.
    const byNoRequest = ["visit_staging", "marking_secret"];
    const app = await may("vssid_app");
    expect(await may("vssid_desk")).toEqual(app.filter((one) => !byNoRequest.includes(one.split(" ")[0] ?? "")));
  });
});

describe("an officer without a case", () => {
  test("finds nobody's rows, named or not, and changes none", async () => {
    const { lan, own, other, count, about } = desk;
    for (const table of WALLED_TABLES.byPerson) {
      const all = await count(table);
      expect(all).toBeGreaterThan(0);
      for (const people of [[], [own], [own, other]]) {
        await about(lan, people, async () => {
          expect(await count(table)).toBe(0);
          expect((await house.pool.query(`delete from ${table}`)).rowCount).toBe(0);
          expect((await house.pool.query(`update ${table} set person_id = person_id`)).rowCount).toBe(0);
        });
      }
      expect(await count(table)).toBe(all);
    }
  });

  test("learns nothing from the stores of the record, whose checks are left out here", async () => {
    const { lan, own, about, withMatter } = desk;
    const read = () => about(lan, [own], () => factsOf(house.db, own.personId));
    expect(await read()).toMatchObject({ cards: 0, periods: 0, firstMonth: null, benefits: 0, visits: 0 });
    await withMatter([own], async () => {
      expect(await read()).toMatchObject({ cards: 2, periods: 2, benefits: 2, visits: 2, lastVisitYear: 2026 });
    });
  });
});

describe("an officer with a case", () => {
  test.each(WALLED_TABLES.byPerson.map((table) => [table]))(
    "finds of %s the rows of that person alone, once the request names them",
    async (table) => {
      const { lan, away, own, other, count, behind, about, withMatter } = desk;
      const theirs = await count(table, `person_id = ${own.personId}`);
      expect(theirs).toBeGreaterThan(0);
      await withMatter([own], async () => {
        expect(await behind(lan, () => count(table))).toBe(0);
        expect(await about(lan, [other], () => count(table))).toBe(0);
        expect(await about(away, [own], () => count(table))).toBe(0);
        await about(lan, [own, other], async () => {
          expect(await count(table)).toBe(theirs);
          const moved = house.pool.query(`update ${table} set person_id = $1`, [other.personId]);
          await expect(moved).rejects.toMatchObject({ code: "42501" });
        });
      });
    },
  );

  const file = (status: string, rest = "") =>
    `insert into declaration (code, status, office_code, created_at, confirmed_at, lapses_at, insurance_number, id_kind, id_number, decided_at, person_id)
     select 'BD-WALL-' || $3, '${status}', $2, '2026-11-01Z', '2026-11-01Z', '2026-12-24Z', ${rest}
       from person_number n where n.person_id = $1 and n.kind = 'bhxh'`;
  const noFile = "delete from declaration";
  const merge = (status: string, ids: string) =>
    `insert into person_merge (${ids}, status, office_code, reason, proposed_at, proposed_by, decided_at, decided_by)
     values ($1, 0, '${status}', $2, 'thử', '2026-11-01Z', $3, '2026-11-02Z', 0)`;
  const noMerge = "delete from person_merge";
  const glass = (until: string) =>
    `insert into break_glass select gen_random_uuid(), $1, $2, $3, 'danger', 'một lý do dài', '2026-11-23T07:00+07', '${until}'`;
  const noGlass = "delete from break_glass";
  const dispute = (status: string) =>
    `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, status, created_at, office_code)
     select $1, gen_random_uuid(), 'wrong', 'card', $3, 'Sai', '${status}', '2026-11-01Z', $2`;
  const noDispute = "delete from dispute where fact_kind = 'card'";
  const ticket = (state: string, by = "'web', null") =>
    `insert into ticket (code, category, priority, state, opened_at, channel, opened_by, person_id, office_code, lang, says)
     values ('T' || $3::text, 'other', 'low', '${state}', '2026-11-01Z', ${by}, $1, $2, 'vi', 'x')`;
  const noTicket = "delete from ticket";
  const death = (undone: string) =>
    `insert into person_death (person_id, died_on, paper_kind, paper_number, office_code, recorded_at, recorded_by, undone_at, undone_by, undo_reason)
     values ($1, '2026-11-01', 'extract', '1', $2, '2026-11-02Z', $3, ${undone})`;
  const noDeath = "delete from person_death";
  const request = (withdrawn: string) =>
    `insert into data_request (person_id, request_id, says, opened_at, answer_by, due_on, office_code, withdrawn_at, kind)
     select $1, gen_random_uuid(), 'x', '2026-11-20Z', '2026-11-30', '2026-11-30', $2, ${withdrawn}, 'erase' where $3 <> '0'`;
  const noRequest = "delete from data_request";
  const [byNumber, byPaper, byPerson] = [
    "n.number, null, null, null, null",
    "null, 'cmnd', (select number from person_number where person_id = $1 and kind = 'cmnd'), null, null",
    "null, null, null, '2026-11-10Z', $1",
  ];

  /** Both walls are asked: what PostgreSQL opens is what the application's own statement opens. */
  test.each([
    ["a file by its number", file("confirmed", byNumber), noFile, true],
    ["a file by its paper", file("received", byPaper), noFile, true],
    ["a file that lapsed", file("lapsed", byNumber), noFile, false],
    ["a file accepted of late", file("accepted", byPerson), noFile, true],
    ["a file accepted long ago", file("accepted", byPerson.replace("11-10", "10-10")), noFile, false],
    ["a merge into them", merge("merged", "survivor_id, merged_id"), noMerge, true],
    ["a merge of them", merge("merged", "merged_id, survivor_id"), noMerge, true],
    ["a matter at the counter", matter, noMatter, true],
    ["a matter of yesterday", matter.replaceAll("11-23", "11-22"), noMatter, false],
    ["a report", dispute("open"), noDispute, true],
    ["a ticket", ticket("open"), noTicket, true],
    ["a ticket that was closed", ticket("closed"), noTicket, false],
    ["a ticket that they wrote themselves", ticket("open", "'counter', $3::text::bigint"), noTicket, "to colleagues"],
    ["a request over data", request("null"), noRequest, true],
    ["a request that was withdrawn", request("timestamptz '2026-11-21Z'"), noRequest, false],
    ["a death", death("null, null, null"), noDeath, true],
    ["a death that was undone", death("'2026-11-03Z', $3, 'nhầm'"), noDeath, false],
    ["broken glass", glass("2026-11-23T10:00+07"), noGlass, true],
    ["glass broken an hour ago", glass("2026-11-23T08:30+07"), noGlass, false],
  ])("is let in by %s, or not, as the application says", async (_, opening, closing, opens) => {
    const { lan, chief, away, own, ask, count, about } = desk;
    const byDatabase = async (by: Staff) => (await about(by, [own], () => count("health_card"))) > 0;
    const byApplication = async (by: Staff) => {
      const look = { at: house.clock.now(), actor_kind: "staff", actor_id: by.staffId, action: "person.search" };
      const row = { purpose: "review", person_id: own.personId, object_kind: null, object_id: null, office_code: null };
      const [verdict] = await countLooks(house.db, by, [{ ...look, ...row, detail: {} }], "case");
      return verdict?.caseKind != null;
    };
    const forOne = opening.includes("break_glass");
    const forOthers = opens === "to colleagues";
    await ask(opening, [own.personId, "52T01", lan.staffId]);
    for (const [by, isOpen] of [
      [lan, Boolean(opens) && !forOthers],
      [chief, Boolean(opens) && !forOne],
      [away, false],
    ] as const) {
      expect(await byDatabase(by)).toBe(isOpen);
      expect(await byApplication(by)).toBe(isOpen);
    }
    await ask(closing);
  });

  test("is nobody once the role, the account or the office of that day is gone", async () => {
    const { lan, own, ask, count, about, withMatter } = desk;
    await withMatter([own], async () => {
      const found = () => about(lan, [own], () => count("visit"));
      expect(await found()).toBe(2);
      for (const [gone, back] of [
        ["update staff_role set valid_to = '2026-11-22'", "update staff_role set valid_to = null"],
        ["update staff_role set valid_from = '2026-11-24'", "update staff_role set valid_from = '2021-01-01'"],
        ["update staff_role set role = 'hotline'", "update staff_role set role = 'officer'"],
        ["update staff set is_active = false", "update staff set is_active = true"],
      ]) {
        await ask(`${gone} where staff_id = $1`, [lan.staffId]);
        expect(await found()).toBe(0);
        await ask(`${back} where staff_id = $1`, [lan.staffId]);
      }
      expect(await found()).toBe(2);
    });
  });

  test("compares that person with one who may be the same, and with nobody else", async () => {
    const { lan, own, other, ask, column, about, withMatter } = desk;
    const twin = await aRecord(house, { shared: "twin" });
    const found = (people: readonly Made[]) =>
      about(lan, people, () => column("select distinct person_id as name from visit"));
    await withMatter([own], async () => {
      expect((await found([own, twin, other])).toSorted()).toEqual([own.personId, twin.personId].toSorted());
      expect(await found([twin])).toEqual([]);
      await ask("update person set birth_on = '1980-05-07' where person_id = $1", [twin.personId]);
      expect(await found([own, twin])).toEqual([own.personId]);
      await ask("update person_number set number = $1 where person_id = $2 and kind = 'cmnd'", [
        own.cmnd,
        twin.personId,
      ]);
      expect(await found([own, twin])).toHaveLength(2);
    });
  });

  test("compares birth dates as far as both know them, as the list of namesakes does", async () => {
    const { lan, ask, column, about, withMatter } = desk;
    const born = { name: "Đặng Thị Cùng Tên" };
    const [one, other] = [await aRecord(house, born), await aRecord(house, born)];
    const setBirth = ({ personId }: Made, on: string, precision: string) =>
      ask("update person set birth_on = $2, birth_precision = $3 where person_id = $1", [personId, on, precision]);
    const dates = [
      ["1980-05-06", "day"],
      ["1980-05-01", "month"],
      ["1980-01-01", "year"],
    ] as const;
    const others = [...dates, ["1980-06-06", "day"], ["1980-06-01", "month"], ["1981-01-01", "year"]] as const;
    await withMatter([one], async () => {
      for (const [on, precision] of dates) {
        await setBirth(one, on, precision);
        for (const [otherOn, otherPrecision] of others) {
          await setBirth(other, otherOn, otherPrecision);
          const of = {
            personId: one.personId,
            foldedName: foldName(born.name),
            birthOn: on,
            birthPrecision: precision,
          };
          const namesakes = (await findNamesakes(house.db, of, 10)).map(({ personId }) => personId);
          const seen = await about(lan, [one, other], () => column("select distinct person_id as name from visit"));
          expect(seen.toSorted(), `${on} ${precision}, ${otherOn} ${otherPrecision}`).toEqual(
            [one.personId, ...namesakes].toSorted(),
          );
        }
      }
    });
  });

  test("joins two records and parts them again, whole", async () => {
    const { lan, chief, count, behind, withMatter } = desk;
    const [one, two] = [await aRecord(house), await aRecord(house)];
    const rows = () => Promise.all(WALLED_TABLES.byPerson.map((table) => count(table, `person_id = ${one.personId}`)));
    const before = await rows();
    await withMatter([one, two], async () => {
      const asked = { survivor: one.publicId, merged: two.publicId, reason: "Cùng một người" };
      const { id } = await behind(lan, () => proposeMerge(house, lan, asked));
      await behind(chief, () => confirmMerge(house, chief, id));
      expect((await rows()).every((n, at) => n >= (before[at] ?? 0))).toBe(true);
      expect(await count("visit", `person_id = ${two.personId}`)).toBe(0);
      await behind(chief, () => undoMerge(house, chief, id, "Hai người khác nhau"));
      expect(await rows()).toEqual(before);
      expect(await count("visit", `person_id = ${two.personId}`)).toBe(2);
    });
  });
});

describe("the desk of claims", () => {
  test("reads one claim, named and with the right to it; where it comes from is told to every desk", async () => {
    const { lan, other, ask, count, behind } = desk;
    const [{ visit_id: id }] = await ask("select visit_id from visit where person_id = $1 limit 1", [other.personId]);
    const owner = { personId: other.personId, hidesSensitive: false };
    const read = () => behind(lan, () => aboutClaim(id, () => findVisit(house.db, owner, id)));
    const counted = () => behind(lan, () => aboutClaim(id, () => count("visit")));
    expect(await read()).toBeUndefined();
    expect(await behind(lan, () => claimLedger(house.db, id))).toMatchObject([
      { personId: other.personId, endedAt: null, sourceFileId: "77", total: "120000.50" },
      { reason: "replaced" },
    ]);
    const [{ username }] = await ask("select username from staff where staff_id = $1", [lan.staffId]);
    const right = { username, right: "claims", by: "QĐ thử" };
    await changeRight(house, { ...right, isEnding: false });
    expect(await read()).toMatchObject({ visitId: id });
    expect(await counted()).toBe(1);
    expect(await behind(lan, () => count("visit"))).toBe(0);
    await behind(lan, () =>
      aboutClaim(id, async () => expect((await house.pool.query("delete from visit")).rowCount).toBe(0)),
    );
    await changeRight(house, { ...right, isEnding: true });
    expect(await counted()).toBe(0);
    await expect(behindWall([other.personId], () => claimLedger(house.db, id))).rejects.toMatchObject({
      code: "42501",
    });
  });
});

test("the hotline compares where a caller is registered for care, and reads no card", async () => {
  const { own, ask, count } = desk;
  const { personId } = own;
  await ask("update health_card set facility_code = '52999', valid_to = null where person_id = $1", [personId]);
  await behindUnitWall("every", async () => {
    expect(await count("health_card")).toBe(0);
    expect(await knownOf(house, [{ personId }])).toMatchObject([{ facts: { facility: { code: "52999" } } }]);
  });
});

test("what is asked at the same time by several desks stays apart", async () => {
  const { lan, away, own, other, count, about, withMatter } = desk;
  await withMatter([own], async () => {
    const asked = Array.from({ length: 40 }, async (_, at) => {
      const [by, people] = at % 2 ? [lan, [own]] : [away, [own, other]];
      expect(await about(by, people, () => count("visit"))).toBe(at % 2 ? 2 : 0);
    });
    await Promise.all(asked);
  });
});
