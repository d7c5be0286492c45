import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flushLooks, record } from "../audit/record.ts";
import { describeCard, describeCardRights } from "./pages-of-card.fixture.ts";
import { describeVisits } from "./pages-of-visits.fixture.ts";
import { describeYears } from "./pages-of-years.fixture.ts";
import { openRecord, type RecordStage, textOf } from "./record-pages.fixture.ts";

let stage: RecordStage;
beforeAll(async () => {
  stage = await openRecord();
});
afterAll(() => stage.close());

describeCard(() => stage);
describeCardRights(() => stage);
describeYears(() => stage);
describeVisits(() => stage);

describe("who looked", () => {
  test("others come first, by office and purpose", async () => {
    await record(stage.house.db, {
      at: stage.house.clock.now(),
      actor: { kind: "staff", staffId: "7", name: "Cán bộ Mẫu", sessionId: "x", roles: [] },
      action: "review.look",
      purpose: "review",
      personId: stage.full.personId,
    });
    await stage.html("/app/card");
    await flushLooks(stage.house);
    const text = textOf(await stage.html("/app/looks"));
    expect(text.indexOf("Mở hồ sơ đăng ký")).toBeLessThan(text.indexOf("Xem thẻ BHYT"));
    expect(text).toContain("Cán bộ BHXH");
    expect(text).not.toContain("Cán bộ Mẫu");
  });

  test("a person at whom nobody looked is told so", async () => {
    expect(textOf(await stage.html("/app/looks", 1))).toContain("Chưa có ai khác mở hồ sơ này.");
  });
});

describe("numbers of identity papers", () => {
  const rowOf = async (url: string, key: string) =>
    new RegExp(`<dt[^>]*>${key}</dt><dd[^>]*>([^<]*)<`).exec(await stage.html(url))?.[1];

  test("are masked on the first page until the person asks to see them whole", async () => {
    expect(await rowOf("/app", "Số định danh cá nhân")).toMatch(/^•{9}\d{3}$/);
    expect(await rowOf("/app?numbers=whole", "Số định danh cá nhân")).toMatch(/^\d{3} \d{3} \d{3} \d{3}$/);
    expect(await rowOf("/app", "Mã số BHXH")).toMatch(/^\d{4} \d{3} \d{3}$/);
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
    const body = await stage.html(url);
    expect(body).not.toMatch(/ style=/);
    expect(body).not.toContain("<script>");
  });

  test.each(pages)("%s has a complete English twin", async (url) => {
    const body = await stage.html(`${url}?lang=en`);
    expect(body).toContain('<html lang="en"');
  });

  test.each(pages)("%s is closed to those who are not signed in", async (url) => {
    const reply = await stage.web.inject({ url });
    expect(reply.statusCode).toBe(303);
    expect(reply.headers.location).toContain("/sign-in");
  });
});
