/** What a login of PostgreSQL may do, whatever role a connection of it acts as: it can go back to itself at any time. */
import type pg from "pg";
import type { Connection } from "./connection.ts";
import { SOON, withClient } from "./one-client.ts";

export interface Standing {
  login: string;
  /** It owns the schema or may act as who does; or there is no schema yet, and it may try. */
  mayChangeSchema: boolean;
  /** What serving does not take: rights over the server, and roles of others as which it may act. */
  powers: readonly string[];
  /** Roles of `SERVING_ROLES` as which it may not act. */
  lacks: readonly string[];
}

/** As these a serving process acts: by request, and for the queue of jobs. */
export const SERVING_ROLES = ["vssid_app", "vssid_citizen", "vssid_desk", "vssid_jobs"] as const;

export async function standingOf(client: Pick<pg.ClientBase, "query">): Promise<Standing> {
  const { rows } = await client.query<Standing>(standing, [SERVING_ROLES]);
  const [found] = rows;
  if (!found) throw new Error("the login of this connection is not there any more");
  return found;
}

export const standingAt = (connection: Connection): Promise<Standing> => withClient(connection, standingOf, SOON);

/** Whose certificate the server was shown and believed, by its name; undefined: none. */
export function certificateAt(connection: Connection): Promise<string | undefined> {
  return withClient(
    connection,
    async (client) => {
      const { rows } = await client.query<{ shown: string | null }>(
        "select client_dn as shown from pg_stat_ssl where pid = pg_backend_pid()",
      );
      return rows[0]?.shown ?? undefined;
    },
    SOON,
  );
}

/** "member", not "usage": what a login does not inherit it reaches by SET ROLE. A superuser is a member of everything. */
const standing = `
  select me.rolname::text as login,
         coalesce((select pg_has_role(me.oid, c.relowner, 'member') from pg_class c
                    where c.oid = to_regclass('public.schema_migration')), true) as "mayChangeSchema",
         array(select power from (values ('superuser', me.rolsuper), ('createrole', me.rolcreaterole),
                 ('createdb', me.rolcreatedb), ('replication', me.rolreplication), ('bypassrls', me.rolbypassrls)) p (power, has)
                where has)
         || array(select r.rolname::text from pg_roles r
                   where not me.rolsuper and r.oid <> me.oid and r.rolname <> all ($1::text[])
                     and pg_has_role(me.oid, r.oid, 'member') order by 1)
         || array(select 'owner of ' || n.nspname from pg_namespace n
                   where exists (select from pg_class c where c.relnamespace = n.oid and c.relowner = me.oid
                                  and n.nspname not like 'pg\\_%') order by 1) as powers,
         array(select name from unnest($1::text[]) with ordinality as needed (name, nth)
                where not exists (select from pg_roles r where r.rolname = name and pg_has_role(me.oid, r.oid, 'member'))
                order by nth) as lacks
    from pg_roles me where me.rolname = session_user`;
