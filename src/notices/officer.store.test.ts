import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff, StaffRole } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { emptyOutbox, everything, queue, rowOf } from "./notices.fixture.ts";
import { routes } from "./officer.tsx";
import { type Claim, claim, mark } from "./store.ts";
import { countNotices, noticesOf, outboxState } from "./store-read.ts";

let house: TestHouse;
let web: FastifyInstance;
let staff: Staff;

const member = (role: StaffRole, officeCode?: string): Staff => ({
  kind: "staff",
  staffId: "7",
  name: "Lê Văn Minh",
  sessionId: "s",
  roles: [{ role, ...(officeCode ? { officeCode } : {}) }],
});

beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
  web = await createWeb(house, routes, async () => staff);
});
afterEach(() => emptyOutbox(house));
afterAll(async () => {
  await web.close();
  await house.close();
});

const inSeconds = (seconds: number) => new Date(house.clock.now().getTime() + seconds * 1000);
const cookies = { vssid_session: "made-up" };
const get = (url: string) => web.inject({ url, cookies });
const mine = { officeCode: "05207", declarationId: "31" };

/** One message that ended as failed, as after a 550 of a mail server. */
async function failed(changes: Parameters<typeof queue>[1] = {}): Promise<string> {
  const key = await queue(house, { ...mine, ...changes });
  const now = house.clock.now();
  const lease: Claim = {
    channel: "sms",
    lanes: [1, 3],
    limit: 100,
    owner: "a",
    provider: "smpp:test",
    now,
    leaseUntil: inSeconds(30),
    inFlight: [],
    share: everything,
    mayTakeOver: true,
    suspects: false,
  };
  const [taken] = await claim(house.db, lease);
  const end = { outcome: "refused", error: "smpp_0x0b", references: [], state: "failed", next_at: now, tries: 1 };
  const row = {
    ...{ notice_id: taken?.notice_id ?? "", provider: "smpp:test" },
    fence: 1,
    wipes_secret: false,
    awaits_receipt: false,
    ...end,
  };
  await mark(house.db, [row], now);
  return (await rowOf(house, key)).notice_id;
}

async function resendOf(id: string): Promise<Awaited<ReturnType<typeof get>>> {
  const page = await get(`/console/outbox/${id}`);
  const token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  return web.inject({
    method: "POST",
    url: `/console/outbox/${id}/resend`,
    cookies,
    headers: { "content-type": "application/x-www-form-urlencoded", origin: house.settings.baseUrl },
    payload: `_token=${encodeURIComponent(token)}`,
  });
}

describe("the list of messages", () => {
  it("shows the office's own messages with masked recipients, and no secret", async () => {
    staff = member("officer", "05207");
    await queue(house, mine);
    await queue(house, {
      ...mine,
      officeCode: "05208",
      fields: { code: "BD-2222-2222", login: "7900000000", until: "09:00 24/11/2026" },
    });
    const { body, statusCode } = await get("/console/outbox");
    expect(statusCode).toBe(200);
    expect(body).toContain("Chấp nhận, cấp tài khoản");
    expect(body).toContain("•••••••678 (tin nhắn)");
    expect(body).toContain("BD-4F7K-92QX");
    expect(body).not.toMatch(/0912345678|BD-2222-2222|bake-metu|7912345678/);
  });

  it("is for an operator the messages of all offices", async () => {
    staff = member("operator");
    await queue(house, mine);
    await queue(house, {
      fields: { code: "BD-2222-2222", login: "7900000000", until: "09:00 24/11/2026" },
      declarationId: "32",
    });
    expect((await get("/console/outbox")).body).toContain("BD-2222-2222");
  });

  it("is counted from the newest on, and no further than is asked; that of one file whole", async () => {
    for (let nth = 0; nth < 3; nth += 1) await queue(house, mine);
    const all = { officeCodes: undefined };
    expect(await countNotices(house.db, all, house.clock.now(), 4)).toMatchObject({ shown: { all: 3 }, isMore: false });
    expect(await countNotices(house.db, all, house.clock.now(), 2)).toMatchObject({ shown: { all: 2 }, isMore: true });
    const office = { officeCodes: ["05207"] };
    expect(await countNotices(house.db, office, house.clock.now(), 2)).toMatchObject({
      shown: { all: 2, waiting: 2 },
      isMore: true,
    });
    const file = { ...office, fileCode: "BD-4F7K-92QX" };
    const whole = await countNotices(house.db, file, house.clock.now(), 1);
    expect(whole.isMore).toBe(false);
  });

  it("counts with the same rule as it filters: late, waiting, not getting through", async () => {
    staff = member("officer", "05207");
    await failed();
    await queue(house, { ...mine, dueAt: inSeconds(1) });
    await queue(house, mine);
    house.clock.moveTo(inSeconds(60));
    const count = (body: string, show: string) => new RegExp(`show=${show}"[^>]*>[^<]*<b>(\\d+)</b>`).exec(body)?.[1];
    const { body } = await get("/console/outbox");
    expect(["waiting", "late", "failing", "sent"].map((show) => count(body, show))).toEqual(["2", "1", "1", "0"]);
    const late = await get("/console/outbox?show=late");
    expect(late.body.match(/href="\/console\/outbox\/\d+"/g)).toHaveLength(1);
    expect(late.body).toContain("trễ hạn");
  });

  it("can be narrowed to one file by its code, and says so when the code is mistyped", async () => {
    staff = member("officer", "05207");
    await queue(house, { ...mine, fields: { code: "BD-2222-2222", login: "7912345678", until: "09:00 24/11/2026" } });
    await queue(house, {
      ...mine,
      fields: { code: "BD-2222-222B", login: "7912345678", until: "09:00 24/11/2026" },
      declarationId: "32",
    });
    const found = await get("/console/outbox?code=bd22222222");
    expect(found.body.match(/href="\/console\/outbox\/\d+"/g)).toHaveLength(1);
    expect((await get("/console/outbox?code=BD-2222-2223")).body).toContain("Mã hồ sơ chưa đúng");
  });

  it("goes on by cursor when there are more than 50", async () => {
    staff = member("officer", "05207");
    for (let n = 0; n < 52; n += 1) await queue(house, mine);
    const { body } = await get("/console/outbox");
    expect(body.match(/href="\/console\/outbox\/\d+"/g)).toHaveLength(50);
    const older = /href="(\/console\/outbox\?before=\d+)"/.exec(body)?.[1] ?? "";
    expect((await get(older)).body.match(/href="\/console\/outbox\/\d+"/g)).toHaveLength(2);
  });
});

