/**
 * Makes a login that serves and owns nothing (docs/decisions/0071): it may act as the roles of the application, each
 * only when it says so, and as nobody else.
 */
import pg from "pg";
import { CannotStart } from "./cannot-start.ts";
import type { Connection } from "./connection.ts";
import { withClient } from "./one-client.ts";
import { grantQueue } from "./queue.ts";
import { scramVerifier } from "./scram.ts";
import { SERVING_ROLES, type Standing, standingAt } from "./standing.ts";
import { whyRefused } from "./why-refused.ts";

/** Which login, and its password where it comes in with one. */
export interface Login {
  name: string;
  password?: string | undefined;
}

/** Whom an address names. */
export function loginOf(connection: Connection): Login {
  if (!("connectionString" in connection)) return { name: connection.user };
  const { username, password } = new URL(connection.connectionString);
  if (!username) throw new CannotStart("DATABASE_URL names no user: with the owner's address beside it, it must.");
  return { name: decodeURIComponent(username), password: password ? decodeURIComponent(password) : undefined };
}

/** The login of `serving` can come in and has what it needs, or is made so. At each start that has the owner's address. */
export async function admitLogin(owner: Connection, serving: Connection): Promise<Standing> {
  const login = loginOf(serving);
  try {
    await grantLogin(owner, login);
    return await standingAt(serving).catch(async (error: { code?: string }) => {
      if (error.code !== WRONG_PASSWORD || login.password === undefined) throw error;
      await setPassword(owner, login);
      return standingAt(serving);
    });
  } catch (error) {
    throw new CannotStart(`${login.name} cannot serve: ${whyRefused(error as Error)}.`, { cause: error });
  }
}

/** Repairs what is missing and answers what that was. Throws for an owner, and says what only an administrator may do. */
export async function grantLogin(owner: Connection, login: Login): Promise<string[]> {
  return asOwner(owner, async (client) => {
    const done = [
      ...(await makeQueueRole(client)),
      ...(await makeLogin(client, login)),
      ...(await joinRoles(client, login.name)),
      ...(await closeSchema(client)),
    ];
    await grantQueue(client);
    return done;
  });
}

const WRONG_PASSWORD = "28P01";
const NOT_ALLOWED = "42501";
const LOCK = 8_330_002;

/** Two processes that start at once do it one after the other. */
async function asOwner<T>(owner: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(owner, async (client) => {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    const result = await work(client);
    await client.query("commit");
    return result;
  });
}

async function setPassword(owner: Connection, { name, password = "" }: Login): Promise<void> {
  const login = pg.escapeIdentifier(name);
  await asOwner(owner, (client) => run(client, `alter role ${login}`, withPassword(password)));
}

const withPassword = (password: string) => ` password ${pg.escapeLiteral(scramVerifier(password))}`;

/** Told without the password, and for whoever may. */
async function run(client: pg.Client, statement: string, secret = ""): Promise<string> {
  try {
    await client.query(statement + secret);
    return statement;
  } catch (error) {
    if ((error as { code?: string }).code !== NOT_ALLOWED) throw error;
    throw new Error(`the owner may not do this; let an administrator of the server do it: ${statement}`, {
      cause: error,
    });
  }
}

async function makeQueueRole(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ isThere: boolean; isOurs: boolean }>(
    `select count(*) > 0 as "isThere", coalesce(bool_or(pg_has_role(current_user, oid, 'member')), false) as "isOurs"
       from pg_roles where rolname = 'vssid_jobs'`,
  );
  const [{ isThere, isOurs } = { isThere: false, isOurs: false }] = rows;
  return [
    ...(isThere ? [] : [await run(client, "create role vssid_jobs nologin")]),
    ...(isOurs ? [] : [await run(client, "grant vssid_jobs to current_user")]),
  ];
}

async function makeLogin(client: pg.Client, { name, password }: Login): Promise<string[]> {
  const login = pg.escapeIdentifier(name);
  const { rows } = await client.query<{ inherits: boolean; isOwner: boolean }>(
    `select r.rolinherit as inherits, pg_has_role(r.oid, c.relowner, 'member') as "isOwner"
       from pg_roles r, pg_class c where r.rolname = $1 and c.oid = 'public.schema_migration'::regclass`,
    [name],
  );
  const [found] = rows;
  if (found?.isOwner) throw new Error(`${name} owns the database: name another login, one that serves alone`);
  if (found) return found.inherits ? [await run(client, `alter role ${login} noinherit`)] : [];
  const secret = password === undefined ? "" : withPassword(password);
  return [await run(client, `create role ${login} login noinherit`, secret)];
}

async function joinRoles(client: pg.Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ role: string; canSayHow: boolean }>(
    `select r.rolname::text as role, current_setting('server_version_num')::int >= 160000 as "canSayHow"
       from unnest($1::text[]) role join pg_roles r on r.rolname = role
      where not exists (select from pg_auth_members m where m.roleid = r.oid and m.member = (select oid from pg_roles where rolname = $2))`,
    [SERVING_ROLES, name],
  );
  const done: string[] = [];
  for (const { role, canSayHow } of rows) {
    const how = canSayHow ? " with inherit false, set true" : "";
    done.push(await run(client, `grant ${role} to ${pg.escapeIdentifier(name)}${how}`));
  }
  return done;
}

/** What the roles of the application were given with all tables, and what a database of before PostgreSQL 15 gives everybody. */
async function closeSchema(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ writesLedger: boolean; makesTables: boolean }>(
    `select has_table_privilege('vssid_app', 'public.schema_migration', 'insert') as "writesLedger",
            has_schema_privilege('vssid_app', 'public', 'create') as "makesTables"`,
  );
  const [{ writesLedger, makesTables } = { writesLedger: false, makesTables: false }] = rows;
  const roles = "vssid_app, vssid_citizen, vssid_desk";
  return [
    ...(writesLedger
      ? [await run(client, `revoke insert, update, delete on public.schema_migration from ${roles}`)]
      : []),
    ...(makesTables ? [await run(client, "revoke create on schema public from public")] : []),
  ];
}
