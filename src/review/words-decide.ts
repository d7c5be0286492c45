import { catalogue } from "../kernel/words.ts";
import type { Source } from "./rules-findings.ts";

/** Words of deciding: ticks row by row, the proposal and the second pair of eyes, papers to choose from, history. */
export const decideWords = catalogue(
  {
    sources: { declared: "Khai", paper: "Giấy tờ", register: "Cơ sở dữ liệu" } satisfies Record<Source, string>,
    ticks: {
      title: "Mục cần chọn nguồn tin",
      reason: (field: string) => `Lý do: ${field}`,
      reasonHint: "Giấy tờ nào đã xem, vì sao tin nguồn này.",
    },
    propose: {
      button: "Trình người phụ trách",
      how: "Người phụ trách khác bạn sẽ xem và xác nhận. Đồng hồ 15 phút vẫn chạy.",
      flash: "Đã trình người phụ trách. Hồ sơ chờ xác nhận.",
      takeBack: "Rút lại đề nghị",
    },
    second: {
      title: "Xem lại lần hai",
      waiting: (who: string, at: string) => `Chờ người phụ trách xác nhận. ${who} đề nghị lúc ${at}.`,
      isYou: "Bạn là người đề nghị. Người phụ trách khác phải xác nhận.",
      notYou: "Người phụ trách của cơ quan sẽ xác nhận hoặc trả lại.",
      proposal: "Cán bộ đề nghị chấp nhận",
      words: "Lời gửi cán bộ",
      wordsHint: "Cần có khi trả lại. Khi xác nhận thì không bắt buộc.",
      confirm: "Xác nhận, chấp nhận",
      sendBack: "Trả lại cán bộ",
      confirmFlash: "Đã xác nhận. Tin nhắn tài khoản đang được gửi.",
      sendBackFlash: "Đã trả lại hồ sơ cho cán bộ.",
      sentBack: (who: string) => `${who} trả lại hồ sơ`,
    },
    papers: {
      title: "Giấy tờ đã đọc",
      used: "Đang đối chiếu theo giấy tờ này",
      use: "Đối chiếu theo giấy tờ này",
      another: "Đây là giấy tờ thứ hai, không sửa lần đọc trước",
    },
    quick: {
      title: "Giấy tờ ghi đúng như tờ khai?",
      hint: "Chỉ dùng khi số, họ tên và ngày sinh trên giấy tờ đúng như đã khai.",
      button: "Giấy tờ đúng như khai, tiếp nhận",
      otherwise: "Giấy tờ ghi khác, hoặc cần ghi ngày hết hạn:",
    },
    looks: {
      title: "Ai đã mở ảnh giấy tờ",
      none: "Chưa ai mở ảnh giấy tờ.",
    },
    history: {
      trusted: (field: string, source: string) => `${field}: tin ${source}`,
      takenOver: (who: string) => `nhận thay từ ${who}`,
      bySecond: (who: string) => `theo đề nghị của ${who}`,
    },
    keys: {
      title: "Phím tắt",
      button: "Phím tắt (?)",
      about: "Không có tác dụng khi đang gõ trong ô.",
      close: "Đóng",
      list: [
        ["↑ ↓", "Sang dòng trước, dòng sau"],
        ["1 2 3", "Chọn nguồn tin: khai, giấy tờ, cơ sở dữ liệu"],
        ["1 2 3 4", "Đánh dấu bốn mục đã kiểm tra khi tiếp nhận"],
        ["A", "Chấp nhận, hoặc trình người phụ trách"],
        ["R", "Không chấp nhận"],
        ["/", "Về ô tìm hồ sơ"],
        ["?", "Mở bảng này"],
      ] as readonly (readonly [string, string])[],
    },
  },
  {
    sources: { declared: "Declared", paper: "ID paper", register: "Register" },
    ticks: {
      title: "Fields that need a trusted source",
      reason: (field: string) => `Reason: ${field}`,
      reasonHint: "Which papers you saw, and why you trust this source.",
    },
    propose: {
      button: "Propose to a supervisor",
      how: "A supervisor other than you will look and confirm. The 15 minutes go on.",
      flash: "Proposed to a supervisor. The file waits for confirmation.",
      takeBack: "Take the proposal back",
    },
    second: {
      title: "Second look",
      waiting: (who: string, at: string) => `Waits for a supervisor. ${who} proposed at ${at}.`,
      isYou: "You proposed it. Another supervisor must confirm.",
      notYou: "A supervisor of the office will confirm or send it back.",
      proposal: "The officer proposes acceptance",
      words: "Words to the officer",
      wordsHint: "Needed when you send it back; otherwise optional.",
      confirm: "Confirm and accept",
      sendBack: "Send back",
      confirmFlash: "Confirmed. The message with the account is on its way.",
      sendBackFlash: "The file was sent back to the officer.",
      sentBack: (who: string) => `${who} sent the file back`,
    },
    papers: {
      title: "Papers read here",
      used: "Compared with this paper",
      use: "Compare with this paper",
      another: "This is a second paper, not a correction",
    },
    quick: {
      title: "Does the paper say what was declared?",
      hint: "Only when number, name and birth date on the paper are as declared.",
      button: "Paper as declared: receive",
      otherwise: "The paper says otherwise, or has a last day to note:",
    },
    looks: {
      title: "Who opened the pictures",
      none: "Nobody has opened the pictures.",
    },
    history: {
      trusted: (field: string, source: string) => `${field}: trusted ${source}`,
      takenOver: (who: string) => `taken over from ${who}`,
      bySecond: (who: string) => `proposed by ${who}`,
    },
    keys: {
      title: "Keys",
      button: "Keys (?)",
      about: "They rest while you type in a box.",
      close: "Close",
      list: [
        ["↑ ↓", "Row before, row after"],
        ["1 2 3", "Trust: declared, ID paper, register"],
        ["1 2 3 4", "Tick the four checks when receiving"],
        ["A", "Accept, or propose to a supervisor"],
        ["R", "Refuse"],
        ["/", "To the search box"],
        ["?", "Open this panel"],
      ],
    },
  },
);
