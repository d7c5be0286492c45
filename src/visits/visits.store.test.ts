import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { addFacility, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./api.ts";
import { findLastVisit, findVisit, wholeVisits } from "./store.ts";
import { visitsStatement } from "./store-json.ts";
import { findHivTables, findRest } from "./store-rest.ts";
import { readOverview, visitsOfYear } from "./store-year.ts";

let house: TestHouse;
let web: FastifyInstance;
let reader: MadeUpPerson;
let other: MadeUpPerson;
const owner = ({ personId }: MadeUpPerson) => ({ personId, hidesSensitive: false });
let newest: string;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  reader = await addPerson(house.db);
  other = await addPerson(house.db, { full_name: "Lê Văn Giả Định" });
  for (const day of ["2025-05-05", "2026-02-02", "2026-06-06"])
    await addVisit(house.db, reader.personId, `${day} 08:20:00`);
  newest = await addVisit(house.db, reader.personId, "2026-11-20 08:20:00");
  web = await openWeb(house, routes, [reader.citizen, other.citizen, { ...reader.citizen, scope: "change_password" }]);
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

const list = (query = "", headers: Record<string, string> = as(0)) =>
  web.inject({ url: `/api/v1/me/visits${query}`, headers });

describe("my visits over the API", () => {
  test("are listed newest first, with their lines, amounts as exact text and the facility's name", async () => {
    const reply = await list();
    expect(reply.statusCode).toBe(200);
    expect(reply.headers["cache-control"]).toBe("private, no-cache");
    const { visits, itemFields, next } = reply.json();
    expect(visits).toHaveLength(4);
    expect(next).toBeNull();
    expect(visits[0]).toMatchObject({
      id: newest,
      facilityName: "Bệnh viện Đa khoa Mẫu",
      admittedAt: "2026-11-20T08:20:00+07:00",
      diagnosis: 'Bệnh đái tháo đường "típ 2"; Tăng huyết áp vô căn',
      total: "726600.50",
      fundPaid: "528800.40",
      isSensitive: false,
    });
    expect(visits[0].items).toHaveLength(6);
    expect(visits[0].items[5][itemFields.indexOf("price")]).toBe("3500.5");
  });

  test("are paged by cursor without loss or repetition", async () => {
    const seen: string[] = [];
    let query = "?limit=3";
    for (;;) {
      const { visits, next } = (await list(query)).json();
      seen.push(...visits.map((visit: { admittedAt: string }) => visit.admittedAt.slice(0, 10)));
      if (!next) break;
      query = `?limit=3&cursor=${next}`;
    }
    expect(seen).toEqual(["2026-11-20", "2026-06-06", "2026-02-02", "2025-05-05"]);
  });

  test("two visits that begin in the same minute are both reached", async () => {
    const twin = await addPerson(house.db, { full_name: "Phạm Song Sinh Mẫu" });
    for (const key of ["a", "b", "c"]) {
      await addVisit(house.db, twin.personId, "2026-01-01 07:00:00", {
        visit_id: `00000000-0000-4000-8000-00000000000${key}`,
      });
    }
    const first = await wholeVisits(house.db, owner(twin), { after: undefined, limit: 2 });
    const last = first.at(-1);
    const rest = await wholeVisits(house.db, owner(twin), { after: last, limit: 2 });
    expect([...first, ...rest].map((visit) => visit.visitId.at(-1))).toEqual(["a", "b", "c"]);
  });

  test("can be asked for by year", async () => {
    expect((await list("?year=2026")).json().visits).toHaveLength(3);
    expect((await list("?year=2024")).json().visits).toEqual([]);
  });

  test("can be asked for by facility, page by page, and by year at once", async () => {
    await addFacility(house.db, "99Z02", "Trạm Y tế Mẫu");
    await addVisit(house.db, reader.personId, "2026-05-05 08:20:00", { facility_code: "99Z02" });
    expect((await list("?facility=99Z02")).json().visits).toMatchObject([{ facilityName: "Trạm Y tế Mẫu" }]);
    expect((await list("?facility=99Z02&year=2025")).json().visits).toEqual([]);
    const first = (await list("?facility=99Z01&year=2026&limit=2")).json();
    const rest = (await list(`?facility=99Z01&year=2026&limit=2&cursor=${first.next}`)).json();
    expect([first.visits.length, rest.visits.length, rest.next]).toEqual([2, 1, null]);
    expect((await list("?facility=%27--")).statusCode).toBe(422);
    await house.db.deleteFrom("visit").where("facility_code", "=", "99Z02").execute();
  });

  test("a cursor that is not ours is told as a wrong field", async () => {
    const reply = await list("?cursor=abc");
    expect(reply.statusCode).toBe(422);
    expect(reply.json().faults[0].field).toBe("cursor");
  });

  test("an unchanged record is answered with 304; a changed one in full", async () => {
    const { etag } = (await list()).headers;
    const again = await list("", { ...as(0), "if-none-match": String(etag) });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe("");
    await house.db.updateTable("person").set({ data_version: "2" }).where("person_id", "=", reader.personId).execute();
    const changed = await list("", { ...as(0), "if-none-match": String(etag) });
    expect(changed.statusCode).toBe(200);
    expect(changed.headers.etag).not.toBe(etag);
  });

  test("another person sees none of them", async () => {
    expect((await list("", as(1))).json().visits).toEqual([]);
  });

  test("nobody signed in, and nobody who must change the password first, sees anything", async () => {
    expect((await list("", {})).statusCode).toBe(401);
    expect((await list("", as(2))).statusCode).toBe(403);
  });

  test("every look is in the record of looks", async () => {
    await list();
    await flushLooks(house);
    const row = await house.db
      .selectFrom("audit_event")
      .selectAll()
      .where("action", "=", "read_visits")
      .orderBy("event_id", "desc")
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ actor_kind: "citizen", person_id: reader.personId, purpose: "own_record" });
  });
});

