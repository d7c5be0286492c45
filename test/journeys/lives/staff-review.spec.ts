import type { Page } from "@playwright/test";
import { expect, startOfStory, test } from "../fixtures.ts";
import { heading } from "../pages/declare.ts";
import { atDesk, hires } from "../pages/office.ts";

const sign = (desk: Page) => desk.getByRole("button", { name: "Ký kết quả rà soát" });
const panel = (desk: Page, text: string) => desk.locator("section.panel", { hasText: text });
const at = (time: string) => `${startOfStory.slice(0, 11)}${time}+07:00`;

test.afterEach(({ app }) => app.moveClock(startOfStory));

test("a supervisor keeps what is needed at the office, ends what is not with a reason and a fresh factor, and signs", async ({
  app,
  browser,
}) => {
  const leaving = await hires(app, "roi.quay", "Bế Thị Rời Quầy");
  await hires(app, "con.quay", "Lò Văn Còn Quầy");
  const chief = await hires(app, "rasoat.truong", "Mạc Thị Rà Soát", "supervisor");

  // Other stories of this house have let time pass: the quarter of an hour of the factor begins here.
  await app.moveClock(at("09:00:00"));
  await atDesk(browser, chief, async (desk) => {
    await desk.getByRole("link", { name: "Rà soát quyền" }).click();
    await expect(heading(desk, /^Rà soát quyền: /)).toBeVisible();
    await expect(panel(desk, "Quyền của chính mình")).toContainText("Cán bộ kiểm soát");
    await expect(panel(desk, "rasoat.truong"), "nobody reviews themselves").toHaveCount(0);

    await test.step("nothing decided is nothing to sign", async () => {
      await sign(desk).click();
      await expect(desk.getByRole("alert")).toContainText("Chọn giữ hoặc kết thúc cho ít nhất một quyền.");
    });

    await test.step("an end needs a reason, chosen with keys alone; what was chosen stays", async () => {
      await panel(desk, "con.quay").getByRole("radio", { name: "Giữ" }).press("Space");
      await panel(desk, "roi.quay").getByRole("radio", { name: "Giữ" }).press("ArrowRight");
      await sign(desk).press("Enter");
      await expect(desk.getByRole("alert")).toContainText("Viết lý do kết thúc, 10 đến 300 ký tự.");
      await expect(panel(desk, "con.quay").getByRole("radio", { name: "Giữ" })).toBeChecked();
      await expect(panel(desk, "roi.quay").getByRole("radio", { name: "Kết thúc" })).toBeChecked();
    });

    await test.step("a quarter of an hour later the second factor comes first, and nothing is lost", async () => {
      await app.moveClock(at("09:10:00"));
      await desk.goto("/console/staff-review");
      await panel(desk, "con.quay").getByText("Giữ", { exact: true }).click();
      await panel(desk, "roi.quay").getByText("Kết thúc", { exact: true }).click();
      await panel(desk, "roi.quay").getByLabel("Lý do kết thúc").fill("Chuyển về bộ phận một cửa");
      await app.moveClock(at("09:20:00"));
      await sign(desk).click();
      await expect(heading(desk, "Cần xác nhận lại")).toBeVisible();
      await desk.getByLabel("6 số trên ứng dụng xác thực, hoặc một mã dự phòng").fill(await app.digits(chief.username));
      await desk.getByRole("button", { name: "Xác nhận" }).click();
      await desk.getByRole("button", { name: "Gửi lại" }).click();
      await expect(desk.getByRole("status")).toHaveText("Đã ký: giữ 1 quyền, kết thúc 1 quyền.");
    });

    await test.step("what was signed is kept, and given as a table", async () => {
      await expect(panel(desk, "roi.quay"), "she is of the office no more").toHaveCount(0);
      await desk.getByRole("link", { name: "Lần 1", exact: true }).click();
      const line = desk.getByRole("row").filter({ hasText: "roi.quay" });
      await expect(line).toContainText("Kết thúc");
      await expect(line).toContainText("Chuyển về bộ phận một cửa");
      const table = await desk.request.get(`${new URL(desk.url()).pathname}/review.csv`);
      expect(await table.text()).toContain('"Mạc Thị Rà Soát","Bế Thị Rời Quầy","roi.quay"');
    });
  });

  await test.step("who was ended is let in nowhere, and the operator sees how the office stands", async () => {
    const held = (await app.vssid("user", "review")).split("\n").filter((line) => line.includes(leaving.username));
    expect(held).toEqual([]);
    const offices = await app.vssid("user", "review", "--offices");
    expect(offices).toContain('"reviewedBy":"Mạc Thị Rà Soát"');
  });
});
