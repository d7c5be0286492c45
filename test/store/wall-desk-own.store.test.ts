import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../src/db/root.ts";
import { behindUnitWall, behindWall, WALLED_TABLES } from "../../src/db/wall.ts";
import type { Actor, Staff } from "../../src/kernel/actor.ts";
import { askAppointment } from "../../src/roster/appoint.ts";
import { aCoordinator, aUnit } from "../../src/roster/roster.fixture.ts";
import { appointmentsOf } from "../../src/roster/store-appointments.ts";
import { apiRoute } from "../../src/web/route.ts";
import { createWeb } from "../../src/web/server.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { asOwner } from "../owner.ts";
import { aDesk, matter } from "./desk-wall.fixture.ts";

/** The second wall around what the desk writes for itself: what another office wrote is not found, whatever is asked. */
type Table = (typeof WALLED_TABLES.ofDesk)[number] | "ticket";

/** One row: about the person $1, of the office $2, by the member of staff $3. */
const adding: Record<Table, string> = {
  counter_matter: matter,
  break_glass: `insert into break_glass values (gen_random_uuid(), $1, $2, $3, 'danger', 'một lý do dài',
    '2026-11-23T07:00+07', '2026-11-23T08:00+07')`,
  look_flag: `insert into look_flag (staff_id, kind, day, person_id, office_code, first_at, last_at, first_event, last_event, times)
    values ($3, 'no_case', date '2026-01-01' + (random() * 9999)::int, $1, $2, '2026-11-20Z', '2026-11-20Z', 1, 1, 1)`,
  person_death: `insert into person_death (person_id, died_on, paper_kind, paper_number, office_code, recorded_at, recorded_by,
      undone_at, undone_by, undo_reason)
    values ($1, '2026-11-01', 'extract', '1', $2, '2026-11-02Z', $3, '2026-11-03Z', $3, 'nhầm')`,
  hotline_call: `insert into hotline_call (call_id, channel, key_kind, key_mark, tries_left, opened_at, opened_by, office_code, candidates)
    values (gen_random_uuid(), 'counter', 'phone', '', 3, '2026-11-20Z', $3, $2, jsonb_build_array($1::text))`,
  ticket: `insert into ticket (code, category, priority, channel, opened_at, opened_by, person_id, office_code, lang, says)
    values (gen_random_uuid()::text, 'other', 'low', 'counter', '2026-11-20Z', $3, $1, $2, 'vi', 'x')`,
};
const tables = Object.keys(adding) as Table[];

let house: TestHouse;
let desk: Awaited<ReturnType<typeof aDesk>>;
let operator: Staff;

beforeAll(async () => {
  house = await openTestHouse();
  desk = await aDesk(house);
  const { ask, lan, away, own, other } = desk;
  for (const table of tables) {
    await ask(adding[table], [own.personId, "52T01", lan.staffId]);
    await ask(adding[table], [other.personId, "52T02", away.staffId]);
  }
  const [{ staff_id: staffId }] = await ask(
    `with made as (insert into staff (username, full_name, password_hash, password_set_on)
       values ('wall-operator', 'Người Vận Hành', 'x', '2026-11-01') returning staff_id)
     insert into staff_role (staff_id, role, valid_from) select staff_id, 'operator', '2021-01-01' from made returning staff_id`,
  );
  operator = { ...lan, staffId, roles: [{ role: "operator" }] };
});
afterAll(() => house.close());

const offices = async (table: string): Promise<string[]> =>
  desk.column(`select distinct office_code as name from ${table} order by 1`);
const both = ["52T01", "52T02"];

