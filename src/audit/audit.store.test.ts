import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { asOwner } from "../../test/owner.ts";
import { system } from "../kernel/actor.ts";
import { checkedCheckpoints, takeCheckpoint, witnessKey } from "./checkpoint.ts";
import { flushLooks, noteLook, record } from "./record.ts";
import { sealAudit } from "./seal.ts";
import { looksAt } from "./store.ts";
import { verifyAudit } from "./verify.ts";

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse();
  for (let at = 0; at < 5; at++) {
    await record(house.db, {
      at: house.clock.now(),
      actor: system,
      action: "lapsed",
      purpose: "registration",
      detail: { at },
    });
  }
});
afterEach(() => house.close());

test("a sealed chain is whole", async () => {
  expect(await sealAudit(house)).toBe(5);
  expect(await sealAudit(house)).toBe(0);
  expect(await verifyAudit(house.db, house.clock.now())).toMatchObject({ isWhole: true, links: 5 });
});

test("two sealers at once make one chain", async () => {
  await Promise.all([sealAudit(house), sealAudit(house), sealAudit(house)]);
  expect(await verifyAudit(house.db, house.clock.now())).toMatchObject({ isWhole: true, links: 5 });
});

test.each([
  [
    "changed",
    "update audit_event set action = 'other' where event_id = (select event_id from audit_link where link_no = 3)",
    "3",
  ],
  ["removed", "delete from audit_link where link_no = 3; delete from audit_event where detail = '{\"at\": 2}'", "3"],
  [
    "swapped",
    `update audit_link set event_id = -event_id where link_no in (2, 3);
     update audit_link l set event_id = -(select o.event_id from audit_link o where o.link_no = 5 - l.link_no) where link_no in (2, 3)`,
    "2",
  ],
])("a row that was %s behind our back is found", async (_kind, statement, link) => {
  await sealAudit(house);
  await asOwner(house, `set session_replication_role = replica; ${statement}`);
  const verdict = await verifyAudit(house.db, house.clock.now());
  expect(verdict.isWhole).toBe(false);
  expect(verdict.fault?.link).toBe(link);
});

test("the application itself cannot change or delete what was recorded", async () => {
  await expect(house.pool.query("update audit_event set action = 'x'")).rejects.toThrow(/permission denied/);
  await expect(house.pool.query("delete from audit_link")).rejects.toThrow(/permission denied/);
  await expect(house.pool.query("delete from declaration_event")).rejects.toThrow(/permission denied/);
});

test("a person's look at their own record is written within a batch", async () => {
  await asOwner(
    house,
    `insert into person (person_id, public_id, full_name, folded_name, birth_on, sex)
     values (1, gen_random_uuid(), 'Lê Thị Mẫu', 'le thi mau', '1955-01-01', 2)`,
  );
  noteLook(house, {
    at: house.clock.now(),
    actor: { kind: "citizen", personId: "1", scope: "full", sessionId: "00" },
    action: "visits.list",
    purpose: "own_record",
    personId: "1",
  });
  await flushLooks(house);
  expect(await looksAt(house.db, ["1"], "self", 10)).toMatchObject([{ action: "visits.list", actor_kind: "citizen" }]);
  expect(await looksAt(house.db, ["1"], "others", 10)).toEqual([]);
});

describe("a witness", () => {
  async function witnessed(edit: (lines: string[]) => string[] = (lines) => lines) {
    const lines = edit([JSON.stringify(await takeCheckpoint(house))]);
    return checkedCheckpoints(lines.join("\n"), witnessKey(house));
  }
  const verify = (kept: Awaited<ReturnType<typeof witnessed>>) => verifyAudit(house.db, house.clock.now(), kept);
  const more = async () => {
    await record(house.db, { at: house.clock.now(), actor: system, action: "lapsed", purpose: "registration" });
    await sealAudit(house);
  };

  test("finds nothing where the chain went on from what it saw", async () => {
    await sealAudit(house);
    const kept = await witnessed();
    await more();
    expect(await verify(kept)).toMatchObject({ isWhole: true, links: 6, witnessed: 1 });
  });

  test("sees a chain that was made anew, which fits in itself", async () => {
    await sealAudit(house);
    const kept = await witnessed();
    await asOwner(
      house,
      "set session_replication_role = replica; delete from audit_link; update audit_event set action = 'other' where detail = '{\"at\": 2}'",
    );
    await sealAudit(house);
    expect(await verifyAudit(house.db, house.clock.now())).toMatchObject({ isWhole: true, links: 5 });
    expect((await verify(kept)).fault).toEqual({ link: "5", kind: "witness_differs" });
  });

  test("sees that the end is gone", async () => {
    await sealAudit(house);
    const kept = await witnessed();
    await asOwner(
      house,
      `set session_replication_role = replica;
       delete from audit_event where event_id in (select event_id from audit_link where link_no > 3);
       delete from audit_link where link_no > 3`,
    );
    expect((await verify(kept)).fault).toEqual({ link: "5", kind: "cut_off" });
  });

  test.each([
    [
      "another head",
      (line: string) => line.replace(/"head":"(.)/, (_, first) => `"head":"${first === "0" ? "1" : "0"}`),
    ],
    ["another number", (line: string) => line.replace('"links":"5"', '"links":"4"')],
    ["no checkpoint at all", () => "{}"],
    ["half a line", (line: string) => line.slice(0, 40)],
  ])("a line with %s is called forged", async (_what, edit) => {
    await sealAudit(house);
    const kept = await witnessed(([line = ""]) => ["", edit(line)]);
    expect((await verify(kept)).fault).toEqual({ link: "2", kind: "checkpoint_forged" });
  });
});
