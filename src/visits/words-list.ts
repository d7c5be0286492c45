import { catalogue } from "../kernel/words.ts";

/** The year, its bars, and what narrows the list. */
export const words = catalogue(
  {
    at: (year: number, facility: string, visits: number, total: string) =>
      `Năm ${year}, tại ${facility}: ${visits} lần khám. Tổng ${total}.`,
    tenths: (fund: number) => `Cứ 10 đồng chi phí, quỹ BHYT trả khoảng ${fund} đồng.`,
    narrow: "Lọc danh sách",
    paper: "Tải bản kê các lần khám (PDF, CSV)",
    facility: "Cơ sở khám chữa bệnh",
    allFacilities: "Tất cả cơ sở",
    facilityChoice: (name: string, visits: number) => `${name} (${visits} lần)`,
    show: "Xem danh sách",
    clear: "Bỏ lọc",
    others: "Xem lượt khám của con, người được giám hộ",
    list: "Từng lần khám",
    part: (first: number, last: number, total: number) =>
      `Lần ${first} đến ${last}, trong ${total} lần, mới nhất trước.`,
    emptyFacility: (year: number) => `Năm ${year} không có lần khám nào ở cơ sở đã chọn.`,
    emptyStay: "Đợt điều trị qua năm mới đứng ở năm vào viện.",
    emptyAsk: "Đã khám hơn 7 ngày mà không thấy? Hãy hỏi cơ sở đã khám, hoặc gọi 1900 9068.",
  },
  {
    at: (year, facility, visits, total) =>
      `${year}, at ${facility}: ${visits} ${visits === 1 ? "visit" : "visits"}. Total ${total}.`,
    tenths: (fund) => `Of every 10 đồng the fund paid about ${fund}.`,
    narrow: "Narrow the list",
    paper: "Take these as a paper or a table (PDF, CSV)",
    facility: "Facility",
    allFacilities: "All facilities",
    facilityChoice: (name, visits) => `${name} (${visits} ${visits === 1 ? "visit" : "visits"})`,
    show: "Show",
    clear: "Show all",
    others: "See the visits of a child or ward",
    list: "Each visit",
    part: (first, last, total) => `Visits ${first} to ${last} of ${total}, newest first.`,
    emptyFacility: (year) => `No visit at this facility in ${year}.`,
    emptyStay: "A stay over New Year stands in the year in which it began.",
    emptyAsk: "Not here after more than 7 days? Ask the facility, or call 1900 9068.",
  },
);
