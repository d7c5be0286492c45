import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks } from "../audit/record.ts";
import { addCard, addFacility, addNumber, addPerson, addVisit, type MadeUpPerson } from "../me/person.fixture.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { writeItems } from "../visits/items.ts";
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

const webOf = (person: MadeUpPerson) => openWeb(house, routes, [person.citizen]);

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
      insurance: [{ focal: true, coverage: { reference: expect.stringContaining("-card12-20260101-") } }],
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

  test("ExplanationOfBenefit: each item's parts add up to it, items to the totals, exactly, below zero too", async () => {
    const odd = await addPerson(house.db, { full_name: "Hồ Âm Mẫu" });
    await addVisit(house.db, odd.personId, "2026-04-04 08:20:00", {
      ...{ total: "700000.3", fund_paid: "560000.24", co_paid: "140000.06", self_paid: "0", other_paid: "0" },
      items: writeItems([
        [
          "1",
          "D",
          "4",
          "40.48",
          "Thuốc mẫu",
          "Viên",
          "3",
          "300000.1",
          "100",
          "900000.3",
          "720000.24",
          "180000.06",
          "0",
          "0",
        ],
        ["2", "S", "13", "13.1", "Trả lại", "", "-1", "200000", "100", "-200000", "-160000", "-40000", "0", "0"],
      ]),
    });
    await using extra = await webOf(odd);
    const { entry } = (
      await extra.inject({ url: `/fhir/ExplanationOfBenefit?patient=${odd.publicId}`, headers: as(0) })
    ).json();
    const { item, total } = entry[0].resource;
    const hao = (amount: number) => Math.round(amount * 100);
    const of = (list: Adjudication[], code: string) =>
      hao(list.find((one) => one.category.coding[0]?.code === code)?.amount.value ?? Number.NaN);
    const parts = ["benefit", "copay", "patient-out-of-scope", "other-source"];
    for (const { adjudication, net } of item) {
      expect(parts.reduce((sum, part) => sum + of(adjudication, part), 0)).toBe(of(adjudication, "submitted"));
      expect(hao(net.value)).toBe(of(adjudication, "submitted"));
    }
    for (const part of ["submitted", ...parts]) {
      const sum = item.reduce(
        (all: number, one: { adjudication: Adjudication[] }) => all + of(one.adjudication, part),
        0,
      );
      expect(sum, part).toBe(of(total, part));
    }
    expect(item[1].net).toEqual({ value: -200000, currency: "VND" });
    expect(item[1].quantity).toEqual({ value: -1 });
  });

  test("a claim without codes, card or lines is still a whole resource: nothing empty, nothing made up", async () => {
    const bare = await addPerson(house.db, { full_name: "Mai Trơn Mẫu" });
    await addVisit(house.db, bare.personId, "2026-04-04 08:20:00", {
      ...{ main_code: "", other_codes: null, diagnosis: "", card_number: null, items: "[]" },
    });
    await using extra = await webOf(bare);
    const { body } = await extra.inject({ url: `/fhir/ExplanationOfBenefit?patient=${bare.publicId}`, headers: as(0) });
    expect(body).not.toMatch(/:(""|\[\]|\{\}|null)/);
    const { resource } = JSON.parse(body).entry[0];
    expect(resource.diagnosis).toMatchObject([
      { sequence: 1, diagnosisCodeableConcept: { text: "No diagnosis in the claim" } },
    ]);
    expect(resource.insurance).toEqual([{ focal: true, coverage: { display: "Card not named in the claim" } }]);
    expect(resource.item).toBeUndefined();
  });

  test("_count: more than the most is shortened, 0 counts only, anything else is told; links keep what was asked", async () => {
    const list = `/fhir/ExplanationOfBenefit?patient=${reader.publicId}`;
    expect((await get(`${list}&_count=5000`)).entry).toHaveLength(3);
    const counted = await get(`${list}&_count=0`);
    expect([counted.total, counted.entry]).toEqual([3, undefined]);
    for (const wrong of ["-1", "two", "1.5"]) {
      expect(await get(`${list}&_count=${wrong}`, 0, 400)).toMatchObject({ issue: [{ code: "value" }] });
    }
    const { link } = await get(`${list}&_count=1&_lastUpdated=ge2026-11-01`);
    const next = new URL(link.find((one: { relation: string }) => one.relation === "next").url);
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ _count: "1", _lastUpdated: "ge2026-11-01" });
    const second = await get(`${next.pathname}${next.search}`);
    expect(second.link[0]).toEqual({ relation: "self", url: next.href });
  });

  test("_lastUpdated: when the newest version arrived, by bounds, and each resource says when", async () => {
    const list = `/fhir/ExplanationOfBenefit?patient=${reader.publicId}`;
    const days = (query: string) => get(`${list}${query}`).then(({ entry = [] }) => entry.length);
    expect((await get(list)).entry[0].resource.meta).toEqual({ lastUpdated: "2026-11-21T01:00:00.000Z" });
    expect(await days("&_lastUpdated=2026-11-21")).toBe(3);
    expect(await days("&_lastUpdated=gt2026-11-21")).toBe(0);
    expect(await days("&_lastUpdated=ge2026-11-01&_lastUpdated=lt2026-11-21")).toBe(0);
    expect(await days("&_lastUpdated=le2026-11-21T08:00:00%2B07:00")).toBe(3);
    expect(await days("&_lastUpdated=lt2026-11-21T01:00:00Z")).toBe(0);
    await get(`${list}&_lastUpdated=yesterday`, 0, 400);
    await get(`${list}&_lastUpdated=ge2026-13-01`, 0, 400);
  });

  test("the whole 128-bit id leads back to the same visit, and a cut one to none", async () => {
    const { entry } = await get(`/fhir/ExplanationOfBenefit?patient=${reader.publicId}&_count=1`);
    const { fullUrl, resource } = entry[0];
    expect(await get(new URL(fullUrl).pathname)).toEqual(resource);
    await get(`/fhir/ExplanationOfBenefit/${resource.id}`, 1, 404);
    const cut = `${resource.id.slice(0, -8)}00000000`;
    await get(`/fhir/ExplanationOfBenefit/${cut}`, 0, 404);
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
interface Adjudication {
  category: { coding: { code: string }[] };
  amount: { value: number };
}
interface Total {
  category: { coding: { code: string }[] };
  amount: { value: number };
}
interface Bundle {
  link: { relation: string; url: string }[];
  entry: { resource: { billablePeriod: { start: string } } }[];
}
