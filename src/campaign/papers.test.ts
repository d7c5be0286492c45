import { expect, test } from "vitest";
import { renderSheet } from "./papers.ts";

const office = {
  name: "Bảo hiểm xã hội cơ sở Phan Rang – Tháp Chàm (Bộ phận một cửa phường Đông Hải)",
  address: "Số 10 đường Mẫu, Xã Tuy Phước, Tỉnh Gia Lai (địa chỉ mẫu)",
  openingHours: "Thứ Hai–thứ Sáu, 7:30–11:30 và 13:30–17:00",
  phone: "0000 000 521",
};
const unitName = "Trường Trung học phổ thông chuyên Nguyễn Bỉnh Khiêm, cơ sở thứ hai, xã Tuy Phước Đông (mẫu)";
const address = "https://vssid.example.gov.vn/q/UGPYJB";

test.each([
  ["poster", "a4", "595.27"],
  ["poster", "a3", "841.88"],
  ["leaflet", "a4", "595.27"],
  ["leaflet", "a3", "841.88"],
] as const)("a %s in %s is one sheet, also with the longest names", (paper, size, width) => {
  const pdf = renderSheet({ paper, size, unitName, office, address, isMadeUp: true }).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  expect(pdf).toMatch(new RegExp(`/MediaBox\\s*\\[0 0 ${width}`));
});
