import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { identify } from "../account/identify.ts";
import { flushLooks } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { closeAccount } from "../holder/end-account.ts";
import { reopenAccount } from "../holder/reopen-account.ts";
import { addAcceptedFile } from "../me/person.fixture.ts";
import { OFFICE } from "../review/counter.fixture.ts";
import { askUnblock, blockLink, endLink } from "./block-link.ts";
import { decideAsked } from "./confirm-link.ts";
import { aChild, aDesk, again, aParent, CANARY, type Child, type Desk, link, type Parent } from "./guardian.fixture.ts";

const morning = "2026-11-23T02:00:00.000Z";
let house: TestHouse;
let elsewhere: House;
let desk: Desk;
let mother: Parent;
let father: Parent;
let child: Child;
let mothersLink: string;

beforeAll(async () => {
  house = await openTestHouse({ at: morning });
  elsewhere = { ...house };
  desk = await aDesk(house);
});
afterAll(async () => {
  await flushLooks(house);
  await house.close();
});
beforeEach(async () => {
  house.clock.moveTo(new Date(morning));
  mother = await aParent(house);
  father = await aParent(house, "Nguyễn Văn Cha Mẫu", "1988-02-02");
  child = await aChild(house);
  mothersLink = await link(house, desk, child, mother);
});

async function get(url: string, who: Pick<Parent, "cookies">) {
  return house.app.inject({ url, cookies: who.cookies });
}

async function post(url: string, who: Parent, fields: Record<string, string>, tokenFrom = "/app/family") {
  const shown = (await get(tokenFrom, who)).body;
  const token = /name="_token" value="([^"]+)"/.exec(shown)?.[1] ?? "";
  return house.app.inject({
    method: "POST",
    url,
    cookies: who.cookies,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ _token: token, ...fields }).toString(),
  });
}

const turnTo = (who: Parent, to: Pick<Child, "publicId"> = child, place: Record<string, string> = {}) =>
  post("/app/family/acting", who, { ward: to.publicId, ...place });
const bar = "Đang xem hồ sơ của";
/** What the page says of the record, without the frame around it. */
const mainOf = (html: string) => (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "").replaceAll(/<[^>]+>/g, " ");
const appPages = ["/app", "/app/card", "/app/participation", "/app/benefits", "/app/visits", "/app/more", "/app/looks"];
const ownPages = ["/app/disputes", "/app/family", "/account/devices", "/account/password"];

describe("a guardian who turns to a child's record", () => {
  test("sees the bar with the child's name on every page of the account, in both languages, until turning back", async () => {
    expect((await turnTo(mother, child, { to: "//elsewhere" })).headers.location).toBe("/app");
    expect((await turnTo(mother, child, { to: "visits" })).headers.location).toBe("/app/visits");
    for (const url of [...appPages, ...ownPages]) {
      const vi = (await get(`${url}?lang=vi`, mother)).body;
      expect(vi, url).toMatch(new RegExp(`${bar} <strong>${child.name}</strong> \\(con\\)`));
      expect((await get(`${url}?lang=en`, mother)).body, url).toContain("You are looking at the record of");
      expect(vi, url).toContain('action="/app/family/return"');
      expect(vi, url).not.toContain(mother.number);
    }
    expect((await post("/app/family/return", mother, {})).statusCode).toBe(303);
    for (const url of [...appPages, ...ownPages]) expect((await get(url, mother)).body, url).not.toContain(bar);
  });

  test("is never told that the child's record is their own, nor spoken to as its owner", async () => {
    await turnTo(mother);
    for (const url of [...appPages, "/app/disputes", `/app/visits/${child.visitId}`]) {
      expect(mainOf((await get(`${url}?lang=vi`, mother)).body), url).not.toMatch(/Ông\/Bà|của tôi|của mình/);
      expect(mainOf((await get(`${url}?lang=en`, mother)).body), url).not.toMatch(/\b(you|your|yours|my)\b/i);
    }
  });

  test("reads the child's card and visits there, by page and by API, and never the own ones", async () => {
    await turnTo(mother);
    expect((await get("/app", mother)).body.replaceAll(/<[^>]+>|\s/g, "")).toContain(`TE152${child.number}`);
    expect((await get("/app/visits", mother)).body).toContain(child.visitId);
    expect((await get(`/app/visits/${child.visitId}`, mother)).statusCode).toBe(200);
    expect((await get("/api/v1/me", mother)).json()).toMatchObject({ publicId: child.publicId, fullName: child.name });
    expect((await get(`/fhir/Patient/${child.publicId}`, mother)).statusCode).toBe(200);
    expect((await get(`/fhir/Patient/${mother.publicId}`, mother)).statusCode).toBe(404);
  });

  test("keeps the account pages for the own account, and they say so", async () => {
    await turnTo(mother);
    const devices = (await get("/account/devices", mother)).body;
    expect(devices).toContain("Riêng trang này là tài khoản của chính Ông/Bà.");
    expect((await get("/app/visits", mother)).body).not.toContain("Riêng trang này");
    const sessions = await house.db
      .selectFrom("session")
      .select("acting_for")
      .where("person_id", "=", mother.personId)
      .execute();
    expect(sessions).toEqual([{ acting_for: child.personId }]);
  });

  test("leaves a line for each look: the child reads who looked, the other parent too, the guardian reads for whom", async () => {
    await link(house, desk, child, father, { relation: "father" });
    await turnTo(mother);
    await get("/app/visits", mother);
    await flushLooks(house);
    const rows = await house.db
      .selectFrom("audit_event")
      .select(["actor_kind", "actor_id", "person_id", "action"])
      .where("person_id", "=", child.personId)
      .where("action", "in", ["read_visits", "acting_begun"])
      .orderBy("event_id")
      .execute();
    const line = { actor_kind: "citizen", actor_id: mother.personId, person_id: child.personId };
    expect(rows).toEqual([
      { ...line, action: "acting_begun" },
      { ...line, action: "read_visits" },
    ]);
    await turnTo(father);
    const seen = (await get("/app/looks", father)).body;
    expect(seen).toContain("Trần Thị Mẹ Mẫu (mẹ)");
    expect(seen).toContain("Xem các lần khám");
    const own = (await get("/app/family", mother)).body;
    expect(own).toContain("Xem các lần khám");
    expect(own).toContain(child.name);
  });

  test("is refused for a child of others, for a child without link, for herself and for nobody", async () => {
    const stranger = await aChild(house);
    for (const publicId of [stranger.publicId, mother.publicId, "00000000-0000-4000-8000-000000000000", "", "1"]) {
      expect((await turnTo(mother, { publicId })).statusCode).toBe(403);
    }
    expect((await get("/app", mother)).body).not.toContain(bar);
  });
});