describe("one message", () => {
  it("is shown with its words under stars, its tries and the reason in plain words", async () => {
    staff = member("officer", "05207");
    const { body } = await get(`/console/outbox/${await failed()}`);
    expect(body).toContain("ma kich hoat: ********");
    expect(body).toContain("nhà mạng báo số này không có");
    expect(body).toContain("từ chối hẳn");
    expect(body).not.toMatch(/bake-metu|0912345678|smpp_/);
  });

  it("of another office does not exist", async () => {
    staff = member("officer", "05207");
    const id = await failed({ officeCode: "05208" });
    expect((await get(`/console/outbox/${id}`)).statusCode).toBe(404);
    expect((await get("/console/outbox/1e9")).statusCode).toBe(404);
  });

  it("that failed is sent again by an officer: queued anew, and on record", async () => {
    staff = member("officer", "05207");
    const id = await failed();
    const answer = await resendOf(id);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(`/console/outbox/${id}`);
    const row = await house.db.selectFrom("notice").selectAll().where("notice_id", "=", id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: "queued", tries: 0, last_error: null, ended_at: null });
    const { rows } = await house.pool.query(
      "select object_id, actor_id from audit_event where action = 'notices.resend'",
    );
    expect(rows).toEqual([{ object_id: id, actor_id: "7" }]);
  });

  it("cannot be sent twice by two presses of the button: the second is told the new state", async () => {
    staff = member("officer", "05207");
    const id = await failed();
    const page = await get(`/console/outbox/${id}`);
    expect(page.body).toContain("Gửi lại");
    expect((await resendOf(id)).statusCode).toBe(303);
    const token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    const second = await web.inject({
      method: "POST",
      url: `/console/outbox/${id}/resend`,
      cookies,
      headers: { "content-type": "application/x-www-form-urlencoded", origin: house.settings.baseUrl },
      payload: `_token=${encodeURIComponent(token)}`,
    });
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain("vừa chuyển sang trạng thái khác");
  });

  it("whose password is wiped already cannot be sent again, and the page says what to do instead", async () => {
    staff = member("officer", "05207");
    const id = await failed();
    await house.db.updateTable("notice").set({ sealed_fields: null }).where("notice_id", "=", id).execute();
    const { body } = await get(`/console/outbox/${id}`);
    expect(body).toContain("Mã kích hoạt mới cấp ở mục Tài khoản");
    expect(body).not.toContain("/resend");
  });
});

describe("what others read", () => {
  it("the file page gets the messages of its file, oldest first", async () => {
    await queue(house, { ...mine, email: "buoi@example.vn" });
    await queue(house, { ...mine, declarationId: "99" });
    const notices = await noticesOf(house.db, "31");
    expect(notices.map(({ channel, recipient }) => [channel, recipient])).toEqual([
      ["sms", "•••••••678"],
      ["email", "b•••@example.vn"],
    ]);
  });

  it("the watch learns what waits, what is in danger, late, failing, and since when", async () => {
    expect(await outboxState(house.db, house.clock.now())).toMatchObject({ queued: 0, late: 0, oldestDueAt: null });
    await failed();
    const dueAt = inSeconds(900);
    await queue(house, { dueAt });
    await queue(house, { class: "reminder", template: "declaration_withdrawn", secrets: undefined });
    const at = (seconds: number) => outboxState(house.db, inSeconds(seconds));
    expect(await at(299)).toMatchObject({
      queued: 2,
      queuedSms: 2,
      queuedEmail: 0,
      queuedPush: 0,
      endangered: 0,
      late: 0,
      failing: 1,
      oldestDueAt: dueAt,
    });
    expect(await at(301)).toMatchObject({ queued: 2, endangered: 1, late: 0 });
    expect(await at(901)).toMatchObject({ queued: 2, endangered: 1, late: 2, strayReceipts: 0 });
  });
});
