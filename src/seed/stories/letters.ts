import { dayOf, formatDay } from "../../kernel/calendar.ts";
import { addGroup, createDraft } from "../../letters/draft.ts";
import { getByAddressee, noteOpened } from "../../letters/entry.ts";
import { sendLetter } from "../../letters/send.ts";
import { signReceipt } from "../../letters/sign.ts";
import { addresseesOf } from "../../letters/store-addressees.ts";
import { askSender } from "../../letters/talk.ts";
import { typeset } from "../../typeset/typeset.ts";
import template from "../letter.typ?raw";
import { hireMadeUp } from "../made-up-staff.ts";
import { placeUnits } from "../store.ts";
import type { Stage, Story } from "../story.ts";

/** One letter to three groups: a commune has signed, a company opened it and asks, the others have not looked yet. */
const units = [
  ["MAU-XA1", "commune", "UBND xã Mẫu Phước"],
  ["MAU-XA2", "commune", "UBND xã Mẫu Sơn"],
  ["MAU-DN1", "enterprise", "Công ty cổ phần Mẫu Gỗ"],
  ["MAU-CQ1", "agency", "Phòng Văn hóa Mẫu Bình"],
] as const;

const STROKES =
  "60,120 70,90 85,60 100,45 108,60 104,90 98,130 96,150;110,120 135,100 150,105 145,125 130,130 150,118 175,104 190,120 205,108 220,118 240,104;250,140 330,128 420,120 500,116";

export const letters: Story = {
  async live(stage) {
    const { house, officer, now } = stage;
    await placeUnits(
      house.db,
      units.map(([code, kind, name]) => ({ code, kind, name })),
      "52T01",
    );
    const clerk = await hireMadeUp(house, {
      username: "vanthu.maucong",
      name: "Hồ Thị Văn Thư",
      role: "coordinator",
      unit: "MAU-XA2",
    });
    const id = await createDraft(house, officer, head(now), typeset(template, { day: formatDay(dayOf(now)) }));
    await addGroup(
      house,
      officer,
      id,
      { group: "Cơ quan BHXH", lines: "BHXH cơ sở Mẫu; bhxh.mau@example.vn; 0999900729" },
      [],
    );
    await addGroup(
      house,
      officer,
      id,
      { group: "Các cơ quan, doanh nghiệp", lines: "MAU-DN1; mau.go@example.vn; 0999900728\nMAU-CQ1" },
      [],
    );
    await addGroup(
      house,
      officer,
      id,
      { group: "UBND các xã", lines: "MAU-XA1; mau.phuoc@example.vn; 0999900727\nMAU-XA2" },
      [],
    );
    await sendLetter(house, officer, id);
    await answerIt(stage, id);
    return {
      name: "Hồ Thị Văn Thư",
      part: "đầu mối của UBND xã Mẫu Sơn (/console/letters)",
      signIn: clerk.username,
      password: clerk.password,
      isStaff: true,
    };
  },
};

function head(now: Date) {
  const { day, month, year } = dayOf(now);
  return {
    number: "01/DEMO-VX",
    dated_day: String(day),
    dated_month: String(month),
    dated_year: String(year),
    subject: "Bản trình diễn: V/v hướng dẫn người dân mở tài khoản VssID",
    issuer: "UBND tỉnh Mẫu Bình (dựng lên)",
    signed_by: "Phan Văn Mẫu (dựng lên)",
    reply_email: "van.thu@example.vn",
  };
}

async function answerIt({ house, now }: Stage, id: string): Promise<void> {
  for (const { addresseeId, unitCode } of await addresseesOf(house.db, id)) {
    const about = await getByAddressee(house, addresseeId);
    if (unitCode === "MAU-XA1") {
      const form = { signer: "Võ Văn Nhận", position: "Công chức văn phòng", place: "Xã Mẫu Phước", drawing: STROKES };
      await signReceipt(house, about, { form, way: "drawn", now });
    }
    if (unitCode !== "MAU-DN1") continue;
    await noteOpened(house, addresseeId, now);
    await askSender(house, about, "Công nhân đi ca đêm nộp tờ khai ngoài giờ được không?", undefined);
  }
}
