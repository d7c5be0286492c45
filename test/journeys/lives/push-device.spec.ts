import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { goTo } from "../pages/account.ts";
import { heading } from "../pages/declare.ts";
import { settle } from "../pages/factors.ts";
import { textsTo } from "../pages/messages.ts";
import type { Declarant } from "../pages/people.ts";

const mai: Declarant = {
  name: "Đỗ Thị Mai Báo",
  sex: "Nữ",
  birth: ["7", "7", "1979"],
  idNumber: "052179000451",
  insuranceNumber: "0000000451",
  phone: "0999900451",
};
const [first, second, third] = [
  "bong sen no ben ho sang som",
  "con dieu giay bay qua rang tre",
  "chiec thung tre day ngo moi hai",
] as const;
const changed = /Mat khau tai khoan vua duoc doi/;

/** The browser's own push service is far away: the one of this machine gives the address and the keys. */
async function withPushService(page: Page, subscription: object): Promise<void> {
  await page.addInitScript((given) => {
    const window = globalThis as unknown as { PushManager: { prototype: { subscribe: () => Promise<object> } } };
    window.PushManager.prototype.subscribe = async () => ({ toJSON: () => given });
  }, subscription);
}

async function changePassword(page: Page, from: string, to: string): Promise<void> {
  await page.goto("/account/password");
  await page.getByLabel("Mật khẩu đang dùng").fill(from);
  await page.getByLabel("Mật khẩu mới", { exact: true }).fill(to);
  await page.getByRole("button", { name: "Lưu mật khẩu mới" }).click();
  await expect(page.getByRole("status")).toContainText("Đã đổi mật khẩu.");
}

/** What the push service hands to the browser: the service worker of this page gets it. */
async function deliver(page: Page, payload: object): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const known = new Promise<string>((found) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      for (const { registrationId } of registrations) found(registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const { origin } = new URL(page.url());
  const message = { origin, registrationId: await known, data: JSON.stringify(payload) };
  await session.send("ServiceWorker.deliverPushMessage", message);
  await session.detach();
}

/** The notices that the telephone shows now. */
const shownOn = (page: Page) =>
  page.evaluate(async () => {
    const { serviceWorker } = navigator as unknown as {
      serviceWorker: {
        getRegistration(): Promise<{ getNotifications(): Promise<{ title: string; body: string }[]> } | undefined>;
      };
    };
    const notices = (await (await serviceWorker.getRegistration())?.getNotifications()) ?? [];
    return notices.map(({ title, body }) => `${title}: ${body}`);
  });

test("she lets her telephone show notices, is told that her password changed, and switches them off", async ({
  app,
  officer,
  browser,
  page,
  context,
  javaScriptEnabled,
}) => {
  await settle({ app, officer, browser, page }, mai, first);
  await goTo(page, "Thêm");
  await page.getByRole("link", { name: "Thông báo trên máy này" }).click();
  await expect(heading(page, "Thông báo trên máy này")).toBeVisible();
  await expect(page.getByText("Chưa có máy nào nhận thông báo.")).toBeVisible();
  if (javaScriptEnabled === false) {
    await expect(page.getByText("Bật thông báo cần JavaScript")).toBeVisible();
    await expect(page.getByRole("button", { name: "Bật thông báo trên máy này" })).toHaveCount(0);
    return;
  }
  await context.grantPermissions(["notifications"], { origin: app.baseUrl });
  const key = (await page.locator(".push").getAttribute("data-key")) ?? "";
  await withPushService(page, app.push.browser(key).subscription);
  await page.reload();
  await test.step("the device is asked only after a tap, and a sentence says so before", async () => {
    await expect(page.getByText("Khi bấm nút, máy sẽ hỏi có cho VssID gửi thông báo không.")).toBeVisible();
    await page.getByRole("button", { name: "Bật thông báo trên máy này" }).click();
    await expect(page.getByRole("status").first()).toContainText("Đã bật thông báo trên máy này.");
    await expect(page.getByRole("row", { name: /\(máy này\)/ })).toBeVisible();
  });
  const told = await test.step("a changed password is told by SMS and on the device", async () => {
    await changePassword(page, first, second);
    await expect.poll(() => app.push.received.length, { timeout: 15_000 }).toBe(1);
    await expect.poll(() => textsTo(app, mai.phone, changed).length, { timeout: 15_000 }).toBe(2);
    expect(app.push.faults).toEqual([]);
    return app.push.received[0]?.payload ?? {};
  });
  await test.step("the notice is shown once, and nothing that is being typed is lost", async () => {
    await page.goto("/account/password");
    const box = page.getByLabel("Mật khẩu mới", { exact: true });
    await box.fill("dang go do dang");
    await deliver(page, told);
    await deliver(page, told);
    const sentence = "VssID: Mật khẩu vừa được đổi. Nếu không phải Ông/Bà, gọi ngay 1900 9068.";
    await expect.poll(() => shownOn(page)).toEqual([sentence]);
    await page.evaluate(async () => {
      const { serviceWorker } = navigator as unknown as {
        serviceWorker: { getRegistration(): Promise<{ update(): Promise<unknown> } | undefined> };
      };
      await (await serviceWorker.getRegistration())?.update();
    });
    await expect(box).toHaveValue("dang go do dang");
  });
  await test.step("switched off, the device is told nothing more; the SMS still comes", async () => {
    await page.goto("/account/push");
    await page.getByRole("button", { name: "Tắt trên máy này" }).click();
    await expect(page.getByRole("status").first()).toContainText("Đã tắt thông báo.");
    await expect(page.getByText("Chưa có máy nào nhận thông báo.")).toBeVisible();
    await changePassword(page, second, third);
    await expect.poll(() => textsTo(app, mai.phone, changed).length, { timeout: 15_000 }).toBe(3);
    expect(app.push.received).toHaveLength(1);
  });
});
