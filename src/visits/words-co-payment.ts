import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Cùng chi trả trong năm",
    sum: (year: number, paid: string, limit: string) =>
      `Năm ${year} đã cùng chi trả ${paid}. Mức 6 tháng lương cơ sở là ${limit}.`,
    left: (left: string) => `Còn ${left} nữa thì tới mức đó.`,
    paid: "Đã cùng chi trả",
    limit: "6 tháng lương cơ sở",
    passed: (day: string) => `Đã vượt mức này ngày ${day}.`,
    noFiveYears: "Cần thêm điều kiện đủ 5 năm liên tục để được miễn cùng chi trả.",
    free: (day: string, year: number) => `Có thể được miễn cùng chi trả từ ${day} đến 31/12/${year}.`,
    how: "Cộng các lần khám đã xong trong năm, trừ lần tự đi khám nơi khác. Hồ sơ chưa gửi thì chưa có trong số này.",
  },
  {
    title: "Co-payments of the year",
    sum: (year, paid, limit) => `${paid} were co-paid in ${year}. Six months of the base wage are ${limit}.`,
    left: (left) => `${left} more, and they are reached.`,
    paid: "Co-paid so far",
    limit: "Six months",
    passed: (day) => `This was passed on ${day}.`,
    noFiveYears: "Five continuous years are needed too before co-payments end.",
    free: (day, year) => `Co-payments may end from ${day} to 31 December ${year}.`,
    how: "Visits of the year that are over, without those at a place of one's own choice. Claims not yet sent are missing.",
  },
);
