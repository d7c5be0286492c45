import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { flushLooks, record } from "../audit/record.ts";
import { routes as benefitPages } from "../benefits/citizen.tsx";
import { routes as paperPages } from "../benefits/papers.tsx";
import { routes as cardPages } from "../card/citizen.tsx";
import { routes as disputePages } from "../dispute/citizen.tsx";
import { routes as participationPages } from "../participation/citizen.tsx";
import { routes as visitPages } from "../visits/citizen.tsx";
import { routes } from "./citizen.tsx";
import {
  addBenefit,
  addCard,
  addFacility,
  addNumber,
  addPaper,
  addPeriod,
  addPerson,
  addVisit,
  type MadeUpPerson,
} from "./person.fixture.ts";
import { as, openWeb } from "./signed-in.fixture.ts";

let house: TestHouse;
let web: FastifyInstance;
let full: MadeUpPerson;
let empty: MadeUpPerson;
let soldier: MadeUpPerson;
let visitId: string;
let sensitiveId: string;
let oddId: string;

beforeAll(async () => {
  house = await openTestHouse();
  await addFacility(house.db);
  full = await addPerson(house.db);
  empty = await addPerson(house.db, { full_name: "Ngô Văn Trống" });
  soldier = await addPerson(house.db, { full_name: "Đỗ Quân Mẫu", managed_by: "defence" });
  const { personId } = full;
  await addNumber(house.db, personId, "bhxh", "9912345678");
  await addNumber(house.db, personId, "personal_id", "099190000123");
  await addCard(house.db, personId);
  await addCard(house.db, soldier.personId, { card_number: "QN5990000000099", form: "card15", object_group: "QN" });
  await addCard(house.db, personId, {
    card_number: "DN4999912345678",
    form: "card15",
    valid_from: "2020-01-01",
    valid_to: "2020-12-31",
    status: "replaced",
  });
  await addPeriod(house.db, personId, "2013-05", "2019-12");
  await addPeriod(house.db, personId, "2020-04", "2025-06", { unit_code: "XX0002B", unit_name: "Xí nghiệp Mẫu Hai" });
  await addPeriod(house.db, personId, "2025-07", "2025-09", {
    unit_code: "XX0002B",
    unit_name: "Xí nghiệp Mẫu Hai",
    status: "unpaid",
  });
  await addPeriod(house.db, personId, "2025-10", "2026-10", { unit_code: "XX0002B", unit_name: "Xí nghiệp Mẫu Hai" });
  await addPeriod(house.db, personId, "2014-01", "2026-10", { fund: "bhyt", contribution_base: null, salary: null });
  await addBenefit(house.db, personId);
  await addBenefit(house.db, personId, {
    kind: "monthly",
    decision_no: "7/2026",
    from_on: "2026-01-01",
    to_on: null,
    regime: "Trợ cấp tai nạn lao động",
    amount: "1750000",
    bank_name: "Ngân hàng Mẫu",
    bank_account_tail: "0123",
  });
  await addBenefit(house.db, personId, {
    decision_no: "9/2026",
    from_on: "2026-11-02",
    to_on: "2026-11-03",
    status: "decided",
  });
  await addPaper(house.db, personId, { from_on: "2026-11-16", to_on: "2026-11-20", serial: "GN-01" });
  await addPaper(house.db, personId, { from_on: "2026-03-02", to_on: "2026-03-06", serial: "GN-02" });
  await addPaper(house.db, personId, {
    ...{ kind: "CT04", serial: "TT-03", is_sensitive: true, diagnosis: "Rối loạn lo âu" },
  });
  visitId = await addVisit(house.db, personId, "2026-11-20 08:20:00");
  await addVisit(house.db, personId, "2026-07-02 07:05:00", {
    main_code: "J06.9",
    diagnosis: "Viêm đường hô hấp trên",
    total: "212000",
    fund_paid: "169600",
    co_paid: "42400",
    self_paid: "0",
    declared: "{}",
  });
  sensitiveId = await addVisit(house.db, personId, "2026-03-03 09:00:00", {
    is_sensitive: true,
    main_code: "F32",
    diagnosis: "Giai đoạn trầm cảm",
  });
  oddId = await addVisit(house.db, personId, "2025-02-02 09:00:00", {
    declared: '{"total":"800000"}',
    flags: '[["date_order"]]',
    spec: "4210",
  });
  const ward = { personId, publicId: "w", name: "x", relation: "mother", until: undefined, hidesSensitive: true };
  const guardian = { ...empty.citizen, actingFor: ward };
  web = await openWeb(
    house,
    [...routes, ...cardPages, ...participationPages, ...benefitPages, ...paperPages, ...visitPages, ...disputePages],
    [full.citizen, empty.citizen, soldier.citizen, guardian],
  );
});
afterAll(async () => {
  await web.close();
  await flushLooks(house);
  await house.close();
});

