import { noteInstalled } from "../../account/note-installed.ts";
import { dayOf, formatDay } from "../../kernel/calendar.ts";
import { askAppointment } from "../../roster/appoint.ts";
import { followRosters } from "../../roster/follow.ts";
import { mark } from "../../roster/mark.ts";
import { peopleOf } from "../../roster/store-list.ts";
import { takeRoster } from "../../roster/take-roster.ts";
import { atTheDesk, hireMadeUp } from "../made-up-staff.ts";
import { placeUnits } from "../store.ts";
import type { Story } from "../story.ts";

/** A sewing company and a commune sent the lists of their people: some are done, some have hardly begun. */
const sewing = "TP-MAY";
const commune = "TP-XA";
const heads = "Họ và tên,Ngày sinh,Mã số BHXH,Số điện thoại,Đối tượng,Có điện thoại thông minh,Ghi chú";

const workers = [
  "Nguyễn Văn Mẫu,15/01/1990,0000000012,0999900002,Công nhân,có,",
  "Bùi Thị Kim Chi,08/03/1990,9800000021,0999900021,Công nhân,có,",
  "Đoàn Văn Tư,19/10/1984,9800000022,0999900022,Công nhân,có,Ca đêm",
  "Y Moan Niê,01/01/1996,9800000023,0999900023,Công nhân,không,",
  "Lý Thị Sáu,30/07/1978,9800000024,,Công nhân,không,",
  "Hồ Thị Mẫu Chỉ,12/02/1993,9971000711,0999900711,Công nhân,có,",
  "Phan Văn Mẫu Kim,25/09/1988,9971000712,0999900712,Công nhân,có,",
  "Tạ Thị Mẫu Vải,1979,9971000713,,Công nhân,không,Chưa có điện thoại",
  "Mai Thị Mẫu Cúc,17/06/1995,9971000714,0999900714,Công nhân,có,",
  "Kiều Văn Mẫu Khuy,03/12/1982,9971000715,0999900715,Công nhân,có,",
  "Đinh Thị Mẫu Sợi,28/04/1991,9971000716,0999900716,Công nhân,có,",
  "Lâm Văn Mẫu Thoi,14/11/1986,9971000717,0999900717,Công nhân,có,",
];

const villagers = Array.from({ length: 12 }, (_, at) => {
  const names = ["Sen", "Lúa", "Trâm", "Cau", "Dừa", "Mít", "Ổi", "Na", "Bưởi", "Khế", "Me", "Sung"];
  const day = String(at + 11).padStart(2, "0");
  return `Trương Thị Mẫu ${names[at]},${day}/05/${1950 + at * 4},99710007${18 + at},,${at < 4 ? "Hưu trí" : "Hộ gia đình"},${at % 3 === 0 ? "không" : "có"},`;
});

export const roster: Story = {
  async live({ house }) {
    const units = [
      { code: commune, kind: "commune", name: "Xã Tuy Phước (mẫu)" },
      { code: sewing, kind: "enterprise", name: "Công ty TNHH May Mẫu Bình An", parent: commune },
    ];
    await placeUnits(house.db, units, "52T01");
    const member = { username: "dau.moi.may", name: "Trần Thị Mẫu Nhân Sự", role: "coordinator", unit: sewing };
    const { password } = await hireMadeUp(house, member);
    for (const [unitCode, lines] of [
      [sewing, workers],
      [commune, villagers],
    ] as const) {
      const bytes = new Uint8Array(Buffer.from(`${[heads, ...lines].join("\n")}\n`));
      await takeRoster(house, { kind: "operator" }, { unitCode, bytes, isWhole: true, basis: "duty" });
    }
    const people = await peopleOf(house.db, sewing, { limit: 20 });
    const worker = people.find(({ fullName }) => fullName === "Nguyễn Văn Mẫu");
    if (worker?.personId) await noteInstalled(house.db, worker.personId, house.clock.now());
    await followRosters(house);
    const staff = await atTheDesk(house, member.username);
    const away = people.find(({ fullName }) => fullName === "Tạ Thị Mẫu Vải");
    const help = { reason: "Chưa có điện thoại, hẹn khai giúp sau ca sáng thứ Sáu", helper: staff.staffId };
    if (away) await mark(house, staff, away.lineId, help);
    const on = formatDay(dayOf(house.clock.now()).add({ days: 7 }));
    await askAppointment(house, staff, {
      unit: sewing,
      day: on,
      from: "8:00",
      to: "10:00",
      people: "40",
      note: "Tổ may 2",
    });
    return {
      name: member.name,
      part: "đầu mối của công ty may (/console/roster)",
      signIn: member.username,
      password,
      isStaff: true,
    };
  },
};
