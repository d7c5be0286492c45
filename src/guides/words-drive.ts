import { catalogue } from "../kernel/words.ts";

/** Guides for units, communes and leaders. */
export const driveWords = catalogue(
  {
    unit: {
      title: "Đầu mối cơ quan, doanh nghiệp, trường học",
      whom: "Dành cho người được giao việc VssID ở nơi làm việc.",
      steps: {
        invitation: [
          "Nhận lời mời",
          "Bấm “Lời mời đầu mối” ở cuối trang, gõ mã. Rồi tự đặt tên đăng nhập và mật khẩu.",
          "Trang nhận lời mời, khoanh ô gõ mã",
        ],
        upload: [
          "Gửi danh sách",
          "Tệp Excel hoặc CSV: họ tên cùng ngày sinh, hoặc mã số. Dòng sai trả lại kèm lý do.",
          "Trang gửi danh sách, khoanh ô chọn tệp",
        ],
        people: [
          "Xem ai còn lại",
          "Năm bước được đếm riêng. Lọc ra người chưa kê khai, chưa nộp, chưa đăng nhập.",
          "Trang Người của đơn vị với năm con số",
        ],
        person: [
          "Giúp từng người",
          "Ghi ai giúp và vì sao chưa xong. Người đó ngồi cạnh thì bấm “Bắt đầu khai”.",
          "Trang của một người trong danh sách",
        ],
        appointment: [
          "Hẹn nộp theo nhóm",
          "Chọn ngày giờ hẹn tại cơ quan BHXH. Cả nhóm nộp một lần.",
          "Trang hẹn nộp theo nhóm",
        ],
        letter: [
          "Ký nhận công văn",
          "Mở trang Nhận công văn, gõ mã trong tin hoặc thư. Đọc rồi ký nhận; chưa rõ thì hỏi.",
          "Trang nhận công văn, khoanh ô gõ mã",
        ],
      },
    },
    commune: {
      title: "Cán bộ xã, phường",
      whom: "Dành cho người triển khai VssID ở xã, thôn, tổ dân phố.",
      steps: {
        units: [
          "Xem thôn, tổ, cơ quan",
          "Mỗi đơn vị có số người cần đến và đầu mối. Nơi chưa có đầu mối thì mời.",
          "Trang Đơn vị triển khai",
        ],
        invite: [
          "Mời đầu mối",
          "Mở đơn vị, ghi họ tên và điện thoại hoặc thư. Mã mời dùng một lần, mất thì gửi lại.",
          "Trang của một đơn vị, khoanh nút gửi lời mời",
        ],
        air: [
          "Phát trên loa",
          "Ở mục Truyền thông, lấy bài đọc, đặt lịch. Phát xong thì ghi đã phát.",
          "Trang Truyền thông, khoanh chỗ đặt lịch phát",
        ],
        poster: [
          "In áp phích, tờ rơi",
          "Mỗi đơn vị có mã QR riêng. Trang đếm lượt quét, không biết ai quét.",
          "Trang Truyền thông, khoanh nút Áp phích A4",
        ],
        "desk-day": [
          "Mở ngày hỗ trợ",
          "Đặt ngày, giờ, nơi. Đúng ngày thì phát số cho từng người đến.",
          "Trang Truyền thông, khoanh chỗ đặt ngày hỗ trợ",
        ],
        "help-page": [
          "Chỉ nơi hỏi tiếp",
          "Ai còn vướng thì xem trang Trợ giúp hoặc gọi 1900 9068. Không giữ giấy tờ, mật khẩu của ai.",
          "Trang Trợ giúp với các câu hỏi",
        ],
      },
    },
    leader: {
      title: "Lãnh đạo, cán bộ kiểm soát",
      whom: "Dành cho người xem tiến độ và người xem lại hồ sơ.",
      steps: {
        "leader-page": [
          "Đọc trang lãnh đạo",
          "Nay ra sao, tuần này đổi gì, ai cần giúp, đã hứa gì. In vừa một tờ A4.",
          "Trang lãnh đạo",
        ],
        coverage: [
          "So sánh công bằng",
          "Chấm xám có thể do ngẫu nhiên. Chỉ hỏi đơn vị thấp hơn mức dự kiến.",
          "Trang Độ bao phủ với câu tóm tắt",
        ],
        "coverage-unit": [
          "Mở một đơn vị",
          "Xem từng tuần, dự báo và chỉ tiêu. Lãnh đạo hoặc cán bộ kiểm soát đặt chỉ tiêu tại đây.",
          "Trang độ bao phủ của một đơn vị, khoanh nút Đặt chỉ tiêu",
        ],
        definitions: [
          "Hiểu đúng con số",
          "Mỗi số đều ghi tính trên bao nhiêu người, đến ngày nào. Nhóm quá ít người không hiện.",
          "Trang nói các số được đếm thế nào",
        ],
        second: [
          "Cán bộ kiểm soát: xem lần hai",
          "Mở hồ sơ đang chờ, xác nhận hoặc trả lại kèm lời. Không ai xem lại hồ sơ mình trình.",
          "Danh sách hồ sơ chờ người thứ hai",
        ],
        looks: [
          "Cán bộ kiểm soát: lượt xem lạ",
          "Máy chỉ nêu dấu hiệu. Mở từng dấu hiệu, hỏi người xem, rồi ghi kết luận.",
          "Trang Lượt xem bất thường",
        ],
      },
    },
  },
  {
    unit: {
      title: "Coordinator of an agency, enterprise or school",
      whom: "For whoever is in charge of VssID at a place of work.",
      steps: {
        invitation: [
          "Take the invitation",
          "Press the invitation link at the foot of a page and enter the code. Choose your name and password.",
          "The invitation, with a ring around the box for its code",
        ],
        upload: [
          "Send the list",
          "Excel or CSV: names with birth dates, or numbers. Wrong rows come back with reasons.",
          "The page for a list, with a ring around the file",
        ],
        people: [
          "See who is left",
          "Five steps, each counted by itself. Filter who has not declared, handed in or signed in.",
          "People of the unit with five counts",
        ],
        person: [
          "Help one by one",
          "Note who helps and why it is not done. If they sit beside you, start their form.",
          "The page of one person on the list",
        ],
        appointment: [
          "Book for a group",
          "Choose a day and time at the office. The group hands in at one sitting.",
          "Group appointments",
        ],
        letter: [
          "Sign for a letter",
          "Open the page for letters and enter the code. Read it, sign for it, ask when unsure.",
          "The page for letters, with a ring around the box for the code",
        ],
      },
    },
    commune: {
      title: "Clerk of a commune or ward",
      whom: "For the roll-out in communes, hamlets and residential groups.",
      steps: {
        units: [
          "See hamlets and agencies",
          "Each unit has its number of people and its coordinators. Where there is none, invite one.",
          "The units of the roll-out",
        ],
        invite: [
          "Invite a coordinator",
          "Open the unit, enter a name and a telephone or e-mail. The code serves once; send it again if lost.",
          "The page of a unit, with a ring around the button that invites",
        ],
        air: [
          "Read it over the loudspeaker",
          "Under Campaign, take the text and plan the time. Afterwards note what was read.",
          "The campaign, with a ring around planning a broadcast",
        ],
        poster: [
          "Print posters and leaflets",
          "Each unit has its own QR code. Scans are counted; nobody knows who scanned.",
          "The campaign, with a ring around Poster A4",
        ],
        "desk-day": [
          "Hold a desk day",
          "Set day, hours and place. On the day, give a number to everybody who comes.",
          "The campaign, with a ring around planning a desk day",
        ],
        "help-page": [
          "Say where to ask",
          "Whoever is stuck finds Help, or calls 1900 9068. Keep nobody's papers or passwords.",
          "The help page with its questions",
        ],
      },
    },
    leader: {
      title: "Leader or supervisor",
      whom: "For those who follow the roll-out and those who look at files again.",
      steps: {
        "leader-page": [
          "Read the leader's page",
          "How it stands, what changed, who needs help, what was promised. It prints on one A4.",
          "The leader's page",
        ],
        coverage: [
          "Compare fairly",
          "A grey dot may be chance. Ask only those units that are below what is expected.",
          "Coverage with its sentence",
        ],
        "coverage-unit": [
          "Open one unit",
          "See its weeks, forecast and targets. A leader or supervisor sets a target here.",
          "Coverage of one unit, with a ring around setting a target",
        ],
        definitions: [
          "Understand the figures",
          "Each says out of how many people, and of which day. Groups of very few people are hidden.",
          "The page that says how things are counted",
        ],
        second: [
          "Supervisor: the second look",
          "Open a file that waits; confirm it or send it back with words. Nobody looks again at their own.",
          "Files that wait for a second person",
        ],
        looks: [
          "Supervisor: unusual looks",
          "The machine only points. Open each one, ask who looked, then write the verdict.",
          "Unusual looks",
        ],
      },
    },
  },
);
