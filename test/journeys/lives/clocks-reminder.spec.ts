import { expect, startOfStory, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { codeOn, heading, resume } from "../pages/declare.ts";
import { isPlainSms, textsTo, textTo } from "../pages/messages.ts";
import type { Declarant } from "../pages/people.ts";

/** Means to hand in, and puts it off. The register does not know her yet. */
const nhac: Declarant = {
  name: "Ngô Thị Nhắc",
  sex: "Nữ",
  birth: ["9", "9", "1986"],
  idNumber: "052186000151",
  insuranceNumber: "0000000151",
  phone: "0999900151",
};

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("whoever puts it off is reminded in good time, may take the file back, and finds the answers for thirty days", async ({
  app,
  page,
}) => {
  const code = await hasConfirmed(page, nhac);
  await app.moveClock("2026-11-30T09:00:00+07:00", { sweeps: true });
  await test.step("three days before the last one, a plain text names the day and the place", async () => {
    const text = await textTo(app, nhac, /Nhac Ong\/Ba/);
    isPlainSms(text);
    expect(text.text).toContain(code);
    expect(text.text).toContain("thu Nam, 03/12/2026");
    expect(textsTo(app, nhac.phone, /Nhac Ong\/Ba/)).toHaveLength(1);
  });
  await test.step("the page says the same", async () => {
    await resume(page, code, nhac);
    await expect(page.getByRole("main")).toContainText("thứ Năm, 03/12/2026 (còn 3 ngày)");
  });
  await test.step("she takes it back; one button brings her answers into a new one", async () => {
    await page.getByRole("link", { name: "Rút tờ khai" }).click();
    await page.getByRole("button", { name: "Rút tờ khai" }).click();
    await expect(page.getByText("Câu trả lời của Ông/Bà vẫn còn ở đây, đến hết ngày 30/12/2026.")).toBeVisible();
    await page.getByRole("button", { name: "Khai lại với câu trả lời cũ" }).click();
    await expect(heading(page, "Kiểm tra trước khi xác nhận")).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: nhac.name })).toBeVisible();
    expect(await codeOn(page)).not.toBe(code);
  });
  await app.moveClock("2026-12-31T09:00:00+07:00");
  await test.step("after thirty days the old answers are gone, and the page says so kindly", async () => {
    await resume(page, code, nhac);
    await expect(page.getByText(/Đã quá 30 ngày nên câu trả lời cũ không còn/)).toBeVisible();
    await page.getByRole("link", { name: "Khai tờ khai mới" }).click();
    await expect(heading(page, "Ông/Bà đăng ký cho ai?")).toBeVisible();
  });
});
