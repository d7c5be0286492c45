import { Command } from "commander";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { asOwner } from "../../test/owner.ts";
import { system } from "../kernel/actor.ts";
import { checkedCheckpoints, takeCheckpoint, witnessKeys } from "./checkpoint.ts";
import { register } from "./cli.ts";
import { flushLooks, noteLook, record } from "./record.ts";
import { linkText } from "./rules.ts";
import { sealAudit } from "./seal.ts";
import { chunkAfter, linksAfter, looksAt, monthsOfLooks } from "./store.ts";
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
afterEach(async () => {
  vi.restoreAllMocks();
  await house.close();
});

test("a sealed chain is whole", async () => {
  expect(await sealAudit(house)).toBe(5);
  expect(await sealAudit(house)).toBe(0);
  expect(await verifyAudit(house.db, house.clock.now())).toMatchObject({ isWhole: true, links: 5 });
});

test("the command tells a fault, exit 1, from events that nobody has chained yet, exit 2", async () => {
  const verify = async () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const program = new Command();
    register(program, async () => Object.assign(Object.create(house), { close: async () => undefined }));
    process.exitCode = undefined;
    await program.parseAsync(["audit", "verify"], { from: "user" });
    const { exitCode } = process;
    process.exitCode = undefined;
    return { exitCode, ...JSON.parse(said.mock.lastCall?.[0]) };
  };
  expect(await verify()).toMatchObject({ exitCode: undefined, isWhole: true });
  house.clock.moveTo(new Date(house.clock.now().getTime() + 120_000));
  expect(await verify()).toMatchObject({ exitCode: 2, isWhole: false, unchained: 5 });
  await sealAudit(house);
  expect(await verify()).toMatchObject({ exitCode: undefined, isWhole: true });
  await asOwner(house, "set session_replication_role = replica; delete from audit_link where link_no = 3");
  expect(await verify()).toMatchObject({ exitCode: 1, fault: { link: "3" } });
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
  for (const chunk of [1, 2, 3]) {
    expect(await verifyAudit(house.db, house.clock.now(), undefined, { chunk, lanes: 2 })).toEqual(verdict);
  }
});

test("the database says letter by letter what is hashed", async () => {
  const odd = 'a"b\\c\b\f\n\r\t\u0001\u001f\u007f\u2028é𝒜<>&/';
  await record(house.db, {
    at: house.clock.now(),
    actor: system,
    action: odd,
    purpose: odd,
    object: { kind: odd, id: "" },
    officeCode: odd,
    detail: { [odd]: [odd, ""], none: "", yes: true, n: 1.5 },
  });
  await sql`insert into audit_event (at, actor_kind, actor_id, action, purpose, person_id, object_id) values
    ('2026-11-23T02:00:00.999999Z', 'citizen', -1, '', '', 9223372036854775807, ${odd}),
    ('1969-12-31T23:59:59.0004Z', 'staff', null, 'x', 'y', null, null), ('0900-02-03T04:05:06.5Z', 'anyone', 0, 'null', '', 0, '')`.execute(
    house.db,
  );
  await sealAudit(house);
  const { texts, hashes } = await chunkAfter(house.db, 0n, 9n);
  const links = await linksAfter(house.db, "0", 9);
  expect(texts).toEqual(links.map((link) => linkText(link.link_no, link)));
  expect(hashes).toEqual(links.map((link) => link.hash.toString("hex")));
  expect(await verifyAudit(house.db, house.clock.now(), undefined, { chunk: 2, lanes: 3 })).toMatchObject({
    ...{ isWhole: true, links: 9, head: hashes.at(-1) },
  });
});

test("what the database cannot say in the same letters is reckoned from its columns", async () => {
  await sql`insert into audit_event (at, actor_kind, action, purpose) values ('12345-01-01T00:00:00Z', 'system', 'x', 'y')`.execute(
    house.db,
  );
  await sealAudit(house);
  expect(await verifyAudit(house.db, house.clock.now())).toMatchObject({ isWhole: true, links: 6 });
});

test("the sealer leaves alone what it knows to be chained, waits for whoever drew a number before, and looks at all once a day", async () => {
  let seconds = 1;
  vi.spyOn(performance, "now").mockImplementation(() => seconds * 1000);
  const late = await house.pool.connect();
  await late.query("begin");
  await late.query("insert into audit_event (at, actor_kind, action, purpose) values (now(), 'system', 'late', 'x')");
  await record(house.db, { at: house.clock.now(), actor: system, action: "lapsed", purpose: "registration" });
  expect(await sealAudit(house)).toBe(6);
  seconds += 60;
  expect(await sealAudit(house)).toBe(0);
  await late.query("commit");
  late.release();
  seconds += 60;
  expect(await sealAudit(house)).toBe(1);
  // Whatever is under way on the same server may keep it from being sure for a moment.
  for (let sealed = 1; sealed > 0; sealed = await sealAudit(house)) {
    seconds += 60;
    await asOwner(house, "set session_replication_role = replica; delete from audit_link where link_no = 7");
  }
  seconds += 86_400;
  expect(await sealAudit(house)).toBe(1);
  expect(await verifyAudit(house.db, house.clock.now())).toMatchObject({ isWhole: true, links: 7 });
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

test("looks at private care are not told, nor counted in the months, to whom such care is hidden", async () => {
  for (const action of ["visits.list", "read_hiv"]) {
    await record(house.db, { at: house.clock.now(), actor: system, action, purpose: "own_record", personId: "1" });
  }
  const told = async (hidesSensitive: boolean) => [
    (await looksAt(house.db, ["1"], "others", 10, { hidesSensitive })).map(({ action }) => action),
    await monthsOfLooks(house.db, ["1"], { limit: 5, hidesSensitive }),
  ];
  expect(await told(false)).toEqual([["read_hiv", "visits.list"], [{ month: "2026-11", looks: 2 }]]);
  expect(await told(true)).toEqual([["visits.list"], [{ month: "2026-11", looks: 1 }]]);
});

describe("a witness", () => {
  async function witnessed(edit: (lines: string[]) => string[] = (lines) => lines) {
    const lines = edit([JSON.stringify(await takeCheckpoint(house))]);
    return checkedCheckpoints(lines.join("\n"), witnessKeys(house));
  }
  const verify = async (kept: Awaited<ReturnType<typeof witnessed>>) => {
    const verdict = await verifyAudit(house.db, house.clock.now(), kept);
    expect(await verifyAudit(house.db, house.clock.now(), kept, { chunk: 2, lanes: 2 })).toEqual(verdict);
    return verdict;
  };
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