describe.each(tables.map((table) => [table]))("of %s", (table) => {
  test("each office finds its own rows, and no other's", async () => {
    const { lan, chief, away, behind } = desk;
    expect(await offices(table)).toEqual(both);
    expect(await behind(lan, () => offices(table))).toEqual(["52T01"]);
    expect(await behind(away, () => offices(table))).toEqual(["52T02"]);
    // A call is its agent's alone.
    expect(await behind(chief, () => offices(table))).toEqual(table === "hotline_call" ? [] : ["52T01"]);
    const seesAll = ["break_glass", "look_flag"].includes(table);
    expect(await behind(operator, () => offices(table))).toEqual(seesAll ? both : []);
  });

  test("a row of the own office is added, of another none is, and none is handed to it", async () => {
    const { lan, away, own, other, behind } = desk;
    await behind(lan, async () => {
      const put = (personId: string, office: string, by: Staff) =>
        house.pool.query(adding[table], [personId, office, by.staffId]);
      expect((await put(own.personId, "52T01", lan)).rowCount).toBe(1);
      await expect(put(other.personId, "52T02", away)).rejects.toMatchObject({ code: "42501" });
    });
  });

  test("rows of another office are neither changed nor deleted", async () => {
    const { lan, behind, count } = desk;
    const before = await count(table, "office_code = '52T02'");
    await behind(lan, async () => {
      for (const change of [`update ${table} set office_code = office_code`, `delete from ${table}`]) {
        // Where the application itself may not, they may not either.
        const done = await house.pool
          .query(`${change} where office_code = '52T02'`)
          .catch(({ code }) => ({ rowCount: code }));
        expect([0, "42501"]).toContain(done.rowCount);
      }
    });
    expect(await count(table, "office_code = '52T02'")).toBe(before);
  });

  test("connections of the version before find what they found", async () => {
    const { lan, behind } = desk;
    await behind(lan, async () => {
      const client = await house.pool.connect();
      const knows = async (wall: string) =>
        void (await client.query("select set_config('vssid.knows', $1, false)", [wall]));
      const before = (await client.query("select current_setting('vssid.knows') as knows")).rows[0].knows;
      await knows("71");
      const { rows } = await client.query(`select distinct office_code from ${table} order by 1`);
      expect(rows.map(({ office_code }) => office_code)).toEqual(both);
      await knows(before);
      client.release();
    });
  });
});

describe.each(WALLED_TABLES.ofDesk.map((table) => [table]))("citizens and strangers reach of %s", (table) => {
  test("nothing, and of staff without records each what their work takes", async () => {
    const { lan, own } = desk;
    expect(await behindWall([own.personId], () => offices(table))).toEqual([]);
    expect(await behindWall([], () => offices(table))).toEqual([]);
    const asStaff = () => behindUnitWall("every", () => offices(table), lan.staffId);
    expect(await asStaff()).toEqual(table === "hotline_call" ? ["52T01"] : both);
    await expect(
      behindWall([own.personId], () => house.pool.query(adding[table], [own.personId, "52T01", lan.staffId])),
    ).rejects.toMatchObject({ code: "42501" });
  });
});

test("a ticket goes with whoever has it in hand and with a person who is in hand, and its story with it", async () => {
  const { lan, own, other, ask, behind, about, withMatter, count } = desk;
  const events = () => count("ticket_event");
  await ask(`insert into ticket_event (ticket_id, seq, at, kind, says, detail)
    select ticket_id, 1, '2026-11-20Z', 'opened', '', '{}' from ticket where office_code = '52T02'`);
  expect(await behind(lan, events)).toBe(0);
  await withMatter([other], async () => {
    expect(await about(lan, [other], () => offices("ticket"))).toEqual(both);
    expect(await about(lan, [other], () => offices("person_death"))).toEqual(both);
    expect(await about(lan, [other], events)).toBe(1);
  });
  for (const [at, { personId }] of [own, other].entries()) await ask(matter, [personId, both[at], lan.staffId]);
  await ask("update ticket set assigned_to = $1 where office_code = '52T02'", [lan.staffId]);
  expect(await behind(lan, () => offices("ticket"))).toEqual(both);
  expect(await behind(lan, events)).toBe(1);
  await ask("update ticket set assigned_to = null");
  expect(await behindWall([], events)).toBe(1);
});

test("what one did at another office remains one's own: broken glass and its flag", async () => {
  const { lan, own, ask, behind } = desk;
  for (const table of ["break_glass", "look_flag"] as const) {
    await ask(adding[table], [own.personId, "52T02", lan.staffId]);
    expect(await behind(lan, () => offices(table))).toEqual(both);
    await asOwner(house, `delete from ${table} where staff_id = ${lan.staffId} and office_code = '52T02'`);
  }
});

