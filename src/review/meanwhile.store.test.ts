import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { confirmMerge } from "../register/confirm-merge.ts";
import { aMember, aRecord } from "../register/merge.fixture.ts";
import { proposeMerge } from "../register/propose-merge.ts";
import { recordDeath } from "../register/record-death.ts";
import { findPersonByKey, getPerson } from "../register/store.ts";
import { accept } from "./accept.ts";
import { aConfirmed, countOf, itsPerson, sameAsDeclared } from "./counter.fixture.ts";
import { receive } from "./receive.ts";

let house: TestHouse;
let lan: Staff;
let chief: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
});
afterAll(() => house.close());

async function aFile() {
  const file = await aConfirmed(house);
  const personId = await itsPerson(house, file);
  await receive(house, lan, file.code, sameAsDeclared(file));
  return { file, personId, publicId: (await getPerson(house.db, personId)).publicId };
}

describe("who is accepted while the counter", () => {
  it("joins the record with another has the account where the numbers lead", async () => {
    const { file, personId: merged, publicId } = await aFile();
    const survivor = await aRecord(house, { name: "Nguyễn Thị Diễm Hương", birthOn: "1990-01-15" });
    const reason = "Cùng một người: đã xem sổ BHXH";
    const { id } = await proposeMerge(house, lan, { survivor: survivor.publicId, merged: publicId, reason });
    const numbers = await hold(house, "select from person_number where person_id = $1 for update", [merged]);
    const merging = confirmMerge(house, chief, id);
    await numbers.waiting(1);
    const accepting = accept(house, lan, { code: file.code, note: "Đã xem CCCD gốc, đúng người" });
    await numbers.waiting(2);
    await numbers.letGo();
    expect((await merging).status).toBe("merged");
    expect((await accepting).personId).toBe(survivor.personId);
    expect((await findPersonByKey(house.db, "bhxh", file.insuranceNumber ?? ""))?.personId).toBe(survivor.personId);
    expect(await countOf(house, "account where person_id = $1", merged)).toBe(0);
    expect(await countOf(house, "account where person_id = $1 and status = 'active'", survivor.personId)).toBe(1);
  });

  it("records the death gets no account", async () => {
    const { file, personId, publicId } = await aFile();
    const deaths = await hold(house, "lock table person_death in exclusive mode");
    const form = {
      died_day: "5",
      died_month: "11",
      died_year: "2026",
      death_paper: "extract",
      death_number: "12/2026",
    };
    const dying = recordDeath(house, chief, { person: publicId, form });
    await deaths.waiting(1);
    const accepting = accept(house, lan, { code: file.code, note: "" });
    const refused = expect(accepting).rejects.toMatchObject({ ruling: "impossible", inTheWay: ["person_died"] });
    await deaths.waiting(2);
    await deaths.letGo();
    await Promise.all([dying, refused]);
    expect(await countOf(house, "account where person_id = $1", personId)).toBe(0);
  });

  it("takes in a long file with lines about them is accepted at once", async () => {
    const { file, personId } = await aFile();
    const wholeFile = await hold(house, "select from person where person_id = $1 for key share", [personId]);
    expect((await accept(house, lan, { code: file.code, note: "" })).personId).toBe(personId);
    await wholeFile.letGo();
  });
});
