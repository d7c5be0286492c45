import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { setPolicy } from "../policy/set.ts";
import { lookAround } from "../promise/watchdog.ts";
import { issueCode } from "./issue.ts";
import { codeAlarm, codeBudget } from "./rules.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const ask = (recipient: string) =>
  inTransaction(house.db, (tx) =>
    issueCode(tx, house, {
      ...{ purpose: "confirm_phone", boundTo: `session:${recipient}`, subject: `person:${recipient}` },
      ...{ channel: "sms", recipient, lang: "vi", now: house.clock.now() },
    }),
  );
const told = async () => (await lookAround(house)).filter(({ name }) => name.startsWith("codes_"));
const since = { from: "2026-11-01", by: "Quyết định thử" };

describe("R34, T9: the watch over codes", () => {
  it("tells of blocks that hold askings back, from as many on as the operator says, and not of one unread code each", async () => {
    await setPolicy(house, codeAlarm, { value: { blocks: 3, percent: 80 }, ...since });
    for (let block = 0; block < 3; block += 1) expect(await ask(`09123${block}0001`)).toBeDefined();
    expect(await told()).toEqual([]);
    for (let block = 0; block < 2; block += 1) expect(await ask(`09123${block}0002`)).toBeUndefined();
    expect(await told()).toEqual([]);
    expect(await ask("0912320002")).toBeUndefined();
    expect(await told()).toEqual([{ name: "codes_held", value: 3 }]);
    house.clock.moveTo(new Date(house.clock.now().getTime() + 16 * 60_000));
    expect(await told()).toEqual([]);
  });

  it("tells before the budget of the whole system is gone, while codes still go out", async () => {
    await setPolicy(house, codeBudget, { value: { subjectADay: 5, recipientAnHour: 3, allAnHour: 5 }, ...since });
    for (const block of ["0912", "0913", "0914"]) await ask(`${block}345678`);
    expect(await told()).toEqual([]);
    expect(await ask("0982345678")).toBeDefined();
    expect(await told()).toEqual([{ name: "codes_spent", value: 80 }]);
    expect(await ask("0972345678")).toBeDefined();
    expect(await ask("0962345678")).toBeUndefined();
  });
});