test("a window of time is found by its office and by the coordinator of its unit", async () => {
  const { lan, chief, away, ask, behind } = desk;
  await aUnit(house, "WIN-1");
  await aUnit(house, "WIN-1-A", { kind: "hamlet", parent: "WIN-1" });
  await aUnit(house, "WIN-2", { office: "52T02" });
  const coordinator = await aCoordinator(house, "WIN-2");
  const window = `insert into roster_appointment (appointment_id, unit_code, office_code, starts_at, ends_at, people, asked_at, asked_by)
    values (gen_random_uuid(), $1, $2, '2026-12-01Z', '2026-12-02Z', 1, '2026-11-01Z', $3)`;
  for (const [unit, office] of [
    ["WIN-1", "52T01"],
    ["WIN-1-A", "52T01"],
    ["WIN-2", "52T02"],
  ]) {
    await ask(window, [unit, office, coordinator.staffId]);
  }
  const found = async () => {
    const of = { units: ["WIN-1", "WIN-1-A", "WIN-2"], offices: both };
    return (await appointmentsOf(house.db, of, new Date("2026-11-23Z"))).map(({ unitCode }) => unitCode).toSorted();
  };
  expect(await behind(lan, found)).toEqual(["WIN-1", "WIN-1-A"]);
  expect(await behind(away, found)).toEqual(["WIN-2"]);
  // How many others are expected is a number of every unit's people.
  const asked = { unit: "WIN-1-A", day: "01/12/2026", from: "8:30", to: "10h", people: "25" };
  const hamlet = await aCoordinator(house, "WIN-1-A");
  expect(await behindUnitWall(["WIN-1-A"], () => askAppointment(house, hamlet, asked))).toEqual({ others: 2 });
  await asOwner(house, "delete from roster_appointment where people = 25");
  await expect(behind(lan, () => house.pool.query(window, ["WIN-2", "52T02", lan.staffId]))).rejects.toMatchObject({
    code: "42501",
  });
  await ask(
    "insert into staff_role (staff_id, role, unit_code, valid_from) values ($1, 'coordinator', 'WIN-2', '2021-01-01')",
    [chief.staffId],
  );
  expect(await behind(chief, found)).toEqual(["WIN-1", "WIN-1-A", "WIN-2"]);
  await ask("update staff_role set valid_to = '2026-11-22' where unit_code = 'WIN-2' and staff_id = $1", [
    chief.staffId,
  ]);
  expect(await behind(chief, found)).toEqual(["WIN-1", "WIN-1-A"]);
});

test("who is watched, whose a record is, what is held and whom a breach touched is reached by no request", async () => {
  const { lan, own, ask, behind, count } = desk;
  await ask("insert into staff_person values ($1, $2, '2026-11-01Z')", [lan.staffId, own.personId]);
  await ask(
    "insert into look_watch (person_id, kind, why, added_at, added_by) values ($1, 'protected', 'x', '2026-11-01Z', 'x')",
    [own.personId],
  );
  const policies = await desk.column(
    `select tablename || ' ' || policyname as name from pg_policies where tablename = any ('{${WALLED_TABLES.byNobody.join()}}') order by 1`,
  );
  expect(policies).toEqual(WALLED_TABLES.byNobody.map((table) => `${table} all_rows`).toSorted());
  for (const table of ["staff_person", "look_watch"]) {
    expect(await count(table)).toBe(1);
    expect(await behind(lan, () => count(table))).toBe(0);
    expect(await behindWall([own.personId], () => count(table))).toBe(0);
    expect(await behindUnitWall("every", () => count(table), lan.staffId)).toBe(0);
    await expect(behind(lan, () => ask(`insert into ${table} select * from ${table}`))).resolves.toEqual([]);
  }
  const put = "insert into staff_person values ($1, $2, '2026-11-01Z')";
  await expect(behind(lan, () => ask(put, [desk.away.staffId, own.personId]))).rejects.toMatchObject({ code: "42501" });
});

