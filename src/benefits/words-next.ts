import { catalogue } from "../kernel/words.ts";

/** What a benefit or a paper is for, where it stands, and what to do next. */
export const words = catalogue(
  {
    by: (decision: string, day: string | undefined, agency: string | undefined) =>
      `Theo quyết định ${decision}${day ? ` ngày ${day}` : ""}${agency ? ` của ${agency}` : ""}.`,
    paidTo: (how: string | undefined, where: string | undefined) =>
      where ? `${how ?? "Chuyển khoản"} vào ${where}.` : how ? `Nhận bằng: ${how}.` : "Hồ sơ chưa ghi nơi nhận tiền.",
    account: (bank: string, tail: string) => `${bank}, bốn số cuối ${tail}`,
    waitingTitle: "Đang chờ",
    waitingPay: (regime: string, amount: string) => `${regime}: đã có quyết định ${amount}, chưa thấy ghi chi trả.`,
    waitingPaper: (paper: string, time: string) => `${paper}, ${time}: chưa thấy quyết định.`,
    handIn: "Nếu chưa nộp: nộp cho đơn vị nơi làm việc.",
    handInBy: (day: string) => `Nếu chưa nộp: nộp cho đơn vị nơi làm việc, chậm nhất ngày ${day}.`,
    handInOver: (day: string) => `Hạn nộp cho đơn vị đã qua (ngày ${day}). Hãy hỏi đơn vị đã nộp chưa.`,
    handInHow: (days: number) => `Hạn là ${days} ngày kể từ ngày trở lại làm việc (Luật BHXH).`,
    handInDay: "Ngày ghi ở đây tính từ hôm sau ngày nghỉ cuối.",
    papersLink: "Xem các giấy tờ",
    next: "Việc cần làm tiếp",
    todo: {
      decided: "Tiền đi sau quyết định vài ngày. Chưa thấy tiền: hỏi đơn vị và ngân hàng, rồi gọi 1900 9068.",
      stopped: "Nếu chưa rõ vì sao dừng, hỏi cơ quan đã ra quyết định.",
      monthly:
        "Tiền đến hằng tháng. Đổi tài khoản, nơi nhận hoặc chuyển nơi ở: báo cơ quan BHXH trước kỳ chi trả (Luật BHXH 2024).",
      short_term:
        "Đối chiếu số ngày và số tiền với giấy nghỉ. Nghỉ đủ ngày mà còn yếu: hỏi đơn vị về dưỡng sức (Luật BHXH 2024).",
      unemployment:
        "Mỗi tháng thông báo việc tìm việc với trung tâm dịch vụ việc làm. Có việc làm thì báo ngay (Luật Việc làm).",
      over: "Đã hết thời gian hưởng. Có tháng chưa nhận đủ: hỏi cơ quan đã ra quyết định.",
      one_off: "Khoản này trả một lần, không có kỳ sau. Giữ quyết định để đối chiếu (Luật BHXH 2024).",
    },
    purpose: {
      CT03: "Cho biết đã nằm viện những ngày nào. Dùng để hưởng tiền ốm đau, thai sản.",
      CT04: "Tóm tắt bệnh và cách điều trị. Dùng khi giám định sức khỏe hoặc khi cơ quan BHXH hỏi thêm.",
      CT06: "Xác nhận phải nghỉ để giữ thai. Dùng khi xét chế độ thai sản.",
      CT07: "Xác nhận những ngày nghỉ ốm không nằm viện. Dùng để hưởng tiền ốm đau.",
      GIAYDIEUTRINOITRU: "Xác nhận những ngày nằm viện. Dùng khi cần hưởng trước lúc ra viện.",
      GIAYDIEUTRIVOSINH: "Xác nhận đang điều trị vô sinh. Dùng khi xét chế độ thai sản.",
      GIAYSUCKHOEME: "Xác nhận mẹ không đủ sức chăm con. Dùng để người cha hoặc người nuôi hưởng thay.",
    },
    paperDone: {
      paid: (amount: string, decision: string) => `Đã chi trả ${amount}, quyết định ${decision}.`,
      decided: (amount: string, decision: string) => `Đã có quyết định ${decision}: ${amount}. Chưa thấy ghi chi trả.`,
    },
    keep: "Giữ để dùng khi cần. Cơ sở đã gửi giấy này cho cơ quan BHXH bằng điện tử.",
    content: "Nội dung y tế ghi trên giấy",
    contentSensitive: "Nội dung y tế ghi trên giấy (riêng tư)",
    fields: {
      LYDO_VVIEN: "Lý do vào viện",
      CHAN_DOAN_VAO: "Chẩn đoán khi vào",
      DAU_HIEU_LAM_SANG: "Dấu hiệu lâm sàng",
      QT_BENHLY: "Quá trình bệnh",
      TOMTAT_KQ: "Tóm tắt kết quả",
      PP_DIEUTRI: "Cách điều trị",
      HUONG_DIEU_TRI: "Hướng điều trị",
      NGOAITRU_TUNGAY: "Nghỉ thêm từ ngày",
      NGOAITRU_DENNGAY: "Nghỉ thêm đến ngày",
      TUOI_THAI: "Tuổi thai (tuần)",
      GHI_CHU: "Ghi chú, lời dặn",
    },
  },
  {
    by: (decision, day, agency) => `By decision ${decision}${day ? ` of ${day}` : ""}${agency ? `, ${agency}` : ""}.`,
    paidTo: (how, where) =>
      where
        ? `${how ?? "Transfer"} to ${where}.`
        : how
          ? `Paid by: ${how}.`
          : "The record does not say where it was paid.",
    account: (bank, tail) => `${bank}, ending in ${tail}`,
    waitingTitle: "On the way",
    waitingPay: (regime, amount) => `${regime}: ${amount} is decided, payment is not recorded yet.`,
    waitingPaper: (paper, time) => `${paper}, ${time}: no decision yet.`,
    handIn: "If not handed in yet: give it to the employer.",
    handInBy: (day) => `If not handed in yet: give it to the employer by ${day}.`,
    handInOver: (day) => `The time to hand it in is over (${day}). Ask the employer whether it was.`,
    handInHow: (days) =>
      `The term is ${days} ${days === 1 ? "day" : "days"} from the return to work (Social Insurance Law).`,
    handInDay: "The day here counts from the day after the leave.",
    papersLink: "See the papers",
    next: "What to do next",
    todo: {
      decided: "The money follows the decision by some days. Not there: ask employer and bank, then call 1900 9068.",
      stopped: "If it is not clear why it stopped, ask whoever decided.",
      monthly:
        "It comes every month. A new account, place of payment or home: tell the office before the next payment (Social Insurance Law 2024).",
      short_term:
        "Compare days and amount with the certificate. Still weak after all days: ask the employer about recovery leave (Social Insurance Law 2024).",
      unemployment:
        "Report the search for work to the job centre every month. Report a new job at once (Employment Law).",
      over: "Its time is over. A month was not paid in full: ask whoever decided.",
      one_off: "It is paid once; nothing follows. Keep the decision (Social Insurance Law 2024).",
    },
    purpose: {
      CT03: "Says which days were spent in hospital. For sickness or maternity pay.",
      CT04: "Illness and treatment in short. For an assessment of health, or when the office asks.",
      CT06: "Confirms rest to keep a pregnancy. For maternity benefits.",
      CT07: "Confirms days of sick leave outside hospital. For sickness pay.",
      GIAYDIEUTRINOITRU: "Confirms days in hospital. For pay before leaving it.",
      GIAYDIEUTRIVOSINH: "Confirms infertility treatment. For maternity benefits.",
      GIAYSUCKHOEME: "Confirms that a mother cannot care for her child. For the father or whoever cares instead.",
    },
    paperDone: {
      paid: (amount, decision) => `${amount} was paid, decision ${decision}.`,
      decided: (amount, decision) => `Decision ${decision}: ${amount}. Payment is not recorded yet.`,
    },
    keep: "Keep it for when it is needed. The facility has sent it to the social insurance office electronically.",
    content: "Medical contents of the paper",
    contentSensitive: "Medical contents of the paper (private)",
    fields: {
      LYDO_VVIEN: "Reason of admission",
      CHAN_DOAN_VAO: "Diagnosis on arrival",
      DAU_HIEU_LAM_SANG: "Clinical signs",
      QT_BENHLY: "Course of illness",
      TOMTAT_KQ: "Results in short",
      PP_DIEUTRI: "Treatment",
      HUONG_DIEU_TRI: "Planned treatment",
      NGOAITRU_TUNGAY: "Further leave from",
      NGOAITRU_DENNGAY: "Further leave to",
      TUOI_THAI: "Weeks of pregnancy",
      GHI_CHU: "Notes and advice",
    },
  },
);
