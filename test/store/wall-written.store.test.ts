import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { enter, firstChoice, hoaNumbers, settleHoa } from "../../src/account/account.fixture.ts";
import { signOutEverywhere } from "../../src/account/sign-out-everywhere.ts";
import { projectRoot } from "../../src/db/root.ts";
import { inTransaction } from "../../src/db/transaction.ts";
import { behindUnitWall, behindWall, WALLED_TABLES } from "../../src/db/wall.ts";
import { hasForgotten } from "../../src/kept-card/forget.ts";
import { sealHandle } from "../../src/kept-card/handle.ts";
import { mayKeep } from "../../src/kept-card/renew.ts";
import { type Actor, anyone, type Citizen } from "../../src/kernel/actor.ts";
import { aRecord } from "../../src/register/merge.fixture.ts";
import { codeMarks } from "../../src/statement/marks.ts";
import { takeCheck } from "../../src/statement/store.ts";
import { apiRoute } from "../../src/web/route.ts";
import { createWeb } from "../../src/web/server.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { asOwner } from "../owner.ts";

/** The second wall around what citizens write themselves: to read and to write, their own rows alone. */
type Table = (typeof WALLED_TABLES.writtenByPerson)[number];

/** One row more of the person $1. */
const adding: Record<Table, string> = {
  consent_event:
    "insert into consent_event values ($1, gen_random_uuid(), 'email', true, 1, 'online', '2026-11-20T00:00Z')",
  mailing_choice: "insert into mailing_choice values ($1, gen_random_uuid(), '2026-11-20T00:00Z')",
  notice_seen: "insert into notice_seen values ($1, (random() * 30000)::int, '2026-11-20T00:00Z')",
  inbox_read: "insert into inbox_read values ($1, 0, (random() * 1e9)::int, '2026-11-20T00:00Z')",
  kept_card:
    "insert into kept_card values ($1, gen_random_uuid(), '', 'x', 'pin', '2026-11-20T00:00Z', '2026-11-20T00:00Z')",
  statement: `insert into statement (person_id, statement_id, kind, made_at, expires_on, code_end, code_mark, sealed_figures, pdf_sha256)
    values ($1, gen_random_uuid(), 'participation', '2026-11-20T00:00Z', '2027-01-01', 'ABCD', sha256(random()::text::bytea), '', '')`,
};
const tables = Object.keys(adding) as Table[];

let house: TestHouse;
let own: string;
let other: string;

beforeAll(async () => {
  house = await openTestHouse();
  own = (await aRecord(house)).personId;
  other = (await aRecord(house)).personId;
  await asOwner(
    house,
    `insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
     select person_id, 'x', 'chosen', '2026-11-01', '2026-11-01Z' from person where person_id in (${own}, ${other})`,
  );
  for (const who of [own, other]) for (const table of tables) await house.pool.query(adding[table], [who]);
});
afterAll(() => house.close());

const ask = async (text: string, values: unknown[] = []) => house.pool.query(text, values);
const owners = async (table: string) =>
  (await ask(`select distinct person_id from ${table} order by 1`)).rows.map(({ person_id }) => person_id);

test("every table that says it is written by persons has its policy, and nobody else's has", async () => {
  const { rows } = await ask("select tablename as name from pg_policies where policyname = 'own_written' order by 1");
  expect(rows.map(({ name }) => name)).toEqual(WALLED_TABLES.writtenByPerson.toSorted());
  expect(tables.toSorted()).toEqual(WALLED_TABLES.writtenByPerson.toSorted());
});