describe("one visit over the API", () => {
  const one = (id: string, headers: Record<string, string> = as(0)) =>
    web.inject({ url: `/api/v1/me/visits/${id}`, headers });

  test("comes with results and where it came from", async () => {
    const reply = await one(newest);
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({
      id: newest,
      results: [["23.0075", "00000", "Glucose", "7.2", "mmol/L", "", "", "2026-11-20 09:40"]],
      source: { file: "1", record: 1, arrivedAt: "2026-11-21T01:00:00+00:00", spec: "4750", version: 1 },
      papers: {},
      hasHivPart: false,
    });
  });

  test("of another person is not found, with or without a version in hand", async () => {
    const mine = await one(newest);
    expect((await one(newest, as(1))).statusCode).toBe(404);
    const version = { ...as(1), "if-none-match": `"1-${String(mine.headers.etag).split("-")[1]}` };
    expect((await one(newest, version)).statusCode).toBe(404);
  });

  test("unchanged is 304", async () => {
    const { etag } = (await one(newest)).headers;
    expect((await one(newest, { ...as(0), "if-none-match": String(etag) })).statusCode).toBe(304);
  });
});

describe("what the pages read", () => {
  test("a year's visits, the years, the last visit and one whole visit", async () => {
    const year = await visitsOfYear(house.db, owner(reader), 2026);
    expect(year.map((visit) => visit.admittedAt.slice(0, 10))).toEqual(["2026-11-20", "2026-06-06", "2026-02-02"]);
    expect(year[0]?.costs.fund).toBe(52880040n);
    expect(await readOverview(house.db, owner(reader))).toEqual({
      years: [
        { year: 2026, visits: 3 },
        { year: 2025, visits: 1 },
      ],
      fresh: { at: new Date("2026-11-21T01:00:00Z"), facility: "Bệnh viện Đa khoa Mẫu" },
    });
    expect(await readOverview(house.db, owner(other))).toEqual({ years: [], fresh: undefined });
    expect(await visitsOfYear(house.db, owner(reader), undefined)).toEqual(year);
    expect((await findLastVisit(house.db, owner(reader)))?.visitId).toBe(newest);
    expect(await findLastVisit(house.db, owner(other))).toBeUndefined();
    expect((await findVisit(house.db, owner(reader), newest))?.spec).toBe("4750");
    expect(await findVisit(house.db, owner(other), newest)).toBeUndefined();
  });

  test("a private visit is nowhere for whom such are hidden: no year, no last one, no page of its own, no papers", async () => {
    const { personId } = await addPerson(house.db, { full_name: "Lê Thị Giả Kín" });
    const plain = await addVisit(house.db, personId, "2024-05-05 08:00:00");
    const hidden = await addVisit(house.db, personId, "2025-05-05 08:00:00", { is_sensitive: true });
    await house.pool.query(
      "insert into visit_rest (person_id, visit_id, tables, hiv_tables) select $1, unnest($2::uuid[]), '{}', '{}'",
      [personId, [plain, hidden]],
    );
    const seenBy = async (hidesSensitive: boolean) => {
      const reads = { personId, hidesSensitive };
      return [
        (await readOverview(house.db, reads)).years.map(({ year }) => year),
        (await findLastVisit(house.db, reads))?.visitId === hidden,
        (await findVisit(house.db, reads, hidden)) !== undefined,
        (await findRest(house.db, reads, hidden)) !== undefined,
        (await findHivTables(house.db, reads, hidden)) !== undefined,
        (await findHivTables(house.db, reads, plain)) !== undefined,
      ];
    };
    expect(await seenBy(false)).toEqual([[2025, 2024], true, true, true, true, true]);
    expect(await seenBy(true)).toEqual([[2024], false, false, false, false, false]);
  });

  test("a year in which a stay ended is one of the years, with no visit of its own; not where its sum is not told", async () => {
    const { personId } = await addPerson(house.db, { full_name: "Lê Thị Giả Qua" });
    await addVisit(house.db, personId, "2023-12-28 08:00:00", { discharged_at: "2024-01-05 10:00:00" });
    const free = { discharged_at: "2023-01-05 10:00:00", co_paid: "0" };
    await addVisit(house.db, personId, "2022-12-28 08:00:00", free);
    const yearsFor = async (hidesSensitive: boolean) =>
      (await readOverview(house.db, { personId, hidesSensitive })).years.map(({ year, visits }) => [year, visits]);
    const begun = [
      [2023, 1],
      [2022, 1],
    ];
    expect(await yearsFor(false)).toEqual([[2024, 0], ...begun]);
    expect(await yearsFor(true)).toEqual(begun);
    expect(await visitsOfYear(house.db, { personId, hidesSensitive: false }, undefined)).toEqual([]);
    expect(await visitsOfYear(house.db, { personId, hidesSensitive: true }, undefined)).toHaveLength(1);
  });

  test("the list is found through the person's own rows, never by a walk over the table", async () => {
    const client = await house.pool.connect();
    try {
      await client.query("begin; set local enable_seqscan = off");
      const values = [reader.personId, "1900-01-01", "3000-01-01", null, null, 21, false, null];
      const { rows } = await client.query(`explain ${visitsStatement.text}`, values);
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan).toContain("visit_by_admission");
      expect(plan).not.toContain("Seq Scan on visit");
    } finally {
      await client.query("rollback");
      client.release();
    }
  });
});
