import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { officerName } from "../pages/counter.ts";
import { heading } from "../pages/declare.ts";
import { press } from "../pages/keyboard.ts";
import { atDesk, isRegistered } from "../pages/office.ts";
import type { Declarant } from "../pages/people.ts";

const nhanh: Declarant = {
  name: "Lưu Thị Nhanh",
  sex: "Nữ",
  birth: ["17", "5", "1992"],
  idNumber: "052192000921",
  insuranceNumber: "0000000921",
  phone: "0999900921",
};
const keysAtMost = 6;
/** A hand is slower than a scanner: keys that come closer than this are no commands. */
const handMs = 120;

test("a clean file goes from scan to acceptance by keys alone, six at most where there is script", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await isRegistered(app, nhanh);
  const code = await hasConfirmed(page, nhanh);
  const hasScript = test.info().project.use.javaScriptEnabled !== false;
  await atDesk(browser, officer, async (desk) => {
    await (hasScript ? scanAnywhere(desk, code) : scanIntoBox(desk, code));
    await expect(heading(desk, nhanh.name)).toBeVisible();
    if (hasScript) await decideByKeys(desk);
    else await decideByTab(desk);
    await expect(desk.getByText(`Đã chấp nhận: ${officerName}`)).toBeVisible();
  });
});

test("keys rest while somebody types; where there is script, ? opens their list and arrows walk the rows", async ({
  officer,
  browser,
}) => {
  const hasScript = test.info().project.use.javaScriptEnabled !== false;
  await atDesk(browser, officer, async (desk) => {
    const panel = desk.getByRole("dialog", { name: "Phím tắt" });
    const box = desk.getByRole("searchbox", { name: "Tìm hồ sơ" });
    await box.pressSequentially("a?r/", { delay: handMs });
    await expect(box).toHaveValue("a?r/");
    await expect(panel).toBeHidden();
    await desk.keyboard.press("Escape");
    await desk.keyboard.press("?");
    await desk.waitForTimeout(handMs);
    await expect(panel).toBeVisible({ visible: hasScript });
    await expect(desk.getByRole("button", { name: "Phím tắt (?)" })).toHaveCount(hasScript ? 1 : 0);
  });
});

test("keys of one sign can be turned off, stay off on the next page, and come back (WCAG 2.1.4)", async ({
  officer,
  browser,
}) => {
  const hasScript = test.info().project.use.javaScriptEnabled !== false;
  await atDesk(browser, officer, async (desk) => {
    const panel = desk.getByRole("dialog", { name: "Phím tắt" });
    const open = desk.getByRole("button", { name: "Phím tắt (?)" });
    await expect(open).toHaveCount(hasScript ? 1 : 0);
    if (!hasScript) return;
    const hit = async (key: string) => {
      await desk.keyboard.press(key);
      await desk.waitForTimeout(handMs);
    };
    await open.click();
    await panel.getByRole("button", { name: "Tắt phím tắt trên máy này" }).click();
    await panel.getByRole("button", { name: "Đóng" }).click();
    for (const page of ["this", "the next"]) {
      await hit("?");
      await expect(panel, page).toBeHidden();
      await hit("/");
      await expect(desk.getByRole("searchbox", { name: "Tìm hồ sơ" }), page).not.toBeFocused();
      await desk.reload();
      await expect(open).toBeVisible();
    }
    await open.click();
    await panel.getByRole("button", { name: "Bật phím tắt" }).click();
    await panel.getByRole("button", { name: "Đóng" }).click();
    await hit("?");
    await expect(panel).toBeVisible();
    // As a scanner ends what it read.
    await hit("Enter");
    await expect(panel).toBeHidden();
    await hit("/");
    await expect(desk.getByRole("searchbox", { name: "Tìm hồ sơ" })).toBeFocused();
  });
});

/** The cursor is nowhere: the burst of a scanner still finds the box, and none of its letters is a command. */
async function scanAnywhere(desk: Page, code: string): Promise<void> {
  // The heading is there before the script is.
  await expect(desk.getByRole("button", { name: "Phím tắt (?)" })).toBeVisible();
  await desk.keyboard.type(code);
  await desk.keyboard.press("Enter");
}

async function scanIntoBox(desk: Page, code: string): Promise<void> {
  await desk.getByRole("searchbox", { name: "Tìm hồ sơ" }).fill(code);
  await desk.keyboard.press("Enter");
}

async function decideByKeys(desk: Page): Promise<void> {
  let keys = 0;
  const hit = async (key: string) => {
    keys += 1;
    await desk.keyboard.press(key);
    await desk.waitForTimeout(handMs);
  };
  for (const key of ["1", "2", "3", "4"]) await hit(key);
  await expect(desk.getByRole("checkbox", { checked: true })).toHaveCount(4);
  await hit("Enter");
  await expect(desk.getByText("Ba nguồn khớp nhau. Có thể chấp nhận.")).toBeVisible();
  await hit("a");
  expect(keys).toBeLessThanOrEqual(keysAtMost);
}

async function decideByTab(desk: Page): Promise<void> {
  for (const seen of ["Thấy giấy tờ bản gốc", "Tờ khai đã ký", "Người nộp giống ảnh", "Đã phô tô giấy tờ"]) {
    await press(desk, desk.getByRole("checkbox", { name: seen }), "Space");
  }
  await press(desk, desk.getByRole("button", { name: "Giấy tờ đúng như khai, tiếp nhận" }));
  await expect(desk.getByText("Ba nguồn khớp nhau. Có thể chấp nhận.")).toBeVisible();
  await press(desk, desk.getByRole("button", { name: "Chấp nhận", exact: true }));
}
