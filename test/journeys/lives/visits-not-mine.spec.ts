import { expect, test } from "../fixtures.ts";
import { goTo } from "../pages/account.ts";
import { sitDown } from "../pages/counter.ts";
import { heading, tick } from "../pages/declare.ts";
import { textTo } from "../pages/messages.ts";
import { activate, activationOf, isAccepted } from "../pages/secrets.ts";
import { hasTwoVisits, soi } from "../pages/visits.ts";

const says = "Bệnh viện kiểm tra sổ khám: ngày đó không có người bệnh này. Hồ sơ đang được rút lại.";

test("a woman reads her year, reports a visit that was not hers and reads the answer beside it", async ({
  app,
  officer,
  browser,
  page,
}, info) => {
  await hasTwoVisits(app, info);
  const desk = await sitDown(browser, officer);
  await isAccepted(desk, soi);
  await activate(page, soi, await activationOf(app, soi), "ghe da canh gieng nuoc trong");
  await test.step("the year is one sentence, one bar and what she has shared so far", async () => {
    await goTo(page, "Khám bệnh");
    const main = page.getByRole("main");
    await expect(main).toContainText(/Năm 2026: 2 lần khám\. Tổng 1\.453\.201\sđ\./);
    await expect(main).toContainText("Cứ 10 đồng chi phí, quỹ BHYT trả khoảng 7 đồng.");
    await expect(main).toContainText(/Còn 14\.915\.600\sđ nữa thì tới mức đó\./);
  });
  await test.step("she was nowhere on 03/11: her report is promised an answer by a day", async () => {
    await page.getByRole("link", { name: "03/11/2026" }).click();
    await expect(heading(page, "Lần khám 03/11/2026")).toBeVisible();
    await page.getByRole("link", { name: "Không đi khám lần này" }).click();
    await expect(page.getByText("Gửi hôm nay thì được trả lời chậm nhất ngày 26/11/2026.")).toBeVisible();
    await expect(page.getByRole("definition")).toContainText("Lần khám 03/11/2026, Bệnh viện Đa khoa Mẫu Sài Gòn");
    await expect(page.getByRole("radio", { name: "Không đi khám lần này" })).toBeChecked();
    await page.getByRole("button", { name: "Gửi báo sai" }).click();
    await expect(page.getByRole("status")).toContainText("chậm nhất ngày 26/11/2026");
  });
  await test.step("the officer reads day and place, not the illness, and answers", async () => {
    await desk.goto("/console/disputes");
    await desk.getByRole("link", { name: "Lần khám 03/11/2026" }).click();
    await expect(desk.getByRole("main")).toContainText("Lần khám 03/11/2026, Bệnh viện Đa khoa Mẫu Sài Gòn");
    await expect(desk.getByRole("main")).not.toContainText(/đái tháo đường|E11/);
    await tick(desk.getByRole("radio", { name: "Nơi gửi đã sửa và gửi lại" }));
    await desk.getByLabel("Câu trả lời").fill(says);
    await desk.getByRole("button", { name: "Gửi trả lời" }).click();
    await expect(desk.getByRole("status")).toContainText("Đã trả lời.");
  });
  await test.step("she is told that there is an answer, and reads it beside the visit", async () => {
    expect((await textTo(app, soi, /tra loi/)).text).not.toMatch(/benh vien|dai thao duong|03\/11/i);
    await goTo(page, "Khám bệnh");
    await page.getByRole("link", { name: "03/11/2026" }).click();
    await expect(heading(page, "Lần khám 03/11/2026")).toBeVisible();
    await expect(page.getByText("Nơi gửi đã sửa và gửi lại")).toBeVisible();
    await expect(page.getByText(says)).toBeVisible();
  });
});
