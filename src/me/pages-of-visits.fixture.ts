/** What the pages of visits say. */
import { describe, expect, test } from "vitest";
import { type RecordStage, textOf } from "./record-pages.fixture.ts";

export function describeVisits(stage: () => RecordStage): void {
  describe("visits", () => {
    test("the year stands in one sentence that adds up", async () => {
      const text = textOf(await stage().html("/app/visits?year=2026"));
      expect(text).toContain("Năm 2026: 3 lần khám. Tổng 1.665.201 đ.");
      expect(text).toContain("Quỹ BHYT trả 1.227.201 đ, người bệnh trả 438.000 đ.");
      expect(text).toContain("Tiểu đường típ 2");
    });

    test("a sensitive visit keeps its illness out of the list, and under a fold on its page", async () => {
      const list = textOf(await stage().html("/app/visits?year=2026"));
      expect(list).toContain("Nội dung riêng tư");
      expect(list).not.toContain("tâm thần");
      const body = await stage().html(`/app/visits/${stage().sensitiveId}`);
      const fold = body.indexOf("Hiện nội dung riêng tư");
      expect(fold).toBeGreaterThan(0);
      expect(body.indexOf("trầm cảm")).toBeGreaterThan(fold);
    });

    test("one visit: who paid, line by line, adding up, with its source", async () => {
      const text = textOf(await stage().html(`/app/visits/${stage().visitId}`));
      for (const part of [
        "Quỹ BHYT trả 528.801 đ",
        "Cùng chi trả 132.200 đ",
        "Tự trả 65.600 đ",
        "Tổng chi phí 726.601 đ",
        "Cộng các dòng 726.601 đ",
        "Thuốc mẫu A 500mg",
        "20 Viên × 450 đ",
        "1 Cái × 3.500,5 đ",
        "Quỹ thanh toán theo tỷ lệ 50 %.",
        "08:20 20/11/2026",
        "09:30 20/11/2026 Tỉnh táo, tiếp xúc tốt",
        "7.2 mmol/L",
        "Dữ liệu của Bệnh viện Đa khoa Mẫu, nhận ngày 21/11/2026, bản thứ 1.",
        "Bệnh kèm theo: Tăng huyết áp",
        "Từng khoản ở trên có thật sự nhận không?",
        "Không đi khám lần này",
      ]) {
        expect(text).toContain(part);
      }
      expect(text).not.toContain("chưa khớp");
    });

    test("figures that do not fit are told, not repaired", async () => {
      const text = textOf(await stage().html(`/app/visits/${stage().oddId}`));
      expect(text).toContain("Tổng chi phí: cơ sở khai 800.000 đ, cộng các dòng được 726.601 đ.");
      expect(text).toContain("Ngày vào, ngày ra trong hồ sơ chưa hợp lý.");
      expect(text).toContain("Hồ sơ mẫu cũ không ghi chi phí ngoài BHYT.");
    });

    test("a year and a person without visits are told with the next step", async () => {
      expect(textOf(await stage().html("/app/visits?year=2019"))).toContain("Chưa có lần khám nào trong năm 2019.");
      expect(textOf(await stage().html("/app/visits", 1))).toContain("Chưa có lần khám nào trong hồ sơ.");
    });

    test("of another person are no page", async () => {
      await stage().html(`/app/visits/${stage().visitId}`, 1, 404);
      await stage().html("/app/visits/not-a-visit", 0, 404);
    });
  });
}
