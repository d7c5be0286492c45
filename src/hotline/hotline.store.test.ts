import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dice } from "../../test/dice.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { issueTo } from "../account/account.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { ownValueOn } from "../kernel/policy.ts";
import { addCard, addFacility, addNumber, addPerson, addVisit } from "../me/person.fixture.ts";
import { openSecrets } from "../notices/secrets.ts";
import { setPolicy } from "../policy/set.ts";
import { aConfirmed } from "../review/counter.fixture.ts";
import { hired as hiredWithFactors, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { formTokenFor } from "../web/form-token.ts";
import { SESSION_COOKIE } from "../web/request.ts";
import { answerTicket } from "./answer-ticket.ts";
import { approveAnswer, writeAnswer } from "./answers.ts";
import { beginCall } from "./begin-call.ts";
import { escalateLate, hotlineAlarm } from "./escalate-late.ts";
import { identifyCaller } from "./identify-caller.ts";
import { reportByUnit, reportByWeb, stateOfTicket } from "./report.ts";
import { identification, webReports } from "./rules-policies.ts";
import { lookAtTicket } from "./see-ticket.ts";
import { sendCallerCode } from "./send-caller-code.ts";
import { findTicket, ticketsOfUnits } from "./store-ticket.ts";
import { themesFor } from "./themes.ts";
import { actOnTickets, differences, type Opened } from "./themes-acts.fixture.ts";
import { changePriority, closeTicket, handOverTicket, reopenTicket, takeTicket } from "./work-ticket.ts";

/** Mẫu Đơn, who has a visit with an illness that the hotline must never say. */
const phone = "0999900734";
const right = {
  name: "Trần Thị Mẫu Đơn",
  birth_day: "15",
  birth_month: "1",
  birth_year: "1990",
  id_last4: "0734",
  bhxh_last4: "0734",
};

let house: TestHouse;
let agent: Staff;
let supervisor: Staff;
let personId: string;
beforeAll(async () => {
  house = await openTestHouse();
  agent = await hired("thu.day", "hotline");
  supervisor = await hired("thu.kiemsoat", "supervisor", "52T01");
  personId = (await addPerson(house.db)).personId;
  await addNumber(house.db, personId, "personal_id", "099190000734");
  await addNumber(house.db, personId, "bhxh", "9800000734");
  await house.pool.query("insert into person_key values ('bhxh', '9800000734', $1)", [personId]);
  await issueTo(house, personId, phone);
  await addFacility(house.db);
  await addCard(house.db, personId);
  await addVisit(house.db, personId, "2026-03-02T08:00", { diagnosis: "Viêm dạ dày Kanari" });
});
afterAll(() => house.close());

async function hired(username: string, role: string, office?: string): Promise<Staff> {
  const asked = { username, name: `Bàn ${username}`, role, ...(office ? { office } : {}) };
  return (await hiredWithFactors(house, asked)).staff;
}

const call = (form: Record<string, string> = {}) => beginCall(house, agent, { by: "phone", key: phone, ...form });
const check = (id: string, form: Record<string, string> = right) => identifyCaller(house, agent, id, form);
const forgetTries = () => house.pool.query("delete from hotline_try");

/** In a session of its own: the clock may have moved. */
async function pageOf(url: string, { staffId } = agent, form?: Record<string, string>) {
  const { token } = await openStaffSession(house, staffId);
  const cookies = { [SESSION_COOKIE]: token };
  if (!form) return house.app.inject({ url, cookies });
  const payload = new URLSearchParams({ ...form, _token: formTokenFor(house.vault, token) }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return house.app.inject({ method: "POST", url, cookies, headers, payload });
}

async function keysOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return error.faults.map(({ key }) => key);
  }
}

