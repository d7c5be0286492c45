import { expect, startOfStory, test } from "../fixtures.ts";
import { sitDown } from "../pages/counter.ts";
import { heading } from "../pages/declare.ts";
import { mailTo, textTo } from "../pages/messages.ts";
import {
  activate,
  activationOf,
  areKnown,
  askForCode,
  enter,
  isAccepted,
  nho,
  recoveryCodeIn,
  setWithCode,
} from "../pages/secrets.ts";

const passwords = [
  "mua rao go mai ton lop dop",
  "cay khe ngot sau vuon ong Tu",
  "ghe da ven ho chieu thu",
  "bep lua chieu dong am khoi",
];
const [first = "", bySms = "", byMail = "", later = ""] = passwords;

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("a password is forgotten, set again by SMS and by e-mail, and changed after six months", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await areKnown(app);
  const desk = await sitDown(browser, officer);
  await isAccepted(desk, nho);
  await desk.context().close();
  await activate(page, nho, await activationOf(app, nho), first);
  await page.getByRole("banner").getByRole("button", { name: "Đăng xuất" }).click();
  await test.step("by SMS: the code sets a password, and the account is limited for three days", async () => {
    await askForCode(page, nho, /Tin nhắn/);
    await expect(page.getByText("Cảnh giác lừa đảo")).toBeVisible();
    await expect(page.getByText("Ít nhất 15 ký tự")).toBeVisible();
    const { text } = await textTo(app, nho, /dat lai mat khau: \d{8}/);
    await setWithCode(page, "00000000", bySms);
    await expect(page.getByRole("alert")).toContainText("Mã chưa đúng. Còn 2 lần thử");
    await setWithCode(page, recoveryCodeIn(text), bySms);
    await expect(page.getByRole("status")).toContainText("Đã đặt mật khẩu mới.");
    await enter(page, nho, bySms);
    await expect(page.getByText("Mật khẩu vừa được đặt lại bằng tin nhắn")).toBeVisible();
    await expect(page.getByRole("main")).toContainText("26/11/2026, chưa xem được khám chữa bệnh");
  });
  await page.getByRole("banner").getByRole("button", { name: "Đăng xuất" }).click();
  await test.step("by e-mail, to the address on file", async () => {
    await askForCode(page, nho, /Thư điện tử/);
    const { text } = await mailTo(app, "nho@example.vn", /đặt lại mật khẩu/);
    await setWithCode(page, recoveryCodeIn(text), byMail);
    await enter(page, nho, byMail);
    await expect(page).toHaveURL(/\/app$/);
  });
  await test.step("two weeks before the end every page of the account says until when, and where to change", async () => {
    await app.moveClock("2027-05-10T09:00:00+07:00");
    await enter(page, nho, byMail);
    await expect(page.getByText("Mật khẩu dùng được đến hết ngày 23/05/2027.")).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: "Đổi mật khẩu" }).click();
    await expect(heading(page, "Đổi mật khẩu")).toBeVisible();
  });
  await test.step("a minute after the last day only the change page opens; then everything does", async () => {
    await app.moveClock("2027-05-24T00:01:00+07:00");
    await enter(page, nho, byMail);
    await expect(page.getByText("Mật khẩu này đã dùng quá 6 tháng.")).toBeVisible();
    await page.goto("/app/visits");
    await expect(heading(page, "Đổi mật khẩu")).toBeVisible();
    await page.getByLabel("Mật khẩu đang dùng").fill(byMail);
    await page.getByLabel("Mật khẩu mới", { exact: true }).fill(`${byMail} 2`);
    await page.getByRole("button", { name: "Lưu mật khẩu mới" }).click();
    await expect(page.getByRole("alert")).toContainText("quá giống mật khẩu đang dùng");
    await page.getByLabel("Mật khẩu đang dùng").fill(byMail);
    await page.getByLabel("Mật khẩu mới", { exact: true }).fill(later);
    await page.getByRole("button", { name: "Lưu mật khẩu mới" }).click();
    await expect(page.getByRole("status")).toContainText("Đã đổi mật khẩu.");
    await expect(page.getByText("Mật khẩu dùng được đến hết ngày")).toHaveCount(0);
  });
});
