import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { addStaff } from "../account/staff.ts";
import type { Staff } from "../kernel/actor.ts";
import { Forbidden, Invalid, NotAllowed } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { type Delivery, startDelivery } from "../notices/deliver.ts";
import { emptyOutbox, queue, quick, rowOf, soon } from "../notices/notices.fixture.ts";
import { fakeSmsc } from "../notices/providers.fixture.ts";
import { type TemplateName, templateNames } from "../notices/rules-templates.ts";
import { builtInWords } from "../notices/sentences.ts";
import { renderPush } from "../notices/templates.ts";
import { presentSentences, sentencesOf } from "../notices/wording.ts";
import { aStaff, OFFICE } from "../review/counter.fixture.ts";
import { previewRefusal } from "../review/refuse.ts";
import { createWeb } from "../web/server.ts";
import { approve } from "./approve.ts";
import { importTexts } from "./import-texts.ts";
import { routes } from "./officer.tsx";
import { propose } from "./propose.ts";
import { readText } from "./read.ts";
import { retire } from "./retire.ts";
import { standingOf } from "./rules.ts";
import { turnDown } from "./turn-down.ts";
import { writeText } from "./write.ts";

let house: TestHouse;
let web: FastifyInstance;
let asking: Staff;
let lan: Staff;
let minh: Staff;
let delivery: Delivery | undefined;
beforeAll(async () => {
  house = await openTestHouse({ settings: { smtpUrl: "", smppUrl: "" } });
  lan = await aStaff(house, "Trần Thị Lan", "supervisor");
  minh = await aStaff(house, "Lê Văn Minh", "supervisor");
  asking = lan;
  web = await createWeb(house, routes, async () => asking);
});
afterEach(async () => {
  await delivery?.stop();
  delivery = undefined;
  await emptyOutbox(house);
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const atOnce = { day: "", month: "", year: "" };
const smsNow = (to: string) => `VssID miễn phí. ${to} {code}.`;

async function written(template: TemplateName, sms: string, lang: Lang = "vi") {
  const words = { ...builtInWords(template, lang), sms };
  const version = await writeText(house, lan, { template, lang, basedOn: 1, words, note: "" });
  return { template, lang, version };
}
async function proposed(template: TemplateName, sms: string) {
  const named = await written(template, sms);
  await propose(house, lan, named);
  return named;
}
async function approved(template: TemplateName, sms: string) {
  const named = await proposed(template, sms);
  await approve(house, minh, named, atOnce);
  return named;
}
async function standing({ template, version }: { template: TemplateName; version: number }, now = house.clock.now()) {
  const { versions } = await readText(house.db, template, "vi", now);
  const one = versions.find((each) => each.version === version);
  return one && standingOf(one, versions, now);
}

const cookies = { vssid_session: "made-up" };
const get = (url: string) => web.inject({ url, cookies });
async function post(url: string, fields: Record<string, string>) {
  const page = await get("/console/texts/ward_accepted/vi/edit");
  const token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  return web.inject({
    method: "POST",
    url,
    cookies,
    headers: { "content-type": "application/x-www-form-urlencoded", origin: house.settings.baseUrl },
    payload: new URLSearchParams({ ...fields, _token: token }).toString(),
  });
}

describe("new words", () => {
  it("are used only after another person than their author has approved them", async () => {
    const named = await written("declaration_withdrawn", smsNow("Đã rút tờ khai"));
    expect(named.version).toBe(2);
    await expect(approve(house, minh, named, atOnce)).rejects.toBeInstanceOf(NotAllowed);
    await propose(house, lan, named);
    await expect(approve(house, lan, named, atOnce)).rejects.toMatchObject({ code: "own_words" });
    await expect(turnDown(house, lan, named, "Không.")).rejects.toMatchObject({ code: "own_words" });
    expect((await readText(house.db, "declaration_withdrawn", "vi", house.clock.now())).present).toBe(1);
    await approve(house, minh, named, atOnce);
    expect((await readText(house.db, "declaration_withdrawn", "vi", house.clock.now())).present).toBe(2);
    expect((await readText(house.db, "declaration_withdrawn", "en", house.clock.now())).present).toBe(1);
    await expect(approve(house, minh, named, atOnce)).rejects.toBeInstanceOf(NotAllowed);
  });

  it("are kept from their own author's approval by the database too, and never changed or dropped", async () => {
    const { version } = await proposed("password_changed", "VssID miễn phí. Mật khẩu đã đổi lúc {at}.");
    const { versions } = await readText(house.db, "password_changed", "vi", house.clock.now());
    const id = versions.find((one) => one.version === version)?.id;
    const step = (kind: string, staff: Staff, author: Staff) =>
      house.pool.query(
        `insert into message_text_step (message_text_id, kind, staff_id, author_id, at, reason, effective_from)
         values ($1, $2, $3, $4, $5, 'x', case when $2 = 'approved' then $5::timestamptz end)`,
        [id, kind, staff.staffId, author.staffId, house.clock.now()],
      );
    await expect(step("approved", lan, lan)).rejects.toThrow("message_text_two_persons");
    await expect(step("refused", lan, lan)).rejects.toThrow("message_text_two_persons");
    // Nor by naming somebody else as the author.
    await expect(step("approved", lan, minh)).rejects.toThrow("message_text_step_of_version");
    await step("refused", minh, lan);
    await expect(step("approved", minh, lan)).rejects.toThrow("message_text_step_decided_once");
    await expect(house.pool.query("update message_text set sms = 'x'")).rejects.toThrow("permission denied");
    await expect(house.pool.query("delete from message_text_step")).rejects.toThrow("permission denied");
  });

  it("that do not hold are not kept: nothing is written", async () => {
    const before = (await readText(house.db, "ward_accepted", "vi", house.clock.now())).versions.length;
    await expect(written("ward_accepted", "VssID miễn phí. Xem vssid.vn {code}")).rejects.toMatchObject({
      faults: [{ field: "sms", key: "link" }],
    });
    const { sms } = builtInWords("ward_accepted", "vi");
    await expect(written("ward_accepted", sms)).rejects.toMatchObject({ faults: [{ key: "unchanged" }] });
    expect((await readText(house.db, "ward_accepted", "vi", house.clock.now())).versions).toHaveLength(before);
  });

  it("may begin on a later day, and not on one that has passed", async () => {
    const named = await proposed("guardian_ends", "VssID miễn phí. Từ {day}, Ông/Bà không còn xem thay.");
    await expect(approve(house, minh, named, { day: "22", month: "11", year: "2026" })).rejects.toMatchObject({
      faults: [{ field: "from", key: "day_past" }],
    });
    await expect(approve(house, minh, named, { day: "31", month: "11", year: "2026" })).rejects.toMatchObject({
      faults: [{ field: "from", key: "day_unknown" }],
    });
    await approve(house, minh, named, { day: "1", month: "12", year: "2026" });
    expect(await standing(named)).toBe("coming");
    expect(await standing(named, new Date("2026-11-30T16:59:59Z"))).toBe("coming");
    expect(await standing(named, new Date("2026-11-30T17:00:00Z"))).toBe("present");
  });

  it("taken out of use give their place back to the version before them, at once and by one person with a reason", async () => {
    const [first, second] = [
      await approved("ward_of_age", "VssID miễn phí. Từ {day}, hồ sơ là của bạn."),
      await approved("ward_of_age", "VssID miễn phí. Từ {day}, bạn tự xem hồ sơ."),
    ];
    expect([await standing(first), await standing(second)]).toEqual(["past", "present"]);
    await expect(retire(house, lan, second, " ")).rejects.toBeInstanceOf(Invalid);
    await retire(house, lan, second, "Câu chưa rõ.");
    expect([await standing(first), await standing(second)]).toEqual(["present", "retired"]);
  });

  it("each written, proposed and approved stand in the audit, by whom", async () => {
    const named = await approved("records_parted", "VssID miễn phí. Hai mã số đã tách lại.");
    const { rows } = await house.pool.query(
      "select action, actor_id from audit_event where object_id = $1 order by event_id",
      [`records_parted/vi/${named.version}`],
    );
    expect(rows).toEqual([
      { action: "texts.write", actor_id: lan.staffId },
      { action: "texts.propose", actor_id: lan.staffId },
      { action: "texts.approve", actor_id: minh.staffId },
    ]);
  });
});

describe("a message that is queued", () => {
  const fields = { code: "BD-4F7K-92QX", reason: "Chữ ký chưa có." };
  const refused = { template: "declaration_refused" as const, fields, secrets: undefined };

  it("is sent with the words of its queueing, whatever is approved before it is sent", async () => {
    const early = await queue(house, refused);
    const named = await approved("declaration_refused", "VssID miễn phí. Tờ khai {code} chưa đạt: {reason}");
    const late = await queue(house, refused);
    expect((await rowOf(house, early)).template_version).toBeNull();
    expect((await rowOf(house, late)).template_version).toBe(named.version);
    await retire(house, minh, named, "Thử lại.");
    expect(await send(2)).toEqual([
      "VssID mien phi. To khai BD-4F7K-92QX chua dat: Chu ky chua co.",
      "VssID mien phi. To khai BD-4F7K-92QX khong duoc chap nhan. Can cu: Chu ky chua co.",
    ]);
  });

  it("while words are being approved says one or the other, and that which its row names", async () => {
    const named = await proposed("declaration_refused", "VssID miễn phí. {code}: {reason}");
    const first = Array.from({ length: 8 }, () => queue(house, refused));
    const approval = approve(house, minh, named, atOnce);
    const second = Array.from({ length: 8 }, () => queue(house, refused));
    const keys = await Promise.all([...first, ...second]);
    await approval;
    keys.push(await queue(house, refused));
    const versions = await Promise.all(keys.map(async (key) => (await rowOf(house, key)).template_version));
    const texts = await send(keys.length);
    const isNew = (text: string) => text === "VssID mien phi. BD-4F7K-92QX: Chu ky chua co.";
    expect(texts.filter(isNew)).toHaveLength(versions.filter((version) => version === named.version).length);
    expect(versions.at(-1)).toBe(named.version);
    await retire(house, minh, named, "Hết thử.");
  });

  it("with a version that an older program wrote otherwise is sent all the same, in the built-in words", async () => {
    const key = await queue(house, { ...refused, dedupeKey: "test:odd" });
    await house.pool.query(
      `insert into message_text (template, lang, version, based_on, sms, subject, body, note, author_id, written_at)
       values ('declaration_refused', 'vi', 90, 1, 'VssID {unknown}', 'x', 'x', '', $1, $2)`,
      [lan.staffId, house.clock.now()],
    );
    await house.db.updateTable("notice").set({ template_version: 90 }).where("dedupe_key", "=", `${key}:sms`).execute();
    expect(await send(1)).toEqual([
      "VssID mien phi. To khai BD-4F7K-92QX khong duoc chap nhan. Can cu: Chu ky chua co.",
    ]);
  });

  it("is previewed to the officer in the words that will leave", async () => {
    const named = await approved("declaration_refused", "VssID miễn phí. Chưa nhận {code}: {reason}");
    const file = { code: "BD-4F7K-92QX", lang: "vi", answers: {} } as Parameters<typeof previewRefusal>[1];
    const refusal = { grounds: ["other"], sentence: "Khai lại." };
    const { sms } = await previewRefusal(house, file, { refusal, known: [] });
    expect(sms).toBe("VssID mien phi. Chua nhan BD-4F7K-92QX: Khai lai.");
    await retire(house, minh, named, "Hết thử.");
  });

  async function send(count: number): Promise<string[]> {
    const centre = await fakeSmsc();
    house.settings.smsProviders = [{ kind: "smpp", name: "a", weight: 1, receipts: false, url: centre.url }];
    delivery = startDelivery(house, quick);
    await soon(() => expect(centre.submits).toHaveLength(count), 10_000);
    await delivery.stop();
    await centre.stop();
    return centre.submits.map(({ text }) => text).toSorted();
  }
});

describe("the pages", () => {
  it("list every template with what it is for, and lead from it to both languages and both channels", async () => {
    const list = await get("/console/texts");
    expect(list.statusCode).toBe(200);
    expect(list.body.match(/href="\/console\/texts\/[a-z_]+"/g)).toHaveLength(templateNames.length);
    expect(list.body).toContain("brandname");
    const one = await get("/console/texts/declaration_reminder");
    expect(one.body).toContain("VssID mien phi. Nhac Ong/Ba");
    expect(one.body).toContain("VssID, free (mien phi). Reminder");
    expect(one.body.match(/\d+\/160 ký tự, 1 tin/g)).toHaveLength(4);
    expect(one.body).toContain("Tờ khai …92QX sắp hết hạn nộp");
    expect((await get("/console/texts/nothing")).statusCode).toBe(404);
    expect((await get("/console/texts/declaration_reminder/fr/2")).statusCode).toBe(404);
  });

  it("give back everything that was typed when it does not hold, and say what and where", async () => {
    const typed = {
      from: "1",
      sms: "VssID. Xem bit.ly/x {ma}",
      subject: "Tiêu đề",
      body: "Đoạn một\n\nĐoạn hai",
      note: "Thử",
    };
    const answer = await post("/console/texts/ward_accepted/vi/edit", { ...typed, act: "save" });
    expect(answer.statusCode).toBe(422);
    for (const text of ["VssID. Xem bit.ly/x {ma}", "Tiêu đề", "Đoạn một\n\nĐoạn hai", "Thử"]) {
      expect(answer.body).toContain(text);
    }
    expect(answer.body).toContain("Mẫu này không có {ma}");
    expect(answer.body).toContain("Thiếu {code}");
  });

  it("preview without keeping anything", async () => {
    const words = builtInWords("ward_accepted", "vi");
    const sms = "VssID miễn phí. Tờ khai {code} cho con đã được nhận.";
    const fields = { ...words, sms, from: "1", note: "" };
    const answer = await post("/console/texts/ward_accepted/vi/edit", { ...fields, act: "preview" });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("VssID mien phi. To khai BD-4F7K-92QX cho con da duoc nhan.");
    expect((await readText(house.db, "ward_accepted", "vi", house.clock.now())).versions).toEqual([]);
  });

  it("carry words from the form to the second person, who alone can approve", async () => {
    const words = builtInWords("contact_changed", "vi");
    const fields = { ...words, sms: `${words.sms} Xin cảm ơn.`, from: "1", note: "Lịch sự hơn", act: "save" };
    const saved = await post("/console/texts/contact_changed/vi/edit", fields);
    const href = saved.headers.location ?? "";
    expect([saved.statusCode, href]).toEqual([303, "/console/texts/contact_changed/vi/2"]);
    expect((await post(`${href}/proposal`, {})).statusCode).toBe(303);
    const own = await get(href);
    expect(own.body).toContain("người khác phải duyệt");
    expect(own.body).not.toContain(`${href}/approval`);
    const forced = await post(`${href}/approval`, { from_day: "", from_month: "", from_year: "" });
    expect(forced.statusCode).toBe(409);
    expect(forced.body).toContain("do chính Ông/Bà soạn");

    asking = minh;
    expect((await get(href)).body).toMatch(/<ins[^>]*>.*Xin cảm ơn/);
    const bad = await post(`${href}/approval`, { from_day: "40", from_month: "1", from_year: "2027" });
    expect([bad.statusCode, /value="40"/.test(bad.body)]).toEqual([422, true]);
    expect((await post(`${href}/approval`, { from_day: "", from_month: "", from_year: "" })).statusCode).toBe(303);
    expect((await get("/console/texts/contact_changed")).body).toContain("Đang dùng: bản 2");
    asking = lan;
  });

  it("write what a device shows: nothing of the message but the signs that a locked screen may show", async () => {
    const built = builtInWords("declaration_lapsed", "vi");
    const save = (push: string) =>
      post("/console/texts/declaration_lapsed/vi/edit", { ...built, push, from: "1", note: "", act: "save" });
    const told = await save("Tờ khai {code} hết hạn, xem đến {until}.");
    expect([told.statusCode, told.body.includes("Mẫu này không có {until}")]).toEqual([422, true]);
    expect((await save(`Tờ khai {code} đã hết hạn. ${"Mở ứng dụng để xem. ".repeat(5)}`)).body).toContain(
      "Màn hình khóa",
    );
    const href = (await save("Tờ khai {code} hết hạn rồi. Mở ứng dụng để khai lại.")).headers.location ?? "";
    const named = { template: "declaration_lapsed", lang: "vi", version: Number(href.split("/").at(-1)) } as const;
    await propose(house, lan, named);
    await approve(house, minh, named, atOnce);
    const sentences = await presentSentences(house, "declaration_lapsed", "vi");
    const values = { code: "BD-4F7K-92QX" };
    expect(renderPush("declaration_lapsed", "vi", values, sentences)).toBe(
      "Tờ khai …92QX hết hạn rồi. Mở ứng dụng để khai lại.",
    );
    // A version from before devices had words of their own shows the built-in ones.
    await house.pool.query(
      `insert into message_text (template, lang, version, based_on, sms, subject, body, note, author_id, written_at)
       values ('declaration_lapsed', 'vi', 90, 1, 'x', 'x', 'x', '', $1, $2)`,
      [lan.staffId, house.clock.now()],
    );
    const older = await sentencesOf(house, { template: "declaration_lapsed", lang: "vi", template_version: 90 });
    expect(renderPush("declaration_lapsed", "vi", values, older)).toBe(renderPush("declaration_lapsed", "vi", values));
  });

  it("are read by operators, who cannot write", async () => {
    asking = { ...lan, roles: [{ role: "operator" }] };
    expect((await get("/console/texts/contact_changed")).statusCode).toBe(200);
    expect((await get("/console/texts/contact_changed")).body).not.toContain("Soạn bản mới");
    expect((await get("/console/texts/contact_changed/vi/edit")).statusCode).toBe(403);
    asking = lan;
  });
});

describe("an exported file that comes back", () => {
  it("proposes what differs, all of it or none, in the name of a supervisor", async () => {
    await addStaff(house, { username: "le.thu", name: "Lê Thị Thu", role: "supervisor", office: OFFICE });
    await addStaff(house, { username: "le.ha", name: "Lê Văn Hà", role: "officer", office: OFFICE });
    const file = (["new_device", "factor_changed"] as const).map((template) => ({
      template,
      lang: "vi" as const,
      ...builtInWords(template, "vi"),
    }));
    const by = { author: "le.thu", note: "Theo công văn mẫu" };
    expect(await importTexts(house, by, file)).toEqual([]);
    const [one, other] = file;
    if (!one || !other) throw new Error("no file");
    one.sms = one.sms.replace("gọi ngay", "xin gọi ngay");
    const broken = { ...other, sms: "VssID miễn phí. {event}" };
    await expect(importTexts(house, by, [one, broken])).rejects.toMatchObject({
      faults: [{ field: "factor_changed vi sms", key: "name_missing" }],
    });
    expect((await readText(house.db, "new_device", "vi", house.clock.now())).versions).toEqual([]);
    expect(await importTexts(house, by, [one, other])).toEqual([{ template: "new_device", lang: "vi", version: 2 }]);
    expect((await readText(house.db, "new_device", "vi", house.clock.now())).waiting).toBe(2);
    await expect(importTexts(house, { ...by, author: "le.ha" }, [one])).rejects.toBeInstanceOf(Forbidden);
  });

  it("finds two who write at once with a version each", async () => {
    const both = ["a", "b"].map((name) => written("records_merged", `VssID miễn phí. Từ nay dùng {login} ${name}.`));
    const versions = (await Promise.all(both)).map(({ version }) => version).toSorted();
    expect(versions).toEqual([2, 3]);
  });
});
