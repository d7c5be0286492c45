import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import PostalMime from "postal-mime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dice } from "../../test/dice.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { enrolPerson } from "../account/account.fixture.ts";
import { inTransaction } from "../db/transaction.ts";
import { aMember, aUnit } from "../drive/drive.fixture.ts";
import { anyone, type Citizen, type Staff } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { foldName } from "../kernel/names.ts";
import { type Delivery, startDelivery } from "../notices/deliver.ts";
import { callbackUrl } from "../notices/hooks.ts";
import { queue, quick, soon } from "../notices/notices.fixture.ts";
import { accept, type FakeMx, type FakeSmsc, fakeMx, fakeSmsc, receiptOf } from "../notices/providers.fixture.ts";
import { unobserved } from "../notices/steps.ts";
import { countMailing } from "../notices/store-mailing.ts";
import { savePolicy } from "../policy/store.ts";
import { createWeb } from "../web/server.ts";
import { act, newLedger, recount } from "./acts.fixture.ts";
import { routes as refusalApi } from "./api.ts";
import { readAudience } from "./audience.ts";
import { routes as refusalPages } from "./citizen.tsx";
import { approveMailing, refuseMailing } from "./decide.ts";
import { mailingGates } from "./gate.ts";
import { chooseCampaigns, ownChoice, takeReply } from "./refuse-campaigns.ts";
import { countRecipients } from "./rules-audience.ts";
import { replyNumber } from "./rules-policies.ts";
import { sendDue } from "./send-due.ts";
import { stopMailing } from "./stop-mailing.ts";
import { countResults, findMailing } from "./store.ts";
import { countRefusedAfter, refusedAmong } from "./store-refusals.ts";
import { writeMailing } from "./write-mailing.ts";

let house: TestHouse;
let smsc: FakeSmsc;
let mx: FakeMx;
let delivery: Delivery | undefined;
let coordinator: Staff;
let officer: Staff;
let web: FastifyInstance;

beforeAll(async () => {
  house = await openTestHouse();
  web = await createWeb(house, [...refusalApi, ...refusalPages], async () => anyone);
});
afterAll(async () => {
  await web.close();
  await house.close();
});
beforeEach(async () => {
  await house.clean();
  await aUnit(house, "XA");
  await aUnit(house, "THON", { kind: "hamlet", parentCode: "XA" });
  await aUnit(house, "CTY", { kind: "enterprise", parentCode: "XA" });
  await aUnit(house, "XB");
  await aUnit(house, "XC", { officeCode: "52T02" });
  coordinator = (await aMember(house, "thu.xa", { role: "coordinator", unit: "XA" })).actor;
  officer = (await aMember(house, "thu.cb", { role: "officer", office: "52T01" })).actor;
  await inTransaction(house.db, (tx) =>
    savePolicy(tx, replyNumber, { from: dayOf(house.clock.now()).toString(), value: "8079", by: "test" }),
  );
});
afterEach(async () => {
  await delivery?.stop();
  await smsc?.stop();
  await mx?.stop();
  delivery = undefined;
});

async function aLine(
  unit: string,
  moments: Record<string, string> = {},
  who: { phone?: string; person?: string; match?: "differs" } = {},
) {
  const lineId = randomUUID();
  const name = "Người Thử";
  const at = (moment: string) => moments[moment] ?? null;
  await house.pool.query(
    `insert into roster_person (unit_code, line_id, full_name, folded_name, match, person_id, phone, joined_at,
       declared_at, handed_in_at, approved_at, signed_in_at)
     values ($1, $2, $3, $4, $5, $6, $7, '2026-11-01', $8, $9, $10, $11)`,
    [
      ...[unit, lineId, name, foldName(name), who.person ? (who.match ?? "found") : "none"],
      ...[who.person ?? null, who.phone ?? null],
      ...[at("declared"), at("handed_in"), at("approved"), at("signed_in")],
    ],
  );
  return lineId;
}

