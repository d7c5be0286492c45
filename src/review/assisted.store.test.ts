import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { type Actor, anyone, type Staff } from "../kernel/actor.ts";
import { Invalid } from "../kernel/failures.ts";
import { agree } from "../registration/agree.ts";
import { everyBox, missingTexts } from "../registration/answers.fixture.ts";
import { codeAt, sentTo } from "../registration/codes.fixture.ts";
import { confirm } from "../registration/confirm.ts";
import { declareWhole } from "../registration/draft.ts";
import { proveContact } from "../registration/prove-contact.ts";
import { sendConsentCode, sendContactCode } from "../registration/send-code.ts";
import { type Declaration, eventsOf } from "../registration/store.ts";
import { withdraw } from "../registration/withdraw.ts";
import { createWeb } from "../web/server.ts";
import { accept } from "./accept.ts";
import { aConfirmed, aReceived, aStaff, itsPerson, OFFICE, sameAsDeclared } from "./counter.fixture.ts";
import { routes as pages } from "./officer.tsx";
import { receive } from "./receive.ts";

let house: TestHouse;
let app: FastifyInstance;
let lan: Staff;
let present: Actor = anyone;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  app = await createWeb(house, pages, async () => present);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const child = { for_whom: "child", declarer: "Lê Thị Mẹ" };
const now = () => house.clock.now();

async function pageOf(file: Declaration): Promise<string> {
  present = lan;
  const { body } = await app.inject({ url: `/console/files/${file.code}` });
  return body
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
}

/** Helped by somebody of the commune; the phone is the person's own. */
async function aHelped(phone: string): Promise<string> {
  const fields = {
    for_whom: "helped",
    declarer: "Hồ Thị Giúp",
    declarer_as: "Đoàn thanh niên xã",
    paper_kind: "cccd",
    paper_number: "052155700001",
    full_name: "Nguyễn Thị Già",
    sex: "2",
    birth_day: "15",
    birth_month: "1",
    birth_year: "1955",
    insurance_number: "5290700001",
    phone,
    email: "gia@example.vn",
    commune: "21952",
    street: "Thôn Thử",
    office: OFFICE,
  };
  return (await declareWhole(house, { fields, lang: "vi", actor: anyone, now: now() })).code;
}

describe("what was declared", () => {
  it("stands before the officer whole: every answer, and who filled it in as what", async () => {
    const file = await aConfirmed(house, everyBox);
    expect(file.answers).toMatchObject({ paper: { country: "Lào" }, who: { declarerAs: "Đoàn thanh niên xã Thử" } });
    expect(missingTexts(file.answers, await pageOf(file))).toEqual([]);
  });
});

describe("a phone that stands in the files of many (T5)", () => {
  it("asks the officer for a reason from the fourth person on, and keeps it with the decision", async () => {
    const phone = "0912700001";
    for (let at = 0; at < 2; at += 1) await aConfirmed(house, { ...child, phone });
    const third = await aReceived(house, lan, { typed: { ...child, phone } });
    expect(await pageOf(third)).not.toContain("đứng trong hồ sơ của nhiều người");
    const fourth = await aReceived(house, lan, { typed: { phone } });
    expect(await pageOf(fourth)).toContain("Số điện thoại này đứng trong hồ sơ của nhiều người.");
    await expect(accept(house, lan, { code: fourth.code, note: "" })).rejects.toBeInstanceOf(Invalid);
    await accept(house, lan, { code: fourth.code, note: "Mẹ của ba cháu đã khai" });
    expect((await eventsOf(house.db, fourth.id)).at(-1)?.detail).toMatchObject({
      obstacles: ["phone_of_many"],
      note: "Mẹ của ba cháu đã khai",
    });
  });

  it("counts persons, not files: whoever withdraws and declares again stays one", async () => {
    const typed = { phone: "0912700002", paper_number: "052190700002", insurance_number: "5290700002" };
    for (let at = 0; at < 4; at += 1) {
      const { code } = await aConfirmed(house, typed);
      await withdraw(house, { code, actor: anyone, now: now() });
    }
    const file = await aConfirmed(house, typed);
    await itsPerson(house, file);
    await receive(house, await aStaff(house, "Đỗ Thị Hai"), file.code, sameAsDeclared(file));
    expect(await pageOf(file)).not.toContain("đứng trong hồ sơ của nhiều người");
  });
});

describe("a file filled in by a helper", () => {
  it("shows the officer who helped, as what, how the person agreed, and which contacts were proved", async () => {
    const phone = "0913700003";
    const code = await aHelped(phone);
    const contact = { code, contact: "phone", now: now() } as const;
    const proof = await sendContactCode(house, { ...contact, lang: "vi" });
    const typed = await codeAt(house, phone);
    await proveContact(house, { ...contact, requestId: proof.requestId, typed, actor: anyone });
    const { requestId } = await sendConsentCode(house, { code, lang: "vi", now: now() });
    await agree(house, { code, requestId, typed: await codeAt(house, phone), actor: anyone, now: now() });
    const file = await confirm(house, { code, actor: anyone, now: now() });
    const page = await pageOf(file);
    expect(page).toContain("Có người giúp khai Hồ Thị Giúp · Đoàn thanh niên xã");
    expect(page).toMatch(/Người được giúp đồng ý bằng mã trên điện thoại, lúc \d\d:\d\d 23\/11\/2026/);
    expect(page).toMatch(/Điện thoại \d{10} · đã xác nhận bằng mã, lúc \d\d:\d\d 23\/11\/2026/);
    expect(page).toMatch(/Thư điện tử \S+@\S+ · chưa xác nhận bằng mã: hỏi lại người nộp/);
    await itsPerson(house, file);
    const officer = await aStaff(house, "Võ Thị Ba");
    await receive(house, officer, file.code, sameAsDeclared(file));
    await accept(house, officer, { code: file.code, note: "" });
    const outcome = (await sentTo(house, phone)).find(({ template }) => template === "declaration_accepted");
    expect(outcome?.secrets.password).toBeTruthy();
    const { rows } = await house.pool.query(
      `select kind, verified_at is not null as is_verified from contact_point
       join account using (person_id) where declaration_id = $1 order by kind`,
      [file.id],
    );
    expect(rows).toEqual([
      { kind: "email", is_verified: false },
      { kind: "phone", is_verified: true },
    ]);
  });
});