describe("T14 taking the right away", () => {
  test("a block closes open pages at once here and within five seconds in another process; both parents are told, not why", async () => {
    await link(house, desk, child, father, { relation: "father" });
    await turnTo(mother);
    expect(await identify(elsewhere, { cookie: mother.token })).toMatchObject({
      actingFor: { personId: child.personId },
    });
    await blockLink(house, desk.officer, mothersLink, { reason: "Tòa án cấm tiếp cận" });
    expect((await get("/app/visits", mother)).body).not.toContain(CANARY);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 5000));
    expect(await identify(elsewhere, { cookie: mother.token })).not.toHaveProperty("actingFor");
    expect((await turnTo(mother)).statusCode).toBe(403);
    const notices = await house.db
      .selectFrom("notice")
      .select(["recipient", "fields"])
      .where("template", "=", "guardian_link")
      .where("recipient", "in", [mother.phone, father.phone])
      .orderBy("notice_id", "desc")
      .limit(2)
      .execute();
    expect(notices.map(({ recipient }) => recipient).toSorted()).toEqual([mother.phone, father.phone].toSorted());
    expect(JSON.stringify(notices)).toContain("đã tạm ngừng");
    expect(JSON.stringify(notices)).not.toContain("Tòa án");
  });

  test("an account that an office closed opens to no guardian until it is opened again, and the page of the family says why", async () => {
    await turnTo(mother);
    const { officer: staff } = desk;
    const { personId } = child;
    const of = { personId, officeCode: OFFICE, now: house.clock.now() };
    await closeAccount(house, staff, { ...of, grounds: "abused" });
    expect((await get("/app/visits", mother)).body).not.toContain(CANARY);
    expect((await turnTo(mother)).statusCode).toBe(403);
    expect((await get("/api/v1/me/wards", mother)).json()).toEqual({ wards: [] });
    expect((await get("/app/family", mother)).body).toContain(
      "Tài khoản này đã đóng. Muốn mở lại, xin đến cơ quan BHXH.",
    );
    await reopenAccount(house, staff, { ...of, paper: "cccd" });
    expect((await turnTo(mother)).statusCode).toBe(303);
    expect((await get("/app/visits", mother)).body).toContain(CANARY);
  });

  test("a block is lifted only by a second person, and the session does not turn back to the child by itself", async () => {
    await turnTo(mother);
    await blockLink(house, desk.officer, mothersLink, { reason: "Chờ xác minh" });
    await get("/app", mother);
    await askUnblock(house, desk.supervisor, mothersLink, { reason: "Tòa án bác đơn" });
    await expect(decideAsked(house, desk.supervisor, mothersLink, true)).rejects.toMatchObject({ code: "two_persons" });
    await expect(decideAsked(house, desk.officer, mothersLink, true)).rejects.toMatchObject({
      code: "supervisor_only",
    });
    const { supervisor } = await aDesk(house);
    await decideAsked(house, supervisor, mothersLink, true);
    expect((await get("/app", mother)).body).not.toContain(bar);
    expect((await turnTo(mother)).statusCode).toBe(303);
    expect((await get("/app", mother)).body).toContain(bar);
  });

  test("at midnight of the eighteenth birthday the open page falls back to the own record, to the second", async () => {
    const youth = await aChild(house, "2008-11-24");
    await link(house, desk, youth, mother);
    house.clock.moveTo(new Date("2026-11-23T16:50:00.000Z"));
    mother = await again(house, mother);
    await turnTo(mother, youth);
    house.clock.moveTo(new Date("2026-11-23T16:59:58.500Z"));
    expect((await get("/app/visits", mother)).body).toContain(youth.name);
    expect(await identify(house, { cookie: mother.token })).toMatchObject({ actingFor: { personId: youth.personId } });
    house.clock.moveTo(new Date("2026-11-23T17:00:00.500Z"));
    expect((await get("/app/visits", mother)).body).not.toContain(CANARY);
    expect((await get("/api/v1/me", mother)).json().publicId).toBe(mother.publicId);
  });

  test("a copy kept by the browser is not taken for the own record, nor the other way round, though versions are alike", async () => {
    const own = String((await get("/api/v1/me/visits", mother)).headers.etag);
    await turnTo(mother);
    const asChild = await house.app.inject({
      url: "/api/v1/me/visits",
      cookies: mother.cookies,
      headers: { "if-none-match": own },
    });
    expect(asChild.statusCode).toBe(200);
    expect(asChild.body).toContain(CANARY);
    const childs = String(asChild.headers.etag);
    await endLink(house, desk.officer, mothersLink, { end_reason: "asked", reason: "Cha mẹ yêu cầu" });
    const after = await house.app.inject({
      url: "/api/v1/me/visits",
      cookies: mother.cookies,
      headers: { "if-none-match": childs },
    });
    expect(after.statusCode).toBe(200);
    expect(after.body).not.toContain(CANARY);
  });

  test("a form opened on the child's record is not taken for the own one after the link has ended", async () => {
    await turnTo(mother);
    const shown = (await get("/app/disputes/new?about=participation&fact=bhxh", mother)).body;
    const token = /name="_token" value="([^"]+)"/.exec(shown.slice(shown.indexOf("/app/disputes")))?.[1] ?? "";
    await endLink(house, desk.officer, mothersLink, { end_reason: "asked", reason: "Cha mẹ yêu cầu" });
    const sent = await house.app.inject({
      method: "POST",
      url: "/app/disputes",
      cookies: mother.cookies,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({
        _token: token,
        about: "participation",
        fact: "bhxh",
        kind: "missing",
        says: "Thiếu",
      }).toString(),
    });
    expect(sent.statusCode).toBe(409);
    expect(
      await house.db.selectFrom("dispute").select("person_id").where("person_id", "=", mother.personId).execute(),
    ).toEqual([]);
  });

  test("a guardian whose account is suspended, or who has died, acts for nobody", async () => {
    await turnTo(mother);
    await house.pool.query("update person set died_on = '2026-11-20' where person_id = $1", [mother.personId]);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 4000));
    expect((await get("/app/visits", mother)).body).not.toContain(CANARY);
    await link(house, desk, child, father, { relation: "father" });
    await turnTo(father);
    await house.pool.query("update account set status = 'suspended' where person_id = $1", [father.personId]);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 4000));
    expect((await get("/app/visits", father)).statusCode).toBe(303);
  });
});

