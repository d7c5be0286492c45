import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { CodeBook } from "../intake/code-book.ts";
import { codesInForce } from "../intake/import-claims.ts";
import { addFacility, addPaper, addPerson, addVisit, type MadeUpPerson, sixLines } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes as statements } from "../statement/citizen.tsx";
import { upsertReference } from "../units/store-reference.ts";
import { routes as visitApi } from "../visits/api.ts";
import { routes as visitPages } from "../visits/citizen.tsx";
import { writeItems } from "../visits/items.ts";
import { addMark, endMarkOn } from "./change.ts";
import { marksOn } from "./store.ts";
import { sweepMarks } from "./sweep.ts";

let house: TestHouse;
let web: FastifyInstance;
let person: MadeUpPerson;
let lungs: string;
const today = "2026-11-23";
const decision = { reason: "Bệnh lao", by: "Quyết định thử 1" };
const lung = { kind: "icd", from: "A15", to: "A19" } as const;

beforeAll(async () => {
  house = await openTestHouse({ at: `${today}T02:00:00Z` });
  await addFacility(house.db);
  person = await addPerson(house.db);
  await addPerson(house.db, { full_name: "Ngô Văn Khác" });
  const { personId } = person;
  lungs = await addVisit(house.db, personId, "2026-03-02 08:00:00", { main_code: "J18", other_codes: "I10; a15.0" });
  await addVisit(house.db, personId, "2026-04-02 08:00:00", { main_code: "A14" });
  const items = writeItems(sixLines).replace("Thuốc mẫu A 500mg", "Methadon 10mg/ml");
  await addVisit(house.db, personId, "2026-05-02 08:00:00", { main_code: "I10", items });
  await addPaper(house.db, personId, { serial: "GN-1", disease_code: "A16" });
  web = await openWeb(house, [...visitPages, ...visitApi, ...statements], [person.citizen]);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const get = async (url: string) => (await web.inject({ url, headers: as(0) })).body;
const privateOnes = async (table: string) =>
  (await house.pool.query(`select count(*)::int as n from ${table} where is_sensitive`)).rows[0].n;
const versionOf = async () =>
  (await house.pool.query("select data_version from person where person_id = $1", [person.personId])).rows[0];
const later = (days: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + days * 86_400_000));

describe("a mark that an operator adds", () => {
  it("makes what stands on record private: list, page, interface, file", async () => {
    expect(await get("/app/visits?year=2026")).not.toContain("Nội dung riêng tư");
    const before = await versionOf();
    await addMark(house, { ...lung, day: today, ...decision });
    expect(await sweepMarks(house, 1)).toBe(1);
    expect(await get("/app/visits?year=2026")).toContain("Nội dung riêng tư");
    expect(await get(`/app/visits/${lungs}`)).toContain("Hiện nội dung riêng tư");
    const { visits } = JSON.parse(await get("/api/v1/me/visits"));
    expect(visits.map((one: { isSensitive: boolean }) => one.isSensitive)).toEqual([false, false, true]);
    const lineOf = async (more: string) =>
      (await get(`/app/statements/csv?kind=visits&year=2026${more}`))
        .split("\n")
        .find((line) => line.includes("2026-03-02"));
    expect(await lineOf("&private=yes")).toMatch(/phổi/);
    expect(await lineOf("")).toBeDefined();
    expect(await lineOf("")).not.toMatch(/phổi/);
    expect(await privateOnes("benefit_document")).toBe(1);
    expect(await versionOf()).not.toEqual(before);
  });

  it("is on the record with whose decision it was, and not added twice", async () => {
    await expect(addMark(house, { ...lung, day: today, ...decision })).rejects.toMatchObject({ code: "mark_stands" });
    const { rows } = await house.pool.query(
      "select object_id, detail from audit_event where action = 'sensitive.added'",
    );
    expect(rows).toEqual([{ object_id: "icd A15–A19", detail: { from: today, by: decision.by } }]);
  });

  it("goes over the record again a day later, for imports that had begun before it", async () => {
    const late = await addVisit(house.db, person.personId, "2026-06-02 08:00:00", { main_code: "A17" });
    expect(await sweepMarks(house)).toBe(0);
    later(2);
    expect(await sweepMarks(house)).toBe(1);
    expect(await get(`/app/visits/${late}`)).toContain("Hiện nội dung riêng tư");
    later(2);
    expect(await sweepMarks(house)).toBe(0);
  });

  it("waits for its first day; a drug is looked for among the lines", async () => {
    const from = "2026-12-01";
    await addMark(house, { kind: "drug", from: "Methadon", to: undefined, day: from, ...decision });
    expect(await sweepMarks(house)).toBe(0);
    house.clock.moveTo(new Date(`${from}T02:00:00Z`));
    expect(await privateOnes("visit")).toBe(2);
    await sweepMarks(house);
    expect(await privateOnes("visit")).toBe(3);
  });

  it("is what claims are read with from its day to its last", async () => {
    const isPrivate = async () => new CodeBook(await codesInForce(house)).sensitive.hasDisease("A15.3");
    expect(await isPrivate()).toBe(true);
    await endMarkOn(house, lung, "2026-12-01", "Quyết định thử 2");
    expect(await isPrivate()).toBe(true);
    later(1);
    expect(await isPrivate()).toBe(false);
    expect(await privateOnes("visit")).toBe(3);
    await expect(endMarkOn(house, lung, "2026-12-05", "x")).rejects.toMatchObject({ what: "sensitive_mark" });
  });
});

it("the list that ships is there at first, gone over already; what an operator ended a new release leaves ended", async () => {
  const syphilis = { kind: "icd", from: "A50", to: "A64" } as const;
  const standing = async () => (await marksOn(house.db, "2026-12-20")).find((mark) => mark.from === "A50");
  expect(await standing()).toMatchObject({ ...syphilis, passes: 2, validTo: undefined });
  await endMarkOn(house, syphilis, "2026-12-10", "Quyết định thử 3");
  const columns = ["kind", "from_code", "to_code", "valid_from", "reason", "source", "passes"];
  const { kind, from: from_code, to: to_code } = syphilis;
  const shipped = { kind, from_code, to_code, valid_from: "2026-01-01", reason: "x", source: "x", passes: 0 };
  await inTransaction(house.db, (tx) => upsertReference(tx, "sensitive_mark", columns, [shipped], true));
  expect(await standing()).toBeUndefined();
});
