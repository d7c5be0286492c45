import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { addCard, addFacility, addNumber, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { routes } from "./api.ts";

let house: TestHouse;
let web: FastifyInstance;
let reader: MadeUpPerson;
let other: MadeUpPerson;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  reader = await addPerson(house.db, { birth_on: "1950-01-01", birth_precision: "year" });
  other = await addPerson(house.db, { full_name: "Lê Văn Giả Định" });
  await addNumber(house.db, reader.personId, "personal_id", "099190000123");
  await addCard(house.db, reader.personId);
  for (const day of ["2026-01-01", "2026-02-02", "2026-03-03"])
    await addVisit(house.db, reader.personId, `${day} 08:20:00`);
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

describe("FHIR for the signed-in citizen", () => {
  test("Patient: numbers by system, name as one text, birth as far as it is known", async () => {
    expect(await get(`/fhir/Patient/${reader.publicId}`)).toMatchObject({
      resourceType: "Patient",
      id: reader.publicId,
      identifier: [{ system: "http://127.0.0.1:8330/fhir/sid/personal-id", value: "099190000123", use: "official" }],
      name: [{ text: "Trần Thị Mẫu Đơn" }],
      gender: "female",
      birthDate: "1950",
    });
  });

  test("Coverage: the card with its period, class and first-care facility", async () => {
    const bundle = await get(`/fhir/Coverage?patient=Patient/${reader.publicId}`);
    expect(bundle.type).toBe("searchset");
    expect(bundle.entry[0].resource).toMatchObject({
      resourceType: "Coverage",
      status: "active",
      subscriberId: "099190000123",
      beneficiary: { reference: `Patient/${reader.publicId}` },
      period: { start: "2026-01-01", end: "2026-12-31" },
    });
  });

  test("ExplanationOfBenefit: items and totals exact, the coverage pointed at", async () => {
    const { entry } = await get(`/fhir/ExplanationOfBenefit?patient=${reader.publicId}&_count=1`);
    const { resource } = entry[0];
    expect(resource).toMatchObject({
      status: "active",
      use: "claim",
      outcome: "complete",
      type: { coding: [{ code: "institutional" }] },
      billablePeriod: { start: "2026-03-03T08:20:00+07:00" },
      insurance: [{ focal: true, coverage: { reference: `Coverage/${reader.publicId}-card12-20260101` } }],
    });
    expect(resource.diagnosis.map((one: Diagnosis) => one.diagnosisCodeableConcept.coding[0]?.code)).toEqual([
      "E11.9",
      "I10",
    ]);
    expect(resource.item).toHaveLength(6);
    expect(resource.item[5]).toMatchObject({ unitPrice: { value: 3500.5, currency: "VND" }, net: { value: 3500.5 } });
    const totals = Object.fromEntries(
      resource.total.map((one: Total) => [one.category.coding[0]?.code, one.amount.value]),
    );
    expect(totals).toEqual({
      submitted: 726600.5,
      eligible: 661000.5,
      benefit: 528800.4,
      copay: 132200.1,
      "patient-out-of-scope": 65600,
      "other-source": 0,
    });
  });

  test("pages follow their next link to the end without loss or repetition", async () => {
    const seen: string[] = [];
    let url: string | undefined = `/fhir/ExplanationOfBenefit?patient=${reader.publicId}&_count=2`;
    while (url) {
      const bundle: Bundle = await get(url);
      seen.push(...bundle.entry.map((one) => one.resource.billablePeriod.start.slice(0, 10)));
      url = bundle.link.find((link) => link.relation === "next")?.url.replace("http://127.0.0.1:8330", "");
    }
    expect(seen).toEqual(["2026-03-03", "2026-02-02", "2026-01-01"]);
  });

  test.each([
    "/fhir/Patient/{id}",
    "/fhir/Coverage?patient={id}",
    "/fhir/ExplanationOfBenefit?patient={id}",
    "/fhir/ExplanationOfBenefit",
  ])("%s of another person is not found", async (path) => {
    const outcome = await get(path.replace("{id}", reader.publicId), 1, 404);
    expect(outcome).toMatchObject({ resourceType: "OperationOutcome", issue: [{ code: "not-found" }] });
  });

  test("nobody signed in gets nothing", async () => {
    expect((await web.inject({ url: `/fhir/Patient/${reader.publicId}` })).statusCode).toBe(401);
  });
});

interface Diagnosis {
  diagnosisCodeableConcept: { coding: { code: string }[] };
}
interface Total {
  category: { coding: { code: string }[] };
  amount: { value: number };
}
interface Bundle {
  link: { relation: string; url: string }[];
  entry: { resource: { billablePeriod: { start: string } } }[];
}
