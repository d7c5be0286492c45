import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aboutFile, behindUnitWall, behindWall } from "../../src/db/wall.ts";
import { caseEvents, findCase } from "../../src/dispute/store-desk.ts";
import { photosOf } from "../../src/registration/photos/store-photo.ts";
import { findByCode } from "../../src/registration/store.ts";
import { findByIds } from "../../src/registration/store-many.ts";
import { countPersonsOfPhone } from "../../src/registration/store-proof.ts";
import { queueOf } from "../../src/registration/store-queue.ts";
import { searchDeclarations } from "../../src/registration/store-search.ts";
import { copiesOf, findCopy, papersOf } from "../../src/review/store.ts";
import { openRequests } from "../../src/rights/store.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { aDesk } from "./desk-wall.fixture.ts";

/** The second wall between offices: what PostgreSQL gives to a handler that has not asked whose file it is. */
let house: TestHouse;
let desk: Awaited<ReturnType<typeof aDesk>>;
beforeAll(async () => {
  house = await openTestHouse();
  desk = await aDesk(house);
});
afterAll(() => house.close());

describe("pictures and readings of ID papers", () => {
  test("are found for files of the own office and of a person in hand, and are added to no other's", async () => {
    const { lan, away, other, ask, column, count, behind, about, withMatter } = desk;
    const files =
      await column(`insert into declaration (code, status, office_code, created_at, confirmed_at, lapses_at, person_id)
      values ('BD-FOTO-AAAA', 'accepted', '52T01', '2026-01-01Z', '2026-01-01Z', '2026-02-01Z', null),
             ('BD-FOTO-BBBB', 'accepted', '52T02', '2026-01-01Z', '2026-01-01Z', '2026-02-01Z', ${other.personId})
      returning declaration_id as name`);
    const [here = "", there = ""] = files;
    const pictures = `insert into declaration_photo (photo_id, declaration_id, kind, width, height, sha256, sealed, key_id, sent_at)
      values (gen_random_uuid(), $1, 'front', 9, 9, '', '', 'k', '2026-01-01Z')`;
    const copies = `insert into id_paper_copy (copy_id, declaration_id, side, media_type, width, height, sha256, sealed, key_id, filed_at, filed_by)
      values (gen_random_uuid(), $1, 'front', 'image/jpeg', 9, 9, '', '', 'k', '2026-01-01Z', 0)`;
    const readings = `insert into id_paper_reading (declaration_id, reading_no, kind, number, full_name, birth_on, birth_precision, original_seen, form_signed, face_matches, copy_kept, read_at, read_by)
      values ($1, 1, 'cccd', '1', 'A', '1980-01-01', 'day', true, true, true, true, '2026-01-01Z', 0)`;
    for (const adding of [pictures, copies, readings]) {
      for (const id of files) await ask(adding, [id]);
      await behind(lan, async () => {
        await expect(house.pool.query(adding, [there])).rejects.toMatchObject({ code: "42501" });
      });
    }
    const read = async (id: string) => {
      const [copy] = await ask("select copy_id from id_paper_copy where declaration_id = $1", [id]);
      const found = copy && (await findCopy(house.db, id, copy.copy_id));
      const lists = [await photosOf(house.db, id), await copiesOf(house.db, id), await papersOf(house.db, id)];
      return [...lists.map((list) => list.length), found ? 1 : 0];
    };
    const [all, none] = [
      [1, 1, 1, 1],
      [0, 0, 0, 0],
    ];
    expect(await behind(lan, () => read(here))).toEqual(all);
    expect(await behind(lan, () => read(there))).toEqual(none);
    expect(await behind(away, () => read(here))).toEqual(none);
    expect(await about(lan, [other], () => read(there))).toEqual(none);
    await withMatter([other], async () => {
      expect(await about(lan, [other], () => read(there))).toEqual(all);
    });
    for (const table of ["declaration_photo", "id_paper_copy", "id_paper_reading"]) {
      expect(await behind(lan, async () => (await house.pool.query(`delete from ${table}`)).rowCount)).toBe(1);
      expect(await behindWall([], () => count(table))).toBe(1);
    }
  });
});

