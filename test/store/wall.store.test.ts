import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../src/db/root.ts";
import { behindUnitWall, behindWall, kindOfWall, WALLED_TABLES } from "../../src/db/wall.ts";
import { type Actor, anyone, type Citizen } from "../../src/kernel/actor.ts";
import { aRecord } from "../../src/register/merge.fixture.ts";
import { aUnit } from "../../src/roster/roster.fixture.ts";
import { apiRoute } from "../../src/web/route.ts";
import { createWeb } from "../../src/web/server.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { asOwner } from "../owner.ts";

/** The second wall: what PostgreSQL gives to a request whose handler asks for too much. */
let house: TestHouse;
let own: string;
let other: string;
let walled: string[];
let walledByUnit: string[];

const restOfVisits = `
  insert into visit_rest (person_id, visit_id, tables) select person_id, visit_id, '{}' from visit;
  insert into visit_version select v.*, null, null, timestamptz '2026-01-01', 1, 'replaced' from visit v`;

beforeAll(async () => {
  house = await openTestHouse();
  own = (await aRecord(house)).personId;
  other = (await aRecord(house)).personId;
  await asOwner(house, restOfVisits);
  await listsOfPeople();
  const withPolicy = (policy: string) =>
    column(`select tablename as name from pg_policies where policyname = '${policy}' order by 1`);
  walled = await withPolicy("own_rows");
  walledByUnit = await withPolicy("own_units");
});
afterAll(() => house.close());

/**
 * Tables that name a person and stand before the second wall, by the reason why. A new table that names a person is
 * walled by its migration, or its reason is written here.
 */
const unwalled: Record<string, readonly string[]> = {
  "found before anybody is signed in: who is it, may they in, how are they reached": [
    ...["account", "account_password_history", "authenticator", "contact_point", "device_seen"],
    ...["eid_link", "eid_request", "one_time_code", "passkey", "passkey_key", "person", "person_key", "person_number"],
    ...["session", "sign_in_ticket", "spare_code"],
  ],
  "opened by whoever holds a code, or written for another than who asks (a guardian, a ward, a former owner)": [
    ...["account_event", "contact_change", "declaration_guardian", "guardianship", "guardianship_event", "notice"],
    ...["push_endpoint", "push_subscription", "statement_code"],
  ],
  "added to by every request and read by the desk": ["audit_event"],
  "written by the sweep, and moved by the desk with the person of a merge": ["data_request_alarm"],
  "told as counts of units alone": ["roster_counted"],
  "filled by COPY, which knows no policies; citizens have no right to it at all": ["visit_staging"],
};

const { writtenByPerson, byOffice, ofDesk, ofMerges, byNobody } = WALLED_TABLES;
const otherwise: readonly string[] = [...writtenByPerson, ...byOffice, ...ofDesk, ...ofMerges, ...byNobody];

async function column(statement: string): Promise<string[]> {
  const { rows } = await house.pool.query<{ name: string }>(statement);
  return rows.map(({ name }) => name);
}

describe("the schema", () => {
  test("says of every table that names a person whether it is walled, or why not", async () => {
    const naming = await column(`
      select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped
         and (a.attname like '%person\\_id' or a.attname = 'guardian_id')`);
    const said = [
      ...walled,
      ...Object.values(unwalled).flat(),
      ...[...walledByUnit, ...otherwise].filter((name) => naming.includes(name)),
    ];
    expect(said.toSorted()).toEqual(naming.toSorted());
    const guarded = await column(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity",
    );
    expect([...walled, ...walledByUnit, ...otherwise].toSorted()).toEqual(guarded.toSorted());
  });

  test("walls the tables by whose names a statement is known as one that must say whose rows it may reach", () => {
    expect(WALLED_TABLES.byPerson.toSorted()).toEqual(walled);
    expect(WALLED_TABLES.byUnit.toSorted()).toEqual(walledByUnit);
  });

  test("shows nobody's rows to a statement that comes to a walled table by another name", async () => {
    await asOwner(
      house,
      "create view other_name as select person_id from visit; alter view other_name set (security_invoker = true); grant select on other_name to vssid_citizen",
    );
    expect(await behindWall([own], () => count("other_name"))).toBe(0);
    await asOwner(house, "drop view other_name");
  });

  test("lets citizens read the walled tables and nothing more, and nowhere do more than the desk may", async () => {
    const may = await column(`
      select c.relname || ' ' || p.privilege as name
        from pg_class c, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as p (privilege)
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and has_table_privilege('vssid_citizen', c.oid, p.privilege)
         and (c.relname = any ('{${walled.join()},visit_staging}') or not has_table_privilege('vssid_app', c.oid, p.privilege))`);
    expect(may.toSorted()).toEqual(walled.map((name) => `${name} SELECT`));
  });

  test("knows that it stands on roles", async () => {
    expect(await kindOfWall(house.pool)).toBe("roles");
  });

  test("makes the roles of the application neither owner nor free of policies", async () => {
    expect(
      await column(`select rolname as name from pg_roles r where rolname in ('vssid_app', 'vssid_citizen', 'vssid_desk')
        and (rolsuper or rolbypassrls or rolcanlogin or exists (
          select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace))`),
    ).toEqual([]);
    for (const role of ["vssid_citizen", "vssid_desk"]) {
      expect(await column(`select rolname as name from pg_roles where pg_has_role('${role}', oid, 'member')`)).toEqual([
        role,
      ]);
    }
  });
});

