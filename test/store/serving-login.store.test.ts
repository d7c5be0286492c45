import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it, test, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { programFor } from "../../src/command.ts";
import { addressOf, asLogin, type Connection, clientConfig, inDatabase } from "../../src/db/connection.ts";
import { createPool } from "../../src/db/pool.ts";
import { openQueue, prepareQueue } from "../../src/db/queue.ts";
import { projectRoot } from "../../src/db/root.ts";
import { SERVING_ROLES, standingAt } from "../../src/db/standing.ts";
import { behindDeskWall, behindWall } from "../../src/db/wall.ts";
import { forCommand, forServer, type HouseUse, makeHouse, type OpenHouse } from "../../src/house.ts";
import { parseEnvironment } from "../../src/settings.ts";
import { runDue, startWorker } from "../../src/worker.ts";
import { createDatabase, dropDatabase, servingLogin, templateName } from "../clusters.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

/** A connection that somebody else has taken over can become its login and whatever that may be: nobody of weight. */
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  await prepareQueue(house.owner);
});
afterAll(() => house.close());

/** Only an owner, or an administrator of the server, may do any of these. */
const owners: readonly string[] = [
  "delete from audit_event",
  "update audit_event set action = 'none'",
  "update audit_link set event_id = event_id",
  "truncate audit_event cascade",
  "truncate person cascade",
  "drop table audit_event cascade",
  "alter table audit_event add column note text",
  "alter table visit disable row level security",
  "alter table visit owner to vssid_server",
  "drop policy own_rows on visit",
  "create policy everybody on visit using (true)",
  "create table public.mine (n integer)",
  "create function public.mine() returns integer language sql return 1",
  "create or replace function public.desk_offices() returns text[] language sql return '{}'::text[]",
  "create schema mine",
  "create table jobs.mine (n integer)",
  "insert into schema_migration values (9999, 'mine', '', clock_timestamp())",
  "delete from schema_migration",
  "grant vssid_app to vssid_jobs",
  "select rolpassword from pg_authid",
  "select passwd from pg_shadow",
  "select pg_read_file('PG_VERSION')",
  "copy (select 1) to program 'true'",
  "create role mine",
  "alter role vssid_server createrole",
  "alter role vssid_server noinherit",
  "set session_replication_role = replica",
  "alter default privileges for role vssid grant all on tables to public",
  "comment on table visit is 'mine'",
];

type Way = readonly [name: string, connect: () => Promise<{ client: pg.PoolClient; end(): Promise<void> }>];
const ofHouse = async () => ({ client: await house.pool.connect(), end: async () => undefined });
const ways: readonly Way[] = [
  ["of the worker and of sessions", ofHouse],
  ["of citizens", () => behindWall([], ofHouse)],
  ["of the desk", () => behindDeskWall("1", house.clock.now(), ofHouse)],
  [
    "of the queue of jobs",
    async () => {
      const pool = createPool(asLogin(house.owner, servingLogin), { log: house.log, size: 1, actsAs: "vssid_jobs" });
      return { client: await pool.connect(), end: () => pool.end() };
    },
  ],
];

/** The code with which it was refused; undefined: it was done. Nothing of it stays. */
async function refusalOf(client: pg.ClientBase, as: string, statement: string): Promise<string | undefined> {
  await client.query("begin");
  try {
    await client.query(as);
    await client.query(statement);
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  } finally {
    await client.query("rollback");
  }
}

/** Somebody else was changing the same row of a catalogue or holding it: internal_error ("tuple concurrently updated"), deadlock, lock. */
const otherHands = ["XX000", "40P01", "55P03"];

