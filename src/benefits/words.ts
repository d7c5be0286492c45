import { catalogue } from "../kernel/words.ts";

export const words = catalogue(
  {
    title: "Quyền lợi đã hưởng",
    kinds: {
      monthly: "Lương hưu, trợ cấp hằng tháng",
      short_term: "Ốm đau, thai sản, dưỡng sức",
      unemployment: "Trợ cấp thất nghiệp",
      one_off: "BHXH một lần",
    },
    lead: (count: number) => `Có ${count} chế độ trong hồ sơ.`,
    running: (count: number, amount: string) =>
      `Hiện có ${count} khoản đang chi trả hằng tháng, tổng cộng ${amount} một tháng.`,
    sum: (amount: string) => `Đã nhận: ${amount}`,
    aMonth: (amount: string) => `${amount} một tháng`,
    columns: { regime: "Chế độ", time: "Thời gian", amount: "Số tiền", status: "Tình trạng" },
    status: { decided: "Đã có quyết định", paid: "Đã chi trả", stopped: "Đã dừng" },
    now: "Đang chi trả",
    fromTo: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
    from: (day: string) => `từ ${day}`,
    unit: "Đơn vị",
    wrong: "Báo thông tin sai",
    empty: "Chưa có chế độ nào trong hồ sơ.",
    emptyHelp:
      "Chế độ ốm đau, thai sản hiện ở đây sau khi cơ quan BHXH ra quyết định. Nếu đã nhận tiền mà không thấy, hãy báo.",
    emptyAct: "Báo thiếu chế độ",
    upTo: (day: string) => `Dữ liệu của cơ quan BHXH, đến ngày ${day}.`,
    source: "Nguồn: quyết định của cơ quan BHXH.",
  },
  {
    title: "Benefits received",
    kinds: {
      monthly: "Pension and monthly allowances",
      short_term: "Sickness, maternity, recovery",
      unemployment: "Unemployment benefit",
      one_off: "Lump sum",
    },
    lead: (count) => `There ${count === 1 ? "is 1 benefit" : `are ${count} benefits`} on record.`,
    running: (count, amount) =>
      `${count === 1 ? "1 is" : `${count} are`} being paid by the month, together ${amount} a month.`,
    sum: (amount) => `Received: ${amount}`,
    aMonth: (amount) => `${amount} a month`,
    columns: { regime: "Benefit", time: "Time", amount: "Amount", status: "State" },
    status: { decided: "Decided", paid: "Paid", stopped: "Stopped" },
    now: "Being paid",
    fromTo: (from, to) => (from === to ? from : `${from} – ${to}`),
    from: (day) => `from ${day}`,
    unit: "Employer or unit",
    wrong: "Report wrong information",
    empty: "No benefit on record yet.",
    emptyHelp:
      "Sickness and maternity pay appears once it is decided. If something was paid and is not shown, tell us.",
    emptyAct: "Report a missing benefit",
    upTo: (day) => `Data of the social insurance office, up to ${day}.`,
    source: "Source: decisions of the social insurance office.",
  },
);
