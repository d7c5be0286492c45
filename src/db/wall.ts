import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import type { Connection } from "./connection.ts";
import { createPool, type PoolOptions } from "./pool.ts";
import { type Reach, WalledQuery } from "./walled-query.ts";

/** What the statements of this turn may reach; undefined: no wall. */
const reached = new AsyncLocalStorage<Reach>();

/**
 * Runs `work` behind the wall: on the tables with a policy of their own (docs/decisions/0042) its statements find the
 * rows of `personIds` and nobody else's, whatever they ask for; of no one when there are none. Of those in `veiled`
 * the private rows are not found either.
 */
export function behindWall<T>(personIds: readonly string[], work: () => T, veiled: readonly string[] = []): T {
  return reached.run([`{${personIds.join()}}`, `{${veiled.join()}}`, "{}"], work);
}

/** Where a member of staff works: these units with all under them, or every one. */
export type UnitsInReach = readonly string[] | "every";

/**
 * Runs `work` behind the wall for staff who have nothing to do with anybody's record: of health, pay and cards its
 * statements find nothing, and of the lists of people those of these units.
 */
export function behindUnitWall<T>(units: UnitsInReach, work: () => T): T {
  const named = units === "every" ? "*" : units.map((code) => JSON.stringify(code)).join();
  return reached.run(["{}", "{}", `{${named}}`], work);
}

/**
 * Two pools that look like one. What runs behind the wall gets a connection of the role vssid_citizen, and each of its
 * statements says whose rows it may reach; everything else goes to a connection of vssid_app.
 */
export function createWalledPool(connection: Connection, options: PoolOptions): pg.Pool {
  const main = createPool(connection, options);
  const walled = createPool(connection, { ...options, isWalled: true });
  const connect = async (): Promise<pg.PoolClient> => {
    const reach = reached.getStore();
    return reach === undefined ? main.connect() : walledClient(await walled.connect(), reach);
  };
  const query = async (...asked: unknown[]): Promise<unknown> => {
    const client = await pool.connect();
    let failed: Error | undefined;
    try {
      return await client.query(...(asked as [string]));
    } catch (error) {
      failed = error as Error;
      throw error;
    } finally {
      client.release(failed);
    }
  };
  const end = async () => void (await Promise.all([main.end(), walled.end()]));
  const pool = Object.assign(Object.create(main) as pg.Pool, { query: query as pg.Pool["query"], connect, end });
  return Object.defineProperty(pool, "waitingCount", { get: () => main.waitingCount + walled.waitingCount });
}

/**
 * roles: citizens' requests have a role of their own. setting: the server lets us make none, so the policies bind the
 * owner and go by a setting of the connection. none: the user of DATABASE_URL passes by every policy.
 */
export async function kindOfWall(pool: pg.Pool): Promise<"roles" | "setting" | "none"> {
  const { rows } = await behindWall([], () =>
    pool.query<{ is_active: boolean; is_own: boolean }>(
      "select row_security_active('visit') as is_active, current_user = 'vssid_citizen' as is_own",
    ),
  );
  if (!rows[0]?.is_active) return "none";
  return rows[0].is_own ? "roles" : "setting";
}

/** The tables with policies, by what these ask for; test/store/wall.store.test.ts holds this against the database. */
export const WALLED_TABLES = {
  byPerson: [
    ...["visit", "visit_rest", "visit_version", "participation_period", "benefit", "benefit_document", "health_card"],
    "person_household",
  ],
  byUnit: ["roster_person", "roster_upload", "roster_refusal", "roster_appointment"],
} as const;

/**
 * A statement that names none of them needs not say whose rows it may reach, and does not pay for it. One that comes
 * to them by another name says nothing, and so finds nobody's rows: a slip here shows too little, never too much.
 * Begin, commit and the like must even be the first or the only thing that is said; none names a table.
 */
const mayReach = new RegExp(`\\b(${[...WALLED_TABLES.byPerson, ...WALLED_TABLES.byUnit].join("|")})\\b`, "i");

type Answered = (error: Error | null | undefined, result: unknown) => void;

function walledClient(client: pg.PoolClient, reach: Reach): pg.PoolClient {
  const query = (...asked: unknown[]): unknown => {
    const [first] = asked as [string | pg.QueryConfig | pg.Submittable];
    const isStream = typeof first === "object" && "submit" in first;
    if (isStream || !mayReach.test(typeof first === "string" ? first : first.text)) {
      return client.query(...(asked as [string]));
    }
    return new Promise((done, fail) => {
      const ask = client.query.bind(client) as unknown as (query: WalledQuery, answered: Answered) => void;
      ask(new WalledQuery(asked, reach), (error, result) => (error ? fail(error) : done(result)));
    });
  };
  return Object.assign(Object.create(client) as pg.PoolClient, { query: query as pg.PoolClient["query"] });
}
