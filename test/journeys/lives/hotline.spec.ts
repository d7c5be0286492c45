import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { sitDown } from "../pages/counter.ts";
import { heading } from "../pages/declare.ts";
import { textTo } from "../pages/messages.ts";
import type { Declarant } from "../pages/people.ts";

/** She has declared, her file waits, and nobody in the register is found for it yet. */
const cau: Declarant = {
  name: "Bành Thị Cầu",
  sex: "Nữ",
  birth: ["7", "3", "1973"],
  idNumber: "052173000739",
  insuranceNumber: "0000000739",
  phone: "0999900739",
};
const answer = "Tờ khai còn chờ nộp. Xin mang tờ khai đã ký và căn cước đến quầy.";

test("a caller is known by what she says, asks, and reads the answer; a stranger reports by the web", async ({
  app,
  officer,
  browser,
  page,
}) => {
  const code = await hasConfirmed(page, cau);
  const desk = await sitDown(browser, officer);
  await test.step("with the code alone only the state of the file is told", async () => {
    await desk.getByRole("link", { name: "Tổng đài" }).click();
    await desk.getByLabel("Tìm bằng").selectOption({ label: "Mã tờ khai" });
    await desk.getByLabel("Người gọi đọc").fill(code);
    await desk.getByRole("button", { name: "Bắt đầu" }).click();
    await expect(desk.getByRole("main")).toContainText("đã xác nhận, chờ nộp");
    await expect(desk.getByRole("main")).not.toContainText(cau.name);
  });
  await test.step("a wrong answer is not told apart; the right ones open her matters", async () => {
    const say = async (last4: string) => {
      await desk.getByLabel("Xin cho biết họ và tên").fill("Banh Thi Cau");
      for (const [at, part] of ["Ngày", "Tháng", "Năm"].entries()) {
        await desk.getByLabel(part, { exact: true }).fill(cau.birth[at] ?? "");
      }
      await desk.getByLabel("Bốn số cuối của căn cước").fill(last4);
      await desk.getByLabel("Bốn số cuối của mã số BHXH").fill("0739");
      await desk.getByRole("button", { name: "Kiểm tra" }).click();
    };
    await say("9999");
    await expect(desk.getByRole("main")).toContainText("Chưa đúng, hoặc chưa đủ.");
    await say("0739");
    await expect(desk.getByRole("main")).toContainText(cau.name);
    await expect(desk.getByRole("main")).not.toContainText(cau.phone);
  });
  await test.step("what she needs becomes a ticket, and its answer a text message", async () => {
    await desk.getByLabel("Việc gì").selectOption({ label: "Đăng ký, nộp tờ khai" });
    await desk.getByLabel("Người gọi cần gì").fill("Hỏi tờ khai đã nộp được chưa, cần mang gì.");
    await desk.getByRole("button", { name: "Mở yêu cầu, trả lời sau" }).click();
    await desk.getByRole("main").getByRole("link", { name: /^HT-/ }).click();
    await desk.getByLabel("Câu trả lời", { exact: true }).fill(answer);
    await desk.getByRole("button", { name: "Trả lời và gửi" }).click();
    await expect(desk.getByRole("status")).toContainText("Đã trả lời.");
    expect((await textTo(app, cau, /Tra loi yeu cau HT-/)).text).toContain("Xin mang to khai da ky");
  });
  await test.step("whoever is not known reports by the web and finds it again by code and telephone", async () => {
    await page.goto("/help");
    await page.getByLabel("Họ và tên").fill("Người Báo");
    await page.getByLabel("Số điện thoại hoặc thư điện tử").fill("0999900738");
    await page.getByLabel("Việc gì").selectOption({ label: "Nghi lừa đảo" });
    await page.getByRole("button", { name: "Gửi" }).click();
    await expect(page.getByRole("alert")).toContainText("Ghi rõ hơn");
    await page.getByLabel("Khó khăn là gì").fill("Có người gọi bảo cài bản VssID mới.");
    await page.getByRole("button", { name: "Gửi" }).click();
    const [, ticket = ""] = /(HT-\w{4}-\w{4})/.exec((await page.getByRole("main").textContent()) ?? "") ?? [];
    await page.getByLabel("Mã yêu cầu").fill(ticket);
    await page.getByLabel("Bốn số cuối điện thoại").fill("0738");
    await page.getByRole("button", { name: "Xem", exact: true }).click();
    await expect(page.getByRole("main")).toContainText("Đang xử lý, chưa trả lời.");
    await expect(heading(page, "Trợ giúp")).toBeVisible();
  });
});
