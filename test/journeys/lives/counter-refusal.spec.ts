import { expect, test } from "../fixtures.ts";
import { hasConfirmed } from "../pages/backstage.ts";
import { find, receive } from "../pages/counter.ts";
import { tick } from "../pages/declare.ts";
import { isPlainSms, mailTo, textTo } from "../pages/messages.ts";
import { atDesk, isRegistered } from "../pages/office.ts";
import type { Declarant } from "../pages/people.ts";

const muon: Declarant = {
  name: "Phan Văn Muộn",
  sex: "Nam",
  birth: ["3", "3", "1971"],
  idNumber: "052071000911",
  insuranceNumber: "0000000911",
  phone: "0999900911",
  email: "muon@example.vn",
};

test("a refusal is read before it leaves: as text message with its parts and as e-mail, and can be changed", async ({
  app,
  officer,
  browser,
  page,
}) => {
  await isRegistered(app, muon);
  const code = await hasConfirmed(page, muon);
  await atDesk(browser, officer, async (desk) => {
    await find(desk, code, muon.name);
    await receive(desk, "original", "signed", "copied");
    await desk.getByRole("link", { name: "Không chấp nhận" }).click();
    const ground = desk.getByRole("checkbox", { name: "Người đến nộp không giống ảnh trên giấy tờ" });
    await expect(ground).not.toBeChecked();
    await tick(ground);
    await desk.getByRole("button", { name: "Xem trước tin nhắn" }).click();
    await expect(desk.getByRole("heading", { name: "Tin nhắn (1 tin)" })).toBeVisible();
    const sentence = desk.getByLabel("Câu gửi người dân");
    await expect(sentence).toHaveValue(/chính người khai mang giấy tờ gốc đến quầy/);
    await sentence.fill(`Xin đến lại. ${"Mang theo căn cước bản gốc. ".repeat(6)}`);
    await desk.getByRole("button", { name: "Sửa rồi xem lại" }).click();
    await expect(desk.getByText("Câu dài hơn một tin nhắn nên bị cắt.")).toBeVisible();
    await sentence.fill("Mời chính ông Muộn mang căn cước bản gốc đến quầy.");
    await desk.getByRole("button", { name: "Sửa rồi xem lại" }).click();
    const preview = await desk.getByRole("paragraph").filter({ hasText: "VssID mien phi" }).textContent();
    await desk.getByRole("button", { name: "Gửi và không chấp nhận" }).click();
    await expect(desk.getByRole("status")).toHaveText("Đã gửi thông báo không chấp nhận.");
    const step = desk.getByRole("listitem").filter({ hasText: "Không chấp nhận · Cao Thị Cẩm Bình" });
    await expect(step).toContainText("Người đến nộp không giống ảnh trên giấy tờ");
    const sms = await textTo(app, muon, /khong duoc chap nhan/);
    isPlainSms(sms);
    expect(sms.text).toBe(preview);
    expect((await mailTo(app, "muon@example.vn", /không được chấp nhận/)).text).toContain(
      "mang theo: Giấy tờ tùy thân bản gốc có ảnh rõ.",
    );
  });
});