describe("a connection", () => {
  test.each(ways)("%s does nothing of an owner's, whoever it says that it is", async (_, connect) => {
    const { client, end } = await connect();
    const done: string[] = [];
    try {
      expect((await client.query("select session_user::text as login")).rows).toEqual([{ login: servingLogin }]);
      const selves = ["select", "reset role", "set role none", ...SERVING_ROLES.map((role) => `set role ${role}`)];
      for (const as of selves) {
        for (const statement of owners) {
          const refusal = await refusalOf(client, as, statement);
          if (refusal !== "42501") done.push(`${as}; ${statement}: ${refusal}`);
        }
      }
      for (const other of ["vssid", "pg_write_all_data", "pg_database_owner"]) {
        for (const as of ["select", "reset role"]) {
          expect(await refusalOf(client, as, `set role ${other}`)).toBe("42501");
          expect(await refusalOf(client, as, `set session authorization ${other}`)).toBe("42501");
        }
      }
      for (const table of ["person", "visit", "account", "audit_event", "jobs.job"]) {
        expect(await refusalOf(client, "reset role", `select from ${table}`)).toBe("42501");
      }
    } finally {
      client.release();
      await end();
    }
    expect(done.join("; ")).toBe("");
  });

  test("of an owner would have done each of them", async () => {
    const client = new pg.Client(clientConfig(house.owner));
    await client.connect();
    const refused: string[] = [];
    for (const statement of owners) {
      // Roles belong to the whole cluster: another file may be changing the same one.
      const refusal = await vi.waitFor(async () => {
        const code = await refusalOf(client, "select", statement);
        if (code && otherHands.includes(code)) throw new Error(`${statement}: ${code}`);
        return code;
      }, 10_000);
      if (refusal) refused.push(`${statement}: ${refusal}`);
    }
    await client.end();
    expect(refused.join("; ")).toBe("");
  });

  test("of the queue reaches the queue and no table of ours", async () => {
    const pool = createPool(asLogin(house.owner, servingLogin), { log: house.log, size: 1, actsAs: "vssid_jobs" });
    await pool.query("delete from jobs.job");
    for (const table of ["person", "session", "notice", "schema_migration"]) {
      await expect(pool.query(`select from ${table}`)).rejects.toMatchObject({ code: "42501" });
    }
    await pool.end();
  });

  test("has no roles but those that serving takes, and inherits none of them", async () => {
    expect(await standingAt(asLogin(house.owner, servingLogin))).toEqual({
      login: servingLogin,
      mayChangeSchema: false,
      powers: [],
      lacks: [],
    });
    const client = new pg.Client(clientConfig(house.owner));
    await client.connect();
    const { rows } = await client.query(
      "select r.rolname::text as role from pg_roles r where pg_has_role($1, r.oid, 'usage') and r.rolname <> $1",
      [servingLogin],
    );
    await client.end();
    expect(rows).toEqual([]);
  });
});

