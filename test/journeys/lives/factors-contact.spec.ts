import { expect, officeCode, type StaffMember, signsInAtDesk, test } from "../fixtures.ts";
import { signIn } from "../pages/account.ts";
import { sitDown } from "../pages/counter.ts";
import { heading, tick } from "../pages/declare.ts";
import { codeTo, settle } from "../pages/factors.ts";
import { isPlainSms, textTo } from "../pages/messages.ts";
import type { Declarant } from "../pages/people.ts";

const doi: Declarant = {
  name: "Lý Văn Đổi",
  sex: "Nam",
  birth: ["6", "6", "1966"],
  idNumber: "052066000504",
  insuranceNumber: "0000000504",
  phone: "0999900504",
};
const mat: Declarant = {
  name: "Tạ Thị Mất Máy",
  sex: "Nữ",
  birth: ["7", "7", "1957"],
  idNumber: "052157000505",
  insuranceNumber: "0000000505",
  phone: "0999900505",
};
const chosen = "nang len tren doi che xanh tham";

test("he changes his telephone online: two proofs, a code to the new one, a day in which the old one can stop it", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await settle({ app, officer, browser, page }, doi, chosen);
  const next = { ...doi, phone: "0999900514" };
  const asks = async (sent: number) => {
    await page.goto("/account/contact");
    await page.getByRole("link", { name: "Đổi Số điện thoại" }).click();
    if (await page.getByRole("heading", { level: 1, name: "Xác nhận đúng là chủ tài khoản" }).isVisible()) {
      await page.getByRole("button", { name: "Gửi mã" }).click();
      await page.getByLabel("6 số trong tin nhắn").fill(await codeTo(app, doi.phone, /chinh chu/, sent));
      await page.locator('form[action="/account/proof/code"]').getByRole("button", { name: "Xác nhận" }).click();
    }
    await expect(heading(page, "Đổi số điện thoại")).toBeVisible();
  };
  await asks(1);
  await page.getByLabel("Số điện thoại mới").fill("0999 900 504");
  await page.getByRole("button", { name: "Gửi mã" }).click();
  await expect(page.getByRole("status"), "the same number is no change").toContainText("không cần đổi");
  await asks(1);
  await page.getByLabel("Số điện thoại mới").fill(next.phone);
  await page.getByRole("button", { name: "Gửi mã" }).click();
  await page.getByLabel("Mã 6 số").fill(await codeTo(app, next.phone, /doi so dien thoai/));
  await page.getByRole("button", { name: "Xác nhận" }).click();
  await expect(page.getByRole("status")).toContainText("Thay đổi có hiệu lực lúc");
  await expect(page.getByText("Số điện thoại sẽ đổi thành •••••••514")).toBeVisible();
  const warned = await textTo(app, doi, /se doi luc/);
  isPlainSms(warned);

  await test.step("whoever holds the old telephone stops it, without signing in, and everybody is signed out", async () => {
    const old = await (await browser.newContext({ baseURL: app.baseUrl })).newPage();
    await old.goto("/sign-in");
    await old.getByRole("link", { name: "Dừng đổi số điện thoại, thư điện tử" }).click();
    await old.getByLabel("Mã số BHXH hoặc số định danh cá nhân").fill(doi.insuranceNumber);
    await old.getByLabel("Mã dừng 8 số").fill(/(\d{8})$/.exec(warned.text)?.[1] ?? "");
    await old.getByRole("button", { name: "Dừng ngay" }).click();
    await expect(old.getByRole("status")).toContainText("Đã dừng.");
    await old.context().close();
    await page.goto("/app");
    await expect(heading(page, "Đăng nhập")).toBeVisible();
  });
});

test("her telephone is lost: officer and supervisor change it at the counter; then she stops and reopens the account", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await settle({ app, officer, browser, page }, mat, chosen);
  const next = { ...mat, phone: "0999900515" };
  const desk = await sitDown(browser, officer);
  const open = async (reason: string) => {
    await desk.goto("/console/account");
    await desk.getByLabel(/Mã số BHXH hoặc số định danh/).fill(mat.insuranceNumber);
    await tick(desk.getByRole("radio", { name: reason }));
    await tick(desk.getByRole("radio", { name: "Thẻ căn cước (CCCD)" }));
    for (const box of await desk.getByRole("checkbox").all()) await tick(box);
    await desk.getByRole("button", { name: "Mở tài khoản" }).click();
    await expect(heading(desk, mat.name)).toBeVisible();
  };
  await open("Đổi số điện thoại");
  await expect(desk.getByText("•••••••505")).toBeVisible();
  await desk.getByLabel("Số điện thoại mới").fill(next.phone);
  await desk.getByRole("button", { name: "Gửi mã tới số mới" }).click();
  await desk.getByLabel("Mã người dân đọc").fill(await codeTo(app, next.phone, /doi so dien thoai/));
  await desk.getByRole("button", { name: "Chuyển kiểm soát" }).click();
  await expect(desk.getByRole("status")).toContainText("khi cán bộ kiểm soát xác nhận");

  await test.step("the supervisor confirms, and the old number is told", async () => {
    const who = ["--username", `kiemsoat.${Date.now() % 1e6}`, "--name", "Đinh Thị Kiểm"];
    const printed = await app.vssid("user", "add", ...who, "--role", "supervisor", "--office", officeCode);
    const supervisor = JSON.parse(printed) as StaffMember;
    const other = await (await browser.newContext({ baseURL: app.baseUrl })).newPage();
    await signsInAtDesk(other, supervisor);
    await other.goto("/console/account/changes");
    await other.getByRole("button", { name: `Xác nhận số mới của ${mat.name}`, exact: true }).click();
    await expect(other.getByRole("status")).toContainText("Số mới có hiệu lực");
    await other.context().close();
    for (const told of [mat, next]) isPlainSms(await textTo(app, told, /da doi luc/));
  });

  await test.step("she stops using the account, and keeps the number of the confirmation", async () => {
    await page.goto("/account/stop");
    await expect(heading(page, "Ngừng sử dụng tài khoản")).toBeVisible();
    await page.getByRole("button", { name: "Ngừng sử dụng" }).click();
    await expect(page.getByRole("alert")).toContainText("Đánh dấu ô này");
    await tick(page.getByRole("checkbox"));
    await page.getByRole("button", { name: "Ngừng sử dụng" }).click();
    await expect(heading(page, "Đã ngừng sử dụng tài khoản")).toBeVisible();
    const number = (await page.locator("dd strong").textContent()) ?? "";
    expect((await textTo(app, next, /da ngung su dung/)).text).toContain(number);
    await page.goto("/sign-in");
    await signIn(page, mat.insuranceNumber, chosen);
    await expect(page.getByRole("alert")).toContainText("Tài khoản đã đóng");
  });

  await test.step("with the paper it opens again", async () => {
    await open("Mở lại tài khoản");
    await expect(desk.getByText("đã đóng")).toBeVisible();
    await desk.getByRole("button", { name: "Mở lại" }).click();
    await expect(desk.getByRole("status")).toContainText("Đã mở lại. Số xác nhận GD-");
    await page.goto("/sign-in");
    await signIn(page, mat.insuranceNumber, chosen);
    await expect(page).toHaveURL(/\/app$/);
  });
});
