import { catalogue } from "../kernel/words.ts";

/** Guides for those who sit at a desk: the counter, the hotline, the machines. */
export const deskWords = catalogue(
  {
    counter: {
      title: "Cán bộ tại quầy",
      whom: "Dành cho cán bộ tiếp nhận của cơ quan BHXH.",
      steps: {
        queue: [
          "Tìm hồ sơ",
          "Gõ mã tờ khai, số giấy tờ, điện thoại hoặc họ tên. Việc gấp nhất đứng đầu danh sách.",
          "Danh sách hồ sơ, khoanh ô tìm",
        ],
        reception: [
          "Tiếp nhận",
          "Xem bản gốc, tờ khai đã ký, khuôn mặt, bản phô tô. Bấm tiếp nhận là tính giờ.",
          "Trang tiếp nhận hồ sơ, khoanh nút Tiếp nhận",
        ],
        compare: [
          "Đối chiếu ba nguồn",
          "Chỗ khác đứng trên. Khác thật thì ghi nguồn được tin, lý do, rồi trình cán bộ kiểm soát.",
          "Trang hồ sơ có chỗ khác nhau",
        ],
        accept: [
          "Chấp nhận",
          "Ba nguồn khớp thì bấm Chấp nhận. Mã kích hoạt tự đến người dân; cán bộ không thấy mã.",
          "Hồ sơ khớp ba nguồn, khoanh nút Chấp nhận",
        ],
        refusal: [
          "Không chấp nhận",
          "Chọn căn cứ, đọc trước tin sẽ gửi, sửa cho dễ hiểu, rồi mới gửi.",
          "Tin sẽ gửi cho người dân, khoanh nút gửi",
        ],
        account: [
          "Người dân không vào được",
          "Mở mục Tài khoản, xem giấy tờ bản gốc, rồi cấp lại mã. Không bao giờ hỏi mật khẩu.",
          "Trang tìm tài khoản tại quầy",
        ],
      },
    },
    hotline: {
      title: "Tổng đài viên",
      whom: "Dành cho người nghe điện thoại và trả lời yêu cầu.",
      steps: {
        desk: [
          "Bắt đầu cuộc gọi",
          "Chọn cách tìm, gõ điều người gọi đọc, bấm Bắt đầu.",
          "Trang Tổng đài, khoanh nút Bắt đầu",
        ],
        caller: [
          "Xác nhận trước, nói sau",
          "Hỏi đúng các câu trên màn hình, không gợi ý. Chưa đúng thì chỉ trợ giúp chung.",
          "Cuộc gọi sau khi đã xác nhận người gọi",
        ],
        matters: [
          "Ghi yêu cầu",
          "Chọn việc, ghi điều cần giúp. Trả lời được ngay thì ghi luôn. Không ghi bệnh tật, mã.",
          "Cuộc gọi, khoanh nút mở yêu cầu",
        ],
        ticket: [
          "Theo đến khi xong",
          "Nhận xử lý, trả lời trước giờ hẹn, hoặc chuyển nơi khác. Người báo nhận được tin.",
          "Trang của một yêu cầu",
        ],
        themes: [
          "Xem việc hay gặp",
          "Trang đếm khó khăn theo tuần và đơn vị. Việc lặp lại thì đề nghị câu trả lời chung.",
          "Trang Hay gặp",
        ],
      },
    },
    operator: {
      title: "Người trực máy ban đêm",
      whom: "Dành cho người vận hành. Sổ tay có đủ từng chuông báo: docs/guides/runbook.md.",
      steps: {
        promise: [
          "Chuông kêu: mở Lời hẹn 15 phút",
          "Mục “Cần xem ngay” nói máy nào im lặng, tin nào sắp trễ. Máy im thì khởi động lại.",
          "Trang Lời hẹn 15 phút",
        ],
        outbox: [
          "Mở Tin đã gửi",
          "Lọc “Trễ hạn” và “Không gửi được”. Nhiều tin cùng một nhà cung cấp: gọi nhà cung cấp đó.",
          "Trang Tin đã gửi, khoanh các nút lọc",
        ],
        message: [
          "Mở một tin",
          "Trang ghi từng lần gửi và lý do hỏng. Sửa xong nguyên nhân thì gửi lại từ đây.",
          "Trang của một tin",
        ],
        intake: [
          "Xem tệp nhận trong đêm",
          "Tệp có dòng bị trả thì báo nơi gửi. Bản sao lưu: chạy bin/vssid backup --list.",
          "Trang các tệp đã nhận",
        ],
      },
    },
  },
  {
    counter: {
      title: "Officer at the counter",
      whom: "For officers who receive files.",
      steps: {
        queue: [
          "Find the file",
          "By code, paper number, telephone or name. The most urgent one stands first.",
          "The queue, with a ring around the search",
        ],
        reception: [
          "Receive it",
          "See the original, the signed form, the face and the copy. Receiving starts the clock.",
          "The reception, with a ring around its button",
        ],
        compare: [
          "Compare three sources",
          "Differences come first. A real one needs a source, a reason and a supervisor.",
          "A file with differences",
        ],
        accept: [
          "Accept",
          "When all three agree, accept. The code goes to the person; the officer never sees it.",
          "A file in order, with a ring around Accept",
        ],
        refusal: [
          "Refuse",
          "Choose the grounds, read the message first, make it plain, then send it.",
          "The message to the person, with a ring around the sending button",
        ],
        account: [
          "Somebody cannot sign in",
          "Open Accounts, see the original paper, then issue a code. Never ask for a password.",
          "Finding an account at the counter",
        ],
      },
    },
    hotline: {
      title: "Hotline agent",
      whom: "For those who take calls and answer requests.",
      steps: {
        desk: [
          "Begin the call",
          "Choose how to search, type what the caller reads, and begin.",
          "The hotline, with a ring around the beginning button",
        ],
        caller: [
          "First make sure who calls",
          "Ask the questions on the screen and give no hints. If not right, give general help only.",
          "A call whose caller is known",
        ],
        matters: [
          "Note the request",
          "Choose the matter and what is needed. If you can answer at once, note that. No illness, no codes.",
          "A call, with a ring around opening a request",
        ],
        ticket: [
          "Follow it to the end",
          "Take it, answer in time, or hand it over. Whoever asked is told.",
          "A request",
        ],
        themes: [
          "See what recurs",
          "Difficulties by week and unit. For what recurs, propose a common answer.",
          "What recurs",
        ],
      },
    },
    operator: {
      title: "Operator at night",
      whom: "For who runs the machines. Each alarm stands in docs/guides/runbook.md.",
      steps: {
        promise: [
          "An alarm: open the 15 minutes",
          "It says which machine is silent and which messages are nearly late. Start a silent one again.",
          "The promise of 15 minutes",
        ],
        outbox: [
          "Open the outbox",
          "Show late ones and those that failed. Many with one provider: call that provider.",
          "The outbox, with a ring around its filters",
        ],
        message: [
          "Open one message",
          "It lists each try and why it failed. When the cause is mended, send it again from here.",
          "One message",
        ],
        intake: [
          "Look at the night's files",
          "Rows turned down: tell who sent them. Backups: run bin/vssid backup --list.",
          "The files received",
        ],
      },
    },
  },
);
