import { expect, test } from "../fixtures.ts";
import { sitDown } from "../pages/counter.ts";
import { heading } from "../pages/declare.ts";
import { press, typeInto } from "../pages/keyboard.ts";
import type { Declarant } from "../pages/people.ts";
import { activationOf, isAccepted } from "../pages/secrets.ts";
import { hasVisits } from "../pages/visits.ts";

/** Uses no mouse, and reads her own record. */
const tab: Declarant = {
  name: "Phan Thị Tab",
  sex: "Nữ",
  birth: ["6", "6", "1983"],
  idNumber: "052183000425",
  insuranceNumber: "0000000425",
  phone: "0999900425",
};
const chosen = "con duong lang bong tre xanh";

test("R38: with the keyboard alone, at 400 %: first password, card, years, a visit, a report, and out; the focus is always seen", async ({
  app,
  officer,
  browser,
  page,
}, info) => {
  await hasVisits(app, info, tab, ["20261012"]);
  const desk = await sitDown(browser, officer);
  await isAccepted(desk, tab);
  const issued = await activationOf(app, tab);
  await desk.context().close();
  const places = page.getByRole("navigation", { name: "Các mục của tài khoản" });
  const main = page.getByRole("main");
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto("/sign-in");
  await test.step("she signs in and chooses her password", async () => {
    await typeInto(page, page.getByLabel("Mã số BHXH hoặc số định danh cá nhân"), tab.insuranceNumber);
    await typeInto(page, page.getByLabel("Mật khẩu", { exact: true }), issued);
    await page.keyboard.press("Enter");
    await expect(heading(page, "Đặt mật khẩu của riêng mình")).toBeVisible();
    await typeInto(page, page.getByLabel("Mã kích hoạt trong tin nhắn"), issued);
    await typeInto(page, page.getByLabel("Mật khẩu mới", { exact: true }), chosen);
    await press(page, page.getByRole("button", { name: "Lưu mật khẩu mới" }));
    await press(page, page.getByRole("link", { name: "Để sau" }));
    await expect(main).toContainText(/DN\s*4\s*52\s*0000\s*000\s*425/);
  });
  await test.step("she turns from one fund to another in her years", async () => {
    await press(page, places.getByRole("link", { name: "Quá trình" }));
    await expect(heading(page, "Quá trình tham gia")).toBeVisible();
    await press(page, main.getByRole("link", { name: "BHTN", exact: true }));
    await expect(main.getByRole("link", { name: "BHTN", exact: true })).toHaveAttribute("aria-current", /./);
    await expect(main).toContainText("6 năm");
  });
  await test.step("she opens a visit and reports it", async () => {
    await press(page, places.getByRole("link", { name: "Khám bệnh" }));
    await press(page, main.getByRole("link", { name: "12/10/2026" }));
    await expect(heading(page, "Lần khám 12/10/2026")).toBeVisible();
    await press(page, main.getByRole("link", { name: "Không đi khám lần này" }));
    await press(page, main.getByRole("button", { name: "Gửi báo sai" }));
    await expect(page.getByRole("status")).toContainText("26/11/2026");
  });
  await press(page, page.getByRole("banner").getByRole("button", { name: "Đăng xuất" }));
  await expect(page.getByText("Đã đăng xuất.")).toBeVisible();
});
