import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { registry } from "../app.ts";
import { flushLooks } from "../audit/record.ts";
import { addBenefit, addCard, addFacility, addPaper, addPeriod, addVisit } from "../me/person.fixture.ts";
import { formTokenFor } from "../web/form-token.ts";
import { SESSION_COOKIE } from "../web/request.ts";
import type { Route } from "../web/route.ts";
import { provedHoa, resetBySms } from "./factor.fixture.ts";

/** T17: everything of health in the record of a person, and every address that a thief of the SIM may ask. */

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(async () => {
  await flushLooks(house);
  await house.close();
});

/** By each of these somebody would know of an illness, a stay, a facility or what is written of it. */
const traces = [
  ...["Bệnh viện Mẫu Sồi", "02/05/2026", "2026-05-02", "03/06/2026", "Sỏi mật mẫu", "Viêm gan mẫu", "E11.9"],
  ...["Giấy xác nhận nghỉ dưỡng thai", "Certificate of rest in pregnancy", "Giấy ra viện", "Discharge paper"],
  ...["05/08/2026", "2026-08-05", "SG-MAU-01", "Dọa sảy mẫu", "Nằm viện mẫu", "Xem các giấy tờ"],
  ...["Ngày nằm viện sai mẫu", "Bệnh viện trả lời mẫu"],
];

interface Ids {
  publicId: string;
  ids: string[];
}

async function fillHealth(personId: string): Promise<Ids> {
  const { db, pool } = house;
  await addFacility(db);
  await addFacility(db, "99Z07", "Bệnh viện Mẫu Sồi");
  await addCard(db, personId);
  await addPeriod(db, personId, "2026-01", "2026-10");
  await addBenefit(db, personId);
  const there = { facility_code: "99Z07" };
  const visitId = await addVisit(db, personId, "2026-05-02 08:00:00", { ...there, diagnosis: "Sỏi mật mẫu" });
  const secret = { ...there, is_sensitive: true, diagnosis: "Viêm gan mẫu" };
  const secretId = await addVisit(db, personId, "2026-06-03 08:00:00", secret);
  const days = { from_on: "2026-08-01", to_on: "2026-08-05", issued_on: "2026-08-05" };
  const paper = { ...there, ...days, serial: "SG-MAU-01" };
  await addPaper(db, personId, { ...paper, kind: "CT06", diagnosis: "Dọa sảy mẫu" });
  await addPaper(db, personId, { ...paper, kind: "CT03", serial: "SG-MAU-02", diagnosis: "Nằm viện mẫu" });
  const dispute = "00000000-0000-4000-8000-00000000d001";
  await pool.query(
    `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, created_at, status, outcome, answer,
       answered_at)
     values ($1, $2, 'wrong', 'visit', $3, 'Ngày nằm viện sai mẫu', $4, 'answered', 'corrected', 'Bệnh viện trả lời mẫu', $4)`,
    [personId, dispute, visitId, house.clock.now()],
  );
  const { rows } = await pool.query<{ id: string; public_id: string }>(
    `select document_id::text as id, p.public_id from benefit_document d join person p using (person_id)
      where person_id = $1 union select notice_id::text, p.public_id from notice join person p using (person_id)
      where person_id = $1`,
    [personId],
  );
  return { publicId: rows[0]?.public_id ?? "", ids: [visitId, secretId, dispute, ...rows.map(({ id }) => id)] };
}

/** What a citizen reads, and what they send about their own record: acts on the account show no record. */
const walked = registry.filter(
  ({ who, method, purpose }) => who.includes("citizen") && (method === "GET" || purpose === "own_record"),
);

function addressesOf({ path }: Route, { publicId, ids }: Ids): string[] {
  const whole = path
    .replace("Patient/{id}", `Patient/${publicId}`)
    .replace(":fund", "bhxh")
    .replace(":month", "2026-05");
  const paths = new Set(ids.map((id) => whole.replaceAll(/:\w+|\{\w+\}/g, id)));
  const facts = ids.slice(0, 2).flatMap((fact) => ["vi", "en"].map((lang) => ({ about: "visit", fact, lang })));
  return [...paths].flatMap((one) =>
    facts.map((fact) => `${one}?${new URLSearchParams({ ...fact, patient: publicId, numbers: "whole" })}`),
  );
}

/** Asked as a browser asks for a page, and a program for the rest; sent with a report on the fact that is named. */
function answerTo(token: string, { method, kind }: Route, url: string) {
  const { searchParams } = new URL(url, "http://vssid.test");
  const fact = { kind: "visit", id: searchParams.get("fact") };
  if (kind === "api") {
    const headers = { authorization: `Bearer ${token}` };
    const payload = { kind: "not_mine", fact, says: "" };
    return house.app.inject({ method, url, headers, ...(method === "GET" ? {} : { payload }) });
  }
  searchParams.set("kind", "not_mine");
  searchParams.set("_token", formTokenFor(house.vault, token));
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const sent = method === "GET" ? {} : { headers, payload: searchParams.toString() };
  return house.app.inject({ method, url, cookies: { [SESSION_COOKIE]: token }, ...sent });
}

/** What every address says to this session, without the address itself. */
async function answersTo(token: string, ids: Ids): Promise<[asked: string, said: string][]> {
  const answers: [string, string][] = [];
  for (const route of walked) {
    for (const url of addressesOf(route, ids)) {
      const { body, statusCode } = await answerTo(token, route, url);
      answers.push([`${statusCode} ${route.method} ${url}`, body.replaceAll(url.split("?")[0] ?? "", "")]);
    }
  }
  return answers;
}

describe("T17 all that a citizen may ask for", () => {
  it("names health to the owner, and nothing of it anywhere after a reset by SMS alone", async () => {
    const { personId, token: owner } = await provedHoa(house);
    const ids = await fillHealth(personId);
    const open = await answersTo(owner, ids);
    expect(traces.filter((trace) => !open.some(([, said]) => said.includes(trace)))).toEqual([]);
    const { token } = await resetBySms(house);
    const closed = await answersTo(token, ids);
    const told = closed.flatMap(([asked, said]) => {
      const found = traces.filter((trace) => said.includes(trace));
      return found.length > 0 ? [`${asked}: ${found.join(", ")}`] : [];
    });
    expect(told).toEqual([]);
    expect(closed.filter(([asked]) => /^(429|5)/.test(asked))).toEqual([]);
    expect(closed.length).toBeGreaterThan(4 * walked.length);
  });
});
