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

test("a picture of another site is kept out of a page, and the browser's report of it is counted", async ({ page }) => {
  await page.goto("/");
  const counted = async () => {
    const { policyReports } = await (await page.request.get("/readyz")).json();
    return policyReports["img-src address"] ?? 0;
  };
  const before = await counted();
  await page.evaluate(() => {
    const picture = document.createElement("img");
    picture.src = "https://elsewhere.example/of-another-site.png";
    document.body.append(picture);
  });
  await expect.poll(counted).toBeGreaterThan(before);
});
