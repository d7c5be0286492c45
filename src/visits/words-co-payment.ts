import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Cùng chi trả trong năm",
    sum: (year: number, paid: string) => `Năm ${year} đã cùng chi trả ${paid}.`,
    limitIs: (limit: string) => `Mức 6 tháng lương cơ sở là ${limit}.`,
    limitConverted: (limit: string) => `Lương cơ sở đã đổi trong năm: mức cả năm, sau quy đổi, là ${limit}.`,
    left: (left: string) => `Còn ${left} nữa thì tới mức đó.`,
    over: (year: number) => `Năm ${year} đã hết. Số này không cộng sang năm sau.`,
    paid: "Đã cùng chi trả",
    limit: "6 tháng lương cơ sở",
    passed: (day: string, isConverted: boolean) =>
      isConverted ? `Có thể đã vượt mức này ngày ${day}.` : `Đã vượt mức này ngày ${day}.`,
    officeDecides: "Số quy đổi do cơ quan BHXH quyết định. Gần mức hoặc quá mức, hãy hỏi cơ quan BHXH.",
    conversion: "Tiền trả trước ngày đổi lương tính ra số tháng theo lương cũ. Phần còn thiếu tính theo lương mới.",
    noFiveYears: "Cần thêm điều kiện đủ 5 năm liên tục để được miễn cùng chi trả.",
    free: (day: string, year: number) => `Có thể được miễn cùng chi trả từ ${day} đến 31/12/${year}.`,
    how: "Cộng các lần khám đã xong trong năm. Hồ sơ chưa gửi thì chưa có trong số này.",
    newYear: "Đợt nằm viện qua năm mới đứng ở năm ra viện; BHXH tính riêng từng năm.",
    ownChoice:
      "Không cộng lần tự đến mà quỹ chỉ trả một phần mức hưởng. Lần tự đến được trả đủ có cộng, BHXH có thể không tính.",
  },
  {
    title: "Co-payments of the year",
    sum: (year, paid) => `${paid} were co-paid in ${year}.`,
    limitIs: (limit) => `Six months of the base wage are ${limit}.`,
    limitConverted: (limit) => `The base wage changed in the year: its limit, converted, is ${limit}.`,
    left: (left) => `${left} more, and they are reached.`,
    over: (year) => `${year} is over. This sum does not count for the next year.`,
    paid: "Co-paid so far",
    limit: "Six months",
    passed: (day, isConverted) => (isConverted ? `This may have been passed on ${day}.` : `This was passed on ${day}.`),
    officeDecides: "The social insurance office decides on the conversion. Near the limit or above it, ask there.",
    conversion: "What was paid before the change counts in months of the old wage, the rest in those of the new one.",
    noFiveYears: "Five continuous years are needed too before co-payments end.",
    free: (day, year) => `Co-payments may end from ${day} to 31 December ${year}.`,
    how: "The sum is of visits of the year that are over. Claims not yet sent are missing.",
    newYear: "A stay over New Year stands in the year of its end; the insurer counts each year by itself.",
    ownChoice:
      "Visits of one's own choice that were paid in part are left out. Those paid in full count; the insurer may differ.",
  },
);