describe.each(tables.map((table) => [table]))("of %s", (table) => {
  test("whoever asks finds their own rows, and nobody's when nobody is named", async () => {
    expect(await owners(table)).toEqual([own, other]);
    expect(await behindWall([own], () => owners(table))).toEqual([own]);
    expect(await behindWall([own, other], () => owners(table))).toEqual([own, other]);
    expect(await behindWall([], () => owners(table))).toEqual([]);
    expect(await behindUnitWall("every", () => owners(table))).toEqual([]);
  });

  test("a row of one's own is added, of somebody else none is, and none is given to them", async () => {
    await behindWall([own], async () => {
      expect((await ask(adding[table], [own])).rowCount).toBe(1);
      await expect(ask(adding[table], [other])).rejects.toMatchObject({ code: "42501" });
      await expect(ask(`update ${table} set person_id = $1`, [other])).rejects.toMatchObject({ code: "42501" });
    });
    await expect(behindWall([], () => ask(adding[table], [own]))).rejects.toMatchObject({ code: "42501" });
  });

  test("rows of somebody else are neither changed nor deleted", async () => {
    const count = async () => (await ask(`select from ${table} where person_id = $1`, [other])).rowCount;
    const before = await count();
    await behindWall([own], async () => {
      for (const change of [`update ${table} set person_id = person_id`, `delete from ${table}`]) {
        // Where the application itself may not, they may not either.
        const changed = await ask(`${change} where person_id = $1`, [other]).catch(({ code }) => ({ rowCount: code }));
        expect([0, "42501"]).toContain(changed.rowCount);
      }
    });
    expect(await count()).toBe(before);
  });

  test("a statement that comes by another name finds nothing, and one of the version before what it found", async () => {
    await asOwner(
      house,
      `create view other_name as select person_id from ${table}; alter view other_name set (security_invoker = true);
       grant select on other_name to vssid_citizen`,
    );
    expect(await behindWall([own], () => owners("other_name"))).toEqual([]);
    await behindWall([own], async () => {
      const client = await house.pool.connect();
      const knows = async (wall: string) =>
        void (await client.query("select set_config('vssid.knows', $1, false)", [wall]));
      const before = (await client.query("select current_setting('vssid.knows') as knows")).rows[0].knows;
      await knows("");
      const { rows } = await client.query("select distinct person_id from other_name order by 1");
      expect(rows.map(({ person_id }) => person_id)).toEqual([own, other]);
      await knows(before);
      client.release();
    });
    await asOwner(house, "drop view other_name");
  });
});

test("a handler that asks for everybody's shows the asker's own, a ward's while acting for them, and nobody's else", async () => {
  const forgetful = tables.map((table) =>
    apiRoute({
      method: "GET",
      path: `/api/v1/forgetful/${table}`,
      who: ["anyone", "citizen", "coordinator", "leader"],
      purpose: "own_record",
      summary: "A planted bug",
      replies: { 200: z.array(z.string()) },
      handle: async () => ({ status: 200, body: await owners(table) }),
    }),
  );
  let actor: Actor = anyone;
  const web = await createWeb(house, forgetful, async () => actor);
  const citizen: Citizen = {
    kind: "citizen",
    personId: own,
    scope: "full",
    sessionId: "00",
    passwordEndsOn: undefined,
    limitedUntil: undefined,
  };
  const ward = { publicId: "", name: "", relation: "mother", hidesSensitive: false, until: undefined, personId: other };
  const coordinator: Actor = {
    kind: "staff",
    staffId: "1",
    name: "Cán bộ Mẫu",
    sessionId: "00",
    roles: [{ role: "coordinator", unitCode: "X" }],
  };
  for (const table of tables) {
    const shown = async (who: Actor) => {
      actor = who;
      return (await web.inject(`/api/v1/forgetful/${table}`)).json();
    };
    expect(await shown(citizen)).toEqual([own]);
    expect(await shown({ ...citizen, personId: "999999999" })).toEqual([]);
    expect(await shown({ ...citizen, personId: "999999999", actingFor: ward })).toEqual([other]);
    expect(await shown(anyone)).toEqual([]);
    expect(await shown(coordinator)).toEqual([]);
  }
  await web.close();
});

