/** What the home page and the card say. */
import { describe, expect, test } from "vitest";
import { type RecordStage, textOf } from "./record-pages.fixture.ts";

export function describeCard(stage: () => RecordStage): void {
  describe("home", () => {
    test("shows the valid card first: number in groups, name, birth, validity, facility, five-year day", async () => {
      const body = await stage().html("/app");
      const text = textOf(body);
      expect(text.replace(/ /g, "")).toContain("099190000123");
      for (const part of [
        "Thẻ đang dùng được",
        "Trần Thị Mẫu Đơn",
        "15/01/1990",
        "01/01/2026 – 31/12/2026",
        "Bệnh viện Đa khoa Mẫu (99Z01)",
        "từ 01/01/2024",
        "Máy không quét được? Đọc số thẻ cho nhân viên.",
        "Cập nhật lúc 09:00 23/11/2026",
      ]) {
        expect(text).toContain(part);
      }
      expect(body).toContain('class="qr"');
      expect(text.indexOf("099")).toBeLessThan(text.indexOf("Tóm tắt"));
    });

    test("tells time paid and the day of the last visit, and no illness", async () => {
      const text = textOf(await stage().html("/app"));
      expect(text).toContain("Đã đóng BHXH 13 năm");
      expect(text).toContain("3 tháng chưa đóng");
      expect(text).toContain("Lần khám gần nhất: 20/11/2026");
      expect(text).not.toContain("đái tháo đường");
    });

    test("without a card says so and what to do", async () => {
      const text = textOf(await stage().html("/app", 1));
      expect(text).toContain("Chưa có thẻ BHYT trong hệ thống");
      expect(text).toContain("Gọi 1900 9068");
    });

    test("does not show a card that the Ministry of Defence manages", async () => {
      const text = textOf(await stage().html("/app", 2));
      expect(text).toContain("Bộ Quốc phòng");
      expect(text.replace(/ /g, "")).not.toContain("QN5990000000099");
    });

    test("has an English twin", async () => {
      const text = textOf(await stage().html("/app?lang=en"));
      expect(text).toContain("The card is valid");
      expect(text).toContain("15 January 1990");
      expect(text).not.toContain("Thẻ đang dùng được");
    });
  });

  describe("a card that has ended", () => {
    test("is told in words before the number", async () => {
      stage().house.clock.moveTo(new Date("2027-01-05T02:00:00Z"));
      const text = textOf(await stage().html("/app"));
      stage().house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
      expect(text.indexOf("Thẻ đã hết hạn")).toBeGreaterThan(0);
      expect(text.indexOf("Thẻ đã hết hạn")).toBeLessThan(text.indexOf("Số thẻ"));
    });
  });
}

export function describeCardRights(stage: () => RecordStage): void {
  describe("card rights", () => {
    test("percent, thresholds of the day's base wage, the reason for 31/12 and the old card", async () => {
      const text = textOf(await stage().html("/app/card"));
      for (const part of [
        "quỹ trả 80 %",
        "cùng chi trả 20 %",
        "379.500 đ",
        "15.180.000 đ",
        "Vì sao thẻ ghi đến 31/12/2026?",
        "Doanh nghiệp (DN)",
        "DN 4 99 9912 345 678",
        "Thẻ đã được thay bằng thẻ mới",
      ]) {
        expect(text).toContain(part);
      }
    });

    test("of a card that opens nothing are not promised: its page says why, and what to do", async () => {
      const { house, full } = stage();
      const textOn = async (day: string) => {
        house.clock.moveTo(new Date(`${day}T02:00:00Z`));
        const text = textOf(await stage().html("/app/card"));
        house.clock.moveTo(new Date("2026-11-23T02:00:00Z"));
        return text;
      };
      const ended = await textOn("2027-01-05");
      expect(ended).toContain("Thẻ đã hết hạn Hãy hỏi đơn vị, trường hoặc đại lý thu nơi đóng BHYT để gia hạn.");
      const stateWith = (status: string) =>
        house.pool.query("update health_card set status = $2 where person_id = $1 and valid_from = '2026-01-01'", [
          full.personId,
          status,
        ]);
      await stateWith("reported_down");
      const reported = await textOn("2026-11-23");
      await stateWith("valid");
      expect(reported).toContain("Nơi đóng BHYT đã báo ngừng đóng.");
      for (const text of [ended, reported]) {
        expect(text).not.toMatch(/quỹ trả 80 %|Quyền lợi khi đi khám|Vì sao thẻ ghi đến 31\/12/);
      }
      expect(await textOn("2025-12-30")).toContain("quỹ trả 80 %");
    });

    test("the household by names and relations, and what each step pays, without saying whose it is", async () => {
      const text = textOf(await stage().html("/app/card"));
      for (const part of [
        "Hộ gia đình tham gia BHYT",
        "Trần Thị Mẫu Đơn (người này)",
        "Lê Văn Mẫu Con: Con",
        "Người thứ hai 79.695 đ",
        "Ai tham gia thứ mấy không có trong dữ liệu",
      ]) {
        expect(text).toContain(part);
      }
      expect(text).not.toContain("9912345999");
      expect(textOf(await stage().html("/app/card", 1))).not.toContain("Hộ gia đình");
    });
  });
}