async function aPerson(tail: string, contacts: Record<string, string>): Promise<string> {
  const person = await enrolPerson(house, "Người Thử", `52710${tail}`, `0521900${tail}`);
  for (const [kind, value] of Object.entries(contacts)) {
    await house.pool.query(
      "insert into contact_point (person_id, kind, value, valid_from, source) values ($1, $2, $3, '2026-01-01', 'import')",
      [person, kind, value],
    );
  }
  return person;
}

const typed = { unit: "XA", purpose: "finish", on: "23/11/2026", time: "9:05" };
const write = (form: Record<string, string> = {}, by = coordinator, audience = ["to_declare"]) =>
  writeMailing(house, by, { ...typed, ...form }, audience);
const approved = async (id: string, by = officer) => {
  await approveMailing(house, by, id);
  return id;
};
const moveTo = (local: string) => house.clock.moveTo(new Date(`${local}+07:00`));
const begin = async (id: string) => {
  moveTo("2026-11-23T09:05");
  await sendDue(house);
  return id;
};
async function start(onSubmit = accept): Promise<void> {
  smsc = await fakeSmsc(onSubmit);
  mx = await fakeMx();
  Object.assign(house.settings, { smppUrl: smsc.url, smtpUrl: mx.url });
  delivery = startDelivery(house, quick, mailingGates, unobserved, takeReply);
}
const stateOfAll = async () =>
  (
    await house.pool.query<{ text: string }>(
      `select channel || ' ' || recipient || ' ' || state || coalesce(' ' || last_error, '') as text
         from notice where class = 'campaign' order by recipient`,
    )
  ).rows.map(({ text }) => text);
const countsOf = (id: string) => countMailing(house.db, id);

describe("whom a campaign reaches", () => {
  it("people at the chosen stage of the unit and its hamlets, and nobody of another unit", async () => {
    await aLine("XA", {}, { phone: "0999979001" });
    await aLine("THON", {}, { phone: "0999979002" });
    await aLine("CTY", {}, { phone: "0999979003" });
    await aLine("XB", {}, { phone: "0999979004" });
    await aLine("XA", { declared: "2026-11-02" }, { phone: "0999979005" });
    await aLine("XA", { approved: "2026-11-03" }, { phone: "0999979006" });
    await aLine("XA", { approved: "2026-11-03", signed_in: "2026-11-04" }, { phone: "0999979007" });
    await begin(await approved(await write()));
    expect(await stateOfAll()).toEqual(["sms 0999979001 queued", "sms 0999979002 queued"]);
    await expect(write({ unit: "CTY" })).rejects.toMatchObject({ status: 403 });
    await expect(write({ unit: "XB" })).rejects.toMatchObject({ status: 404 });
    await expect(write({ unit: "", time: "9:30" })).rejects.toMatchObject({
      faults: [{ field: "unit", key: "unit_missing" }],
    });
    const both = await write({ time: "9:30" }, coordinator, ["to_hand_in", "to_sign_in"]);
    const mailing = await findMailing(house.db, both);
    if (!mailing) throw new Error("it was written");
    expect(countRecipients(await readAudience(house, mailing))).toMatchObject({ people: 2, sms: 2 });
  });

  it("an office reaches all units that it serves, and none of another office", async () => {
    await aLine("XA", {}, { phone: "0999979001" });
    await aLine("CTY", {}, { phone: "0999979001" });
    await aLine("XB", {}, { phone: "0999979004" });
    await aLine("XC", {}, { phone: "0999979008" });
    await aLine("XB");
    const id = await write({ unit: "" }, officer);
    const other = (await aMember(house, "thu.cb2", { role: "supervisor", office: "52T01" })).actor;
    const stranger = (await aMember(house, "thu.cb3", { role: "supervisor", office: "52T02" })).actor;
    await expect(approved(id, stranger)).rejects.toMatchObject({ status: 404 });
    await expect(approved(id, officer)).rejects.toMatchObject({ code: "mailing_moved" });
    await begin(await approved(id, other));
    expect(await stateOfAll()).toEqual(["sms 0999979001 queued", "sms 0999979004 queued"]);
    expect(await countResults(house.db, id)).toEqual({ written: 2, no_channel: 1, refused: 0, repeated: 1 });
  });

  it("is not written before its hour, nor when it was turned down", async () => {
    await aLine("XA", {}, { phone: "0999979001" });
    const id = await approved(await write());
    await sendDue(house);
    expect(await stateOfAll()).toEqual([]);
    const other = await write();
    await refuseMailing(house, officer, other, "Trùng với đợt trước");
    await begin(id);
    await sendDue(house);
    expect(await stateOfAll()).toHaveLength(1);
  });

  it("calls nobody to a desk day that has begun", async () => {
    await aLine("XA", {}, { phone: "0999979001" });
    const desk = { purpose: "desk", desk_on: "24/11/2026", desk_time: "8:00", place: "Nhà văn hóa" };
    const [early, late] = [await approved(await write(desk)), await write(desk)];
    moveTo("2026-11-24T15:00");
    await expect(approved(late)).rejects.toMatchObject({ code: "mailing_moved" });
    await sendDue(house);
    expect(await countResults(house.db, early)).toMatchObject({ written: 0 });
  });
});

