import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { choosePassword, goTo, signIn, skipOffer } from "../pages/account.ts";
import { amountIn, amountsIn, sum, written } from "../pages/amounts.ts";
import { accept, attach, comparedRow, find, officerName, receive, sitDown } from "../pages/counter.ts";
import { answerAll, confirm, heading, next, office, resume } from "../pages/declare.ts";
import { isPlainSms, mailTo, passwordIn, textTo } from "../pages/messages.ts";
import { readPdf } from "../pages/pdf.ts";
import { mau } from "../pages/people.ts";
import { idCard } from "../pages/pictures.ts";
import { benefitsOf, claimLines, paidInWords, sampleClaim } from "../pages/register-files.ts";

const chosen = "chiec non la treo canh cua so";

test("a worker declares, hands in, is accepted within the quarter of an hour and reads his own record", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await test.step("the operator imports a hospital's claim file beside the running system", async () => {
    expect(await app.vssid("import", "claims", sampleClaim, "--json")).toContain('"taken":1');
  });
  const code = await test.step("he declares, question by question", () => declare(page));
  await test.step("he leaves, and finds his file again elsewhere by code and birth date", async () => {
    await page.getByRole("button", { name: "Rời máy này" }).click();
    await expect(page.getByRole("status")).toHaveText("Đã đóng tờ khai trên máy này.");
    const elsewhere = await (await browser.newContext()).newPage();
    await resume(elsewhere, code, mau);
    await expect(heading(elsewhere, "Đã xác nhận tờ khai")).toBeVisible();
    await elsewhere.getByRole("link", { name: "Xem hồ sơ đang ở bước nào" }).click();
    const now = elsewhere.getByRole("listitem").and(elsewhere.locator('[aria-current="step"]'));
    await expect(now).toContainText("Nộp tờ khai đã ký tại cơ quan BHXH");
    await expect(now).toContainText("Hạn: thứ Năm, 03/12/2026 (còn 10 ngày)");
    await elsewhere.context().close();
  });
  const desk = await sitDown(browser, officer);
  await test.step("the officer receives the form, compares and accepts", () => decide(desk, code));
  const password = await test.step("the message comes by SMS and by mail", async () => {
    const sms = await textTo(app, mau, /duoc chap nhan/);
    isPlainSms(sms);
    const mail = await mailTo(app, "mau@example.vn", /được chấp nhận/);
    expect(passwordIn(mail.text)).toBe(passwordIn(sms.text));
    expect(sms.text).toContain(code);
    return passwordIn(sms.text);
  });
  await test.step("he signs in, and must choose a password first", () => openAccount(page, password));
  await test.step("he reads one visit to the last line", () => readVisit(page));
  await test.step("he reads his card, his years and his benefits", () => readRecord(page));
  await test.step("the officer sees both messages as sent", async () => {
    await desk.goto(`/console/outbox?code=${code}`);
    const accepted = desk.getByRole("row", { name: "Chấp nhận, cấp tài khoản" });
    await expect(accepted).toHaveCount(2);
    for (const row of await accepted.all()) await expect(row).toContainText(/Đã gửi|Đã đến máy/);
  });
  await test.step("he sees who looked at his record, and signs out", () => lookAndLeave(page));
});

async function declare(page: Page): Promise<string> {
  await answerAll(page, { ...mau, email: "mau@exmaple.vn" });
  await page.getByRole("link", { name: "Sửa Thư điện tử" }).click();
  await expect(page.getByLabel("Địa chỉ thư điện tử")).toHaveValue("mau@exmaple.vn");
  await page.getByLabel("Địa chỉ thư điện tử").fill("mau@example.vn");
  await next(page);
  await expect(heading(page, "Kiểm tra trước khi xác nhận")).toBeVisible();
  for (const given of ["099 199 000 001", mau.name, "15/01/1990", "0000 000 012", "mau@example.vn", office]) {
    await expect(page.getByRole("definition").filter({ hasText: given }).first()).toBeVisible();
  }
  const code = await confirm(page);
  const main = page.getByRole("main");
  await expect(main).toContainText("thứ Năm, 03/12/2026 (còn 10 ngày)");
  await expect(page.getByRole("img", { name: `Mã QR của tờ khai ${code}` })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Bản gốc căn cước số •••••••••001" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Ký và ghi rõ họ tên" })).toBeVisible();
  await expect(main).toContainText(`${office}Số 10 đường Mẫu, Xã Tuy Phước`);
  await readForm(page, code);
  return code;
}