describe("a caller", () => {
  it("hears nothing of anybody before being identified, and then what is open, never health", async () => {
    const id = await call();
    const before = (await pageOf(`/console/hotline/calls/${id}`)).body;
    for (const secret of ["Mẫu Đơn", "734", "Kanari", "15/01/1990"]) expect(before).not.toContain(secret);
    expect(await check(id)).toBe("right");
    const after = (await pageOf(`/console/hotline/calls/${id}`)).body;
    expect(after).toContain("Trần Thị Mẫu Đơn");
    expect(after).toContain("đã cấp, chưa đăng nhập lần nào");
    for (const secret of [phone, "Kanari", "099190000734", "9800000734"]) expect(after).not.toContain(secret);
    const { rows } = await house.pool.query(
      "select action, purpose from audit_event where person_id = $1 and action like 'hotline.%' order by event_id",
      [personId],
    );
    expect(rows).toEqual([
      { action: "hotline.identified", purpose: "hotline" },
      { action: "hotline.matters", purpose: "hotline" },
    ]);
  });

  it("H2: whom nobody knows is answered byte by byte as one who says wrong things", async () => {
    const value = { ...ownValueOn(identification, "2026-11-01").value, wrongADay: 10_000 };
    await setPolicy(house, identification, { value, from: "2026-11-01", by: "thử" });
    const told = new Set<string>();
    for (let nth = 0; nth < 12; nth += 1) {
      const isKnown = nth % 2 === 0;
      const id = await call({ key: isKnown ? phone : `09999007${40 + nth}` });
      const page = (await pageOf(`/console/hotline/calls/${id}`)).body;
      const answered = await pageOf(`/console/hotline/calls/${id}/check`, agent, { ...right, id_last4: "9999" });
      const said = [page, answered.statusCode, answered.body].join("\n").replaceAll(id, "ID");
      told.add(said.replaceAll(/name="_token" value="[^"]*"/g, ""));
    }
    expect(told.size).toBe(1);
    await house.pool.query("delete from setting where name = 'hotline.identification'");
    await forgetTries();
  });

  it("has three checks a call and six a day; the day's count is the person's, whatever they were looked for by", async () => {
    const wrong = { ...right, bhxh_last4: "1111" };
    const first = await call();
    expect([await check(first, wrong), await check(first, wrong), await check(first, wrong)]).toEqual(
      Array(3).fill("wrong"),
    );
    expect(await check(first)).toBe("closed");
    const second = await call({ by: "bhxh", key: "9800000734" });
    const known = { ...right, bhxh_last4: "", facility: "9999" };
    for (let nth = 0; nth < 3; nth += 1) expect(await check(second, known)).toBe("wrong");
    expect(await check(await call())).toBe("closed");
    await forgetTries();
    expect(await check(await call())).toBe("right");
  });

  it("of eight answers at one moment no more than the tries are looked at", async () => {
    const id = await call();
    const all = await Promise.all(Array.from({ length: 8 }, () => check(id, { ...right, id_last4: "0000" })));
    expect(all.filter((verdict) => verdict === "wrong")).toHaveLength(3);
    await forgetTries();
  });

  it("is known by a code to the known telephone with name and birth date; nobody's telephone gets none", async () => {
    const id = await call();
    await sendCallerCode(house, agent, id);
    const { rows } = await house.pool.query(
      "select dedupe_key as key, sealed_fields as sealed, recipient from notice where template = 'caller_code'",
    );
    expect(rows.map(({ recipient }) => recipient)).toEqual([phone]);
    const { code = "" } = openSecrets(house.vault, rows[0].key, rows[0].sealed);
    const { name, birth_day, birth_month, birth_year } = right;
    const named = { name, birth_day, birth_month, birth_year };
    expect(await keysOf(check(id, { ...named, code: "000000" === code ? "000001" : "000000" }))).toEqual([
      "code_wrong",
    ]);
    expect(await check(id, { ...named, code })).toBe("right");
    const spent = await house.pool.query(
      "select from one_time_code where purpose = 'prove_caller' and used_at is null",
    );
    expect(spent.rowCount).toBe(0);
    const other = await call({ key: "0999900749" });
    await sendCallerCode(house, agent, other);
    expect((await house.pool.query("select from notice where template = 'caller_code'")).rowCount).toBe(1);
  });

  it("on the telephone shows no paper: a box that says so makes nobody known by less", async () => {
    const id = await call();
    expect(await check(id, { ...right, bhxh_last4: "", paper: "yes" })).toBe("wrong");
    expect(await check(id)).toBe("right");
    await forgetTries();
  });

  it("with a file that nobody took up is known by what was declared; its state is told to whoever has the code", async () => {
    const file = await aConfirmed(house);
    const id = await call({ by: "code", key: file.code });
    const page = (await pageOf(`/console/hotline/calls/${id}`)).body;
    expect(page).toContain("đã xác nhận, chờ nộp");
    expect(page).not.toContain("Diễm Hương");
    const said = { ...right, name: "Nguyễn Thị Diễm Hương" };
    const [id4, bhxh4] = [file.idNumber?.slice(-4) ?? "", file.insuranceNumber?.slice(-4) ?? ""];
    expect(await check(id, { ...said, id_last4: id4, bhxh_last4: bhxh4 })).toBe("right");
  });

  it("is the matter of one agent: a colleague finds no such call, and none is open after half an hour", async () => {
    const id = await call();
    expect(await check(id)).toBe("right");
    expect((await pageOf(`/console/hotline/calls/${id}`, supervisor)).statusCode).toBe(404);
    const now = house.clock.now();
    house.clock.moveTo(new Date(now.getTime() + 31 * 60_000));
    expect((await pageOf(`/console/hotline/calls/${id}`)).body).not.toContain("Mẫu Đơn");
    house.clock.moveTo(now);
  });
});

const report = (some: Record<string, string> = {}) =>
  reportByWeb(
    house,
    {
      name: "Lê Thị Thử",
      contact: "0999900735",
      category: "password",
      says: "Quên mật khẩu mà sim cũ đã mất.",
      ...some,
    },
    { address: "192.0.2.1", lang: "vi" },
  );

describe("a ticket", () => {
  it("reported at 8:00 is due the same day, is late a moment after, and is then told to the supervisors once", async () => {
    house.clock.moveTo(new Date("2026-11-23T01:00:00Z"));
    const { code, answerBy } = await report();
    expect(answerBy).toEqual(new Date("2026-11-23T07:00:00Z"));
    house.clock.moveTo(new Date("2026-11-23T06:59:30Z"));
    expect(await escalateLate(house)).toBe(0);
    expect((await pageOf(`/console/hotline/tickets/${code}`, supervisor)).statusCode).toBe(404);
    house.clock.moveTo(new Date("2026-11-23T07:00:01Z"));
    expect([await escalateLate(house), await escalateLate(house)]).toEqual([1, 0]);
    expect((await hotlineAlarm(house, supervisor, "vi"))?.text).toBe("1 yêu cầu hỗ trợ đã quá giờ trả lời.");
    const page = await pageOf(`/console/hotline/tickets/${code}`, supervisor);
    expect(page.body).toContain("Quá giờ, báo cán bộ kiểm soát");
    await closeTicket(house, agent, code, { closing: "báo trùng" });
    expect(await hotlineAlarm(house, supervisor, "vi")).toBeUndefined();
  });

  it("shows its contact to nobody but whoever works on it", async () => {
    const { code } = await report();
    const seen = async () => (await pageOf(`/console/hotline/tickets/${code}`)).body;
    expect(await seen()).not.toContain("0999900735");
    await takeTicket(house, agent, code);
    expect(await seen()).toContain("0999900735");
  });

  it("is handed over with a reason, answered by the office, and opened again with a clock of its own", async () => {
    const { code } = await report();
    expect(await keysOf(handOverTicket(house, agent, code, { to: "Không Đâu", reason: "việc tại quầy" }))).toEqual([
      "to_unknown",
    ]);
    await handOverTicket(house, agent, code, { to: "52T01", reason: "cần gặp tại quầy" });
    const answer = "Xin mang giấy tờ tùy thân đến quầy để đổi số điện thoại.";
    await answerTicket(house, supervisor, code, { answer });
    await expect(answerTicket(house, supervisor, code, { answer })).rejects.toMatchObject({ now: "answered" });
    const sent = await house.pool.query("select fields, recipient from notice where template = 'ticket_answered'");
    expect(sent.rows).toEqual([{ fields: { code, answer }, recipient: "0999900735" }]);
    const first = await findTicket(house.db, code);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 3600_000));
    await reopenTicket(house, agent, code, { reopening: "chưa đúng điều hỏi" });
    const again = await findTicket(house.db, code);
    expect(again).toMatchObject({ state: "open", reopened: 1, firstAnsweredAt: first?.firstAnsweredAt });
    expect(again?.answerBy?.getTime()).toBeGreaterThan(first?.answerBy?.getTime() ?? 0);
  });

  it("opened again and made less pressing counts from the day on which it was opened again", async () => {
    const { code } = await report();
    const before = house.clock.now();
    await closeTicket(house, agent, code, { closing: "gọi không được" });
    const again = new Date("2026-12-07T01:00:00Z");
    for (const at of [new Date("2026-11-30T01:00:00Z"), again]) {
      house.clock.moveTo(at);
      await reopenTicket(house, agent, code, { reopening: "gọi được rồi" });
      await changePriority(house, agent, code, { priority: "low" });
      if (at !== again) await closeTicket(house, agent, code, { closing: "gọi không được" });
    }
    await escalateLate(house);
    const ticket = await findTicket(house.db, code);
    expect(ticket?.escalatedAt).toBeNull();
    expect(ticket?.answerBy?.getTime()).toBeGreaterThan(again.getTime());
    house.clock.moveTo(before);
  });

  it("answers with nobody's number and no link", async () => {
    const { code } = await report();
    const answered = (answer: string) => keysOf(answerTicket(house, agent, code, { answer }));
    expect(await answered("Mã số của Ông/Bà là 9800 000 734, xin giữ kín.")).toEqual(["answer_number"]);
    expect(await answered("Xem tại https://vssid.example để biết thêm.")).toEqual(["answer_link"]);
    expect(await answered("Gọi 1900 9068 trước 17:00 ngày 24/11/2026.")).toEqual([]);
  });

  it("tells its state by code and the end of the telephone; anything else is answered alike", async () => {
    const { code } = await report({ contact: "0999900736" });
    expect((await stateOfTicket(house, { code: code.toLowerCase(), ending: "0736" })).state).toBe("open");
    for (const [asked, ending] of [
      [code, "0735"],
      ["HT-2222-2222", "0736"],
      ["không phải mã", "0736"],
      [code, ""],
    ] as const) {
      expect(await keysOf(stateOfTicket(house, { code: asked, ending })), asked).toEqual(["no_match"]);
    }
    for (let nth = 0; nth < 10; nth += 1) await keysOf(stateOfTicket(house, { code, ending: "1111" }));
    expect(await keysOf(stateOfTicket(house, { code, ending: "0736" }))).toEqual(["no_match"]);
  });

  it("is taken from one address and one telephone so often and no more", async () => {
    await setPolicy(house, webReports, {
      value: { addressAnHour: 1000, contactADay: 2, allAnHour: 1000 },
      from: "2026-11-01",
      by: "thử",
    });
    const own = { contact: "0999900737" };
    await report(own);
    await report(own);
    await expect(report(own)).rejects.toMatchObject({ code: "too_many" });
  });

  it("of a unit is seen by the unit, without what its people reported", async () => {
    await house.pool.query(
      `insert into drive_unit (unit_code, kind, name, office_code, province_code, folded_name, valid_from)
       values ('DV73', 'enterprise', 'Công ty Mẫu', '52T01', '52', 'cong ty mau', '2026-01-01')`,
    );
    const coordinator: Staff = { ...agent, roles: [{ role: "coordinator", unitCode: "DV73" }] };
    const form = { category: "registration", says: "Nhiều người chưa có điện thoại thông minh." };
    const own = [{ code: "DV73", officeCode: "52T01" }];
    const { code } = await reportByUnit(house, coordinator, form, own);
    await expect(reportByUnit(house, coordinator, { ...form, unit: "DV74" }, own)).rejects.toMatchObject({
      status: 403,
    });
    const { code: other } = await report({ contact: "0999900738" });
    await house.pool.query("update ticket set unit_code = 'DV73' where code = $1", [other]);
    expect((await ticketsOfUnits(house.db, ["DV73"], 9)).map((ticket) => ticket.code)).toEqual([code]);
    await expect(lookAtTicket(house, coordinator, other)).rejects.toMatchObject({ status: 404 });
  });
});

