import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { confirmMerge } from "../register/confirm-merge.ts";
import { aMember, aRecord } from "../register/merge.fixture.ts";
import { proposeMerge } from "../register/propose-merge.ts";
import { recordDeath } from "../register/record-death.ts";
import { accept } from "../review/accept.ts";
import { aReceived, countOf } from "../review/counter.fixture.ts";
import { aParent, birthCertificate, type Parent } from "./guardian.fixture.ts";
import { nameGuardian } from "./name-guardian.ts";

let house: TestHouse;
let lan: Staff;
let chief: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
});
afterAll(() => house.close());

/** A child's file that a guardian is named for, and only waits to be accepted. */
async function aFileOf(mother: Parent): Promise<string> {
  const { code } = await aReceived(house, lan, {
    typed: {
      for_whom: "child",
      declarer: "Trần Thị Mẹ Mẫu",
      full_name: "Nguyễn Bảo Na Mẫu",
      birth_day: "2",
      birth_month: "5",
      birth_year: "2022",
      phone: mother.phone,
      email: "",
    },
  });
  await nameGuardian(house, lan, code, { form: birthCertificate(mother) });
  return code;
}

const activeLinks = (guardianId: string) =>
  countOf(house, "guardianship where guardian_id = $1 and status = 'active'", guardianId);

describe("a child's file that is accepted while the counter", () => {
  it("joins the guardian's record with another gives the child to the record that stays", async () => {
    const mother = await aParent(house);
    const code = await aFileOf(mother);
    const survivor = await aRecord(house, { name: "Trần Thị Mẹ Mẫu", birthOn: "1990-01-15", hasAccount: true });
    const reason = "Cùng một người: đã xem sổ BHXH";
    const { id } = await proposeMerge(house, lan, { survivor: survivor.publicId, merged: mother.publicId, reason });
    const records = await hold(house, "lock table audit_event in exclusive mode");
    const merging = confirmMerge(house, chief, id);
    await records.waiting(1);
    const accepting = accept(house, lan, { code, note: "" });
    await records.waiting(2);
    await records.letGo();
    expect((await merging).status).toBe("merged");
    await accepting;
    expect([await activeLinks(mother.personId), await activeLinks(survivor.personId)]).toEqual([0, 1]);
  });

  it("records the guardian's death is not accepted with that guardian", async () => {
    const mother = await aParent(house);
    const code = await aFileOf(mother);
    const deaths = await hold(house, "lock table person_death in exclusive mode");
    const form = {
      died_day: "5",
      died_month: "11",
      died_year: "2026",
      death_paper: "extract",
      death_number: "12/2026",
    };
    const dying = recordDeath(house, chief, { person: mother.publicId, form });
    await deaths.waiting(1);
    const accepting = accept(house, lan, { code, note: "" });
    const refused = expect(accepting).rejects.toMatchObject({ code: "guardian_not_possible" });
    await deaths.waiting(2);
    await deaths.letGo();
    await Promise.all([dying, refused]);
    expect(await activeLinks(mother.personId)).toBe(0);
  });
});
