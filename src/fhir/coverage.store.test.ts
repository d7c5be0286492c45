import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { addCard, addFacility, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./api.ts";
import { coveragesOf } from "./resources.ts";

/** A person whose card was renewed each year under one number, beside one of another number that was replaced. */
let house: TestHouse;
let web: FastifyInstance;
let reader: MadeUpPerson;
let other: MadeUpPerson;

const NUMBER = "099190000177";
const ADMISSIONS = ["2024-12-31", "2025-06-02", "2026-03-03", "2028-02-02"];

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  reader = await addPerson(house.db);
  other = await addPerson(house.db, { full_name: "Lê Văn Giả Định" });
  for (const year of [2025, 2026, 2027]) {
    await addCard(house.db, reader.personId, {
      ...{ card_number: NUMBER, valid_from: `${year}-01-01`, valid_to: `${year}-12-31` },
    });
  }
  await addCard(house.db, reader.personId, { card_number: "099190000188", status: "replaced" });
  for (const day of ADMISSIONS) {
    await addVisit(house.db, reader.personId, `${day} 08:20:00`, { card_number: NUMBER });
  }
  web = await openWeb(house, routes, [reader.citizen, other.citizen]);
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

const get = async (url: string, who = 0, status = 200) => {
  const reply = await web.inject({ url, headers: as(who) });
  expect(reply.statusCode).toBe(status);
  expect(reply.headers["content-type"]).toContain("application/fhir+json");
  return reply.json();
};
const coverages = async (): Promise<{ fullUrl: string; resource: Resource }[]> =>
  (await get(`/fhir/Coverage?patient=${reader.publicId}`)).entry;

describe("FHIR Coverage", () => {
  test("a card each, under an id and an address of its own that bears no number, also where two begin on one day", async () => {
    const entries = await coverages();
    expect(entries.map(({ resource }) => [resource.period.start, resource.status])).toEqual([
      ["2027-01-01", "active"],
      ["2026-01-01", "active"],
      ["2026-01-01", "cancelled"],
      ["2025-01-01", "active"],
    ]);
    expect(new Set(entries.map(({ fullUrl }) => fullUrl)).size).toBe(entries.length);
    for (const { fullUrl, resource } of entries) {
      expect(fullUrl).toMatch(new RegExp(`/fhir/Coverage/${resource.id}$`));
      expect(resource.id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
      expect(resource.id).not.toContain(resource.subscriberId.slice(-6));
    }
  });

  test("is read by its address as the list gives it; another's, and one that is not there, are not found", async () => {
    for (const { fullUrl, resource } of await coverages()) {
      expect(await get(new URL(fullUrl).pathname)).toEqual(resource);
      expect(await get(new URL(fullUrl).pathname, 1, 404)).toMatchObject({ issue: [{ code: "not-found" }] });
    }
    await get(`/fhir/Coverage/${reader.publicId}-card12-20200101-000`, 0, 404);
  });

  test("of a visit is the card of its number on that day, else the newest begun before, and none that began later", async () => {
    const { entry } = await get(`/fhir/ExplanationOfBenefit?patient=${reader.publicId}`);
    const cards = await coverages();
    const startOf = (reference: string | undefined) =>
      cards.find(({ fullUrl }) => reference && fullUrl.endsWith(`/fhir/${reference}`))?.resource.period.start;
    const visits: { resource: Explanation }[] = entry;
    expect(
      visits.map(({ resource: { billablePeriod, insurance } }) => [
        billablePeriod.start.slice(0, 10),
        startOf(insurance[0]?.coverage.reference),
      ]),
    ).toEqual([
      ["2028-02-02", "2027-01-01"],
      ["2026-03-03", "2026-01-01"],
      ["2025-06-02", "2025-01-01"],
      ["2024-12-31", undefined],
    ]);
    expect(visits[3]?.resource.insurance[0]?.coverage).toMatchObject({ identifier: { value: NUMBER } });
  });

  test("every reference of a list of visits leads to a resource", async () => {
    const bundle = JSON.stringify(await get(`/fhir/ExplanationOfBenefit?patient=${reader.publicId}`));
    const references = [...new Set([...bundle.matchAll(/"reference":"([^"]+)"/g)].map(([, one]) => one ?? ""))];
    expect(references).toHaveLength(4);
    for (const reference of references) {
      expect(await get(`/fhir/${reference}`)).toMatchObject({ resourceType: reference.split("/")[0] });
    }
  });

  test("ids stay apart even where as much of two numbers is equal as an id holds", async () => {
    const cards = Array.from({ length: 200 }, (_, at) => ({
      ...({ form: "card12", validFrom: "2026-01-01", number: `0991900${10_000 + at}` } as const),
    }));
    const ids = coveragesOf(reader.publicId, cards).map(({ id }) => id);
    expect(new Set(ids).size).toBe(cards.length);
    expect(ids.some((id) => /-2$/.test(id))).toBe(true);
  });
});

interface Resource {
  id: string;
  status: string;
  subscriberId: string;
  period: { start: string };
}
interface Explanation {
  billablePeriod: { start: string };
  insurance: { coverage: { reference?: string } }[];
}
