import { catalogue } from "../kernel/words.ts";
import type { ValuesOf } from "./rules-templates.ts";

type Report = ValuesOf<"weekly_report">;

/** The roll-out: the report itself stays at the desk, where only its readers open it. */
export const driveMessages = catalogue(
  {
    weekly_report: {
      sms: (v: Report) => `VssID miễn phí. Báo cáo tuần ${v.day} về độ bao phủ đã có. Mở bàn làm việc, mục Độ bao phủ.`,
      subject: (v: Report) => `Báo cáo tuần ${v.day} về độ bao phủ đã có`,
      body: (v: Report) =>
        `Báo cáo tuần ${v.day} về độ bao phủ VssID đã được lập.

Đăng nhập bàn làm việc, mở mục Độ bao phủ, Trang lãnh đạo, để đọc và in trên một tờ A4.`,
    },
  },
  {
    weekly_report: {
      sms: (v: Report) => `VssID, free (mien phi). The weekly report of ${v.day} is there. Open the desk, Coverage.`,
      subject: (v: Report) => `The weekly report of ${v.day} is there`,
      body: (v: Report) =>
        `The weekly report of ${v.day} on the coverage of VssID has been made.

Sign in at the desk and open Coverage, Leader's page, to read it and print it on one A4.`,
    },
  },
);
