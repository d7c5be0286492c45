import type { Browser, Page } from "@playwright/test";
import { expect, type RunningApp } from "../journeys/fixtures.ts";
import { sitDown } from "../journeys/pages/counter.ts";
import { textTo } from "../journeys/pages/messages.ts";
import { hires } from "../journeys/pages/office.ts";
import type { DrivePerson } from "./people.ts";
import { shoot } from "./shots.ts";

/** A caller is identified, asks, and reads the answer; the themes count one more. */
export async function askHotline(
  { app, browser }: { app: RunningApp; browser: Browser },
  supervisor: Page,
  caller: DrivePerson | undefined,
): Promise<void> {
  if (!caller) throw new Error("nobody has declared and waits");
  const [file] = await app.rows<{ code: string }>("select code from declaration where insurance_number = $1", [
    caller.insuranceNumber,
  ]);
  const desk = await sitDown(browser, await hires(app, "tong.dai", "Vũ Thị Tổng Đài"));
  await desk.getByRole("link", { name: "Tổng đài", exact: true }).click();
  await desk.getByLabel("Tìm bằng").selectOption({ label: "Mã tờ khai" });
  await desk.getByLabel("Người gọi đọc").fill(file?.code ?? "");
  await desk.getByRole("button", { name: "Bắt đầu" }).click();
  await desk.getByLabel("Xin cho biết họ và tên").fill(caller.name);
  for (const [at, part] of ["Ngày", "Tháng", "Năm"].entries()) {
    await desk.getByLabel(part, { exact: true }).fill(caller.birth[at] ?? "");
  }
  await desk.getByLabel("Bốn số cuối của căn cước").fill(caller.idNumber.slice(-4));
  await desk.getByLabel("Bốn số cuối của mã số BHXH").fill(caller.insuranceNumber.slice(-4));
  await desk.getByRole("button", { name: "Kiểm tra" }).click();
  await expect(desk.getByRole("main")).toContainText(caller.name);
  await shoot(desk, "hotline-call");
  await desk.getByLabel("Việc gì").selectOption({ label: "Đăng ký, nộp tờ khai" });
  await desk.getByLabel("Người gọi cần gì").fill("Hỏi nộp tờ khai ở đâu.");
  await desk.getByRole("button", { name: "Mở yêu cầu, trả lời sau" }).click();
  await desk.getByRole("main").getByRole("link", { name: /^HT-/ }).click();
  await desk.getByLabel("Câu trả lời", { exact: true }).fill("Xin mang tờ khai đã ký và căn cước đến quầy.");
  await desk.getByRole("button", { name: "Trả lời và gửi" }).click();
  await expect(desk.getByRole("status")).toContainText("Đã trả lời.");
  await textTo(app, caller, /Tra loi yeu cau HT-/);
  await shoot(desk, "hotline-ticket");
  await desk.context().close();
  await supervisor.goto("/console/hotline/themes");
  await shoot(supervisor, "hotline-themes");
}
