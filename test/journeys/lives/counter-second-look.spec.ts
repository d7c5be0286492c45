import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { find, receive } from "../pages/counter.ts";
import { heading, tick } from "../pages/declare.ts";
import { isPlainSms, textTo } from "../pages/messages.ts";
import { atDesk, hires, isRegistered } from "../pages/office.ts";
import type { Declarant } from "../pages/people.ts";

const thuong: Declarant = {
  name: "Nguyễn Thị Thương",
  sex: "Nữ",
  birth: ["8", "10", "1984"],
  idNumber: "052184000901",
  insuranceNumber: "0000000901",
  phone: "0999900901",
};
const reason = "Giấy khai sinh bản gốc ghi Thương";

test("a name that really differs takes a second person: sent back once, then confirmed, and she is told", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await isRegistered(app, thuong, "Nguyễn Thị Thường");
  const chief = await hires(app, "phutrach.hanhtrinh", "Lý Thị Phụ Trách", "supervisor");
  const code = await hasConfirmed(page, thuong);
  await atDesk(browser, officer, async (desk) => {
    await find(desk, code, thuong.name);
    await receive(desk, "original", "signed", "face", "copied");
    await test.step("one officer cannot accept, and must give source and reason to propose", () => propose(desk));
    await expect(desk.getByText("Ông/Bà là người đề nghị. Cán bộ kiểm soát khác phải xác nhận.")).toBeVisible();
    await expect(desk.getByText(/còn 1[45] phút/)).toBeVisible();
  });
  await atDesk(browser, chief, async (desk) => {
    await desk.getByRole("link", { name: /^Chờ cán bộ kiểm soát 1$/ }).click();
    await desk.getByRole("link", { name: new RegExp(code) }).click();
    await expect(desk.getByText(`Giấy tờ: ${thuong.name} · ${reason}`).first()).toBeVisible();
    await test.step("sending back needs words", async () => {
      await desk.getByRole("button", { name: "Trả lại cán bộ" }).click();
      await expect(desk.getByRole("alert")).toContainText("Viết cho cán bộ biết cần xem lại điều gì.");
      await desk.getByLabel("Lời gửi cán bộ").fill("Xem thêm sổ BHXH.");
      await desk.getByRole("button", { name: "Trả lại cán bộ" }).click();
      await expect(desk.getByRole("status")).toHaveText("Đã trả lại hồ sơ cho cán bộ.");
    });
  });
  await atDesk(browser, officer, async (desk) => {
    await find(desk, code, thuong.name);
    await expect(desk.getByText("Xem thêm sổ BHXH.").first()).toBeVisible();
    await propose(desk);
  });
  await atDesk(browser, chief, async (desk) => {
    await find(desk, code, thuong.name);
    await desk.getByRole("button", { name: "Xác nhận, chấp nhận" }).click();
    await expect(desk.getByRole("status")).toHaveText("Đã xác nhận. Tin nhắn tài khoản đang được gửi.");
    const history = desk.getByRole("listitem").filter({ hasText: "Chấp nhận · Lý Thị Phụ Trách" });
    await expect(history).toContainText("theo đề nghị của Cao Thị Cẩm Bình");
  });
  isPlainSms(await textTo(app, thuong, /duoc chap nhan/));
});

test("whoever holds both roles is never both persons on one file", async ({ app, browser, page }) => {
  const both = { ...thuong, insuranceNumber: "0000000902", idNumber: "052184000902", phone: "0999900902" };
  await isRegistered(app, both, "Nguyễn Thị Thường");
  const member = await hires(app, "haivai.hanhtrinh", "Đào Văn Hai Vai", "officer", "supervisor");
  const code = await hasConfirmed(page, both);
  await atDesk(browser, member, async (desk) => {
    await find(desk, code, both.name);
    await receive(desk, "original", "signed", "face", "copied");
    await propose(desk);
    await expect(desk.getByText("Ông/Bà là người đề nghị. Cán bộ kiểm soát khác phải xác nhận.")).toBeVisible();
    await expect(desk.getByRole("button", { name: "Xác nhận, chấp nhận" })).toHaveCount(0);
    await desk.getByRole("button", { name: "Rút lại đề nghị" }).click();
    await expect(desk.getByRole("button", { name: "Trình cán bộ kiểm soát" })).toBeVisible();
  });
});

async function propose(desk: Page): Promise<void> {
  const take = desk.getByRole("button", { name: "Nhận xử lý", exact: true });
  if (await take.isVisible()) await take.click();
  await expect(desk.getByText("Có khác biệt thật về nhân thân. Một cán bộ không thể tự chấp nhận.")).toBeVisible();
  await expect(desk.getByRole("button", { name: "Chấp nhận", exact: true })).toHaveCount(0);
  await desk.getByRole("button", { name: "Trình cán bộ kiểm soát" }).click();
  await expect(desk.getByRole("alert")).toContainText("Chọn nguồn được tin ở mục này.");
  await expect(desk.getByRole("alert")).toContainText("Ghi lý do ở mục khác thật này.");
  await tick(desk.getByRole("radio", { name: `Giấy tờ: ${thuong.name}` }));
  await desk.getByLabel("Lý do: Họ và tên").fill(reason);
  await desk.getByRole("button", { name: "Trình cán bộ kiểm soát" }).click();
  await expect(desk.getByRole("status")).toHaveText("Đã trình cán bộ kiểm soát. Hồ sơ chờ xác nhận.");
  await expect(heading(desk, thuong.name)).toBeVisible();
}