describe("a process", () => {
  const folder = mkdtempSync(join(tmpdir(), "vssid-login-"));
  const names: string[] = [];
  let own: Connection;
  beforeAll(async () => {
    own = await copyOfTemplate();
  });
  afterAll(async () => {
    for (const name of names) await dropDatabase(inject("cluster"), name);
    rmSync(folder, { recursive: true, force: true });
  });

  async function copyOfTemplate(): Promise<Connection> {
    const name = `login_${randomUUID().replaceAll("-", "")}`;
    await createDatabase(inject("cluster"), name, templateName);
    names.push(name);
    return inDatabase(inject("cluster"), name);
  }

  async function open(env: Record<string, string>, use: HouseUse = forServer): Promise<OpenHouse> {
    const parsed = parseEnvironment({ VSSID_DATA_DIR: folder, ...env }, projectRoot);
    if (!parsed.ok) throw new Error(parsed.faults.join("; "));
    return makeHouse(parsed.value, use);
  }
  const withLogin = (name = servingLogin) => ({ DATABASE_URL: addressOf(asLogin(own, name)) });
  const withOwner = () => ({ VSSID_OWNER_DATABASE_URL: addressOf(own) });

  async function said(house: OpenHouse, command: string): Promise<unknown> {
    const lines: string[] = [];
    const spy = vi.spyOn(console, "log").mockImplementation((text: string) => void lines.push(text));
    const kept = Object.assign(Object.create(house), { close: async () => undefined }) as OpenHouse;
    const program = programFor(async () => kept, {} as Parameters<typeof programFor>[1]);
    await program.parseAsync(command.split(" ").slice(1), { from: "user" }).finally(() => spy.mockRestore());
    return JSON.parse(lines[0] ?? "{}");
  }

  async function asOwnerOf(connection: Connection, statement: string): Promise<pg.QueryResult> {
    const client = new pg.Client(clientConfig(connection));
    await client.connect();
    return client.query(statement).finally(() => client.end());
  }

  it("that has its own login alone serves pages, sends and runs jobs once the owner has prepared it", async () => {
    const early = await open(withLogin());
    expect([early.owner, early.connection]).toEqual([undefined, { connectionString: withLogin().DATABASE_URL }]);
    await expect(startWorker(early)).rejects.toThrow("The queue of jobs is not there: run bin/vssid database migrate");
    await early.close();
    const operator = await open({ ...withLogin(), ...withOwner() }, forCommand);
    expect(await said(operator, "vssid database migrate")).toMatchObject({ migrated: true, login: servingLogin });
    await operator.close();

    const house = await open(withLogin());
    const worker = await startWorker(house);
    const app = await createApp(house);
    try {
      expect((await app.inject("/readyz")).statusCode).toBe(200);
      expect((await app.inject("/")).statusCode).toBe(200);
      await runDue(house, true);
      const { rows } = await asOwnerOf(
        own,
        `select distinct usename::text as login from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      expect(rows).toEqual([{ login: servingLogin }]);
      expect(await said(house, "vssid database")).toEqual({
        login: servingLogin,
        powers: [],
        lacks: [],
        wall: "roles",
      });
      await expect(said(house, "vssid database migrate")).rejects.toThrow("set VSSID_OWNER_DATABASE_URL");
      await expect(said(house, "vssid backup --out nowhere")).rejects.toThrow("set VSSID_OWNER_DATABASE_URL");
      await expect(said(house, "vssid standby")).rejects.toThrow("set VSSID_OWNER_DATABASE_URL");
    } finally {
      await app.close();
      await worker.stop();
      await house.close();
    }
  });

  it("hands a job from one to another without being the owner of the queue", async () => {
    await prepareQueue(own);
    const { boss, stop } = await openQueue(asLogin(own, servingLogin), house.log);
    await boss.createQueue("errand", { policy: "exclusive", retryLimit: 0 });
    const done = new Promise(
      (hear) => void boss.work("errand", { pollingIntervalSeconds: 0.5 }, async ([job]) => hear(job?.data)),
    );
    await boss.schedule("errand", "0 0 1 1 *");
    await boss.send("errand", { to: "Mẫu" });
    expect(await done).toEqual({ to: "Mẫu" });
    await boss.supervise("errand");
    await stop();
    const { rows } = await asOwnerOf(
      own,
      "select rolname::text as owner from pg_namespace n join pg_roles r on r.oid = nspowner where nspname = 'jobs'",
    );
    expect(rows).toEqual([{ owner: "vssid" }]);
  });

  it("of an older program uses the queue of a newer one, and one of a newer program says what is missing", async () => {
    const serving = asLogin(own, servingLogin);
    await prepareQueue(own);
    await asOwnerOf(own, "update jobs.version set version = version + 1");
    await (await openQueue(serving, house.log)).stop();
    await asOwnerOf(own, "update jobs.version set version = version - 2");
    await expect(openQueue(serving, house.log)).rejects.toThrow(
      "older than this program: run bin/vssid database migrate",
    );
    await asOwnerOf(own, "update jobs.version set version = version + 1");
  });

  it("prepares the indexes that pg-boss leaves for later, which nobody else may make", async () => {
    await prepareQueue(own);
    await asOwnerOf(
      own,
      `insert into jobs.bam (name, version, table_name, command)
       values ('late', 1, 'schedule', 'create index concurrently if not exists late on jobs.schedule (timezone)');
       update jobs.version set bam_on = null`,
    );
    await prepareQueue(own);
    const { rows } = await asOwnerOf(own, "select indexname::text from pg_indexes where indexname = 'late'");
    expect(rows).toEqual([{ indexname: "late" }]);
  });

  it("says so when the schema is behind it, and when its login lacks a role", async () => {
    const taken = await asOwnerOf(
      own,
      "delete from schema_migration where number = (select max(number) from schema_migration) returning *",
    );
    await expect(open(withLogin())).rejects.toThrow(
      `The schema is behind this program (${taken.rows[0].name}), and the login of DATABASE_URL may not change it: run bin/vssid database migrate`,
    );
    await asOwnerOf(
      own,
      `insert into schema_migration select * from jsonb_populate_recordset(null::schema_migration, '${JSON.stringify(taken.rows)}')`,
    );
    const bare = `bare_${process.pid}_${Date.now()}`;
    await asOwnerOf(own, `create role ${bare} login`);
    try {
      await expect(open(withLogin(bare))).rejects.toThrow(
        `${bare} may not act as vssid_app, vssid_citizen, vssid_desk, vssid_jobs: run bin/vssid database grant --login ${bare}`,
      );
      const operator = await open({ ...withLogin(), ...withOwner() }, forCommand);
      expect(await said(operator, `vssid database grant --login ${bare}`)).toMatchObject({ login: bare });
      expect(await said(operator, `vssid database grant --login ${bare}`)).toEqual({ login: bare, did: [] });
      await expect(said(operator, "vssid database grant --login vssid")).rejects.toThrow("vssid owns the database");
      await operator.close();
      await (await open(withLogin(bare))).close();
      expect(await standingAt(asLogin(own, bare))).toMatchObject({ powers: [], lacks: [] });
    } finally {
      await asOwnerOf(own, `drop role ${bare}`);
    }
  });

  it("that has both addresses makes the login with the password of its address, and a later one, and no log holds it", async () => {
    const made = `made_${process.pid}_${Date.now()}`;
    const withPassword = (password: string) => {
      const url = new URL(withLogin(made).DATABASE_URL);
      url.password = password;
      return { DATABASE_URL: url.href };
    };
    const hba: string = (await asOwnerOf(own, "select current_setting('hba_file') as path")).rows[0].path;
    const lines = readFileSync(hba, "utf8");
    writeFileSync(hba, `local all ${made} scram-sha-256\n${lines}`);
    await asOwnerOf(own, "select pg_reload_conf()");
    try {
      for (const password of ["made-up-for-a-test", "another-one"]) {
        const house = await open({ ...withPassword(password), ...withOwner() });
        const { rows } = await house.pool.query("select session_user::text as login, current_user::text as role");
        expect(rows).toEqual([{ login: made, role: "vssid_app" }]);
        await house.close();
      }
      await expect(open(withPassword("made-up-for-a-test"))).rejects.toThrow("password authentication failed");
      const kept = await asOwnerOf(own, `select rolpassword, rolinherit from pg_authid where rolname = '${made}'`);
      expect(kept.rows[0]).toMatchObject({
        rolinherit: false,
        rolpassword: expect.stringMatching(/^SCRAM-SHA-256\$4096:/),
      });
    } finally {
      writeFileSync(hba, lines);
      await asOwnerOf(own, `drop role if exists ${made}`);
      await asOwnerOf(own, "select pg_reload_conf()");
    }
  });

  it("that is given the owner's address alone serves as before, and production says that it may too much", async () => {
    const owners = await open({ DATABASE_URL: addressOf(own) });
    expect(owners.owner).toEqual(owners.connection);
    expect(await said(owners, "vssid database")).toMatchObject({ login: "vssid", lacks: [], wall: "roles" });
    expect((await standingAt(own)).powers).toContain("superuser");
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
    await owners.close();
  });
});
