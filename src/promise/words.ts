import { catalogue } from "../kernel/words.ts";

/** How the office keeps the fifteen minutes. */
export const words = catalogue(
  {
    title: "Lời hẹn 15 phút",
    lead: "Kết quả phải được gửi chậm nhất 15 phút kể từ khi nhận đủ hồ sơ. Tính đến khi nhà mạng hoặc máy chủ thư nhận tin đầu tiên.",
    periods: "Khoảng thời gian",
    period: { 1: "Hôm nay", 7: "7 ngày", 30: "30 ngày" },
    filters: "Lọc hồ sơ",
    show: { all: "Đã tiếp nhận", kept: "Đúng hẹn", late: "Trễ hẹn", open: "Còn thời gian", endangered: "Sắp trễ" },
    share: "Đúng hẹn",
    median: "Thời gian giữa",
    medianHint: "một nửa số hồ sơ nhanh hơn",
    none: "chưa có",
    minutes: (text: string) => `${text} phút`,
    percent: (value: number) => `${String(value).replace(".", ",")}%`,
    byDay: "Theo ngày và cơ quan",
    columns: {
      day: "Ngày",
      office: "Cơ quan BHXH",
      files: "Hồ sơ",
      share: "Đúng hẹn",
      median: "Thời gian giữa (phút)",
      late: "Trễ hẹn",
    },
    files: "Hồ sơ",
    fileColumns: {
      code: "Mã hồ sơ",
      office: "Cơ quan BHXH",
      received: "Nhận đủ lúc",
      due: "Hẹn trước",
      told: "Gửi lúc",
      took: "Mất (phút)",
    },
    notYet: "chưa gửi",
    empty: "Không có hồ sơ nào ở mục này.",
    emptyDays: "Chưa tiếp nhận hồ sơ nào trong khoảng này.",
    cut: (shown: number) => `Chỉ hiện ${shown} hồ sơ.`,
    alarm: {
      endangered: (count: number) => `${count} hồ sơ sắp quá 15 phút mà chưa báo kết quả.`,
      overdue: (count: number) => `${count} hồ sơ đã quá 15 phút mà chưa báo kết quả.`,
      link: "Xem các hồ sơ này",
    },
  },
  {
    title: "The promise of 15 minutes",
    lead: "The result is sent within 15 minutes of the file being complete. Measured to the first message taken by the network or mail server.",
    periods: "Period",
    period: { 1: "Today", 7: "7 days", 30: "30 days" },
    filters: "Filter the files",
    show: { all: "Received", kept: "In time", late: "Late", open: "Time left", endangered: "In danger" },
    share: "In time",
    median: "Median time",
    medianHint: "half of the files were quicker",
    none: "none yet",
    minutes: (text: string) => `${text} min`,
    percent: (value: number) => `${value}%`,
    byDay: "By day and office",
    columns: {
      day: "Day",
      office: "Office",
      files: "Files",
      share: "In time",
      median: "Median (minutes)",
      late: "Late",
    },
    files: "Files",
    fileColumns: {
      code: "Code",
      office: "Office",
      received: "Complete at",
      due: "Due by",
      told: "Sent at",
      took: "Took (minutes)",
    },
    notYet: "not yet",
    empty: "There are no files here.",
    emptyDays: "No file was received in this period.",
    cut: (shown: number) => `Only ${shown} files are shown.`,
    alarm: {
      endangered: (count: number) =>
        count === 1
          ? "1 file is close to its 15 minutes and has no result sent."
          : `${count} files are close to their 15 minutes and have no result sent.`,
      overdue: (count: number) =>
        count === 1
          ? "1 file is over its 15 minutes and has no result sent."
          : `${count} files are over their 15 minutes and have no result sent.`,
      link: "See these files",
    },
  },
);