const count = async (table: string, where = "true") =>
  Number((await house.pool.query(`select count(*) as n from ${table} where ${where}`)).rows[0].n);

describe("whoever asks", () => {
  test.each(WALLED_TABLES.byPerson.map((table) => [table]))(
    "of %s finds their own rows and no others, and changes none",
    async (table) => {
      expect(walled).toContain(table);
      const all = await count(table);
      const theirs = await count(table, `person_id = ${own}`);
      expect(all).toBeGreaterThan(theirs);
      expect(theirs).toBeGreaterThan(0);
      await behindWall([own], async () => {
        expect(await count(table)).toBe(theirs);
        expect(await count(table, `person_id = ${other}`)).toBe(0);
        for (const change of [`update ${table} set person_id = person_id`, `delete from ${table}`]) {
          const asked = house.pool.query(`${change} where person_id = $1`, [other]);
          await expect(asked).rejects.toMatchObject({ code: "42501" });
        }
        await expect(house.pool.query(`insert into ${table} select * from ${table}`)).rejects.toMatchObject({
          code: "42501",
        });
      });
      expect(await behindWall([own, other], () => count(table))).toBe(all);
      expect(await behindWall([], () => count(table))).toBe(0);
      expect(await count(table)).toBe(all);
    },
  );

  test("has no way to the claims that are being imported", async () => {
    await expect(behindWall([own], () => count("visit_staging"))).rejects.toMatchObject({ code: "42501" });
  });
});

/** A commune with a hamlet, and another commune: a list of one person in each, with a refused line and an appointment. */
async function listsOfPeople(): Promise<void> {
  await aUnit(house, "WALL-1");
  await aUnit(house, "WALL-1-A", { kind: "hamlet", parent: "WALL-1" });
  await aUnit(house, "WALL-2");
  await asOwner(
    house,
    `with unit as (select unit_code, gen_random_uuid() as id from drive_unit where unit_code like 'WALL-%'),
     person as (insert into roster_person (unit_code, line_id, full_name, folded_name, match, joined_at)
       select unit_code, id, 'Người Mẫu', 'NGUOI MAU', 'none', timestamptz '2026-11-01' from unit),
     upload as (insert into roster_upload (upload_id, unit_code, file_sha256, file_bytes, headings, purpose, basis,
         is_whole, uploaded_at)
       select id, unit_code, '', 1, '{}', 'rollout', 'duty', true, timestamptz '2026-11-01' from unit),
     refusal as (insert into roster_refusal (upload_id, row_no, reason, name, folded_name, cells)
       select id, 1, 'repeated', 'Người Mẫu', 'NGUOI MAU', '{}' from unit),
     asker as (insert into staff (username, full_name, password_hash, password_set_on)
       values ('wall-unit', 'Đầu Mối Thử', 'x', '2026-11-01') returning staff_id)
     insert into roster_appointment (appointment_id, unit_code, office_code, starts_at, ends_at, people, asked_at, asked_by)
     select id, unit_code, '52T01', timestamptz '2026-12-01', timestamptz '2026-12-02', 1, timestamptz '2026-11-01',
            staff_id from unit, asker`,
  );
}

