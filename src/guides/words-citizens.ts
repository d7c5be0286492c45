import { catalogue } from "../kernel/words.ts";

/** Guides for people and those who help them: what to do, how, and what the picture shows. */
export const citizenWords = catalogue(
  {
    new: {
      title: "Chưa có tài khoản",
      whom: "Dành cho người đăng ký lần đầu. Miễn phí.",
      steps: {
        start: [
          "Bấm “Đăng ký tài khoản”",
          "Để sẵn giấy tờ tùy thân và điện thoại của mình bên cạnh.",
          "Trang đầu của cổng VssID, khoanh nút Đăng ký tài khoản",
        ],
        question: [
          "Trả lời từng câu",
          "Mỗi trang hỏi một việc, tất cả khoảng 6 phút. Ghi như trên giấy tờ, có dấu.",
          "Trang hỏi họ tên, khoanh ô Họ và tên",
        ],
        check: [
          "Xem lại rồi xác nhận",
          "Sai dòng nào thì bấm “Sửa” ở dòng đó. Đúng hết thì xác nhận để lấy mã tờ khai.",
          "Trang kiểm tra tờ khai, khoanh nút xác nhận",
        ],
        receipt: [
          "In, ký tờ khai",
          "Ghi lại mã tờ khai và hạn nộp. Không có máy in thì nhờ cán bộ in tại quầy.",
          "Giấy hẹn, khoanh chỗ mở tờ khai để in",
        ],
        track: [
          "Nộp trong 10 ngày",
          "Mang bản gốc giấy tờ đã khai. Hồ sơ đủ thì kết quả đến trong 15 phút.",
          "Trang cho biết hồ sơ đang ở bước nào",
        ],
        "first-password": [
          "Đặt mật khẩu của mình",
          "Đăng nhập bằng mã kích hoạt trong tin nhắn. Đặt mật khẩu từ 15 ký tự, ghép vài từ dễ nhớ.",
          "Trang đặt mật khẩu, khoanh ô Mật khẩu mới",
        ],
      },
    },
    app: {
      title: "Đã có tài khoản",
      whom: "Dành cho người dùng VssID hằng ngày.",
      steps: {
        "sign-in": [
          "Đăng nhập",
          "Gõ mã số BHXH hoặc số căn cước, rồi mật khẩu. Quên thì bấm “Quên mật khẩu”.",
          "Trang đăng nhập, khoanh chỗ Quên mật khẩu",
        ],
        card: [
          "Mở thẻ ở quầy khám",
          "Đăng nhập là thấy thẻ. Máy không quét được thì đọc số thẻ cho nhân viên.",
          "Trang Thẻ, số thẻ chữ lớn",
        ],
        keep: [
          "Giữ thẻ trên máy",
          "Ở mục Thêm, chọn “Giữ thẻ trên máy này”, đặt mã PIN 6 số. Mất mạng vẫn mở được thẻ.",
          "Trang Giữ thẻ trên máy này",
        ],
        years: [
          "Xem những năm đã đóng",
          "Trên lịch, mỗi hàng là một năm, mỗi ô là một tháng. Bấm vào ô để xem tháng đó.",
          "Trang Quá trình tham gia với câu tóm tắt",
        ],
        visits: [
          "Xem lần khám, chi phí",
          "Mỗi lần khám ghi quỹ trả bao nhiêu, mình trả bao nhiêu. Thấy lạ thì mở ra và báo sai.",
          "Trang Khám chữa bệnh với tổng của năm",
        ],
        devices: [
          "Mất điện thoại",
          "Trên máy khác, vào Thêm, “Thiết bị đang đăng nhập”. Đăng xuất máy đó, xóa thẻ trên máy đó.",
          "Trang các thiết bị đang đăng nhập, khoanh một nút",
        ],
      },
    },
    helper: {
      title: "Giúp người khác",
      whom: "Dành cho con cháu, hàng xóm, đoàn viên, người chăm sóc.",
      steps: {
        who: [
          "Chọn “Cho người tôi đang giúp”",
          "Người được giúp ngồi cùng, cầm giấy tờ và điện thoại của mình. Ghi tên người giúp.",
          "Câu hỏi đầu tiên, khoanh lựa chọn khai cho người đang giúp",
        ],
        consent: [
          "Đọc lại và xin đồng ý",
          "Đọc từng mục cho người đó nghe. Họ đồng ý bằng mã trên điện thoại, hoặc ký trên giấy.",
          "Trang kiểm tra, khoanh nút gửi mã đồng ý",
        ],
        "helped-receipt": [
          "Để người đó đi nộp",
          "Người được giúp ký tờ khai. Mã kích hoạt chỉ đến điện thoại của họ, không ai giữ hộ.",
          "Giấy hẹn với hạn nộp",
        ],
        family: [
          "Xem thay cho con",
          "Vào Thêm, “Gia đình”, rồi bấm xem hồ sơ của con. Liên kết làm một lần tại cơ quan BHXH.",
          "Trang Gia đình, khoanh nút xem hồ sơ của con",
        ],
        acting: [
          "Nhớ đang xem cho ai",
          "Thanh màu ở đầu trang ghi tên con. Xem xong thì bấm về hồ sơ của mình.",
          "Thẻ của con, thanh màu ghi tên con ở trên",
        ],
        find: [
          "Tìm nơi giúp gần nhà",
          "Chọn tỉnh và xã để thấy cơ quan BHXH, nơi khám, giờ làm việc. Hoặc gọi 1900 9068.",
          "Trang tìm cơ quan, nơi khám gần nhà",
        ],
      },
    },
  },
  {
    new: {
      title: "Without an account",
      whom: "For whoever registers for the first time. It is free.",
      steps: {
        start: [
          "Press “Register”",
          "Have your identity paper and your own telephone beside you.",
          "The start page, with a ring around the button that registers",
        ],
        question: [
          "Answer question by question",
          "One thing a page, about 6 minutes in all. Write as on your paper, with all marks.",
          "The question for the name, with a ring around its box",
        ],
        check: [
          "Check, then confirm",
          "Press “Change” beside what is wrong. When all is right, confirm to get your code.",
          "The check of the answers, with a ring around the confirming button",
        ],
        receipt: [
          "Print and sign the form",
          "Note the code and the last day. No printer? The officer prints it at the counter.",
          "The receipt, with a ring around the link to the form",
        ],
        track: [
          "Hand it in within 10 days",
          "Bring the original of the paper you declared. A complete file is answered in 15 minutes.",
          "The page that says where the file stands",
        ],
        "first-password": [
          "Choose your own password",
          "Sign in with the activation code of the text message. Choose 15 characters or more: a few easy words.",
          "The page for the first password, with a ring around the new one",
        ],
      },
    },
    app: {
      title: "With an account",
      whom: "For the daily use of VssID.",
      steps: {
        "sign-in": [
          "Sign in",
          "Enter the insurance number or the ID number, then the password. Forgotten? Press “Forgotten password”.",
          "The sign-in, with a ring around the forgotten password",
        ],
        card: [
          "Open the card at the hospital",
          "The card comes first. If it cannot be scanned, read its number to the staff.",
          "The card, its number in large digits",
        ],
        keep: [
          "Keep the card on the telephone",
          "Under More, choose to keep the card and set a PIN of 6 digits. It opens without a network.",
          "The page that keeps the card on this telephone",
        ],
        years: [
          "See the years you paid",
          "In the calendar a row is a year and a cell is a month. Press a cell to see that month.",
          "Participation, with its sentence",
        ],
        visits: [
          "See visits and their costs",
          "Each visit says what the fund paid and what you paid. If it looks wrong, open it and report it.",
          "Visits, with the sum of the year",
        ],
        devices: [
          "A lost telephone",
          "On another one: More, then the devices that are signed in. Sign it out and wipe its card.",
          "The devices that are signed in, with a ring around a button",
        ],
      },
    },
    helper: {
      title: "Helping somebody",
      whom: "For family, neighbours, volunteers and carers.",
      steps: {
        who: [
          "Choose “For somebody I help”",
          "They sit with you and hold their own paper and telephone. Enter your name as the helper.",
          "The first question, with a ring around the choice of helping somebody",
        ],
        consent: [
          "Read it out and ask",
          "Read each line to them. They agree by a code on their telephone, or by signing the paper.",
          "The check, with a ring around the code of consent",
        ],
        "helped-receipt": [
          "Let them hand it in",
          "They sign the form. The activation code goes to their own telephone; nobody keeps it for them.",
          "The receipt with its last day",
        ],
        family: [
          "Look for your child",
          "More, then Family, then open the child's record. The link is made once at the office.",
          "The family page, with a ring around the child's record",
        ],
        acting: [
          "Know whose record is open",
          "The coloured bar bears the child's name. When you are done, go back to your own record.",
          "The child's card under the coloured bar",
        ],
        find: [
          "Find help near home",
          "Choose province and commune to see offices, hospitals and their hours. Or call 1900 9068.",
          "Offices and hospitals near a commune",
        ],
      },
    },
  },
);