/** The paper that is signed: one page, every mark on its letter. */
async function readForm(page: Page, code: string): Promise<void> {
  const address = await page.getByRole("link", { name: "Mở tờ khai để in" }).getAttribute("href");
  const answer = await page.request.get(address ?? "");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  const { text, pages } = readPdf(await answer.body());
  expect(pages).toBe(1);
  expect(text).toContain(code);
  expect(text.toLocaleUpperCase("vi")).toContain(mau.name.toLocaleUpperCase("vi"));
}

async function decide(desk: Page, code: string): Promise<void> {
  await find(desk, code, mau.name);
  await expect(desk.getByText("còn 10 ngày để nộp")).toBeVisible();
  await receive(desk, "original", "signed", "face");
  await expect(desk.getByText(/còn 1[45] phút/)).toBeVisible();
  await expect(desk.getByText("Hồ sơ chưa lưu bản sao giấy tờ.")).toBeVisible();
  await attach(desk, await idCard());
  await expect(desk.getByRole("status")).toHaveText("Đã lưu 1 ảnh.");
  await expect(desk.getByRole("img", { name: `Mặt trước giấy tờ, hồ sơ ${code}` })).toBeVisible();
  await expect(desk.getByText("Ba nguồn khớp nhau. Có thể chấp nhận.")).toBeVisible();
  await desk.getByText("6 mục khớp").click();
  expect(await comparedRow(desk, "Họ và tên")).toEqual([mau.name, mau.name, mau.name, "khớp"]);
  expect(await comparedRow(desk, "Số giấy tờ")).toEqual([...Array(3).fill("099 199 000 001"), "khớp"]);
  await accept(desk);
  await expect(desk.getByText(`Đã chấp nhận: ${officerName}`)).toBeVisible();
}

/** Asked for his visits: after the detour over the first password he stands there. */
async function openAccount(page: Page, issued: string): Promise<void> {
  await page.goto("/app/visits");
  await signIn(page, mau.insuranceNumber, `${issued}x`);
  await expect(page.getByRole("alert")).toContainText("Số hoặc mật khẩu chưa đúng. Còn 4 lần thử.");
  await expect(page.getByLabel("Mã số BHXH hoặc số định danh cá nhân")).toHaveValue(mau.insuranceNumber);
  await signIn(page, mau.insuranceNumber, issued);
  await expect(heading(page, "Đặt mật khẩu của riêng mình")).toBeVisible();
  const only = page.url();
  for (const closed of ["/app", "/app/benefits", "/account/devices"]) {
    await page.goto(closed);
    await expect(heading(page, "Đặt mật khẩu của riêng mình")).toBeVisible();
  }
  await page.goto(only);
  await choosePassword(page, issued, "nguyen van mau 1990");
  await expect(page.getByRole("alert")).toContainText("ghép từ thông tin của chính mình");
  await choosePassword(page, issued, chosen);
  await expect(page.getByRole("status")).toContainText("Đã đổi mật khẩu.");
  await skipOffer(page);
  await expect(heading(page, "Khám chữa bệnh")).toBeVisible();
}