describe("whoever is nobody yet and proves whose it is", () => {
  const asNobody = <T>(work: () => T) => behindWall([], work);
  const count = async (where: string) => (await ask(`select from kept_card where ${where}`)).rowCount;
  const device = async () => {
    const [row] = (await ask(`${adding.kept_card} returning device_id`, [own])).rows;
    return row.device_id as string;
  };
  const now = () => house.clock.now();

  test("says by the handle of a device whose card it keeps, and that it is gone", async () => {
    const deviceId = await device();
    const handle = sealHandle(house.vault, { personId: own, deviceId });
    expect((await asNobody(() => mayKeep(house, handle, now()))).mayKeep).toBe(true);
    await asNobody(() => hasForgotten(house, handle, now()));
    expect((await asNobody(() => mayKeep(house, handle, now()))).mayKeep).toBe(false);
    expect(await count(`device_id = '${deviceId}'`)).toBe(0);
  });

  test("ends the cards on all devices of the account whose password is set again", async () => {
    await device();
    await asNobody(() => inTransaction(house.db, (tx) => signOutEverywhere(tx, own, now())));
    expect(await count(`person_id = ${own}`)).toBe(0);
    expect(await count(`person_id = ${other}`)).toBe(1);
    await device();
  });

  test("finds the paper of a code, also when its row has gone to another record", async () => {
    const [mark] = codeMarks(house, "x");
    const paper = `with made as (insert into statement (person_id, statement_id, kind, made_at, expires_on, code_end, code_mark, sealed_figures, pdf_sha256)
      values ($1, gen_random_uuid(), 'participation', '2026-11-20T00:00Z', '2027-01-01', 'ABCD', $2, '', '') returning *)
      insert into statement_code select code_mark, person_id, statement_id from made`;
    await ask(paper, [own, mark]);
    const check = (code: string) =>
      asNobody(() => inTransaction(house.db, (tx) => takeCheck(tx, codeMarks(house, code), now())));
    expect(await check("x")).toMatchObject({ personId: own, checks: 1 });
    expect(await check("y")).toBeUndefined();
    await ask("update person set merged_into = $2 where person_id = $1", [own, other]);
    await ask("update statement set person_id = $2 where person_id = $1 and checks = 1", [own, other]);
    expect(await check("x")).toMatchObject({ personId: other, checks: 2 });
    await ask("update statement set person_id = $2 where person_id = $1 and checks = 2", [other, own]);
    await ask("update person set merged_into = null where person_id = $1", [own]);
  });

  test("is told at sign-in of a notice that they have not seen, and of none that they have", async () => {
    await settleHoa(house);
    const { personId } = await enter(house, hoaNumbers.insurance, firstChoice);
    await ask("update account set activated_at = '2026-01-05' where person_id = $1", [personId]);
    const hasNews = async () => (await asNobody(() => enter(house, hoaNumbers.insurance, firstChoice))).hasNews;
    expect(await hasNews()).toBe(true);
    await ask("insert into notice_seen values ($1, 99, '2026-11-20T00:00Z')", [personId]);
    expect(await hasNews()).toBe(false);
    await asOwner(house, `delete from notice_seen where person_id = ${personId}`);
  });
});

test("where we may make no roles the one that is there is bound by what its connection says of itself", async () => {
  const role = `plain_written_${process.pid}`;
  const migration = await readFile(
    join(projectRoot, "db", "migrations", "0071_wall_of_what_persons_write.sql"),
    "utf8",
  );
  const others = tables.map(
    (table) => `alter table ${table} owner to ${role}; alter table ${table} disable row level security;
    drop policy all_rows on ${table}; drop policy own_written on ${table}; drop policy desk_rows on ${table};`,
  );
  // There no policy names vssid_citizen or vssid_desk.
  const plain = migration.replaceAll("tablename = 'health_card'", "tablename = 'none'");
  await asOwner(
    house,
    `create role ${role}; grant ${role} to current_user; grant usage, create on schema public to ${role};
     ${others.join("\n")}
     set role ${role}; ${plain} reset role;`,
  );
  const client = new pg.Client(house.connection);
  await client.connect();
  const found = async (table: Table) =>
    (await client.query(`select distinct person_id from ${table} order by 1`)).rows.map(({ person_id }) => person_id);
  await client.query(`set role ${role}; set vssid.knows = '71'`);
  for (const table of tables) {
    await client.query("set vssid.wall = ''; set vssid.persons = ''");
    expect(await found(table)).toEqual([own, other]);
    await client.query("set vssid.wall = 'desk'");
    expect(await found(table)).toEqual([own, other]);
    await client.query("set vssid.wall = 'citizen'");
    expect(await found(table)).toEqual([]);
    await client.query(`set vssid.persons = '{${own}}'`);
    expect(await found(table)).toEqual([own]);
    await expect(client.query(adding[table], [other])).rejects.toMatchObject({ code: "42501" });
    await client.query("set vssid.knows = ''");
    expect(await found(table)).toEqual([own, other]);
    await client.query("set vssid.knows = '71'");
  }
  await client.end();
});