describe("files", () => {
  test("are found at the own office, by their code and with their person in hand, and move as a code is named", async () => {
    const { lan, away, other, ask, behind, about, withMatter } = desk;
    await ask(`insert into declaration (code, status, office_code, phone, id_kind, id_number, created_at, confirmed_at, lapses_at, person_id)
      values ('BD-FILE-AAAA', 'confirmed', '52T01', '0900000001', 'cccd', '1', '2026-11-01Z', '2026-11-01Z', '2026-12-24Z', null),
             ('BD-FILE-BBBB', 'confirmed', '52T02', '0900000001', 'cccd', '2', '2026-11-01Z', '2026-11-01Z', '2026-12-24Z', ${other.personId})`);
    const found = async () =>
      (await searchDeclarations(house.db, { officeCodes: ["52T01", "52T02"], phone: "0900000001", limit: 9 })).map(
        ({ code }) => code,
      );
    const waiting = async (office: string) => (await queueOf(house.db, [office], { limit: 9 })).length;
    const [here, there] = ["BD-FILE-AAAA", "BD-FILE-BBBB"];
    expect(await behind(lan, found)).toEqual([here]);
    expect(await behind(away, found)).toEqual([there]);
    expect(await behind(lan, () => waiting("52T02"))).toBe(0);
    expect(await behind(away, () => waiting("52T02"))).toBe(1);
    expect(await behind(lan, () => findByCode(house.db, there))).toBeUndefined();
    expect(await about(lan, [other], found)).toEqual([here]);
    await withMatter([other], async () => expect(await about(lan, [other], found)).toHaveLength(2));
    const move = async (code: string, office: string) =>
      (await house.pool.query("update declaration set office_code = $2 where code = $1", [code, office])).rowCount;
    expect(await behind(lan, () => move(there, "52T01"))).toBe(0);
    await expect(behind(lan, () => move(here, "52T02"))).rejects.toMatchObject({ code: "42501" });
    expect(await behind(lan, () => aboutFile(there, async () => (await findByCode(house.db, there))?.code))).toBe(
      there,
    );
    expect(await behind(lan, () => aboutFile(here, () => move(here, "52T02")))).toBe(1);
    expect(await behind(lan, found)).toEqual([]);
    expect(await behind(lan, () => aboutFile(here, () => move(here, "52T01")))).toBe(1);
    expect(await behind(lan, () => countPersonsOfPhone(house.db, "0900000001"))).toBe(2);
    expect(await behindWall([], found)).toHaveLength(2);
  });

  test("stay in the batch of an office that they have left", async () => {
    const { lan, ask, behind } = desk;
    const [{ id }] = await ask(`insert into declaration (code, status, office_code, created_at, confirmed_at, lapses_at)
      values ('BD-FILE-CCCC', 'confirmed', '52T02', '2026-11-01Z', '2026-11-01Z', '2026-12-24Z') returning declaration_id as id`);
    const find = () => behind(lan, () => findByIds(house.db, [id]));
    expect((await find()).size).toBe(0);
    await ask(`with made as (insert into batch (office_code, unit_name, opened_at, opened_by)
        values ('52T01', 'Công ty Mẫu', '2026-11-01Z', ${lan.staffId}) returning batch_id)
      insert into batch_line (batch_id, line_no, outcome, declaration_id, at, staff_id)
      select batch_id, 1, 'taken', ${id}, '2026-11-01Z', ${lan.staffId} from made`);
    expect((await find()).size).toBe(1);
    await ask("update batch_line set removed_at = '2026-11-02Z'");
    expect((await find()).size).toBe(0);
  });
});

describe("reports and requests", () => {
  test("are found and answered at the own office, and where the person is in hand", async () => {
    const { lan, away, other, ask, behind, about, withMatter } = desk;
    const [{ dispute_id: report }] = await ask(
      "update dispute set office_code = '52T02' where person_id = $1 returning dispute_id",
      [other.personId],
    );
    await ask("insert into dispute_event select $1, $2, 1, '2026-11-02Z', 'asked', $3, '52T02', 'x'", [
      other.personId,
      report,
      away.staffId,
    ]);
    await ask(`insert into data_request (person_id, request_id, says, opened_at, answer_by, due_on, office_code, kind)
      values (${other.personId}, gen_random_uuid(), 'x', '2026-11-20Z', '2026-11-30', '2026-11-30', '52T02', 'erase')`);
    const found = async () => {
      const event = await caseEvents(house.db, other.personId, report);
      const requests = await openRequests(house.db, ["52T01", "52T02"], 9);
      return [(await findCase(house.db, report)) ? 1 : 0, event.length, requests.length];
    };
    const changed = async () => (await house.pool.query("update dispute set says = 'y'")).rowCount;
    expect(await behind(away, found)).toEqual([1, 1, 1]);
    expect(await behind(lan, found)).toEqual([0, 0, 0]);
    expect(await about(lan, [other], found)).toEqual([0, 0, 0]);
    expect(await behind(lan, changed)).toBe(0);
    expect(await behind(away, changed)).toBe(1);
    await withMatter([other], async () => {
      expect(await about(lan, [other], found)).toEqual([1, 1, 1]);
    });
    expect(await behindUnitWall("every", found)).toEqual([1, 1, 1]);
  });
});
