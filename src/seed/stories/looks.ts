import { sealAudit } from "../../audit/seal.ts";
import type { House } from "../../db/house.ts";
import { Forbidden } from "../../kernel/failures.ts";
import { openInEmergency } from "../../looks/break-glass.ts";
import { openMatter } from "../../looks/open-matter.ts";
import { sweepLooks } from "../../looks/sweep.ts";
import { nameOwnRecord, watchPerson } from "../../looks/watch.ts";
import { loadRecord } from "../../register/load-record.ts";
import { findPersonByKey } from "../../register/store.ts";
import { atTheDesk } from "../made-up-staff.ts";
import type { Story } from "../story.ts";

/**
 * A colleague tries a record without a case, then opens a neighbour's by a paper; an officer opens the same one in an
 * emergency. The supervisor finds the flags. One record is a decoy.
 */
const [decoy, neighbour, own] = ["9800000051", "9800000052", "9800000053"] as const;
const commune = "Xã Tuy Phước, Tỉnh Gia Lai";

export const looks: Story = {
  persons: [
    `Hồ Sơ Mồi,01/02/1970,1,${decoy},099070900051,15/08/2022,,,01,,"Thôn Mẫu 9, Xã Mẫu Xa, Tỉnh Gia Lai"`,
    `Lê Văn Hàng Xóm,14/09/1979,1,${neighbour},099079900052,15/08/2022,,,01,,"Thôn Mẫu 3, ${commune}"`,
    `Ngô Quốc Bảo,20/11/1991,1,${own},099091900053,15/08/2022,,,01,,"Thôn Mẫu 4, ${commune}"`,
  ],
  async live({ house, officer }) {
    await watchPerson(house, { number: decoy, kind: "canary", why: "bản trình diễn", by: "bản trình diễn" });
    await nameOwnRecord(house, "canbo2.tuyphuoc", own);
    const colleague = await atTheDesk(house, "canbo2.tuyphuoc");
    const person = await known(house, neighbour);
    await loadRecord(house, colleague, person, "person.look", { asks: "must" }).catch((refused) => {
      if (!(refused instanceof Forbidden)) throw refused;
    });
    const paper = { matter_reason: "present", matter_number: neighbour };
    const birth = { matter_birth_day: "14", matter_birth_month: "9", matter_birth_year: "1979" };
    await openMatter(house, colleague, { person: person.publicId, form: { ...paper, ...birth } });
    await loadRecord(house, colleague, person, "person.look", { asks: "must" });
    const says = "Bệnh viện huyện gọi: người bệnh cấp cứu, không nói được";
    await openInEmergency(house, officer, { person: person.publicId, reason: "treatment", says });
    await sealAudit(house);
    await sweepLooks(house);
    return undefined;
  },
};

async function known(house: House, number: string) {
  const person = await findPersonByKey(house.db, "bhxh", number);
  if (!person) throw new Error("the register knows everybody of the story");
  return person;
}
