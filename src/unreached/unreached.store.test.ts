import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import { judge } from "../notices/gate.ts";
import { queue } from "../notices/notices.fixture.ts";
import { deadNumberDays } from "../notices/rules-dead-numbers.ts";
import type { Claimed } from "../notices/store.ts";
import { setPolicy } from "../policy/set.ts";
import { accept } from "../review/accept.ts";
import { aReceived, aStaff, countOf } from "../review/counter.fixture.ts";
import { refuse } from "../review/refuse.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { followFailed } from "./follow.ts";

let house: TestHouse;
const start = new Date("2026-11-23T02:00:00Z");
beforeAll(async () => {
  house = await openTestHouse();
  await hired(house, { username: "thu.canbo", name: "Trần Thị Lan", role: "officer", office: "52T01" });
  await hired(house, { username: "thu.canbo2", name: "Lê Văn Minh", role: "officer", office: "52T02" });
});
afterAll(() => house.close());

const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };

async function aRefused(typed: Record<string, string>): Promise<{ id: string; code: string; phone: string }> {
  const officer = await aStaff(house, "Cán bộ Thử");
  const file = await aReceived(house, officer, { typed });
  await refuse(house, officer, { code: file.code, ...sentence });
  return { id: file.id, code: file.code, phone: file.phone ?? "" };
}

/** What the network does to a text of a file: gives it back, or says that it has arrived. */
async function end(id: string, channel: string, as: "failed" | "delivered" | "sent"): Promise<void> {
  const now = house.clock.now();
  await house.db
    .updateTable("notice")
    .set(stateOf(as, now))
    .where("declaration_id", "=", id)
    .where("channel", "=", channel)
    .where("class", "=", "outcome")
    .execute();
}

const stateOf = (state: "failed" | "delivered" | "sent", at: Date) => ({
  state,
  sent_at: at,
  delivered_at: state === "delivered" ? at : null,
  ended_at: state === "failed" ? at : null,
  last_error: state === "failed" ? "smpp_0x0b" : null,
  sealed_fields: null,
});

const tasksOf = (id: string) => countOf(house, "unreached_task where declaration_id = $1 and done_at is null", id);
const rowsOf = async (id: string) =>
  (
    await house.pool.query(
      "select channel, state from notice where declaration_id = $1 and class = 'outcome' order by 1",
      [id],
    )
  ).rows;

async function asOfficer(url: string, username = "thu.canbo", form?: Record<string, string>) {
  const staff = await findStaffByUsername(house.db, username);
  const { token } = await openStaffSession(house, staff?.staff_id ?? "");
  const headers = { cookie: `vssid_session=${token}` };
  if (!form) return house.app.inject({ url, headers });
  const shown = await house.app.inject({ url: "/console/unreached", headers });
  const _token = /name="_token" value="([^"]+)"/.exec(shown.body)?.[1] ?? "";
  return house.app.inject({
    method: "POST",
    url,
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ _token, ...form }).toString(),
  });
}
/** Also what shows through the window of the envelope: 20 mm from the left and 45 from the top, 90 by 45 mm. */
function wordsOf(pdf: Buffer): { text: string; info: string; inWindow: string } {
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { input: pdf, encoding: "utf8" }).replace(/[^\S\n]+/g, " ");
  const [x, y, width, height] = [20, 45, 90, 45].map((mm) => String(Math.round((mm * 72) / 25.4))) as Four;
  return {
    text: run("pdftotext", "-", "-").replace(/\s+/g, " "),
    info: run("pdfinfo", "-"),
    inWindow: run("pdftotext", "-x", x, "-y", y, "-W", width, "-H", height, "-", "-").replace(/\s+/g, " "),
  };
}
type Four = [string, string, string, string];

const hrefOf = async (code: string, show = "") => {
  const { body } = await asOfficer(`/console/unreached${show}`);
  return [...body.matchAll(/href="(\/console\/unreached\/\d+)">([^<]|<span[^>]*>)*BD-[\w-]+/g)].find(([all]) =>
    all.includes(code),
  )?.[1];
};

