import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, firstChoice, hoaEmail, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { raise } from "../account/proof.ts";
import { findAccount } from "../account/store.ts";
import { record } from "../audit/record.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { as, openWeb } from "../me/signed-in.fixture.ts";
import { aStaff } from "../review/counter.fixture.ts";
import { alarmRequests } from "./alarm-due.ts";
import { routes as api } from "./api.ts";
import { askRequest, withdrawRequest } from "./ask-request.ts";
import { routes as pages } from "./citizen.tsx";
import { decideRequest, extendRequest, takeRequest } from "./desk.ts";
import { SECTIONS } from "./sections.ts";
import { countPressing, openRequests, requestsOf } from "./store.ts";

const OFFICE = "52T01";
let house: TestHouse;
let personId: string;
let hoa: Citizen;
let token: string;
let officer: Staff;
let web: FastifyInstance;

beforeAll(async () => {
  house = await openTestHouse();
  personId = await settleHoa(house, hoaEmail);
  token = (await enter(house, hoaNumbers.insurance, firstChoice)).token;
  hoa = await citizenOf(house, token);
  officer = await aStaff(house, "Cán bộ Thử");
  web = await openWeb(house, [...pages, ...api], [hoa]);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const now = () => house.clock.now();
const agreed = { kind: "erase", says: "Tôi ra nước ngoài ở", agree: true };
const accepted = () =>
  house.pool.query(
    `insert into declaration (code, status, office_code, person_id, created_at, decided_at)
     values ('BD-TEST-0001', 'accepted', $1, $2, $3, $3)`,
    [OFFICE, personId, now()],
  );
const file = () => web.inject({ url: "/api/v1/me/export", headers: as(0) });
const present = async () => {
  const [request] = await requestsOf(house.db, personId);
  if (!request) throw new Error("no request");
  return request;
};

describe("the copy of one's account", () => {
  it("needs a proof of the last ten minutes, in the API and on the page", async () => {
    expect((await file()).statusCode).toBe(403);
    const page = await web.inject({ url: "/account/data/copy", headers: as(0) });
    expect([page.statusCode, page.headers.location]).toEqual([303, "/account/proof?next=%2Faccount%2Fdata%2Fcopy"]);
  });

  it("holds every part, more looks than one batch, and no secret; it is itself on record", async () => {
    await raise(house.db, hoa, "password", now());
    for (let n = 0; n < 215; n += 1) {
      await record(house.db, {
        at: now(),
        actor: officer,
        action: "person.look",
        purpose: "review",
        personId,
        officeCode: OFFICE,
      });
    }
    const answer = await file();
    const copy = answer.json();
    expect(Object.keys(copy).slice(3)).toEqual([...SECTIONS]);
    expect(copy.looks.length).toBeGreaterThan(215);
    expect(copy.looks).toContainEqual(expect.objectContaining({ action: "rights.export" }));
    expect(copy.contacts).toContainEqual(expect.objectContaining({ kind: "email", value: hoaEmail }));
    expect(copy.consents).toMatchObject([{ kind: "email", isGiven: true }]);
    expect(copy.messages.length).toBeGreaterThan(0);
    const account = await findAccount(house.db, personId);
    for (const secret of [account?.password_hash ?? "?", firstChoice, token, "argon2"]) {
      expect(answer.body).not.toContain(secret);
    }
  });

  it("is read by people too, with deeds in words", async () => {
    const { body } = await web.inject({ url: "/account/data/copy", headers: as(0) });
    expect(body).toContain("Mở hồ sơ người tham gia");
    expect(body).toContain("Chỉ hiện 100 dòng mới nhất");
  });
});

describe("a request to delete", () => {
  it("needs a proof, a tick, and an office that has taken the record", async () => {
    house.clock.moveTo(new Date(now().getTime() + 11 * 60_000));
    await expect(askRequest(house, hoa, agreed, now())).rejects.toMatchObject({ code: "proof_needed" });
    await raise(house.db, hoa, "password", now());
    await expect(askRequest(house, hoa, { kind: "erase", says: "", agree: false }, now())).rejects.toMatchObject({
      faults: [{ key: "agree_missing" }],
    });
    await expect(askRequest(house, hoa, agreed, now())).rejects.toMatchObject({ faults: [{ key: "no_office" }] });
  });

  it("has its two clocks, is one at a time, and may be taken back by its owner alone", async () => {
    await accepted();
    await askRequest(house, hoa, agreed, now());
    await expect(askRequest(house, hoa, agreed, now())).rejects.toMatchObject({ code: "request_open" });
    const { requestId, answerBy, dueOn } = await present();
    expect([answerBy, dueOn]).toEqual(["2026-11-25", "2026-12-14"]);
    await expect(withdrawRequest(house, { ...hoa, personId: "999" }, requestId, now())).rejects.toMatchObject({
      what: "data_request",
    });
    await withdrawRequest(house, hoa, requestId, now());
    expect((await present()).withdrawnAt).not.toBeNull();
  });

  it("is refused with words, by the office's own officer only, once", async () => {
    await askRequest(house, hoa, agreed, now());
    const { requestId } = await present();
    const elsewhere: Staff = { ...officer, roles: [{ role: "officer", officeCode: "52T02" }] };
    await expect(takeRequest(house, elsewhere, requestId)).rejects.toMatchObject({ what: "data_request" });
    await takeRequest(house, officer, requestId);
    await decideRequest(house, officer, { requestId, outcome: "refused", answer: "Đang có hồ sơ giải quyết." });
    expect(await present()).toMatchObject({ outcome: "refused", answer: "Đang có hồ sơ giải quyết." });
    const again = { requestId, outcome: "erased", answer: "Đã xóa theo yêu cầu." };
    await expect(decideRequest(house, officer, again)).rejects.toMatchObject({ code: "request_decided" });
  });

  it("of another right has its own term, is extended once with a reason, and rings before each end", async () => {
    await expect(askRequest(house, hoa, { ...agreed, kind: "sell" }, now())).rejects.toMatchObject({
      faults: [{ key: "kind_missing" }],
    });
    house.clock.moveTo(new Date("2027-02-01T02:00:00Z"));
    await raise(house.db, hoa, "password", now());
    await askRequest(house, hoa, { kind: "object", says: "Không gửi thư cho tôi nữa", agree: false }, now());
    const { requestId, ...asked } = await present();
    expect([asked.answerBy, asked.dueOn]).toEqual(["2027-02-03", "2027-02-16"]);
    const rung = async (at: string) => {
      house.clock.moveTo(new Date(at));
      return (await alarmRequests(house)).map(({ clock, mark }) => `${clock} ${mark}`);
    };
    expect(await rung("2027-02-02T08:29:00Z")).toEqual([]);
    expect(await rung("2027-02-02T09:31:00Z")).toEqual(["answer half"]);
    expect(await rung("2027-02-02T09:32:00Z")).toEqual([]);
    expect(await rung("2027-02-03T05:00:00Z")).toEqual(["answer four_fifths"]);
    expect(await countPressing(house.db)).toBe(1);
    await takeRequest(house, officer, requestId);
    expect(await countPressing(house.db)).toBe(0);
    expect(await rung("2027-02-14T00:00:00Z")).toEqual(["deed four_fifths", "deed half"]);
    const longer = { requestId, why: "more", says: "Phải hỏi hai cơ quan" };
    await expect(extendRequest(house, officer, { ...longer, says: "" })).rejects.toMatchObject({
      faults: [{ field: "longer" }],
    });
    await extendRequest(house, officer, longer);
    expect((await present()).dueOn).toBe("2027-03-03");
    await expect(extendRequest(house, officer, longer)).rejects.toMatchObject({ faults: [{ key: "why_spent" }] });
    expect(await countPressing(house.db)).toBe(0);
    expect(await rung("2027-03-04T00:00:00Z")).toEqual(["deed four_fifths", "deed half", "deed over"]);
    const wrong = decideRequest(house, officer, { requestId, outcome: "erased", answer: "Đã xóa" });
    await expect(wrong).rejects.toMatchObject({ faults: [{ key: "outcome_missing" }] });
    await decideRequest(house, officer, { requestId, outcome: "done", answer: "Đã ngừng gửi thư" });
    const { rows } = await house.pool.query(
      "select is_given from consent_event where person_id = $1 and kind = 'email' order by at desc limit 1",
      [personId],
    );
    expect(rows).toEqual([{ is_given: false }]);
    house.clock.moveTo(new Date("2027-03-04T02:00:00Z"));
    await raise(house.db, hoa, "password", now());
  });

  it("taken back after it has rung presses nobody any more, and is off the desk", async () => {
    await askRequest(house, hoa, { kind: "supply", says: "Xin một bản sao", agree: false }, now());
    const { requestId } = await present();
    const atDesk = async () => (await openRequests(house.db, [OFFICE], 10)).map((one) => one.requestId);
    const before = now();
    house.clock.moveTo(new Date("2027-03-08T05:00:00Z"));
    expect((await alarmRequests(house)).map(({ mark }) => mark)).toContain("four_fifths");
    expect([await countPressing(house.db), await atDesk()]).toEqual([1, [requestId]]);
    await withdrawRequest(house, hoa, requestId, now());
    expect([await countPressing(house.db), await atDesk()]).toEqual([0, []]);
    house.clock.moveTo(before);
  });

  it("is taken up by one officer, once: a second press changes neither who it was nor when", async () => {
    await askRequest(house, hoa, { kind: "object", says: "Không gửi thư cho tôi nữa", agree: false }, now());
    const { requestId } = await present();
    const taken = async () =>
      (await house.pool.query("select taken_at, taken_by from data_request where request_id = $1", [requestId]))
        .rows[0];
    await takeRequest(house, officer, requestId);
    const first = await taken();
    expect(first.taken_by).toBe(officer.staffId);
    const lines = await count("audit_event where person_id = $1 and action = 'rights.take'");
    house.clock.moveTo(new Date(now().getTime() + 60_000));
    await takeRequest(house, await aStaff(house, "Cán bộ Hai"), requestId);
    expect(await taken()).toEqual(first);
    expect(await count("audit_event where person_id = $1 and action = 'rights.take'")).toBe(lines);
  });

  it("that concerns a third party keeps those days when it is extended once more", async () => {
    const { requestId, dueOn } = await present();
    const longer = async (why: string) => {
      await extendRequest(house, officer, { requestId, why, says: "Phải hỏi hai cơ quan" });
      return (await present()).dueOn;
    };
    expect([dueOn, await longer("third"), await longer("more")]).toEqual(["2027-03-19", "2027-03-24", "2027-04-08"]);
    await decideRequest(house, officer, { requestId, outcome: "refused", answer: "Đã giải thích tại quầy." });
  });

  it("carried out, closes the account, forgets contacts and devices, and keeps what the law keeps", async () => {
    await askRequest(house, hoa, agreed, now());
    const { requestId } = await present();
    const looks = await count("audit_event where person_id = $1");
    await house.pool.query(
      "insert into contact_point (person_id, kind, value, valid_from, source) values ($1, 'address', 'Thôn 1, Xã Mẫu', $2, 'register')",
      [personId, now()],
    );
    expect(await count("contact_point where person_id = $1 and kind = 'address'")).toBe(1);
    // Sent twice at one moment, as by a button that was pressed twice: both have seen an open account.
    const keeper = await house.pool.connect();
    await keeper.query("begin");
    await keeper.query("select from account where person_id = $1 for update", [personId]);
    const twice = [1, 2].map(() =>
      decideRequest(house, officer, { requestId, outcome: "erased", answer: "Đã xóa theo yêu cầu." }),
    );
    // What waits for a lock is not shown to the application's role.
    await wait(500);
    await keeper.query("commit");
    keeper.release();
    const ended = (await Promise.allSettled(twice)).toSorted((a, b) => a.status.localeCompare(b.status));
    expect(ended).toMatchObject([{ status: "fulfilled" }, { reason: { code: "request_decided" } }]);
    expect((await findAccount(house.db, personId))?.status).toBe("closed");
    expect(await count("contact_point where person_id = $1 and kind in ('email', 'address')")).toBe(0);
    expect(await count("device_seen where person_id = $1")).toBe(0);
    expect(await count("session where person_id = $1")).toBe(0);
    expect(await count("declaration where person_id = $1")).toBe(1);
    expect(await count("audit_event where person_id = $1")).toBeGreaterThan(looks);
    const { rows } = await house.pool.query(
      "select detail->>'outcome' as outcome from audit_event where action = 'rights.decide' order by event_id",
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(["refused", "done", "refused", "erased"]);
  });
});

async function count(from: string): Promise<number> {
  const { rows } = await house.pool.query(`select count(*)::integer as n from ${from}`, [personId]);
  return rows[0].n;
}
