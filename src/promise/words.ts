import { catalogue } from "../kernel/words.ts";

/** As somebody says it: nobody counts the minutes of two days. */
function said(minutes: number): { count: number; unit: "minute" | "hour" | "day" } {
  const hours = Math.floor(minutes / 60);
  if (hours < 2) return { count: minutes, unit: "minute" };
  return hours < 48 ? { count: hours, unit: "hour" } : { count: Math.floor(hours / 24), unit: "day" };
}

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
    median: "Trung vị",
    medianHint: "một nửa số hồ sơ nhanh hơn",
    none: "chưa có",
    minutes: (text: string) => `${text} phút`,
    percent: (value: number) => `${String(value).replace(".", ",")}\u00a0%`,
    byDay: "Theo ngày và cơ quan",
    columns: {
      day: "Ngày",
      office: "Cơ quan BHXH",
      files: "Hồ sơ",
      share: "Đúng hẹn",
      median: "Trung vị (phút)",
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
    cutDays: (shown: number) => `Chỉ hiện ${shown} dòng: ngày mới nhất trước, nơi trễ nhiều nhất trước.`,
    alarm: {
      endangered: (count: number) => `${count} hồ sơ sắp quá 15 phút mà chưa báo kết quả.`,
      overdue: (count: number) => `${count} hồ sơ đã quá 15 phút mà chưa báo kết quả.`,
      link: "Xem các hồ sơ này",
    },
    watch: {
      title: "Cần xem ngay",
      quiet: "Máy gửi tin và các việc định kỳ đang chạy bình thường.",
      never: "chưa chạy lần nào",
      minutesAgo: (minutes: number) => {
        const { count, unit } = said(minutes);
        return count < 1
          ? "im lặng đã hơn 1 phút"
          : `im lặng đã ${count} ${{ minute: "phút", hour: "giờ", day: "ngày" }[unit]}`;
      },
      standby_away: (_: number) =>
        "Cơ sở dữ liệu dự phòng mất kết nối: tạm không ghi được gì. Báo người vận hành ngay.",
      clock_distrusted: (seconds: number) =>
        `Đồng hồ máy chủ không đáng tin (lệch ${Math.round(Math.abs(seconds) / 60)} phút so với lần xem trước): tạm không hủy, không xóa gì theo hạn. Báo người vận hành.`,
      sender_stopped: (since: string) => `Máy gửi tin không có dấu hiệu hoạt động: ${since}. Báo người vận hành.`,
      schedule_stopped: (since: string) => `Các việc mỗi phút không chạy: ${since}. Báo người vận hành.`,
      sweep_failed: (seconds: number, sweep: string) =>
        `Việc định kỳ “${sweep}” không chạy được từ ${Math.floor(seconds / 60)} phút nay. Báo người vận hành.`,
      lapse_refused: (files: number) =>
        `${files} tờ khai quá hạn chưa được hủy: máy dừng lại để hỏi. Báo người vận hành.`,
      offices_missing: (_: number) => "Chưa có cơ quan BHXH nào nhận hồ sơ: không ai khai được. Báo người vận hành.",
      holidays_ending: (days: number) =>
        days < 0
          ? "Năm nay chưa có bảng ngày nghỉ: không tờ khai nào bị hủy. Báo người vận hành."
          : `Bảng ngày nghỉ còn ${days} ngày là hết. Báo người vận hành nhập ngày nghỉ năm sau.`,
      message_stalled: (count: number) => `${count} tin kết quả đến lượt mà không máy nào gửi.`,
      message_late: (count: number) => `${count} tin kết quả đã quá 15 phút mà chưa đi.`,
      message_warned: (count: number) => `${count} tin kết quả sắp quá 15 phút mà chưa đi.`,
      message_two_thirds: (count: number) => `${count} tin kết quả đã hết hai phần ba thời gian mà chưa đi.`,
      message_third: (count: number) => `${count} tin kết quả đã hết một phần ba thời gian mà chưa đi.`,
      receipts_low: (percent: string, provider: string) =>
        `Chỉ ${percent} tin nhắn qua ${provider} có báo đã đến máy trong 24 giờ.`,
      retention_overdue: (seconds: number) =>
        `Dữ liệu hết thời hạn lưu chưa được xóa từ ${Math.floor(seconds / 86_400)} ngày nay. Báo người vận hành.`,
      backup_old: (hours: number) => `Bản sao lưu mới nhất có từ ${hours} giờ trước (hạn 26 giờ). Báo người vận hành.`,
      rehearsal_old: (seconds: number) =>
        `Bản sao lưu chưa được phục hồi thử và đối chiếu từ ${Math.floor(seconds / 86_400)} ngày nay. Báo người vận hành.`,
      log_not_kept: (megabytes: number) =>
        megabytes > 0
          ? `Nhật ký của cơ sở dữ liệu không được chép đi, đang chiếm ${megabytes} MB trên đĩa. Báo người vận hành.`
          : "Một phần nhật ký của cơ sở dữ liệu đã mất trước khi được chép đi. Báo người vận hành.",
      looks_broken: (_: number) => "Sổ ghi việc xem hồ sơ không còn nguyên vẹn. Báo người vận hành ngay.",
      looks_unchained: (seconds: number) =>
        `Sổ ghi việc xem hồ sơ chưa được niêm phong từ ${Math.floor(seconds / 60)} phút nay. Báo người vận hành.`,
      rights_pressing: (count: number) => `${count} yêu cầu về dữ liệu cá nhân sắp hết hạn hoặc đã quá hạn.`,
      guessing: (count: number) => `Có người đang dò số, mã hoặc mật khẩu: ${count} lần không đúng trong 5 phút.`,
      codes_spent: (percent: number) =>
        `Đã dùng ${percent}\u00a0% số mã được gửi. Hết số này thì không ai nhận được mã. Báo người vận hành.`,
      codes_held: (blocks: number) =>
        `Nhiều mã được xin mà không ai nhập, ở ${blocks} dải số điện thoại. Có thể có kẻ trục lợi tin nhắn. Báo người vận hành.`,
      database_restarted: (count: number) =>
        `Cơ sở dữ liệu tự khởi động lại ${count} lần trong một giờ qua. Báo người vận hành.`,
      line_refused: (place: string) =>
        `Không nối được tới ${place}: không tìm thấy tên máy hoặc chứng thư không hợp lệ. Báo người vận hành.`,
      certificate_ending: (days: number, place: string) =>
        days < 0
          ? `Chứng thư của ${place} đã hết hạn. Báo người vận hành ngay.`
          : `Chứng thư của ${place} còn ${days} ngày. Báo người vận hành.`,
      keys_due: (days: number, key: string) =>
        days < 0
          ? `Khóa ${key} đã quá hạn thay ${-days} ngày. Báo người vận hành.`
          : `Khóa ${key} còn ${days} ngày đến hạn thay. Báo người vận hành.`,
      reviews_late: (offices: number) =>
        `${offices} cơ quan chưa rà soát quyền của cán bộ đúng hạn. Báo lãnh đạo cơ quan đó.`,
      passkeys_unsealed: (count: number) =>
        `${count} khóa truy cập trong cơ sở dữ liệu không do hệ thống này ghi. Chúng không mở được gì. Báo người vận hành.`,
      breach_open: (hours: number) =>
        hours < 0
          ? `Vụ lộ dữ liệu đã quá hạn báo ${-hours} giờ. Báo người vận hành ngay.`
          : `Có vụ lộ dữ liệu: hạn báo gần nhất còn ${hours} giờ.`,
      backup_never: "Chưa có bản sao lưu nào. Báo người vận hành.",
    },
    messages: {
      title: "Tin nhắn và thư điện tử",
      lead: "Ba con số khác nhau: nhà cung cấp đã nhận chuyển; mạng của máy báo tin đã đến; chưa có báo nhận. Không con số nào nói rằng người nhận đã đọc. Thư điện tử không có báo nhận.",
      byProvider: "Theo nhà cung cấp",
      byOffice: "Theo cơ quan BHXH",
      provider: "Nhà cung cấp",
      office: "Cơ quan BHXH",
      notTried: "chưa gửi lần nào",
      noOffice: "không thuộc hồ sơ nào",
      noReceipts: "–",
      empty: "Chưa có tin nào trong khoảng này.",
      channel: { sms: "tin nhắn", email: "thư", push: "thông báo trên máy", inbox: "trong tài khoản" },
      columns: {
        waiting: "Đang chờ",
        accepted: "Đã nhận chuyển",
        delivered: "Đã đến máy",
        unconfirmed: "Chưa có báo nhận",
        share: "Tỷ lệ đến máy",
        late: "Trễ",
        failing: "Không gửi được",
      },
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
    cutDays: (shown: number) => `Only ${shown} lines are shown: newest day first, then the offices with most late.`,
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
    watch: {
      title: "To be looked at now",
      quiet: "The sender of messages and the regular work are running.",
      never: "it never ran",
      minutesAgo: (minutes: number) => {
        const { count, unit } = said(minutes);
        return count < 1 ? "silent for over a minute" : `silent for ${count} ${unit}${count === 1 ? "" : "s"}`;
      },
      standby_away: () => "The second database is away and nothing can be written. Tell the operator at once.",
      clock_distrusted: (seconds) =>
        `The clock of the server is not believed (${Math.round(Math.abs(seconds) / 60)} minutes from where it was last seen): nothing lapses or is deleted by its term. Tell the operator.`,
      sender_stopped: (since) => `The sender of messages gives no sign of life: ${since}. Tell the operator.`,
      schedule_stopped: (since) => `The work of every minute does not run: ${since}. Tell the operator.`,
      sweep_failed: (seconds, sweep) =>
        `The regular work “${sweep}” has failed for ${Math.floor(seconds / 60)} minutes. Tell the operator.`,
      lapse_refused: (files) =>
        `${files} overdue ${files === 1 ? "declaration is" : "declarations are"} not ended: the system stops and asks. Tell the operator.`,
      offices_missing: () => "No office takes files yet, so nobody can declare. Tell the operator.",
      holidays_ending: (days) =>
        days < 0
          ? "This year has no table of holidays, and no declaration lapses. Tell the operator."
          : `The table of holidays ends in ${days} ${days === 1 ? "day" : "days"}. Tell the operator to enter the next year.`,
      message_stalled: (count) => `Results whose turn has come and that no sender takes: ${count}.`,
      message_late: (count) => `Results over their 15 minutes and not sent: ${count}.`,
      message_warned: (count) => `Results close to their 15 minutes and not sent: ${count}.`,
      message_two_thirds: (count) => `Results past two thirds of their time and not sent: ${count}.`,
      message_third: (count) => `Results past a third of their time and not sent: ${count}.`,
      receipts_low: (percent, provider) =>
        `Only ${percent} of the texts through ${provider} were reported on the handset in the last 24 hours.`,
      retention_overdue: (seconds) =>
        `Nothing past its period was deleted for ${Math.floor(seconds / 86_400)} days. Tell the operator.`,
      guessing: (count) => `Numbers, codes or passwords are being tried: ${count} wrong in five minutes.`,
      codes_spent: (percent) =>
        `${percent}% of the codes that may be sent are used. At the end of them nobody gets a code. Tell the operator.`,
      codes_held: (blocks) =>
        `Codes are asked for and not typed in, in ${blocks} blocks of telephone numbers. Somebody may earn by them. Tell the operator.`,
      rights_pressing: (count) =>
        count === 1
          ? "1 request about personal data is close to its term or past it."
          : `${count} requests about personal data are close to their term or past it.`,
      database_restarted: (count) =>
        count === 1
          ? "The database was started again once in the last hour by itself. Tell the operator."
          : `The database was started again ${count} times in the last hour by itself. Tell the operator.`,
      line_refused: (place) =>
        `${place} cannot be reached: its name is not found or its certificate not believed. Tell the operator.`,
      certificate_ending: (days, place) =>
        days < 0
          ? `The certificate of ${place} is over. Tell the operator at once.`
          : `The certificate of ${place} ends in ${days} ${days === 1 ? "day" : "days"}. Tell the operator.`,
      keys_due: (days, key) =>
        days < 0
          ? `The key ${key} is ${-days} ${days === -1 ? "day" : "days"} past its planned end. Tell the operator.`
          : `The key ${key} is to be changed within ${days} ${days === 1 ? "day" : "days"}. Tell the operator.`,
      reviews_late: (offices) =>
        `${offices} ${offices === 1 ? "office has" : "offices have"} not reviewed the rights of staff in time. Tell their leaders.`,
      passkeys_unsealed: (count) =>
        `${count} ${count === 1 ? "passkey was" : "passkeys were"} not written by this system and open nothing. Tell the operator.`,
      breach_open: (hours) =>
        hours < 0
          ? `A breach of data is ${-hours} hours past its term. Tell the operator at once.`
          : `A breach of data is open: its next term ends in ${hours} hours.`,
      rehearsal_old: (seconds) =>
        `No backup was restored for trial and compared for ${Math.floor(seconds / 86_400)} days. Tell the operator.`,
      log_not_kept: (megabytes) =>
        megabytes > 0
          ? `The log of the database is not taken away and fills ${megabytes} MB of the disk. Tell the operator.`
          : "Part of the log of the database was lost before it was taken away. Tell the operator.",
      looks_broken: () => "The record of looks is not whole any more. Tell the operator at once.",
      looks_unchained: (seconds) =>
        `The record of looks has not been sealed for ${Math.floor(seconds / 60)} minutes. Tell the operator.`,
      backup_old: (hours) => `The last backup is ${hours} hours old (limit 26). Tell the operator.`,
      backup_never: "There is no backup yet. Tell the operator.",
    },
    messages: {
      title: "Texts and e-mails",
      lead: "Three different figures: taken by the provider; reported on the handset by its network; nothing reported yet. None of them says that it was read. E-mail has no report.",
      byProvider: "By provider",
      byOffice: "By office",
      provider: "Provider",
      office: "Office",
      notTried: "not tried yet",
      noOffice: "of no file",
      noReceipts: "–",
      empty: "No messages in this period.",
      channel: { sms: "text", email: "e-mail", push: "notice on a device", inbox: "in the account" },
      columns: {
        waiting: "Waiting",
        accepted: "Taken",
        delivered: "On the handset",
        unconfirmed: "Not reported",
        share: "Share on handset",
        late: "Late",
        failing: "Not getting through",
      },
    },
  },
);