describe("a result whose text came back", () => {
  it("is no work for the office while or when the e-mail has it", async () => {
    const { id } = await aRefused({});
    await end(id, "sms", "failed");
    await followFailed(house);
    expect(await tasksOf(id)).toBe(0);
    await end(id, "email", "sent");
    await followFailed(house);
    expect(await tasksOf(id)).toBe(0);
  });

  it("is no work while a text is out, and is it once that came back too", async () => {
    const { id } = await aRefused({});
    await end(id, "sms", "sent");
    await end(id, "email", "failed");
    await followFailed(house);
    expect(await tasksOf(id)).toBe(0);
    await end(id, "sms", "failed");
    await followFailed(house);
    expect(await tasksOf(id)).toBe(1);
  });

  it("goes to an e-mail that the register knows and the form did not name, and only then to the office", async () => {
    const officer = await aStaff(house, "Cán bộ Thử");
    const file = await aReceived(house, officer, { typed: { email: "" } });
    const { personId } = await accept(house, officer, { code: file.code, note: "" });
    const sealed = (
      await house.pool.query("select sealed_fields from notice where declaration_id = $1 and class = 'outcome'", [
        file.id,
      ])
    ).rows;
    await end(file.id, "sms", "failed");
    await house.pool.query("update notice set sealed_fields = $2 where declaration_id = $1 and class = 'outcome'", [
      file.id,
      sealed[0].sealed_fields,
    ]);
    const contact = (verifiedAt: Date | null) =>
      house.pool.query(
        `insert into contact_point values ($1, 'email', 'so.cu@example.vn', $2, null, $3, 'test')
           on conflict (person_id, kind, value, valid_from) do update set verified_at = $3`,
        [personId, start, verifiedAt],
      );
    await contact(start);
    expect((await followFailed(house)).rerouted).toBe(1);
    expect(await rowsOf(file.id)).toEqual([
      { channel: "email", state: "queued" },
      { channel: "sms", state: "failed" },
    ]);
    expect(await tasksOf(file.id)).toBe(0);
    await end(file.id, "email", "failed");
    expect((await followFailed(house)).opened).toBe(1);
  });

  it("with a password in it never goes to an address that nobody has proved", async () => {
    const officer = await aStaff(house, "Cán bộ Thử");
    const file = await aReceived(house, officer, { typed: { email: "" } });
    const { personId } = await accept(house, officer, { code: file.code, note: "" });
    await house.pool.query(
      "insert into contact_point values ($1, 'email', 'ai.do@example.vn', $2, null, null, 'test')",
      [personId, start],
    );
    await house.pool.query(
      "update notice set state = 'failed', ended_at = $2, last_error = 'bad_recipient' where declaration_id = $1",
      [file.id, house.clock.now()],
    );
    expect((await followFailed(house)).opened).toBe(1);
    expect(await rowsOf(file.id)).toEqual([{ channel: "sms", state: "failed" }]);
  });

  it("is the office's work that day, once, with the number masked until it is asked for", async () => {
    const { id, code, phone } = await aRefused({ email: "" });
    await end(id, "sms", "failed");
    await followFailed(house);
    await followFailed(house);
    expect(await tasksOf(id)).toBe(1);
    const href = (await hrefOf(code)) ?? "";
    const page = (await asOfficer(href)).body;
    expect(page).toContain("nhà mạng báo số này không có");
    expect(page).not.toContain(phone);
    expect((await asOfficer("/console")).body).toMatch(/kết quả chưa báo được cho người khai/);
    const shown = (await asOfficer(`${href}/phone`, "thu.canbo", {})).body;
    expect(shown).toContain(`tel:${phone}`);
    expect(await countOf(house, "audit_event where action = 'unreached.phone'")).toBe(1);
    expect((await asOfficer(href, "thu.canbo2")).statusCode).toBe(404);
    expect((await asOfficer("/console/unreached", "thu.canbo2")).body).not.toContain(code);
    const letter = (await asOfficer(`${href}/letter`)).body;
    expect(letter).toContain("Tờ khai chưa ký");
    expect(letter).toContain("12 Đường Thử");
    const pdf = await asOfficer(`${href}/letter.pdf`);
    expect(pdf.headers["content-type"]).toBe("application/pdf");
    const paper = wordsOf(pdf.rawPayload);
    for (const one of [code, "12 Đường Thử", "Tờ khai chưa ký", "Xin đến cơ quan BHXH", "23/11/2026"]) {
      expect(paper.text).toContain(one);
    }
    expect(paper.text).not.toContain(phone);
    expect(paper.info).toMatch(/Tagged:\s+yes[\s\S]*Pages:\s+1\n[\s\S]*\(A4\)/);
    expect(paper.inWindow).toContain("12 Đường Thử");
    expect(paper.inWindow).not.toContain(code);
    expect((await asOfficer(`${href}/letter.pdf`, "thu.canbo2")).statusCode).toBe(404);
    expect(await countOf(house, "audit_event where action = 'unreached.letter'")).toBe(2);
  });

  it("is told by an officer, who says how; the task is kept and nobody does it twice", async () => {
    const { id, code } = await aRefused({ email: "" });
    await end(id, "sms", "failed");
    await followFailed(house);
    const href = (await hrefOf(code)) ?? "";
    const nothing = await asOfficer(`${href}/told`, "thu.canbo", { note: "gọi lúc 9 giờ" });
    expect(nothing.statusCode).toBe(422);
    expect(nothing.body).toContain("Chọn cách đã báo.");
    expect(nothing.body).toContain("gọi lúc 9 giờ");
    expect((await asOfficer(`${href}/told`, "thu.canbo", { how: "relative", note: "" })).statusCode).toBe(422);
    expect((await asOfficer(`${href}/told`, "thu.canbo", { how: "called", note: "" })).statusCode).toBe(303);
    expect((await asOfficer(`${href}/told`, "thu.canbo", { how: "met", note: "" })).statusCode).toBe(409);
    expect(await tasksOf(id)).toBe(0);
    expect(await hrefOf(code, "?show=done")).toBe(href);
    expect((await asOfficer(href)).body).toContain("Gọi điện, đã nói với người khai, Trần Thị Lan");
    expect(await countOf(house, "audit_event where action = 'unreached.told' and detail ->> 'how' = 'called'")).toBe(1);
  });

  it("that arrives after all closes its task by itself", async () => {
    const { id } = await aRefused({ email: "" });
    await end(id, "sms", "failed");
    await followFailed(house);
    await end(id, "sms", "delivered");
    expect((await followFailed(house)).arrived).toBe(1);
    expect(await countOf(house, "unreached_task where declaration_id = $1 and done_how = 'arrived'", id)).toBe(1);
  });

  it("is overdue on the next day", async () => {
    const { id, code } = await aRefused({ email: "" });
    await end(id, "sms", "failed");
    await followFailed(house);
    expect((await asOfficer("/console/unreached")).body).not.toContain("quá ngày");
    house.clock.moveTo(new Date("2026-11-24T01:00:00Z"));
    const { body } = await asOfficer("/console/unreached");
    expect(body).toContain(code);
    expect(body).toContain("quá ngày");
    house.clock.moveTo(start);
  });
});