describe("T17 a password that was set again by SMS alone", () => {
  test("opens no child's record until its limit has passed, by page or by program", async () => {
    await turnTo(mother);
    await house.pool.query("update account set limited_until = $1 where person_id = $2", [
      new Date("2026-11-26T02:00:00.000Z"),
      mother.personId,
    ]);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 4000));
    expect((await get("/app/visits", mother)).body).not.toContain(CANARY);
    expect((await turnTo(mother)).statusCode).toBe(403);
    const headers = { authorization: `Bearer ${mother.token}`, "vssid-acting-for": child.publicId };
    expect((await house.app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(403);
    house.clock.moveTo(new Date("2026-11-26T02:00:01.000Z"));
    mother = await again(house, mother);
    expect((await turnTo(mother)).statusCode).toBe(303);
  });
});

describe("a program that names the child in a header", () => {
  const ask = (url: string, who: Parent, publicId: string, more: Record<string, string> = {}) =>
    house.app.inject({ url, headers: { authorization: `Bearer ${who.token}`, "vssid-acting-for": publicId, ...more } });

  test("reads that record with this request only, finds whom to name, and is refused for anybody else", async () => {
    const listed = (
      await house.app.inject({ url: "/api/v1/me/wards", headers: { authorization: `Bearer ${mother.token}` } })
    ).json();
    expect(listed.wards).toEqual([
      { publicId: child.publicId, fullName: child.name, relation: "mother", lastDay: "2034-05-04" },
    ]);
    expect((await ask("/api/v1/me", mother, child.publicId)).json().publicId).toBe(child.publicId);
    expect((await ask("/api/v1/me", mother, mother.publicId)).json().publicId).toBe(mother.publicId);
    const refused = [father.publicId, "00000000-0000-4000-8000-000000000000", "x", ""];
    const answers = await Promise.all(refused.map((publicId) => ask("/api/v1/me", mother, publicId)));
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual(
      refused.map(() => [403, "not_guardian"]),
    );
    expect((await get("/app", mother)).body).not.toContain(bar);
  });

  test("names itself while a browser of the same session shows the child", async () => {
    await turnTo(mother);
    expect((await ask("/api/v1/me", mother, mother.publicId)).json().publicId).toBe(mother.publicId);
  });

  test("is told of the header in the API document, on every address of a record", async () => {
    const document = (await house.app.inject("/api/openapi.json")).json();
    for (const path of ["/api/v1/me", "/api/v1/me/visits", "/api/v1/me/disputes", "/fhir/Coverage"]) {
      expect(JSON.stringify(document.paths[path]), path).toContain("vssid-acting-for");
    }
    expect(JSON.stringify(document.paths["/api/v1/me/wards"])).not.toContain("vssid-acting-for");
  });

  test("repeats a write with one key for one record only", async () => {
    await addAcceptedFile(house, mother.personId, OFFICE);
    const report = (publicId: string) =>
      house.app.inject({
        method: "POST",
        url: "/api/v1/me/disputes",
        headers: { authorization: `Bearer ${mother.token}`, "vssid-acting-for": publicId, "idempotency-key": "k-1" },
        payload: { kind: "missing", fact: { kind: "participation", id: "bhxh" }, says: "Thiếu" },
      });
    const [own, childs] = [await report(mother.publicId), await report(child.publicId)];
    expect([own.statusCode, childs.statusCode]).toEqual([201, 201]);
    expect(childs.json().id).not.toBe(own.json().id);
  });
});