async function readVisit(page: Page): Promise<void> {
  const lines = claimLines();
  const total = Math.round(sum(lines.map(({ amount }) => amount)));
  await expect(page.getByText(`Năm 2026: 1 lần khám. Tổng ${written(total)}.`)).toBeVisible();
  await page.getByRole("link", { name: "20/11/2026" }).click();
  await expect(heading(page, "Lần khám 20/11/2026")).toBeVisible();
  const main = page.getByRole("main");
  await expect(main).toContainText("Bệnh viện Đa khoa Mẫu Sài Gòn");
  await expect(main).toContainText("08:20 20/11/2026");
  await expect(main).toContainText("10:00 20/11/2026");
  await expect(main).toContainText("Tiểu đường típ 2");
  await expect(main).toContainText("Bệnh đái tháo đường không phụ thuộc insuline; Tăng huyết áp vô căn");
  expect(lines).toHaveLength(6);
  const shown = await Promise.all(lines.map((line) => readLine(page, line)));
  expect(sum(shown)).toBe(total);
  expect(amountIn(await page.getByText("Cộng các dòng").locator("..").textContent())).toBe(total);
  const payers = await page
    .getByRole("definition")
    .filter({ hasText: /^[\d.]+\sđ$/ })
    .allInnerTexts();
  const [all, ...parts] = payers.flatMap(amountsIn).reverse();
  expect([all, sum(parts)]).toEqual([total, total]);
  await page.getByRole("link", { name: "English" }).click();
  await expect(heading(page, "Visit of 20 November 2026")).toBeVisible();
  await page.getByRole("link", { name: "Tiếng Việt" }).click();
}

/** A cost line: its own amount to a đồng, and the parts of those who paid add up to it. */
async function readLine(page: Page, { name, amount }: { name: string; amount: number }): Promise<number> {
  const line = page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });
  const [head = "", , paid = ""] = await line.getByRole("paragraph").allInnerTexts();
  const whole = amountIn(head);
  expect(Math.abs(whole - amount), name).toBeLessThan(1);
  expect(sum(amountsIn(paid)), name).toBe(whole);
  return whole;
}

async function readRecord(page: Page): Promise<void> {
  await goTo(page, "Thẻ");
  const card = page.getByRole("article", { name: "Thẻ bảo hiểm y tế" });
  await expect(card).toContainText("DN 4 79 0000 000 012");
  await expect(card).toContainText("01/01/2026 – 31/12/2026");
  await expect(card).toContainText("Thẻ đang dùng được");
  await goTo(page, "Quá trình");
  await expect(page.getByText(`Đã đóng BHXH ${paidInWords(mau.insuranceNumber)}`)).toBeVisible();
  await expect(page.getByText("Chưa đóng: 3 tháng")).toBeVisible();
  await goTo(page, "Quyền lợi");
  const benefits = benefitsOf(mau.insuranceNumber);
  for (const { regime, amount } of benefits) {
    await expect(
      page.getByRole("article").filter({ has: page.getByRole("heading", { name: regime, exact: true }) }),
    ).toContainText(written(amount));
  }
  const shortTerm = sum(benefits.filter(({ kind }) => kind === "short_term").map(({ amount }) => amount));
  await expect(page.getByText(`Đã nhận: ${written(shortTerm)}`)).toBeVisible();
}

async function lookAndLeave(page: Page): Promise<void> {
  await goTo(page, "Thêm");
  await page.getByRole("link", { name: "Ai đã xem hồ sơ của tôi" }).click();
  const others = page.getByRole("table", { name: "Người khác" });
  const accepted = others.getByRole("row").filter({ hasText: "Chấp nhận hồ sơ đăng ký" });
  await expect(accepted).toContainText(`Cán bộ ${office}`);
  await expect(accepted).toContainText("Xét hồ sơ đăng ký");
  await page.getByRole("banner").getByRole("button", { name: "Đăng xuất" }).click();
  await expect(page.getByRole("status")).toHaveText("Đã đăng xuất.");
  await page.goto("/app");
  await expect(heading(page, "Đăng nhập")).toBeVisible();
}