describe("a number known to be dead", () => {
  const phone = "0987000111";
  const verdictOn = (kind: "reminder" | "outcome" | "code", to = phone) =>
    judge(house, {}, { class: kind, channel: "sms", recipient: to, template: "password_warning" } as Claimed);

  it("gets no reminders until it changes, answers again, or the time of the setting is over", async () => {
    expect(await verdictOn("reminder")).toBe("send");
    const key = await queue(house, { phone, personId: "77" });
    const told = (state: "failed" | "delivered", at: Date) =>
      house.db.updateTable("notice").set(stateOf(state, at)).where("dedupe_key", "=", `${key}:sms`).execute();
    await told("failed", start);
    expect(await verdictOn("reminder")).toBe("known_dead");
    expect([await verdictOn("outcome"), await verdictOn("code")]).toEqual(["send", "send"]);
    expect(await verdictOn("reminder", "0987000112")).toBe("send");
    await setPolicy(house, deadNumberDays, { value: 0, from: "2026-11-23", by: "Quyết định thử" });
    house.clock.moveTo(new Date(start.getTime() + 60_000));
    expect(await verdictOn("reminder")).toBe("send");
    await setPolicy(house, deadNumberDays, { value: 90, from: "2026-11-23", by: "Quyết định thử" });
    expect(await verdictOn("reminder")).toBe("known_dead");
    await told("delivered", house.clock.now());
    expect(await verdictOn("reminder")).toBe("send");
  });

  it("is dead though a text arrived before it died, and answers again only by one that arrives after", async () => {
    const to = "0987000113";
    house.clock.moveTo(start);
    const told = async (state: "failed" | "delivered", days: number) => {
      const key = await queue(house, { dedupeKey: `dead:${days}`, phone: to, personId: "78" });
      house.clock.moveTo(new Date(start.getTime() + days * 86_400_000));
      const notice = house.db.updateTable("notice").where("dedupe_key", "=", `${key}:sms`);
      await notice.set(stateOf(state, house.clock.now())).execute();
    };
    await told("delivered", 0);
    await told("failed", 2);
    expect(await verdictOn("reminder", to)).toBe("known_dead");
    await told("delivered", 3);
    expect(await verdictOn("reminder", to)).toBe("send");
  });
});
