import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { sealAudit } from "../audit/seal.ts";
import { answerTicket } from "../hotline/answer-ticket.ts";
import { beginCall } from "../hotline/begin-call.ts";
import { ticketFromCall } from "../hotline/call-ticket.ts";
import { categoriesNow } from "../hotline/categories.ts";
import { identifyCaller } from "../hotline/identify-caller.ts";
import { lookAtTicket } from "../hotline/see-ticket.ts";
import type { Staff } from "../kernel/actor.ts";
import { loadRecord, searchPersons } from "../register/load-record.ts";
import { aMember, aRecord, type Made } from "../register/merge.fixture.ts";
import { getPerson } from "../register/store.ts";
import { openMatter } from "./open-matter.ts";
import { flagsIn } from "./store.ts";
import { sweepLooks } from "./sweep.ts";
import { nameOwnRecord } from "./watch.ts";

/** A ticket that an officer writes at their own counter rests on nobody's word but theirs. */
let house: TestHouse;
let lan: Staff;
let chief: Staff;
beforeAll(async () => {
  house = await openTestHouse({ at: "2026-11-24T02:00:00.000Z" });
  lan = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
});
afterAll(() => house.close());

/** As of every record that is made here. */
const birth = { birth_day: "6", birth_month: "5", birth_year: "1980" };
const open = async ({ personId }: Made, by: Staff) =>
  loadRecord(house, by, await getPerson(house.db, personId), "person.look", { asks: "must" });
const casesOf = async ({ personId }: Made, by: Staff) =>
  (
    await house.pool.query(
      "select detail->>'case' as kind from audit_event where action = 'person.look' and person_id = $1 and actor_id = $2",
      [personId, by.staffId],
    )
  ).rows.map(({ kind }) => kind);

/** Somebody is looked for at the counter by name and birth date; whatever is said then makes them known. */
async function aTicket(name: string, said: Record<string, string>): Promise<string> {
  const id = await beginCall(house, lan, { channel: "counter", by: "name_birth", key: name, ...birth });
  expect(await identifyCaller(house, lan, id, said)).toBe("right");
  const [category] = await categoriesNow(house.db, house.clock.now());
  const form = { category: category?.code ?? "", says: "Hỏi về hồ sơ của mình ở quầy" };
  return (await ticketFromCall(house, lan, id, form)).code;
}

describe("a ticket that an officer wrote", () => {
  it("opens the record to colleagues and not to that officer, who still works on the ticket", async () => {
    const one = await aRecord(house, { name: "Khương Thị Hàng Xóm" });
    const known = { id_last4: one.cmnd.slice(-4), bhxh_last4: one.insuranceNumber.slice(-4) };
    const code = await aTicket("Khương Thị Hàng Xóm", known);
    await expect(open(one, lan)).rejects.toMatchObject({ code: "looks_no_case" });
    expect(await searchPersons(house, lan, one.insuranceNumber)).toMatchObject([{ isOpen: false }]);
    await open(one, chief);
    expect(await casesOf(one, chief)).toEqual(["ticket"]);
    expect(await lookAtTicket(house, lan, code)).toMatchObject({ personId: one.personId, assignedTo: lan.staffId });
    const paper = { matter_birth_day: "6", matter_birth_month: "5", matter_birth_year: "1980" };
    const form = { ...paper, matter_reason: "present", matter_number: one.insuranceNumber };
    await openMatter(house, lan, { person: one.publicId, form });
    await open(one, lan);
    expect(await casesOf(one, lan)).toEqual(["matter"]);
    await answerTicket(house, lan, code, { answer: "Hồ sơ của Ông/Bà đang được xem xét." });
  });

  it("of somebody known by a paper alone is flagged as a matter at the counter is", async () => {
    const one = await aRecord(house, { name: "Khương Thị Đồng Nghiệp" });
    await house.pool.query("update staff set username = 'lan.own' where staff_id = $1", [lan.staffId]);
    await nameOwnRecord(house, "lan.own", one.insuranceNumber);
    await aTicket("Khương Thị Đồng Nghiệp", { paper: "yes", id_last4: one.cmnd.slice(-4) });
    await open(one, chief);
    expect(await casesOf(one, chief)).toEqual(["paper"]);
    await sealAudit(house);
    await sweepLooks(house);
    const flags = await flagsIn(house.db, "all", { isJudged: false, limit: 100 });
    expect(flags.filter(({ kind }) => kind === "colleague")).toMatchObject([
      { staffId: chief.staffId, personId: one.personId },
    ]);
  });
});
