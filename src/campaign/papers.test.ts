import { describe, expect, test } from "vitest";
import { fontsIn, MM, pdfPages, wordsOutside } from "../../test/pdf.ts";
import { renderDeskList, renderSheet } from "./papers.ts";

const office = {
  name: "Bảo hiểm xã hội cơ sở Phan Rang – Tháp Chàm (Bộ phận một cửa phường Đông Hải)",
  address: "Số 10 đường Mẫu, Xã Tuy Phước, Tỉnh Gia Lai (địa chỉ mẫu)",
  openingHours: "Thứ Hai–thứ Sáu, 7:30–11:30 và 13:30–17:00",
  phone: "0000 000 521",
};
const unitName = "Trường Trung học phổ thông chuyên Nguyễn Bỉnh Khiêm, cơ sở thứ hai, xã Tuy Phước Đông (mẫu)";
const address = "https://vssid.example.gov.vn/q/UGPYJB";
const sheet = (paper: "poster" | "leaflet", size: "a4" | "a3") =>
  renderSheet({ paper, size, unitName, office, address, isMadeUp: true });
/** What printers in offices leave white at the edges, and a little. */
const EDGE = 8 * MM;

describe.each(["poster", "leaflet"] as const)("a %s", (paper) => {
  const a4 = sheet(paper, "a4");
  const a3 = sheet(paper, "a3");

  test.each([
    ["A4", a4, 210, 297],
    ["A3", a3, 297, 420],
  ])("in %s is one sheet with all its words inside, also with the longest names", (_, pdf, width, height) => {
    const pages = pdfPages(pdf);
    const [page] = pages;
    if (!page) throw new Error("it has no page");
    expect([pages.length, Math.round(page.width / MM), Math.round(page.height / MM)]).toEqual([1, width, height]);
    expect(wordsOutside(page, EDGE)).toEqual([]);
  });

  test("is set with its marks: each word as it was written, each font in the file", () => {
    for (const pdf of [a4, a3]) {
      const words = new Set(pdfPages(pdf).flatMap((page) => page.words.map(({ text }) => text)));
      const said = `${unitName} ${office.name} ${office.address} BHXH không gọi điện, không nhắn Zalo`.split(" ");
      expect(said.filter((word) => !words.has(word))).toEqual([]);
      const { own, foreign } = fontsIn(pdf);
      expect(foreign).toEqual([]);
      expect(own.every((name) => /BeVietnamPro/.test(name))).toBe(true);
    }
  });

  test("in A3 is that in A4, larger: every line breaks where it did", () => {
    const [small, large] = [a4, a3].map((pdf) => pdfPages(pdf)[0]);
    if (!small || !large) throw new Error("it has no page");
    expect(large.words.map(({ text }) => text)).toEqual(small.words.map(({ text }) => text));
    const moved = large.words.filter(({ left, top }, at) => {
      const there = small.words[at] ?? { left: 0, top: 0 };
      const [right, down] = [
        left / large.width - there.left / small.width,
        top / large.height - there.top / small.height,
      ];
      return Math.max(Math.abs(right), Math.abs(down)) > 0.01;
    });
    expect(moved).toEqual([]);
  });
});

test("queue numbers fill as many sheets as they need, all within them", () => {
  const desk = {
    ...{ id: "1", unitCode: "X", onDay: "2026-11-23", fromMinute: 480, toMinute: 660, lastNo: 120, cancelledAt: null },
    place: "Nhà văn hóa thôn Quảng Điền, đối diện Trường Tiểu học số 2 xã Tuy Phước Đông, cạnh bưu điện cũ",
  };
  const numbers = Array.from({ length: 120 }, (_, at) => ({ no: at + 1, givenAt: new Date("2026-11-23T01:00:00Z") }));
  const pdf = renderDeskList({ desk, unitName, numbers, lang: "vi", isMadeUp: true });
  const pages = pdfPages(pdf);
  expect(pages.length).toBeGreaterThan(3);
  expect(pages.flatMap((page) => wordsOutside(page, EDGE))).toEqual([]);
  expect(fontsIn(pdf).foreign).toEqual([]);
  expect(pages.every(({ words }) => words.some(({ text }) => text === "Số"))).toBe(true);
});