describe("on its way", () => {
  it("goes out behind an outcome, with words that were approved, and each figure is counted by itself", async () => {
    const person = await aPerson("00791", { email: "nguoithu791@example.vn" });
    await aLine("XA", {}, { person });
    for (const tail of ["1", "2", "3"]) await aLine("XA", {}, { phone: `099997900${tail}` });
    const id = await begin(await approved(await write()));
    await queue(house);
    await start((session, pdu, count) => {
      if (pdu.destination_addr === "84999979002") {
        session.send(pdu.response({ command_status: 0x0b }));
        return;
      }
      accept(session, pdu, count);
      if (pdu.destination_addr === "84999979001") session.deliver_sm(receiptOf(`m${count}`, "DELIVRD"));
    });
    await soon(async () => expect(await countsOf(id)).toMatchObject({ waiting: 0, delivered: 1 }));
    expect(smsc.submits[0]?.to).toBe("84912345678");
    expect(smsc.submits.find(({ to }) => to === "84999979001")?.text).toBe(
      "VssID mien phi. Xa Thu XA moi Ong/Ba hoan tat dang ky, mang theo giay to tuy than. Tu choi: soan TC gui 8079",
    );
    expect(await countsOf(id)).toMatchObject({ written: 4, submitted: 3, delivered: 1, failed: 1, withdrawn: 0 });
    const mail = await PostalMime.parse(mx.mails[0] ?? "");
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
    expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    const url = new URL(header("list-unsubscribe")?.slice(1, -1) ?? "");
    expect(url.href).not.toMatch(/nguoithu|example|791/);
    const opened = await web.inject({ url: url.pathname });
    expect([opened.statusCode, opened.headers["set-cookie"]]).toEqual([200, undefined]);
    expect(await countRefusedAfter(house.db, id)).toBe(0);
    const post = (payload: string, path = url.pathname) =>
      web.inject({
        ...{ method: "POST", url: path, payload },
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
    expect((await post("List-Unsubscribe=One-Click")).statusCode).toBe(204);
    expect((await post("from=page")).headers.location).toBe(`${url.pathname}?done=yes`);
    expect((await post("", `${url.pathname.slice(0, -3)}AAA`)).statusCode).toBe(404);
    expect(await countRefusedAfter(house.db, id)).toBe(1);
    await begin(await approved(await write({ time: "9:06" })));
    moveTo("2026-11-23T09:06");
    await sendDue(house);
    expect((await house.pool.query("select result from mailing_recipient where result = 'refused'")).rowCount).toBe(1);
  });

  it("TC by text ends campaigns to that number at once, is answered once, and stops neither results nor codes", async () => {
    await aLine("XA", {}, { phone: "0999979001" });
    await aLine("XA", {}, { phone: "0999979002" });
    const id = await begin(await approved(await write()));
    moveTo("2026-11-23T20:30");
    await start();
    await soon(() => expect(smsc.sessions).toHaveLength(1));
    await soon(async () => expect(await stateOfAll()).toContain("sms 0999979001 queued not_at_this_hour"));
    expect(smsc.submits).toEqual([]);
    for (let said = 0; said < 2; said += 1) {
      const reply = { source_addr: "84999979001", destination_addr: "8079", short_message: "Tu choi" };
      await new Promise<void>((done) => smsc.sessions[0]?.deliver_sm(reply, () => done()));
    }
    await soon(() => expect(smsc.submits.map(({ to }) => to)).toEqual(["84999979001"]));
    expect(smsc.submits[0]?.text).toContain("khong nhan tin van dong nua");
    await queue(house, { phone: "0999979001", dedupeKey: "file:791:accepted" });
    await soon(() => expect(smsc.submits).toHaveLength(2));
    moveTo("2026-11-24T08:00");
    delivery?.kick();
    await soon(async () =>
      expect(await stateOfAll()).toEqual(["sms 0999979001 overtaken campaigns_refused", "sms 0999979002 sent"]),
    );
    expect(await countsOf(id)).toMatchObject({ written: 2, submitted: 1, refusedInTime: 1 });
    expect(await countRefusedAfter(house.db, id)).toBe(1);
    expect(smsc.submits).toHaveLength(3);
  });

  it("stopped in the middle: what has not gone out is taken back and counted; who came further is not reminded", async () => {
    await aLine("XA", {}, { phone: "0999979001" });
    const second = await aLine("XA", {}, { phone: "0999979002" });
    const id = await begin(await approved(await write()));
    await house.pool.query("update notice set next_at = '2026-11-23T10:00+07:00' where recipient = '0999979001'");
    await house.pool.query("update roster_person set declared_at = now() where line_id = $1", [second]);
    await start();
    await soon(async () => expect(await stateOfAll()).toContain("sms 0999979002 overtaken came_further"));
    expect(await stopMailing(house, coordinator, id)).toBe(1);
    await expect(stopMailing(house, coordinator, id)).rejects.toMatchObject({ code: "mailing_moved" });
    expect(await countsOf(id)).toMatchObject({ written: 2, submitted: 0, withdrawn: 1, cameFurther: 1, waiting: 0 });
    await sendDue(house);
    expect(await stateOfAll()).toHaveLength(2);
    expect(smsc.submits).toEqual([]);
  });

  it("TC over an HTTP gateway, by its own names of the fields, at an address that nobody can guess", async () => {
    const gateway = {
      kind: "gateway",
      gateway: "speedsms",
      name: "spare",
      url: "http://127.0.0.1:9/",
      key: "k",
    } as const;
    const provider = {
      ...gateway,
      secret: "",
      weight: 50,
      receipts: true,
      replies: { phone: "from", text: "noi_dung" },
    };
    house.settings.smsProviders = [provider];
    const url = `${callbackUrl(house, "spare").replace(house.settings.baseUrl, "")}/replies`;
    const post = (payload: object, at = url) => web.inject({ method: "POST", url: at, payload });
    const refused = async () => [...(await refusedAmong(house.db, { persons: [], addresses: phones })).phones];
    const phones = ["0999979001", "0999979002"];
    expect((await post({ from: "84999979001", noi_dung: "TC" }, url.replace(/.(?=\/replies)/, "~"))).statusCode).toBe(
      404,
    );
    expect((await post({ from: "84999979001", noi_dung: "Mấy giờ làm việc?" })).statusCode).toBe(204);
    const wrong = await post({ phone: "84999979001", noi_dung: "TC" });
    expect([wrong.statusCode, wrong.json().faults]).toEqual([422, [expect.objectContaining({ field: "from" })]]);
    expect(await refused()).toEqual([]);
    expect((await post({ from: "84999979001", noi_dung: "TC", id: 7 })).statusCode).toBe(204);
    expect((await web.inject(`${url}?from=0999979002&noi_dung=T%E1%BB%AB%20ch%E1%BB%91i`)).statusCode).toBe(204);
    expect((await refused()).sort()).toEqual(phones);
    house.settings.smsProviders = [{ ...provider, replies: undefined }];
    expect((await post({ from: "84999979001", noi_dung: "TC" })).statusCode).toBe(404);
    house.settings.smsProviders = [];
  });

  it("in the account: refused everywhere, and allowed again with one's own numbers", async () => {
    const personId = await aPerson("00792", { phone: "0999979002" });
    const citizen: Citizen = { kind: "citizen", personId, scope: "full", sessionId: "00" };
    await aLine("XA", {}, { person: personId });
    await takeReply(house, { phone: "0999979002", text: "TC" });
    await chooseCampaigns(house, citizen, false);
    expect(await ownChoice(house, personId)).toEqual({ refuses: true, places: 1 });
    const id = await begin(await approved(await write()));
    expect(await countResults(house.db, id)).toMatchObject({ written: 0, refused: 1 });
    await chooseCampaigns(house, citizen, true);
    expect(await ownChoice(house, personId)).toEqual({ refuses: false, places: 0 });
  });

  it("who refused in the account is left out under every line that names them, and at the last moment", async () => {
    const personId = await aPerson("00793", { phone: "0999979003" });
    const merged = await aPerson("00794", {});
    await house.pool.query("update person set merged_into = $2 where person_id = $1", [merged, personId]);
    const citizen: Citizen = { kind: "citizen", personId, scope: "full", sessionId: "00" };
    await aLine("XA", {}, { person: personId, match: "differs", phone: "0999979003" });
    await aLine("THON", {}, { person: merged, phone: "0999979004" });
    await begin(await approved(await write()));
    expect(await stateOfAll()).toEqual(["sms 0999979003 queued", "sms 0999979004 queued"]);
    await chooseCampaigns(house, citizen, false);
    await start();
    await soon(async () =>
      expect(await stateOfAll()).toEqual([
        "sms 0999979003 overtaken campaigns_refused",
        "sms 0999979004 overtaken campaigns_refused",
      ]),
    );
    const next = await begin(await approved(await write({ time: "9:06" })));
    moveTo("2026-11-23T09:06");
    await sendDue(house);
    expect(await countResults(house.db, next)).toMatchObject({ written: 0, refused: 2 });
    expect(smsc.submits).toEqual([]);
  });
});

const seed = Number(process.env.VSSID_SEED ?? 330);
/** `npm run test:acts` plays ten thousand. */
const acts = Number(process.env.VSSID_ACTS ?? 200) / 2;

it("each figure of each campaign equals a recount of what happened, after random acts", {
  timeout: 60_000 + acts * 100,
}, async () => {
  const ledger = newLedger();
  const scene = { house, dice: dice(seed), ledger, author: coordinator, approver: officer };
  moveTo("2026-11-23T09:05");
  for (let nth = 0; nth < acts; nth += 1) {
    await act(scene, nth);
    if (nth % Math.ceil(acts / 4) !== 0 && nth < acts - 1) continue;
    for (const id of new Set(ledger.messages.map(({ mailing }) => mailing))) {
      const { over, ...counts } = await countsOf(id);
      const results = await countResults(house.db, id);
      const refusedAfter = await countRefusedAfter(house.db, id);
      const told = { ...counts, refusedBefore: results.refused, refusedAfter };
      expect([over, told], `seed ${seed}, act ${nth}`).toEqual([0, recount(ledger, id)]);
    }
  }
  expect(ledger.messages.length).toBeGreaterThan(0);
});