test("what a merge keeps for its way back is reached by the desk, and by no citizen, stranger or staff without records", async () => {
  const { lan, own, other, ask, behind, count } = desk;
  const kept = `insert into person_merge_row (merge_id, row_no, table_name, fate, key, before)
    select merge_id, $1, 'benefit', 'set_aside', '{}', '{"regime": "Ốm đau"}' from person_merge`;
  await ask(
    `insert into person_merge (survivor_id, merged_id, status, office_code, reason, proposed_at, proposed_by)
     values ($1, $2, 'proposed', '52T01', 'x', '2026-11-01Z', $3)`,
    [own.personId, other.personId, lan.staffId],
  );
  await ask(kept, [1]);
  await behind(lan, () => ask(kept, [2]));
  expect([await count("person_merge_row"), await behind(lan, () => count("person_merge_row"))]).toEqual([2, 2]);
  expect(await behindWall([own.personId], () => count("person_merge_row"))).toBe(0);
  expect(await behindUnitWall("every", () => count("person_merge_row"), lan.staffId)).toBe(0);
  await expect(behindWall([own.personId], () => ask(kept, [3]))).rejects.toMatchObject({ code: "42501" });
});

test("a handler that forgets whose rows it may show shows the own office's, and a citizen none", async () => {
  const { lan, away, own } = desk;
  const forgetful = tables.map((table) =>
    apiRoute({
      method: "GET",
      path: `/api/v1/forgetful/${table}`,
      who: ["citizen", "officer"],
      purpose: "review",
      summary: "A planted bug",
      replies: { 200: z.array(z.string()) },
      handle: async () => ({ status: 200, body: await offices(table) }),
    }),
  );
  let actor: Actor = lan;
  const web = await createWeb(house, forgetful, async () => actor);
  for (const table of tables) {
    const shown = async (who: Actor) => {
      actor = who;
      return (await web.inject(`/api/v1/forgetful/${table}`)).json();
    };
    expect(await shown(lan)).toEqual(["52T01"]);
    expect(await shown(away)).toEqual(["52T02"]);
    const citizen: Actor = {
      ...{ kind: "citizen", personId: own.personId, scope: "full", sessionId: "00" },
      ...{ passwordEndsOn: undefined, limitedUntil: undefined },
    };
    // A ticket is found by its code, by whoever reported it.
    expect(await shown(citizen)).toEqual(table === "ticket" ? both : []);
  }
  await web.close();
});

test("where we may make no roles the one that is there is bound by what its connection says of itself", async () => {
  const role = `plain_desk_own_${process.pid}`;
  const migration = await readFile(join(projectRoot, "db", "migrations", "0072_wall_of_the_desks_own.sql"), "utf8");
  const made = (await desk.ask("select tablename as t, policyname as p from pg_policies where tablename = any ($1)", [
    [...tables, "ticket_event", ...WALLED_TABLES.byNobody],
  ])) as { t: string; p: string }[];
  const gone = made.map(({ t, p }) => `drop policy ${p} on ${t}; alter table ${t} owner to ${role};`);
  // The functions are there already; and there no policy names vssid_citizen or vssid_desk.
  const [block = ""] = migration.match(/^do \$\$.*?^\$\$;/ms) ?? [];
  const plain = block.replaceAll("tablename = 'health_card'", "tablename = 'none'");
  await asOwner(
    house,
    `create role ${role}; grant ${role} to current_user; grant usage, create on schema public to ${role};
     grant select on all tables in schema public to ${role}; grant execute on all functions in schema public to ${role};
     drop policy desk_office on roster_appointment; alter table roster_appointment owner to ${role};
     ${gone.join("\n")}
     set role ${role}; ${plain} reset role;`,
  );
  const client = new pg.Client(house.connection);
  await client.connect();
  const found = async (table: string) =>
    (await client.query(`select distinct office_code from ${table} order by 1`)).rows.map((row) => row.office_code);
  await client.query(`set role ${role}; set vssid.knows = '72'`);
  const says = async (wall: string, staff: string) =>
    void (await client.query(
      `set vssid.wall = '${wall}'; set vssid.staff = '${staff}'; set vssid.now = '2026-11-23T02:00Z'`,
    ));
  for (const table of tables) {
    await says("", "");
    expect(await found(table)).toEqual(both);
    await says("desk", desk.away.staffId);
    expect(await found(table)).toEqual(["52T02"]);
    await says("citizen", "");
    expect(await found(table)).toEqual(table === "ticket" ? both : []);
  }
  for (const [wall, n] of [
    ["", 1],
    ["desk", 0],
    ["citizen", 0],
  ] as const) {
    await says(wall, desk.lan.staffId);
    expect((await client.query("select from staff_person")).rowCount).toBe(n);
  }
  await client.end();
});
