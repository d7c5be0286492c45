import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { confirm } from "../registration/confirm.ts";
import { saveAnswer } from "../registration/draft.ts";
import { moveDue } from "../registration/move-due.ts";
import { redeclare } from "../registration/redeclare.ts";
import type { Declaration } from "../registration/store.ts";
import { withdraw } from "../registration/withdraw.ts";
import { createWeb } from "../web/server.ts";
import { aConfirmed, aStaff, countOf } from "./counter.fixture.ts";
import { routes } from "./officer.tsx";

/** Papers on the counter that are older than the books. */
let house: TestHouse;
let app: FastifyInstance;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  app = await createWeb(house, routes, async () => lan);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const open = async (url: string) => (await app.inject({ method: "GET", url })).body;
const now = () => house.clock.now();

/** Scans the paper into the one box of the counter, and opens the page to which that leads. */
async function scan(text: string): Promise<string> {
  const found = await app.inject({ method: "GET", url: `/console/find?q=${encodeURIComponent(text)}` });
  expect(found.statusCode).toBe(303);
  return open(String(found.headers.location));
}

async function declaredAgain(ended: Declaration, fields: Record<string, string>): Promise<Declaration> {
  await withdraw(house, { code: ended.code, actor: anyone, now: now() });
  const { code } = await redeclare(house, { code: ended.code, actor: anyone, now: now() });
  const question = "office" in fields ? ("office" as const) : ("phone" as const);
  await saveAnswer(house, { code, question, fields, now: now() });
  return confirm(house, { code, actor: anyone, now: now() });
}

describe("a form printed before the last day moved", () => {
  it("is called an old print with both days, and the newest one is not", async () => {
    const { code } = await aConfirmed(house);
    await house.pool.query("insert into public_holiday values ('2026-12-03', 2026, 'holiday', 'Ngày nghỉ thử', 'thử')");
    expect((await moveDue(house)).moved).toBe(1);
    await house.pool.query("delete from public_holiday where on_day = '2026-12-03'");
    const old = await scan(`${code}/1`);
    expect(old).toContain("Đây là bản in cũ: bản số 1, bản mới nhất là số 2");
    expect(old).toContain("Trên giấy ghi hạn nộp 03/12/2026. Hạn nộp đúng là hết ngày 04/12/2026.");
    expect(await scan(`${code.replaceAll("-", " ")} / 2`)).not.toContain("bản in cũ");
    expect(await scan(code)).not.toContain("bản in cũ");
    expect(await scan(`${code}/3`)).toContain("Chưa có bản in nào mang số này");
  });
});

describe("the paper of a form that was declared again", () => {
  it("is called old, and leads to the new form with every line that differs", async () => {
    const ended = await aConfirmed(house);
    const newer = await declaredAgain(ended, { phone: "0911999001" });
    const page = await scan(ended.code);
    expect(page).toContain("Đây là tờ khai cũ: người này đã khai lại");
    expect(page).toContain(`/console/files/${newer.code}`);
    expect(page).toMatch(new RegExp(`6\\. Số điện thoại.*${ended.phone}.*0911999001`, "s"));
    expect(page).not.toContain("7. Thư điện tử");
    expect(
      await countOf(
        house,
        "audit_event where action = 'review.look' and object_id = $1 and detail->>'oldPrintOf' = $2",
        newer.code,
        ended.code,
      ),
    ).toBe(1);
    expect(await scan(newer.code)).not.toContain("tờ khai cũ");
    await withdraw(house, { code: newer.code, actor: anyone, now: now() });
    expect(await scan(newer.code), "the one before it is no newer one").not.toContain("tờ khai cũ");
  });

  it("tells the office and nothing else when the new form is for an office of others", async () => {
    const ended = await aConfirmed(house);
    const newer = await declaredAgain(ended, { office: "52T02" });
    const page = await scan(ended.code);
    expect(page).toMatch(/Khai lại lúc [^<]+, nộp tại /);
    expect(page).not.toContain(newer.code);
  });

  it("is called old too when everything was typed anew", async () => {
    const ended = await aConfirmed(house);
    await withdraw(house, { code: ended.code, actor: anyone, now: now() });
    const { answers } = ended;
    const typed = { paper_number: answers.paper?.number ?? "", insurance_number: answers.insurance?.number ?? "" };
    const newer = await aConfirmed(house, { ...typed, phone: ended.phone ?? "" });
    const page = await scan(ended.code);
    expect(page).toContain(newer.code);
    expect(page).toContain("Các mục đã khai giống nhau");
  });
});
