import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { hasAccount } from "../pages/backstage.ts";
import { areKnown, be, codeTo, gia, me, provePhone, typeCode } from "../pages/contact.ts";
import { accept, find, receive, sitDown } from "../pages/counter.ts";
import { answerFrom, confirm, heading, isAtQuestion, next, tick } from "../pages/declare.ts";
import { passwordIn, textsTo, textTo } from "../pages/messages.ts";
import { readPdf } from "../pages/pdf.ts";

test.beforeAll(({ app }) => areKnown(app));

const helper = { name: "Hồ Văn Giúp", as: "Đoàn thanh niên xã Tuy Phước" };

async function beginsFor(page: Page, whom: string, by: { name: string; as: string }): Promise<void> {
  await page.goto("/register");
  await isAtQuestion(page, 1, "Ông/Bà đăng ký cho ai?");
  await tick(page.getByRole("radio", { name: whom }));
  await page.getByLabel("Họ tên người kê khai thay").fill(by.name);
  await page.getByLabel("Quan hệ với người đó, hoặc đơn vị").fill(by.as);
  await next(page);
}

test("a volunteer fills the form in for an old woman, who agrees on her own phone and alone gets the password", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await test.step("the helper says who he is and as what", () => beginsFor(page, "Cho người tôi đang giúp", helper));
  await test.step("her phone is confirmed by the code that she reads out", async () => {
    await answerFrom(page, gia, "paper", "phone");
    await expect(page.getByText("Nhập số của chính người được giúp.")).toBeVisible();
    await provePhone(page, app, gia);
    await answerFrom(page, gia, "email");
  });
  await test.step("she agrees to what was read to her, by another code", async () => {
    await expect(page.getByRole("heading", { name: "Người được giúp đồng ý" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Xác nhận, người đó sẽ ký trên giấy" })).toBeVisible();
    await page.getByRole("button", { name: "Gửi mã đồng ý" }).click();
    await typeCode(page, await codeTo(app, gia, "consent"), "Ghi nhận đồng ý");
    await expect(page.getByText(/Người được giúp đã đồng ý bằng mã lúc/)).toBeVisible();
  });
  const code = await confirm(page);
  await test.step("the paper names the helper and how she agreed", async () => {
    const answer = await page.request.get("/register/form.pdf");
    const { text } = readPdf(await answer.body());
    expect(text.replace(/\s+/g, " ")).toContain(
      `${helper.name} (người giúp khai; ${helper.as}; người được giúp đã đồng ý bằng mã trên điện thoại)`,
    );
  });
  await test.step("the officer sees it and accepts", async () => {
    const desk = await sitDown(browser, officer);
    await find(desk, code, gia.name);
    await expect(desk.getByText(`${helper.name} · ${helper.as}`).first()).toBeVisible();
    await expect(desk.getByText(/bằng mã trên điện thoại, lúc/)).toBeVisible();
    await expect(desk.getByText(/đã xác nhận bằng mã, lúc/)).toBeVisible();
    await receive(desk, "original", "signed", "face", "copied");
    await accept(desk);
    await desk.context().close();
  });
  await test.step("the password is in her message, and nowhere that the helper can look", async () => {
    const password = passwordIn((await textTo(app, gia, /duoc chap nhan/)).text);
    await page.goto("/register/track");
    await expect(page.getByText("Chấp nhận. Tài khoản đã được cấp").first()).toBeVisible();
    expect(await page.content()).not.toContain(password);
    expect((await page.request.get("/app", { maxRedirects: 0 })).status()).toBe(303);
  });
});

test("a mother with an account declares for her child with her own phone, however she writes it", async ({
  app,
  officer,
  browser,
  page,
}) => {
  const desk = await sitDown(browser, officer);
  await hasAccount(desk, me);
  await beginsFor(page, "Cho con tôi, hoặc người tôi giám hộ", { name: me.name, as: "mẹ" });
  await expect(page.getByText("Trẻ chưa có thẻ: chọn căn cước")).toBeVisible();
  await answerFrom(page, be, "paper", "phone");
  await expect(page.getByText("Dùng được số của cha, mẹ hoặc người giám hộ.")).toBeVisible();
  await provePhone(page, app, be, `+84 ${me.phone.slice(1)}`);
  await answerFrom(page, be, "email");
  await expect(page.getByRole("heading", { name: "Người được giúp đồng ý" })).toHaveCount(0);
  const code = await confirm(page);
  await expect.poll(() => textsTo(app, me.phone, new RegExp(code)).length).toBe(1);
  await find(desk, code, be.name);
  await expect(desk.getByText(`${me.name} · mẹ`).first()).toBeVisible();
  await desk.context().close();
});

test("somebody without a phone at hand is helped all the same: the signature on paper is the agreement", async ({
  officer,
  browser,
  page,
}) => {
  const neighbour = { ...gia, idNumber: "052148000299", insuranceNumber: "0000000299", phone: "0999900299" };
  await page.goto("/register");
  await tick(page.getByRole("radio", { name: "Cho người tôi đang giúp" }));
  await page.getByLabel("Họ tên người kê khai thay").fill(helper.name);
  await next(page);
  await expect(page.getByRole("alert")).toContainText("Nhập quan hệ với người được giúp, hoặc tên đơn vị.");
  await page.getByLabel("Quan hệ với người đó, hoặc đơn vị").fill("hàng xóm");
  await next(page);
  await answerFrom(page, neighbour, "paper");
  await page.getByRole("button", { name: "Xác nhận, người đó sẽ ký trên giấy" }).click();
  await expect(heading(page, "Đã xác nhận tờ khai")).toBeVisible();
  const code = /BD-\w{4}-\w{4}/.exec((await page.getByRole("main").textContent()) ?? "")?.[0] ?? "";
  const desk = await sitDown(browser, officer);
  await find(desk, code, neighbour.name);
  await expect(desk.getByText("bằng chữ ký trên tờ khai: xem chữ ký khi nhận")).toBeVisible();
  await expect(desk.getByText(/chưa xác nhận bằng mã: hỏi lại người nộp/)).toBeVisible();
  await desk.context().close();
});