describe("an answer of the library", () => {
  const form = {
    category: "password",
    question_vi: "Quên mật khẩu thì làm gì?",
    body_vi: "Mở mục Lấy lại mật khẩu, nhập mã số BHXH.",
    question_en: "I forgot my password",
    body_en: "Open Recover your password and enter your number.",
  };

  it("is public once a second person approves it, and its next version takes its place", async () => {
    const help = async (q = "") => (await house.app.inject(`/help${q}`)).body;
    const key = await writeAnswer(house, supervisor, form);
    expect(await help()).not.toContain("nhập mã số BHXH.");
    await expect(approveAnswer(house, supervisor, key)).rejects.toMatchObject({ code: "answer_own" });
    const other = await hired("thu.kiemsoat2", "supervisor", "52T02");
    await approveAnswer(house, other, key);
    expect(await help()).toContain("nhập mã số BHXH.");
    expect(await help("?q=quen+mat+khau")).toContain("Tìm thấy 1 câu trả lời");
    expect(await help("?lang=en&q=nothing+like+it+zzz")).toContain("There is no such answer yet");
    await writeAnswer(house, agent, { ...form, key, body_vi: "Câu mới, đầy đủ hơn trước." });
    expect(await help()).toContain("nhập mã số BHXH.");
    await approveAnswer(house, supervisor, key);
    expect(await help()).toContain("Câu mới, đầy đủ hơn trước.");
    expect(await help()).not.toContain("nhập mã số BHXH.");
  });

  it("is proposed while a note is written, by its words, and one button puts it into the answer", async () => {
    const url = "/console/hotline/suggestions";
    const found = await pageOf(url, supervisor, { says: "Bà ấy quen mat khau rồi" });
    expect(found.body).toContain("Quên mật khẩu thì làm gì?");
    const key = /name="put" value="([^"]+)"/.exec(found.body)?.[1] ?? "";
    expect((await pageOf(url, supervisor, { says: "zzz" })).body).toBe("");
    const id = await call();
    const form = { says: "Quên mật khẩu", answer: "Chào bà.", put: key, act: "open" };
    const page = await pageOf(`/console/hotline/calls/${id}/ticket`, agent, form);
    expect(page.body).toMatch(/name="answer"[^>]*>Chào bà\. Câu mới, đầy đủ hơn trước\.</);
    expect(page.body).toContain(">Quên mật khẩu</textarea>");
  });
});

it("what recurs equals a recount of the tickets, after random acts", { timeout: 600_000 }, async () => {
  const seed = Number(process.env.VSSID_SEED ?? 330);
  const acts = Number(process.env.VSSID_ACTS ?? 200) / 2;
  await house.pool.query("delete from ticket_event");
  await house.pool.query("delete from ticket");
  await house.pool.query(
    `insert into drive_unit (unit_code, kind, name, office_code, province_code, folded_name, valid_from)
     select code, 'enterprise', code, '52T01', '52', code, '2026-01-01' from unnest('{DV73,DV75}'::text[]) code
     on conflict do nothing`,
  );
  const [game, ledger]: [ReturnType<typeof dice>, Opened[]] = [dice(seed), []];
  for (let nth = 1; nth <= acts; nth += 1) {
    await actOnTickets(house, game, ledger);
    if (nth % Math.ceil(acts / 4) === 0) {
      expect(differences(await themesFor(house, supervisor), ledger), `seed ${seed}, act ${nth}`).toEqual([]);
    }
  }
});
