import { expect, test } from "../fixtures.ts";
import { hasConfirmed, hasHandedIn } from "../pages/backstage.ts";
import { atDesk, hires, isRegistered } from "../pages/office.ts";
import type { Declarant } from "../pages/people.ts";

const person = (tail: string, name: string): Declarant => ({
  name,
  sex: "Nữ",
  birth: ["9", "9", "1979"],
  idNumber: `052179000${tail}`,
  insuranceNumber: `0000000${tail}`,
  phone: `0999900${tail}`,
});
const cho = person("931", "Tạ Thị Chờ Đợi");
const giu = person("932", "Tạ Thị Giữ Chỗ");

test("the queue is narrowed by view, holder and name by sending a form, and shows the least time left first", async ({
  app,
  browser,
  page,
}) => {
  for (const one of [cho, giu]) await isRegistered(app, one);
  const clerk = await hires(app, "locdanhsach.hanhtrinh", "Mai Thị Lọc", "officer");
  const waiting = await hasConfirmed(page, cho);
  await atDesk(browser, clerk, async (desk) => {
    const held = await hasHandedIn(desk, giu);
    await desk.goto("/console");
    const rows = desk.getByRole("main").getByRole("row");
    await expect(rows.filter({ hasText: held })).toContainText(/còn 1[45] phút/);
    await expect(rows.filter({ hasText: waiting })).toContainText("còn 10 ngày để nộp");
    const codes = await rows.locator(".code").allTextContents();
    expect(codes.indexOf(held)).toBeLessThan(codes.indexOf(waiting));

    await desk.getByText("Lọc thêm").click();
    await desk.getByLabel("Họ tên có chữ").fill("cho doi");
    await desk.getByRole("button", { name: "Lọc", exact: true }).click();
    await expect(rows.filter({ hasText: waiting })).toHaveCount(1);
    await expect(rows.filter({ hasText: held })).toHaveCount(0);

    await desk.getByLabel("Họ tên có chữ").fill("");
    await desk.getByLabel("Người giữ").selectOption({ label: "Tôi" });
    await desk.getByRole("button", { name: "Lọc", exact: true }).click();
    await expect(rows.filter({ hasText: held })).toContainText("Tôi");
    await expect(rows.filter({ hasText: waiting })).toHaveCount(0);
    await desk.getByRole("link", { name: "Bỏ lọc" }).click();
    await expect(desk).toHaveURL(/\/console$/);
    await desk.getByRole("link", { name: /^Chờ người dân nộp/ }).click();
    await expect(rows.filter({ hasText: waiting })).toHaveCount(1);
    await expect(rows.filter({ hasText: held })).toHaveCount(0);
  });
});