async function html(url: string, who = 0, expected = 200): Promise<string> {
  const reply = await web.inject({ url, headers: as(who) });
  expect(reply.statusCode).toBe(expected);
  return reply.body;
}

/** What a reader sees: no tags, no styles, single spaces. */
const textOf = (body: string) =>
  body
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replace(/[\s\u00a0]+/g, " ");

describe("home", () => {
  test("shows the valid card first: number in groups, name, birth, validity, facility, five-year day", async () => {
    const body = await html("/app");
    const text = textOf(body);
    expect(text.replace(/ /g, "")).toContain("099190000123");
    for (const part of [
      "Thẻ đang dùng được",
      "Trần Thị Mẫu Đơn",
      "15/01/1990",
      "01/01/2026 – 31/12/2026",
      "Bệnh viện Đa khoa Mẫu (99Z01)",
      "từ 01/01/2024",
      "Máy không quét được? Đọc số thẻ cho nhân viên.",
      "Cập nhật lúc 09:00 23/11/2026",
    ]) {
      expect(text).toContain(part);
    }
    expect(body).toContain('class="qr"');
    expect(text.indexOf("099")).toBeLessThan(text.indexOf("Tóm tắt"));
  });

  test("tells time paid and the day of the last visit, and no illness", async () => {
    const text = textOf(await html("/app"));
    expect(text).toContain("Đã đóng BHXH 13 năm");
    expect(text).toContain("3 tháng chưa đóng");
    expect(text).toContain("Lần khám gần nhất: 20/11/2026");
    expect(text).not.toContain("đái tháo đường");
  });

  test("without a card says so and what to do", async () => {
    const text = textOf(await html("/app", 1));
    expect(text).toContain("Chưa có thẻ BHYT trong hệ thống");
    expect(text).toContain("Gọi 1900 9068");
  });

  test("does not show a card that the Ministry of Defence manages", async () => {
    const text = textOf(await html("/app", 2));
    expect(text).toContain("Bộ Quốc phòng");
    expect(text.replace(/ /g, "")).not.toContain("QN5990000000099");
  });

  test("has an English twin", async () => {
    const text = textOf(await html("/app?lang=en"));
    expect(text).toContain("The card is valid");
    expect(text).toContain("15 January 1990");
    expect(text).not.toContain("Thẻ đang dùng được");
  });
});

describe("a card that has ended", () => {
  test("is told in words before the number", async () => {
    house.clock.moveTo(new Date("2027-01-05T02:00:00Z"));
    const text = textOf(await html("/app"));
    house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
    expect(text.indexOf("Thẻ đã hết hạn")).toBeGreaterThan(0);
    expect(text.indexOf("Thẻ đã hết hạn")).toBeLessThan(text.indexOf("Số thẻ"));
  });
});

