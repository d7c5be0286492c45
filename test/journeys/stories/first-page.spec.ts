import { expect, test } from "../fixtures.ts";

test.describe("the first page", () => {
  test("leads to the registration, the tracking of a file and the sign-in", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const address of ["/register", "/register/resume", "/sign-in"]) {
      await expect(page.locator(`a[href="${address}"]`).first()).toBeVisible();
    }
  });

  test("speaks English when it is asked to, and remembers it", async ({ page }) => {
    await page.goto("/?lang=en");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goto("/help");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  });
});

test("an address that does not exist is told in plain words, with a way back", async ({ page }) => {
  const answer = await page.goto("/khong-co-trang-nay");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('a[href="/"]').first()).toBeVisible();
});
