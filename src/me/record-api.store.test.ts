import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { routes as benefits } from "../benefits/api.ts";
import { routes as cards } from "../card/api.ts";
import { routes as household } from "../household/api.ts";
import { routes as participation } from "../participation/api.ts";
import { routes as me } from "./api.ts";
import {
  addBenefit,
  addCard,
  addFacility,
  addNumber,
  addPeriod,
  addPerson,
  type MadeUpPerson,
} from "./person.fixture.ts";
import { as, openWeb } from "./signed-in.fixture.ts";

let house: TestHouse;
let web: FastifyInstance;
let reader: MadeUpPerson;
let empty: MadeUpPerson;
const paths = ["/api/v1/me", "/api/v1/me/cards", "/api/v1/me/participation", "/api/v1/me/benefits"];

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  reader = await addPerson(house.db, { birth_on: "1990-01-01", birth_precision: "month" });
  empty = await addPerson(house.db, { full_name: "Ngô Văn Trống" });
  const { personId } = reader;
  await addNumber(house.db, personId, "bhxh", "9912345678");
  await house.db
    .insertInto("contact_point")
    .values([
      { person_id: personId, kind: "phone", value: "0999000111", valid_from: new Date("2026-01-01"), source: "test" },
      {
        person_id: personId,
        kind: "phone",
        value: "0999000222",
        valid_from: new Date("2020-01-01"),
        valid_to: new Date("2026-01-01"),
        source: "test",
      },
    ])
    .execute();
  await addCard(house.db, personId, { object_group: "CN", benefit_level: 3 });
  await addPeriod(house.db, personId, "2025-04", "2026-03");
  await addPeriod(house.db, personId, "2026-01", "2026-05", { unit_code: "XX0002B" });
  await addBenefit(house.db, personId);
  const member = { person_id: personId, household_code: "HGD-99", source_file_id: 1 };
  await house.db
    .insertInto("person_household")
    .values([
      { ...member, member_no: 1, full_name: "Trần Thị Mẫu Đơn", relation: null, is_self: true },
      { ...member, member_no: 2, full_name: "Lê Văn Mẫu Con", relation: "Con", is_self: false },
    ])
    .execute();
  web = await openWeb(
    house,
    [...me, ...cards, ...household, ...participation, ...benefits],
    [reader.citizen, empty.citizen],
  );
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

const get = (url: string, headers: Record<string, string> = as(0)) => web.inject({ url, headers });

describe("my record over the API", () => {
  test("who I am: birth as far as known, numbers, and only the contacts of now", async () => {
    const body = (await get("/api/v1/me")).json();
    expect(body).toMatchObject({ publicId: reader.publicId, fullName: "Trần Thị Mẫu Đơn", birthDate: "1990-01" });
    expect(body.numbers).toMatchObject([
      { kind: "bhxh", number: "9912345678", validFrom: "2021-04-01", validTo: null },
    ]);
    expect(body.contacts).toEqual([{ kind: "phone", value: "0999000111", isVerified: false }]);
  });

  test("my card: how it stands today and what it pays today, by group and day", async () => {
    const body = (await get("/api/v1/me/cards")).json();
    expect(body.on).toBe("2026-11-23");
    expect(body.cards).toMatchObject([
      { state: "valid", isShown: true, level: 3, percent: 100, facility: { name: "Bệnh viện Đa khoa Mẫu" } },
    ]);
  });

  test("my participation: overlapping months once, funds apart", async () => {
    const body = (await get("/api/v1/me/participation")).json();
    expect(body.totals[0]).toEqual({ fund: "bhxh", paidMonths: 14, unpaidMonths: 0, refundedMonths: 0, gaps: [] });
    expect(body.periods).toHaveLength(2);
    expect(body.periods[0]).toMatchObject({ from: "2026-01", to: "2026-05", contributionBase: "7800000.00" });
  });

  test("my benefits: exact amounts", async () => {
    const body = (await get("/api/v1/me/benefits")).json();
    expect(body.benefits).toMatchObject([{ kind: "short_term", regime: "Ốm đau", amount: "1450000.00", bank: null }]);
  });

  test("my household: names and relations, and nothing else of others", async () => {
    const mine = await get("/api/v1/me/household");
    expect(mine.json().members).toEqual([
      { fullName: "Trần Thị Mẫu Đơn", relation: null, isSelf: true },
      { fullName: "Lê Văn Mẫu Con", relation: "Con", isSelf: false },
    ]);
    expect((await get("/api/v1/me/household", as(1))).json()).toEqual({ members: [], reportedOn: null });
    expect((await get("/api/v1/me/household", {})).statusCode).toBe(401);
    await flushLooks(house);
    const looks = house.db.selectFrom("audit_event").select("event_id").where("action", "=", "read_household");
    expect(await looks.execute()).toHaveLength(2);
  });

  test("a person without any record gets empty lists, not an error", async () => {
    const bodies = await Promise.all(paths.map(async (path) => (await get(path, as(1))).json()));
    expect(bodies[0]).toMatchObject({ numbers: [], contacts: [] });
    expect(bodies[1].cards).toEqual([]);
    expect(bodies[2].periods).toEqual([]);
    expect(bodies[3].benefits).toEqual([]);
  });

  test.each(paths)("%s: unchanged is 304, changed is sent again", async (path) => {
    const etag = String((await get(path)).headers.etag);
    expect((await get(path, { ...as(0), "if-none-match": etag })).statusCode).toBe(304);
    await house.db
      .updateTable("person")
      .set((e) => ({ data_version: e("data_version", "+", "1") }))
      .where("person_id", "=", reader.personId)
      .execute();
    expect((await get(path, { ...as(0), "if-none-match": etag })).statusCode).toBe(200);
  });

  test("how a card stands is asked anew each day, though the record is the same", async () => {
    const etag = String((await get("/api/v1/me/cards")).headers.etag);
    house.clock.moveTo(new Date("2027-01-01T02:00:00Z"));
    const reply = await get("/api/v1/me/cards", { ...as(0), "if-none-match": etag });
    house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
    expect(reply.statusCode).toBe(200);
    expect(reply.json().cards[0].state).toBe("ended");
  });

  test.each(paths)("%s takes one statement of the database, besides the record of looks", async (path) => {
    await flushLooks(house);
    let statements = 0;
    const connect = house.pool.connect;
    house.pool.connect = ((...args: Parameters<typeof connect>) => {
      statements += 1;
      return connect.apply(house.pool, args);
    }) as typeof connect;
    try {
      await get(path);
    } finally {
      house.pool.connect = connect;
    }
    const ofTheLook = 1;
    expect(statements - ofTheLook).toBe(1);
  });

  test.each(paths)("%s is closed to those who are not signed in", async (path) => {
    expect((await get(path, {})).statusCode).toBe(401);
  });
});