describe("card rights", () => {
  test("percent, thresholds of the day's base wage, the reason for 31/12 and the old card", async () => {
    const text = textOf(await html("/app/card"));
    for (const part of [
      "quỹ trả 80 %",
      "cùng chi trả 20 %",
      "379.500 đ",
      "15.180.000 đ",
      "Vì sao thẻ ghi đến 31/12?",
      "Doanh nghiệp (DN)",
      "DN 4 99 9912 345 678",
      "Thẻ đã được thay bằng thẻ mới",
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe("participation", () => {
  test("is one sentence, with unpaid months apart and the gap named", async () => {
    const text = textOf(await html("/app/participation"));
    expect(text).toContain("Đã đóng BHXH 13 năm");
    expect(text).toContain(", còn thiếu 2 năm để đủ 15 năm.");
    expect(text).toContain("Chưa đóng: 3 tháng");
    expect(text).toContain("Xí nghiệp Mẫu Hai: từ 07/2025 đến 09/2025");
    expect(text).toContain("01/2020 – 03/2020 (3 tháng)");
  });

  test("every fund has its own page; a fund without time says so", async () => {
    expect(textOf(await html("/app/participation?fund=bhyt"))).toContain("Đã đóng BHYT 12 năm 10 tháng");
    expect(textOf(await html("/app/participation?fund=bhtn"))).toContain("Chưa có thời gian đóng BHTN");
    expect(textOf(await html("/app/participation", 1))).toContain("Chưa có thời gian đóng BHXH");
  });

  test("a month names unit, base and what is paid a month", async () => {
    const text = textOf(await html("/app/participation/bhxh/2024-02"));
    for (const part of ["Xí nghiệp Mẫu Hai", "XX0002B", "Tiền lương đóng 7.800.000 đ", "25,5 %", "1.989.000 đ"]) {
      expect(text).toContain(part);
    }
  });

  test("a month in a gap says that nothing is on record and lets it be reported", async () => {
    const body = await html("/app/participation/bhxh/2020-02");
    expect(textOf(body)).toContain("Tháng này không có dữ liệu đóng.");
    expect(body).toContain("/app/disputes/new?about=participation&amp;fact=bhxh.2020-02");
  });

  test.each(["/app/participation/xyz/2024-02", "/app/participation/bhxh/2024-13"])("%s is no page", async (url) => {
    await html(url, 0, 404);
  });
});

describe("benefits", () => {
  test("what is paid now, then what was received, account number by its tail only", async () => {
    const text = textOf(await html("/app/benefits"));
    for (const part of [
      "Hiện có 1 khoản đang chi trả hằng tháng, tổng cộng 1.750.000 đ một tháng.",
      "02/03/2026 – 06/03/2026",
      "1.450.000 đ",
      "Ngân hàng Mẫu, bốn số cuối 0123",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("each names its decision and where the money went, what is on the way comes with what to do", async () => {
    const text = textOf(await html("/app/benefits"));
    for (const part of [
      "Theo quyết định 0012/2026/OD ngày 20/03/2026.",
      "Chuyển khoản vào Ngân hàng Mẫu, bốn số cuối 0123.",
      "Ốm đau: đã có quyết định 1.450.000 đ, chưa thấy ghi chi trả.",
      "Giấy chứng nhận nghỉ việc hưởng BHXH, 16/11/2026 – 20/11/2026: chưa thấy quyết định. Nếu chưa nộp: nộp cho đơn vị nơi làm việc, chậm nhất ngày 05/01/2027.",
      "Đối chiếu số ngày và số tiền với giấy nghỉ.",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("Viêm họng");
  });

  test("a paper says what it is for, what came of it, and keeps the illness under a fold", async () => {
    const text = textOf(await html("/app/benefits/papers"));
    expect(text).toContain("Dùng để hưởng tiền ốm đau.");
    expect(text).toContain("Đã chi trả 1.450.000 đ, quyết định 0012/2026/OD.");
    expect(text).toContain("Nội dung y tế ghi trên giấy (riêng tư)");
    expect(text).toMatch(/Nội dung y tế ghi trên giấy Chẩn đoán Viêm họng cấp Cách điều trị Nghỉ ngơi/);
  });

  test("private papers are not shown to a guardian from whom private visits are kept", async () => {
    const text = textOf(await html("/app/benefits/papers", 3));
    expect(text).toContain("GN-01");
    expect(text).not.toMatch(/TT-03|lo âu/);
  });

  test("nothing yet is told with the next step", async () => {
    expect(textOf(await html("/app/benefits", 1))).toContain("Chưa có chế độ nào trong hồ sơ.");
  });
});

describe("visits", () => {
  test("the year stands in one sentence that adds up", async () => {
    const text = textOf(await html("/app/visits?year=2026"));
    expect(text).toContain("Năm 2026: 3 lần khám. Tổng 1.665.201 đ.");
    expect(text).toContain("Quỹ BHYT trả 1.227.201 đ, người bệnh trả 438.000 đ.");
    expect(text).toContain("Tiểu đường típ 2");
  });

  test("a sensitive visit keeps its illness out of the list, and under a fold on its page", async () => {
    const list = textOf(await html("/app/visits?year=2026"));
    expect(list).toContain("Nội dung riêng tư");
    expect(list).not.toContain("tâm thần");
    const body = await html(`/app/visits/${sensitiveId}`);
    const fold = body.indexOf("Hiện nội dung riêng tư");
    expect(fold).toBeGreaterThan(0);
    expect(body.indexOf("trầm cảm")).toBeGreaterThan(fold);
  });

  test("one visit: who paid, line by line, adding up, with its source", async () => {
    const text = textOf(await html(`/app/visits/${visitId}`));
    for (const part of [
      "Quỹ BHYT trả 528.801 đ",
      "Cùng chi trả 132.200 đ",
      "Tự trả 65.600 đ",
      "Tổng chi phí 726.601 đ",
      "Cộng các dòng 726.601 đ",
      "Thuốc mẫu A 500mg",
      "20 Viên × 450 đ",
      "1 Cái × 3.500,5 đ",
      "Quỹ thanh toán theo tỷ lệ 50 %.",
      "08:20 20/11/2026",
      "09:30 20/11/2026 Tỉnh táo, tiếp xúc tốt",
      "7.2 mmol/L",
      "Dữ liệu của Bệnh viện Đa khoa Mẫu, nhận ngày 21/11/2026, bản thứ 1.",
      "Bệnh kèm theo: Tăng huyết áp",
      "Từng khoản ở trên có thật sự nhận không?",
      "Không đi khám lần này",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("chưa khớp");
  });

  test("figures that do not fit are told, not repaired", async () => {
    const text = textOf(await html(`/app/visits/${oddId}`));
    expect(text).toContain("Tổng chi phí: cơ sở khai 800.000 đ, cộng các dòng được 726.601 đ.");
    expect(text).toContain("Ngày vào, ngày ra trong hồ sơ chưa hợp lý.");
    expect(text).toContain("Hồ sơ mẫu cũ không ghi chi phí ngoài BHYT.");
  });

  test("a year and a person without visits are told with the next step", async () => {
    expect(textOf(await html("/app/visits?year=2019"))).toContain("Chưa có lần khám nào trong năm 2019.");
    expect(textOf(await html("/app/visits", 1))).toContain("Chưa có lần khám nào trong hồ sơ.");
  });

  test("of another person are no page", async () => {
    await html(`/app/visits/${visitId}`, 1, 404);
    await html("/app/visits/not-a-visit", 0, 404);
  });
});

describe("who looked", () => {
  test("others come first, by office and purpose", async () => {
    await record(house.db, {
      at: house.clock.now(),
      actor: { kind: "staff", staffId: "7", name: "Cán bộ Mẫu", sessionId: "x", roles: [] },
      action: "review.look",
      purpose: "review",
      personId: full.personId,
    });
    await html("/app/card");
    await flushLooks(house);
    const text = textOf(await html("/app/looks"));
    expect(text.indexOf("Mở hồ sơ đăng ký")).toBeLessThan(text.indexOf("Xem thẻ BHYT"));
    expect(text).toContain("Cán bộ BHXH");
    expect(text).not.toContain("Cán bộ Mẫu");
  });

  test("a person at whom nobody looked is told so", async () => {
    expect(textOf(await html("/app/looks", 1))).toContain("Chưa có ai khác mở hồ sơ này.");
  });
});

describe("every page of the record", () => {
  const pages = [
    "/app",
    "/app/card",
    "/app/participation",
    "/app/benefits",
    "/app/visits",
    "/app/more",
    "/app/looks",
    "/app/disputes",
  ];

  test.each(pages)("%s carries no inline style and no script", async (url) => {
    const body = await html(url);
    expect(body).not.toMatch(/ style=/);
    expect(body).not.toContain("<script>");
  });

  test.each(pages)("%s has a complete English twin", async (url) => {
    const body = await html(`${url}?lang=en`);
    expect(body).toContain('<html lang="en"');
  });

  test.each(pages)("%s is closed to those who are not signed in", async (url) => {
    const reply = await web.inject({ url });
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toContain("/sign-in");
  });
});
