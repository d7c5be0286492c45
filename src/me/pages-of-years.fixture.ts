/** What the pages of participation and benefits say. */
import { describe, expect, test } from "vitest";
import { type RecordStage, textOf } from "./record-pages.fixture.ts";

export function describeYears(stage: () => RecordStage): void {
  describe("participation", () => {
    test("is one sentence, with unpaid months apart and the gap named", async () => {
      const text = textOf(await stage().html("/app/participation"));
      expect(text).toContain("Đã đóng BHXH 13 năm");
      expect(text).toContain(", còn thiếu 2 năm để đủ 15 năm.");
      expect(text).toContain("Chưa đóng: 3 tháng");
      expect(text).toContain("Xí nghiệp Mẫu Hai: từ 07/2025 đến 09/2025");
      expect(text).toContain("01/2020 – 03/2020 (3 tháng)");
    });

    test("every fund has its own page; a fund without time says so", async () => {
      expect(textOf(await stage().html("/app/participation?fund=bhyt"))).toContain("Đã đóng BHYT 12 năm 10 tháng");
      expect(textOf(await stage().html("/app/participation?fund=bhtn"))).toContain("Chưa có thời gian đóng BHTN");
      expect(textOf(await stage().html("/app/participation", 1))).toContain("Chưa có thời gian đóng BHXH");
    });

    test("a month names unit, base and what is paid a month", async () => {
      const text = textOf(await stage().html("/app/participation/bhxh/2024-02"));
      for (const part of ["Xí nghiệp Mẫu Hai", "XX0002B", "Tiền lương đóng 7.800.000 đ", "25,5 %", "1.989.000 đ"]) {
        expect(text).toContain(part);
      }
    });

    test("a month in a gap says that nothing is on record and lets it be reported", async () => {
      const body = await stage().html("/app/participation/bhxh/2020-02");
      expect(textOf(body)).toContain("Tháng này không có dữ liệu đóng.");
      expect(body).toContain("/app/disputes/new?about=participation&amp;fact=bhxh.2020-02");
    });

    test.each(["/app/participation/xyz/2024-02", "/app/participation/bhxh/2024-13"])("%s is no page", async (url) => {
      await stage().html(url, 0, 404);
    });
  });

  describe("benefits", () => {
    test("what is paid now, then what was received, account number by its tail only", async () => {
      const text = textOf(await stage().html("/app/benefits"));
      for (const part of [
        "Hiện có 1 khoản đang chi trả hằng tháng, tổng cộng 1.750.000 đ một tháng.",
        "02/03/2026 – 06/03/2026",
        "1.450.000 đ",
        "Ngân hàng Mẫu, bốn số cuối 0123",
      ]) {
        expect(text).toContain(part);
      }
    });

    test("each names its decision and where the money went, what is on the way comes with what to do", async () => {
      const text = textOf(await stage().html("/app/benefits"));
      for (const part of [
        "Theo quyết định 0012/2026/OD ngày 20/03/2026.",
        "Chuyển khoản vào Ngân hàng Mẫu, bốn số cuối 0123.",
        "Ốm đau: đã có quyết định 1.450.000 đ, chưa thấy ghi chi trả.",
        "Giấy chứng nhận nghỉ việc hưởng BHXH, 16/11/2026 – 20/11/2026: chưa thấy quyết định. Nếu chưa nộp: nộp cho đơn vị nơi làm việc, chậm nhất ngày 05/01/2027.",
        "Đối chiếu số ngày và số tiền với giấy nghỉ.",
      ]) {
        expect(text).toContain(part);
      }
      expect(text).not.toContain("Viêm họng");
    });

    test("a paper says what it is for, what came of it, and keeps the illness under a fold", async () => {
      const text = textOf(await stage().html("/app/benefits/papers"));
      expect(text).toContain("Dùng để hưởng tiền ốm đau.");
      expect(text).toContain("Đã chi trả 1.450.000 đ, quyết định 0012/2026/OD.");
      expect(text).toContain("Nội dung y tế ghi trên giấy (riêng tư)");
      expect(text).toMatch(/Nội dung y tế ghi trên giấy Chẩn đoán Viêm họng cấp Cách điều trị Nghỉ ngơi/);
    });

    test("private papers are not shown to a guardian from whom private visits are kept", async () => {
      const text = textOf(await stage().html("/app/benefits/papers", 3));
      expect(text).toContain("GN-01");
      expect(text).not.toMatch(/TT-03|lo âu/);
    });

    test("nothing yet is told with the next step", async () => {
      expect(textOf(await stage().html("/app/benefits", 1))).toContain("Chưa có chế độ nào trong hồ sơ.");
    });
  });
}
