import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Hộ gia đình tham gia BHYT",
    lead: "Những người được khai cùng một hộ. Chỉ hiện họ tên và quan hệ với chủ hộ.",
    self: "người này",
    reported: (day: string) => `Theo tờ khai hộ gia đình nhận ngày ${day}.`,
    steps: "Mức đóng mỗi tháng khi cả hộ tự đóng BHYT, theo thứ tự tham gia trong năm",
    nth: (nth: number) => `Người thứ ${nth === 1 ? "nhất" : (["hai", "ba", "tư"][nth - 2] ?? "năm trở đi")}`,
    unknownStep: "Ai tham gia thứ mấy không có trong dữ liệu được gửi đến.",
    asOf: (day: string) => `Tính theo quy định ngày ${day}.`,
  },
  {
    title: "Household in health insurance",
    lead: "Who was declared as one household. Only names and relations to its head are shown.",
    self: "this person",
    reported: (day) => `As declared, received on ${day}.`,
    steps: "Paid a month when the household insures itself, by the order of joining in the year",
    nth: (nth) => ["First", "Second", "Third", "Fourth"][nth - 1] ?? "Fifth and on",
    unknownStep: "Who joined as which is not in the data that we are sent.",
    asOf: (day) => `By the rules of ${day}.`,
  },
);