describe("a coordinator", () => {
  test.each(WALLED_TABLES.byUnit.map((table) => [table]))(
    "of %s finds the lines of the own unit and of those under it, and changes no others",
    async (table) => {
      expect(walledByUnit).toContain(table);
      const found = (units: string[]) => behindUnitWall(units, () => count(table));
      expect(await found(["WALL-1"])).toBe(2);
      expect(await found(["WALL-1-A"])).toBe(1);
      expect(await found(["WALL-1-A", "WALL-2"])).toBe(2);
      expect(await found([])).toBe(0);
      expect(await found(["*"])).toBe(0);
      expect(await behindUnitWall("every", () => count(table))).toBe(3);
      expect(await behindWall([own], () => count(table))).toBe(0);
      const [key, theirs] =
        table === "roster_refusal"
          ? ["upload_id", "(select upload_id from roster_upload where unit_code = 'WALL-2')"]
          : ["unit_code", "'WALL-2'"];
      await behindUnitWall(["WALL-1"], async () => {
        const gone = await house.pool.query(`delete from ${table} where ${key} = ${theirs}`);
        expect(gone.rowCount).toBe(0);
      });
      expect(await count(table)).toBe(3);
    },
  );

  test("cannot put a person on another unit's list", async () => {
    const put = "update roster_person set unit_code = $1 where unit_code = 'WALL-1'";
    await behindUnitWall(["WALL-1"], async () => {
      await expect(house.pool.query(put, ["WALL-2"])).rejects.toMatchObject({ code: "42501" });
      expect((await house.pool.query(put, ["WALL-1"])).rowCount).toBe(1);
    });
  });

  test("finds nothing of health, pay and cards", async () => {
    for (const table of walled) expect(await behindUnitWall("every", () => count(table))).toBe(0);
  });
});

test("a guardian finds no private row of a child who is old enough, nor what belongs to such a visit", async () => {
  await asOwner(
    house,
    `with one as (update visit set is_sensitive = true where ctid = (
       select min(ctid) from visit where person_id = ${other}) returning visit_id)
     update visit_version v set is_sensitive = true from one where v.visit_id = one.visit_id;
     update benefit_document set is_sensitive = true where person_id = ${other}`,
  );
  const tables = ["visit", "visit_rest", "visit_version", "benefit_document", "benefit"];
  const found = () => Promise.all(tables.map((table) => count(table, `person_id = ${other}`)));
  expect(await behindWall([own, other], found)).toEqual([2, 2, 2, 1, 2]);
  expect(await behindWall([own, other], found, [other])).toEqual([1, 1, 1, 0, 2]);
  expect(await behindWall([other], found, [own])).toEqual([2, 2, 2, 1, 2]);
});

describe("a handler that forgets whose rows it may show", () => {
  const forgetful = apiRoute({
    method: "GET",
    path: "/api/v1/forgetful",
    who: ["anyone", "citizen", "officer", "coordinator"],
    purpose: "own_record",
    summary: "A planted bug",
    replies: { 200: z.array(z.string()) },
    handle: async (ask) => ({
      status: 200,
      body: (await ask.house.pool.query("select distinct person_id from visit order by 1")).rows.map(
        (row) => row.person_id,
      ),
    }),
  });
  const citizen: Citizen = {
    kind: "citizen",
    personId: "0",
    scope: "full",
    sessionId: "00",
    passwordEndsOn: undefined,
    limitedUntil: undefined,
  };
  const ward = { publicId: "", name: "", relation: "mother", hidesSensitive: false, until: undefined };
  const officer: Actor = {
    kind: "staff",
    staffId: "1",
    name: "Cán bộ Mẫu",
    sessionId: "00",
    roles: [{ role: "officer", officeCode: "52T01" }],
  };
  const coordinator: Actor = { ...officer, roles: [{ role: "coordinator", unitCode: "WALL-1" }] };

  test("shows the asker's own, a ward's while acting for them, a stranger, a coordinator and an officer nobody's", async () => {
    let actor: Actor = anyone;
    const web = await createWeb(house, [forgetful], async () => actor);
    const shown = async (who: Actor) => {
      actor = who;
      return (await web.inject("/api/v1/forgetful")).json();
    };
    expect(await shown({ ...citizen, personId: own })).toEqual([own]);
    expect(await shown({ ...citizen, personId: "999999999" })).toEqual([]);
    expect(await shown({ ...citizen, personId: "999999999", actingFor: { ...ward, personId: other } })).toEqual([
      other,
    ]);
    expect(await shown(anyone)).toEqual([]);
    expect(await shown(coordinator)).toEqual([]);
    expect(await shown(officer)).toEqual([]);
    await web.close();
  });
});