describe("private visits", () => {
  test("are shown to guardians of a small child and hidden from the sixteenth birthday on, in lists, sums, pages, API and FHIR", async () => {
    const youth = await aChild(house, "2010-11-24");
    await link(house, desk, youth, mother);
    const paths = ["/app/visits", "/api/v1/me/visits", `/fhir/ExplanationOfBenefit?patient=${youth.publicId}`];
    const read = async () => {
      await turnTo(mother, youth);
      const bodies = await Promise.all(paths.map(async (path) => (await get(path, mother)).body));
      const statuses = await Promise.all(
        [`/app/visits/${youth.privateVisitId}`, `/api/v1/me/visits/${youth.privateVisitId}`].map(
          async (path) => (await get(path, mother)).statusCode,
        ),
      );
      return { hits: bodies.map((body) => body.includes(youth.privateVisitId)), statuses };
    };
    expect(await read()).toEqual({ hits: [true, true, true], statuses: [200, 200] });
    house.clock.moveTo(new Date("2026-11-23T17:00:00.100Z"));
    mother = await again(house, mother);
    expect(await read()).toEqual({ hits: [false, false, false], statuses: [404, 404] });
    expect((await get("/app/visits", mother)).body).toContain("một số lượt khám riêng tư");
  });

  test("are not told by who looked, neither by the young person's own looks nor by another guardian's from before", async () => {
    const youth = await aChild(house, "2010-11-24");
    for (const parent of [mother, father]) await link(house, desk, youth, parent);
    const care = `/app/visits/${youth.privateVisitId}/private-care`;
    await turnTo(father, youth);
    expect((await get(care, father)).statusCode).toBe(200);
    const told = async () => {
      await turnTo(mother, youth);
      const { body } = await get("/app/looks", mother);
      return [body.includes("HIV"), body.includes(`Chính ${youth.name}`)];
    };
    expect(await told()).toEqual([true, true]);
    await house.pool.query(
      "update account set password_kind = 'chosen', password_set_on = '2026-11-01' where person_id = $1",
      [youth.personId],
    );
    house.clock.moveTo(new Date("2026-11-23T17:00:00.100Z"));
    const own = await again(house, { ...mother, personId: youth.personId });
    expect((await get(care, own)).statusCode).toBe(200);
    expect((await get("/app/looks", own)).body).toContain("HIV");
    mother = await again(house, mother);
    expect(await told()).toEqual([false, false]);
  });
});
