import { catalogue } from "../kernel/words.ts";

/** How each figure is counted: a term and one or two sentences. */
export const definitionWords = catalogue(
  {
    title: "Các số này được đếm thế nào",
    lead: "Mỗi số đều nói rõ đếm ai, trên bao nhiêu người và đến ngày nào.",
    terms: [
      [
        "Người",
        "Người có tên trong danh sách của đơn vị vào cuối ngày. Ai ở hai đơn vị thì ở cấp trên chỉ đếm một lần. Dòng chưa khớp với sổ được đếm là một người.",
      ],
      ["Đã kê khai", "Đã xác nhận tờ khai mẫu 01 lần đầu."],
      ["Đã nộp", "Cơ quan BHXH đã nhận tờ khai đã ký."],
      ["Đã duyệt", "Tài khoản đã được cấp."],
      ["Đã đăng nhập", "Đã đăng nhập lần đầu."],
      ["Đã cài", "Ứng dụng đã cài trên máy tự báo về."],
      ["Năm mốc", "Đếm riêng từng mốc, không cộng với nhau."],
      [
        "Tỷ lệ",
        "Số người đã đến mốc chia cho số người phải làm. Mẫu số là danh sách, hoặc số người do đơn vị tự khai nếu chọn như vậy. Đơn vị chưa khai, hoặc có danh sách dài hơn, thì lấy danh sách.",
      ],
      [
        "Ngày",
        "Sự việc được tính vào ngày xảy ra, giờ Việt Nam. Biết muộn thì số của ngày cũ được tính lại. Báo cáo tuần giữ nguyên như lúc lập.",
      ],
      ["Tuần này", "So với cuối ngày bảy ngày trước, tính bằng điểm phần trăm."],
      [
        "Mức dự kiến",
        "Lấy tỷ lệ chung và số người của đơn vị để tính khoảng 95 % và 99,8 % do ngẫu nhiên. Khi các đơn vị vốn đã khác nhau nhiều, khoảng này được nới rộng.",
      ],
      ["Cần hỗ trợ", "Thấp hơn khoảng 95 %. Nằm trong khoảng thì chưa thể nói là kém."],
      [
        "Dự báo",
        "Mức tăng trung bình mỗi tuần của mười hai tuần qua, kéo dài đến hạn. Khoảng dự báo đúng bốn phần năm nếu các tuần tới giống các tuần qua. Dưới bảy tuần thì không dự báo.",
      ],
      [
        "Nhóm nhỏ",
        (least: number) =>
          `Nhóm dưới ${least} người không hiện. Một nhóm bên cạnh cũng không hiện, để không tính ngược ra được.`,
      ],
      ["Đơn vị đã kết thúc", "Không đếm ai từ ngày hôm sau. Số của những ngày trước giữ nguyên."],
      ["Cập nhật", "Mỗi phút một lần. Mỗi đêm so lại toàn bộ với danh sách."],
    ],
  },
  {
    title: "How these figures are counted",
    lead: "Each figure says who is counted, out of how many, and up to which day.",
    terms: [
      [
        "People",
        "Those on a unit's roster at the end of a day. Whoever is in two units counts once above both. A line that matches no record counts as one person.",
      ],
      ["Declared", "Confirmed form 01 for the first time."],
      ["Handed in", "An insurance office has received the signed form."],
      ["Approved", "The account was issued."],
      ["Signed in", "Signed in for the first time."],
      ["Installed", "The installed app told of itself."],
      ["The five moments", "Each is counted apart. They are never added."],
      [
        "Share",
        "People who came to the moment, out of those to reach. The denominator is the roster, or what the unit said it has to reach, if chosen. A unit that said nothing, or has more on its roster, is taken by its roster.",
      ],
      [
        "Day",
        "Each event counts on the day it happened, in Viet Nam. What is learnt late changes the figures of that day. A weekly report stays as it was made.",
      ],
      ["This week", "Against the end of the day seven days before, in percentage points."],
      [
        "Expected",
        "From the common share and the unit's size: where chance alone keeps 95% and 99.8% of units. Where units differ much by nature, the range is wider.",
      ],
      ["In need of help", "Below the 95% range. Within it nobody can be called bad."],
      [
        "Forecast",
        "The mean gain a week of the last twelve weeks, drawn on to the day. The range holds four times in five if weeks go on alike. With fewer than seven weeks there is none.",
      ],
      [
        "Small groups",
        (least: number) =>
          `Groups of fewer than ${least} people are hidden. One beside them is hidden too, so that none can be computed.`,
      ],
      ["A unit that has ended", "Counts nobody from the next day on. The days before stay."],
      ["Updated", "Every minute. Every night all is compared with the rosters."],
    ],
  },
);