describe("one connection after another", () => {
  const seen = sql<{ person_id: string }>`select distinct person_id from visit order by 1`;
  const seenBy = async (db: Parameters<typeof seen.execute>[0]) =>
    (await seen.execute(db)).rows.map((r) => r.person_id);

  test("keeps whose rows it may reach through a transaction, and forgets it with each statement else", async () => {
    await behindWall([own], async () => {
      const tx = await house.db.startTransaction().setIsolationLevel("serializable").execute();
      const after = await tx.savepoint("before").execute();
      await expect(sql`select 1 / 0`.execute(after)).rejects.toMatchObject({ code: "22012" });
      await after.rollbackToSavepoint("before").execute();
      expect(await seenBy(tx)).toEqual([own]);
      await tx.commit().execute();
      const left = await house.pool.connect();
      const { rows } = await left.query("select current_setting('vssid.persons') as held from visit limit 1");
      expect(rows).toEqual([{ held: `{${own}}` }]);
      left.release();
    });
  });

  test("mixes up nobody among many who ask at once, some of them in vain", async () => {
    const asked = Array.from({ length: 120 }, async (_, at) => {
      const who = at % 2 ? own : other;
      await behindWall([who], async () => {
        if (at % 7 === 0) await house.pool.query("select no_such_column").catch(() => undefined);
        expect(await seenBy(house.db)).toEqual([who]);
        const named = { name: "walled_twice", text: "select $1::int + count(*)::int as n from visit", values: [at] };
        expect((await house.pool.query(named)).rows).toEqual([{ n: at + 2 }]);
      });
    });
    await Promise.all(asked);
    expect(await seenBy(house.db)).toEqual([own, other]);
  });
});

describe("a server on which we may make no roles", () => {
  /** An officer, and something that brings this person to their desk; answers what their connection says of itself. */
  async function aMatterOf(personId: string): Promise<string> {
    await asOwner(
      house,
      `insert into staff_role (staff_id, role, office_code, valid_from) select staff_id, 'officer', '52T01', '2026-01-01' from staff;
       insert into counter_matter select gen_random_uuid(), ${personId}, '52T01', staff_id, 'present', '2026-11-23Z', '2026-11-24Z' from staff`,
    );
    const [staffId] = await column("select staff_id as name from staff");
    return `set vssid.staff = '${staffId}'; set vssid.now = '2026-11-23T09:00Z'`;
  }

  /** As its owner runs the migration there: no right to make roles, and none to those of another installation. */
  const asPlainOwner = (role: string, migration: string) => `
    create role ${role};
    grant ${role} to current_user;
    grant usage, create on schema public to ${role};
    grant select on all tables in schema public to ${role};
    grant execute on all functions in schema public to ${role};
    ${walled
      .map(
        (name) => `drop policy all_rows on ${name}; drop policy own_rows on ${name};
    drop policy desk_rows on ${name}; drop policy if exists desk_claim on ${name};
    alter table ${name} owner to ${role}; alter table ${name} disable row level security;`,
      )
      .join("\n")}
    set role ${role};
    ${migration}
    reset role;`;

  test("binds the one role that is there, by what the connection says of itself", async () => {
    const role = `plain_${process.pid}`;
    const names = ["0045_wall.sql", "0047_contract_wall_of_visits.sql", "0059_contract_wall_of_households.sql"];
    const read = (name: string) => readFile(join(projectRoot, "db", "migrations", name), "utf8");
    // The functions of the desk's policies are there already: their first block alone.
    const [desk] = (await read("0065_desk_wall.sql")).match(/^do \$\$.*?^\$\$;/ms) ?? [];
    await asOwner(house, asPlainOwner(role, [...(await Promise.all(names.map(read))), desk].join("\n")));
    const client = new pg.Client(house.connection);
    await client.connect();
    const counted = async (setting: string) => {
      await client.query(setting);
      const counts: (number | null)[] = [];
      for (const name of walled) counts.push((await client.query(`select from ${name}`)).rowCount);
      return counts;
    };
    const all = await counted("select");
    const theirs = await Promise.all(walled.map((name) => count(name, `person_id = ${own}`)));
    expect(await counted(`set role ${role}`)).toEqual(all);
    expect(await counted("set vssid.wall = 'citizen'")).toEqual(walled.map(() => 0));
    expect(await counted(`set vssid.persons = '{${own}}'`)).toEqual(theirs);
    for (const name of walled) {
      expect((await client.query(`update ${name} set person_id = person_id`)).rowCount).toBe(0);
      expect((await client.query(`delete from ${name}`)).rowCount).toBe(0);
      const added = client.query(`insert into ${name} select * from ${name} where person_id = ${own}`);
      await expect(added).rejects.toMatchObject({ code: "42501" });
    }
    expect(await counted("set vssid.wall = 'desk'")).toEqual(walled.map(() => 0));
    expect(await counted(await aMatterOf(own))).toEqual(theirs);
    await client.end();
  });
});
