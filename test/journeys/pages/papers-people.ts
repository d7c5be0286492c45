import type { Declarant } from "./people.ts";

/** People whom the register does not know: their papers and places are what their stories are about. */
const somebody = (name: string, tail: string): Declarant => ({
  name,
  sex: "Nữ",
  birth: ["15", "3", "1990"],
  idNumber: `052190000${tail}`,
  insuranceNumber: `0000009${tail}`,
  phone: `0999909${tail}`,
});

export const accountless = {
  oldAddress: somebody("Hồ Thị Xã Cũ", "701"),
  ownWords: somebody("Đoàn Thị Lời Xưa", "702"),
  farOffice: somebody("Tạ Thị Đường Xa", "703"),
  pictures: somebody("Mai Thị Ảnh Rõ", "704"),
  required: somebody("Chu Thị Đủ Ảnh", "705"),
  short: somebody("Nguyễn Thị Vừa Ngắn", "706"),
  byKeys: somebody("Trịnh Thị Phím Ảnh", "707"),
} as const;
