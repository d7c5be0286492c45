import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { Conflict } from "../kernel/failures.ts";
import { type Enrolment, enrol } from "./enrol.ts";
import { findPersonByKey, getPerson, numbersOf } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const enrolOne = (change: Partial<Enrolment>) =>
  inTransaction(house.db, (tx) =>
    enrol(tx, {
      personId: undefined,
      name: " Đặng  Thị Hoà ",
      birthOn: "1955-01-01",
      birthPrecision: "year",
      sex: 2,
      numbers: [],
      at: house.clock.now(),
      ...change,
    }),
  );

describe("enrolment", () => {
  it("writes a new person tidily, found by each number and by the name without marks", async () => {
    const numbers = [
      { kind: "bhxh", number: "5210000001" },
      { kind: "cmnd", number: "215000001" },
    ] as const;
    const personId = await enrolOne({ numbers });
    expect(await getPerson(house.db, personId)).toMatchObject({ fullName: "Đặng Thị Hoà", birthPrecision: "year" });
    expect((await findPersonByKey(house.db, "cmnd", "215000001"))?.personId).toBe(personId);
    expect((await findPersonByKey(house.db, "bhxh", "5210000001"))?.personId).toBe(personId);
  });

  it("adds the CCCD to a known person, ends the CMND, and bumps the version of what they read", async () => {
    const personId = await enrolOne({ numbers: [{ kind: "cmnd", number: "215000002" }] });
    const cccd = { kind: "personal_id", number: "052155000002", issuedOn: "2021-05-01", issuedBy: "Cục Thử" } as const;
    expect(await enrolOne({ personId, numbers: [cccd] })).toBe(personId);
    const numbers = await numbersOf(house.db, personId);
    expect(numbers).toMatchObject([
      { kind: "personal_id", validFrom: "2021-05-01", validTo: null, issuedBy: "Cục Thử" },
      { kind: "cmnd", validTo: "2026-11-23" },
    ]);
    expect((await getPerson(house.db, personId)).dataVersion).toBe("2");
  });

  it("twice with the same numbers changes nothing", async () => {
    const numbers = [{ kind: "personal_id", number: "052155000003" }] as const;
    const personId = await enrolOne({ numbers });
    await enrolOne({ personId, numbers });
    expect((await getPerson(house.db, personId)).dataVersion).toBe("1");
    expect(await numbersOf(house.db, personId)).toHaveLength(1);
  });

  it("stops whole when a number belongs to somebody else", async () => {
    await enrolOne({ numbers: [{ kind: "bhxh", number: "5210000004" }] });
    const numbers = [
      { kind: "personal_id", number: "052155000004" },
      { kind: "bhxh", number: "5210000004" },
    ] as const;
    await expect(enrolOne({ name: "Người Khác", numbers })).rejects.toBeInstanceOf(Conflict);
    expect(await findPersonByKey(house.db, "personal_id", "052155000004")).toBeUndefined();
  });

  it("of one new person by ten desks at once makes one person", async () => {
    const numbers = [{ kind: "personal_id", number: "052155000005" }] as const;
    const tried = await Promise.allSettled(Array.from({ length: 10 }, () => enrolOne({ numbers })));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
