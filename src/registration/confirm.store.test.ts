import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import { confirm } from "./confirm.ts";
import { aConfirmed, aDraft, anAccount, aPerson, ownNumbers } from "./files.fixture.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { statusOf } from "./rules.ts";
import { eventsOf, getByCode } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const now = () => house.clock.now();
const confirmed = (code: string) => confirm(house, { code, actor: anyone, now: now() });
const noticesOf = async (id: string) =>
  await house.db.selectFrom("notice").select(["template", "channel"]).where("declaration_id", "=", id).execute();

async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Invalid)) throw error ?? new Error("nothing was refused");
  return error.faults.map(({ field, key }) => `${field}: ${key}`);
}

describe("confirming a declaration", () => {
  it("freezes the answers, starts the ten days and promises a message on every channel", async () => {
    const draft = await aDraft(house);
    const file = await confirmed(draft.code);
    expect(file).toMatchObject({ status: "confirmed", seq: 1, officeCode: "52T01", keepUntil: null });
    expect(file.lapsesAt).toEqual(new Date("2026-12-03T17:00:00Z"));
    expect(file.answersSha256).toEqual(fingerprintOf(file.answers));
    expect((await noticesOf(file.id)).map(({ channel }) => channel).sort()).toEqual(["email", "sms"]);
    const events = await eventsOf(house.db, file.id);
    expect(events.map(({ kind }) => kind)).toEqual(["drafted", "confirmed"]);
    expect(statusOf(events)).toBe(file.status);
  });

  it("keeps the same fingerprint whatever order the database gives the answers back in", async () => {
    const { code, answersSha256 } = await aConfirmed(house);
    const again = await getByCode(house.db, code);
    expect(answersSha256?.equals(fingerprintOf(again.answers))).toBe(true);
    const { name, ...rest } = again.answers;
    expect(
      fingerprintOf({ ...rest, name: { full: `${name?.full} `, sex: 2 } }).equals(fingerprintOf(again.answers)),
    ).toBe(false);
  });

  it("twenty times at once is one confirmation, one event and one set of messages", async () => {
    const { code, id } = await aDraft(house);
    const files = await Promise.all(Array.from({ length: 20 }, () => confirmed(code)));
    expect(new Set(files.map((file) => file.lapsesAt?.getTime())).size).toBe(1);
    expect((await eventsOf(house.db, id)).map(({ kind }) => kind)).toEqual(["drafted", "confirmed"]);
    expect(await noticesOf(id)).toHaveLength(2);
  });

  it("of two drafts for one number takes one, also when both are confirmed at the same time", async () => {
    const numbers = ownNumbers();
    const drafts = [await aDraft(house, numbers), await aDraft(house, numbers)];
    const results = await Promise.allSettled(drafts.map(({ code }) => confirmed(code)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toBeInstanceOf(Invalid);
  });

  it("that waited for a rival's commit hears the same plain fault from the database's own rule", async () => {
    const [numbers, other] = [ownNumbers(), ownNumbers()];
    const rival = await aDraft(house, numbers);
    const late = await aDraft(house, { ...other, insurance_number: numbers.insurance_number ?? "" });
    const client = await house.pool.connect();
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await client.query("begin");
    await client.query(
      "update declaration set status = 'confirmed', confirmed_at = created_at, lapses_at = $2 where code = $1",
      [rival.code, new Date("2026-12-03T17:00:00Z")],
    );
    const faults = faultsOf(confirmed(late.code));
    await untilSomebodyWaitsFor(rows[0]?.pid ?? 0);
    await client.query("commit");
    client.release();
    expect(await faults).toEqual(["insurance_number: open_for_number"]);
    expect((await getByCode(house.db, late.code)).status).toBe("draft");
  });

  it("is refused while another declaration is open for the number or for the paper", async () => {
    const first = ownNumbers();
    await aConfirmed(house, first);
    const sameNumber = await aDraft(house, { ...ownNumbers(), insurance_number: first.insurance_number ?? "" });
    expect(await faultsOf(confirmed(sameNumber.code))).toEqual(["insurance_number: open_for_number"]);
    const samePaper = await aDraft(house, { ...ownNumbers(), paper_number: first.paper_number ?? "" });
    expect(await faultsOf(confirmed(samePaper.code))).toEqual(["paper_number: open_for_paper"]);
  });

  it("lets a new declaration in as soon as the old one's days are over, before any sweep", async () => {
    const other = await openTestHouse();
    const old = await aConfirmed(other);
    other.clock.moveTo(new Date("2026-12-03T16:59:59Z"));
    const typed = { paper_number: old.idNumber ?? "", insurance_number: old.insuranceNumber ?? "" };
    const draft = await aDraft(other, typed);
    const confirmAt = (at: string) => confirm(other, { code: draft.code, actor: anyone, now: new Date(at) });
    await expect(confirmAt("2026-12-03T16:59:59.999Z")).rejects.toBeInstanceOf(Invalid);
    expect(await confirmAt("2026-12-03T17:00:00Z")).toMatchObject({ status: "confirmed" });
    expect(await getByCode(other.db, old.code)).toMatchObject({ status: "lapsed" });
    await other.close();
  });

  it("is refused when this very person has an account", async () => {
    const numbers = ownNumbers();
    const name = "Nguyễn Thị Diễm Hương";
    const id = await aPerson(house, { name, birthOn: "1990-01-15", insuranceNumber: numbers.insurance_number ?? "" });
    await anAccount(house, id);
    const draft = await aDraft(house, numbers);
    expect(await faultsOf(confirmed(draft.code))).toEqual(["insurance_number: account_active"]);
  });

  it("takes a number of somebody else like a number that nobody has, and leaves it to the officer", async () => {
    const anothers = ownNumbers();
    const id = await aPerson(house, {
      name: "Trần Văn Khác",
      birthOn: "1971-05-05",
      insuranceNumber: anothers.insurance_number ?? "",
    });
    await anAccount(house, id);
    const [stranger, unknown] = [await aConfirmed(house, anothers), await aConfirmed(house)];
    const said = await Promise.all(
      [stranger, unknown].map(async (file) => (await eventsOf(house.db, file.id)).at(-1)?.detail),
    );
    expect(said).toEqual([{ register: "unmatched" }, { register: "unmatched" }]);
  });

  it("notes a match for the officer", async () => {
    const numbers = ownNumbers();
    await aPerson(house, {
      name: "NGUYỄN THỊ DIỄM HƯƠNG",
      birthOn: "1990-01-15",
      personalId: numbers.paper_number ?? "",
    });
    const file = await aConfirmed(house, numbers);
    expect((await eventsOf(house.db, file.id)).at(-1)?.detail).toEqual({ register: "matched" });
  });

  it("is refused for a phone that serves another adult's account, but not for a child's file", async () => {
    const { phone = "", ...numbers } = ownNumbers();
    const draft = await aDraft(house, { ...numbers, phone });
    await aPerson(house, { name: "Lê Thị Chủ", birthOn: "1980-01-01", accountPhone: phone });
    expect(await faultsOf(confirmed(draft.code))).toEqual(["phone: phone_of_another"]);
    expect(await faultsOf(aDraft(house, { phone }))).toEqual(["phone: phone_of_another"]);
    const child = await aConfirmed(house, { phone, for_whom: "child", declarer: "Lê Thị Chủ" });
    expect(child.status).toBe("confirmed");
  });

  it("tells every missing answer's page and never confirms half a declaration", async () => {
    const { code } = await aDraft(house);
    await house.pool.query("update declaration set answers = answers - 'phone' where code = $1", [code]);
    expect(await faultsOf(confirmed(code))).toEqual(["phone: unanswered"]);
  });

  it("is refused after withdrawal, naming the state", async () => {
    const { code } = await aDraft(house);
    await house.pool.query("update declaration set status = 'withdrawn' where code = $1", [code]);
    await expect(confirmed(code)).rejects.toMatchObject(new NotAllowed("withdrawn", ["redeclare"]));
  });

  it("promises the last day as far as it is known when it falls in a year without a holiday table", async () => {
    const { code } = await aDraft(house);
    // The tenth day is Saturday 30/12/2028, and of 2029 nothing is entered: New Year's Day is a holiday all the same.
    const { lapsesAt } = await confirm(house, { code, actor: anyone, now: new Date("2028-12-20T03:00:00Z") });
    expect(lapsesAt).toEqual(new Date("2029-01-02T17:00:00Z"));
    expect((await getByCode(house.db, code)).status).toBe("confirmed");
  });
});

/** Until another session waits for the transaction of this one to end. */
async function untilSomebodyWaitsFor(holder: number): Promise<void> {
  for (;;) {
    const { rowCount } = await house.pool.query(
      `select from pg_locks held join pg_locks waiting on waiting.transactionid = held.transactionid
       where held.pid = $1 and held.granted and not waiting.granted`,
      [holder],
    );
    if (rowCount) return;
  }
}
