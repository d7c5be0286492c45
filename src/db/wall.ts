import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import type { Connection } from "./connection.ts";
import { createPool, type PoolOptions } from "./pool.ts";
import { shareOut } from "./share.ts";
import { type Reach, WalledQuery } from "./walled-query.ts";

/** What the statements of this turn may reach; undefined: no wall. */
const reached = new AsyncLocalStorage<Reach | undefined>();

/**
 * Runs `work` behind the wall: on the tables with a policy of their own (docs/decisions/0042) its statements find the
 * rows of `personIds` and nobody else's, whatever they ask for; of no one when there are none. Of those in `veiled`
 * the private rows are not found either.
 */
export function behindWall<T>(personIds: readonly string[], work: () => T, veiled: readonly string[] = []): T {
  return reached.run({ wall: "citizen", says: [`{${personIds.join()}}`, `{${veiled.join()}}`, "{}", ""] }, work);
}

/** Where a member of staff works: these units with all under them, or every one. */
export type UnitsInReach = readonly string[] | "every";

/**
 * Runs `work` behind the wall for staff who have nothing to do with anybody's record: of health, pay and cards its
 * statements find nothing, and of the lists of people those of these units. `staffId` tells them from citizens, who reach
 * nothing of what the desk writes for itself.
 */
export function behindUnitWall<T>(units: UnitsInReach, work: () => T, staffId = ""): T {
  const named = units === "every" ? "*" : units.map((code) => JSON.stringify(code)).join();
  return reached.run({ wall: "citizen", says: ["{}", "{}", `{${named}}`, staffId] }, work);
}

/**
 * Runs `work` behind the wall for officers and supervisors (docs/decisions/0060): of health, pay, cards and households
 * its statements find those whom `aboutPersons` names, as far as PostgreSQL itself finds something open about them at
 * an office of this member of staff. `now` is the application's clock.
 */
export function behindDeskWall<T>(staffId: string, now: Date, work: () => T): T {
  return reached.run({ wall: "desk", says: ["{}", "", "", staffId, now.toISOString()] }, work);
}

/** Whose records these statements are about. It opens nobody's; elsewhere than behind the wall of the desk it says nothing. */
export function aboutPersons<T>(personIds: readonly string[], work: () => T): T {
  const reach = reached.getStore();
  if (reach?.wall !== "desk") return work();
  const [, ...rest] = reach.says;
  return reached.run({ wall: "desk", says: [`{${personIds.join()}}`, ...rest] }, work);
}

/** Which claim they are about, for whoever knows it by its facility and MA_LK: PostgreSQL asks for the right to it. */
export function aboutClaim<T>(visitId: string, work: () => T): T {
  const reach = reached.getStore();
  if (reach?.wall !== "desk") return work();
  const [persons, , ...rest] = reach.says;
  return reached.run({ wall: "desk", says: [persons, visitId, ...rest] }, work);
}

/** Which file they are about, for whoever knows its code: so one is brought from another office, or handed over to it. */
export function aboutFile<T>(code: string, work: () => T): T {
  const reach = reached.getStore();
  if (reach?.wall !== "desk") return work();
  const [persons, claim, , ...rest] = reach.says;
  return reached.run({ wall: "desk", says: [persons, claim, code, ...rest] }, work);
}

/** For what no policy can say, each with its reason where it is asked: never to show a row that the first wall would not. */
export function beyondWall<T>(work: () => T): T {
  return reached.run(undefined, work);
}

const GATE_LIMIT_MS = 10_000;

/**
 * Three pools that look like one, each with its last connections kept for what cannot wait (share.ts). What runs behind
 * the wall gets a connection of the role vssid_citizen or vssid_desk, and each of its statements says whose rows it may
 * reach; everything else goes to a connection of vssid_app.
 */
export function createWalledPool(connection: Connection, options: PoolOptions): pg.Pool {
  const main = createPool(connection, options);
  const walled = {
    citizen: createPool(connection, { ...options, wall: "citizen" }),
    desk: createPool(connection, { ...options, wall: "desk" }),
  };
  const pools = [main, walled.citizen, walled.desk];
  const limitMs = options.statementTimeoutMs || GATE_LIMIT_MS;
  const forAll = shareOut(main, limitMs);
  const behind = { citizen: shareOut(walled.citizen, limitMs), desk: shareOut(walled.desk, limitMs) };
  const connect = async (): Promise<pg.PoolClient> => {
    const reach = reached.getStore();
    return reach === undefined ? forAll.connect() : walledClient(await behind[reach.wall].connect(), reach);
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
  const end = async () => void (await Promise.all(pools.map((each) => each.end())));
  const pool = Object.assign(Object.create(main) as pg.Pool, { query: query as pg.Pool["query"], connect, end });
  const waiting = () => [forAll, behind.citizen, behind.desk].reduce((sum, each) => sum + each.waitingCount(), 0);
  return Object.defineProperty(pool, "waitingCount", { get: waiting });
}

/**
 * roles: requests of citizens and of the desk have a role of their own each. setting: the server lets us make none, so
 * the policies go by a setting of the connection. none: the user of DATABASE_URL passes by every policy.
 */
export async function kindOfWall(pool: pg.Pool): Promise<"roles" | "setting" | "none"> {
  const asked = () =>
    pool.query<{ is_active: boolean; role: string }>(
      "select row_security_active('visit') as is_active, current_user as role",
    );
  const [citizen, desk] = [await behindWall([], asked), await behindDeskWall("0", new Date(0), asked)];
  const rows = [...citizen.rows, ...desk.rows];
  if (rows.some(({ is_active }) => !is_active)) return "none";
  return rows.map(({ role }) => role).join() === "vssid_citizen,vssid_desk" ? "roles" : "setting";
}

/** The tables with policies, by what these ask for; test/store/wall.store.test.ts holds this against the database. */
export const WALLED_TABLES = {
  byPerson: [
    ...["visit", "visit_rest", "visit_version", "participation_period", "benefit", "benefit_document", "health_card"],
    "person_household",
  ],
  /** Citizens write these as well; every desk reaches them. */
  writtenByPerson: ["consent_event", "mailing_choice", "notice_seen", "inbox_read", "kept_card", "statement"],
  byUnit: ["roster_person", "roster_upload", "roster_refusal", "roster_appointment"],
  byOffice: [
    ...["declaration", "declaration_photo", "id_paper_copy", "id_paper_reading"],
    ...["dispute", "dispute_event", "data_request", "ticket", "ticket_event"],
  ],
  /** What the desk writes for itself: by office, too, and citizens have no part in it. */
  ofDesk: ["break_glass", "counter_matter", "hotline_call", "look_flag", "person_death"],
  /** What merges keep for their way back: every desk reaches it, whoever else asks does not. */
  ofMerges: ["person_merge_row"],
  /** Of the commands, the sweeps and the worker: no request reaches them. */
  byNobody: ["breach_subject", "look_watch", "retention_hold", "staff_person"],
} as const;

/**
 * A statement that names none of those of its wall needs not say whose rows it may reach, and does not pay for it. One
 * that comes to them by another name says nothing, and so finds nobody's rows: a slip here shows too little, never too
 * much. Begin, commit and the like must even be the first or the only thing that is said; none names a table.
 */
const named = (tables: readonly string[]) => new RegExp(`\\b(${tables.join("|")})\\b`, "i");
const { byPerson, writtenByPerson, byUnit, byOffice, ofDesk } = WALLED_TABLES;
const mayReach: Record<Reach["wall"], RegExp> = {
  citizen: named([...byPerson, ...writtenByPerson, ...byUnit, ...ofDesk]),
  // The view is its owner's, whom the policies bind where there are no roles.
  desk: named([...byPerson, ...byOffice, ...ofDesk, "roster_appointment", "outcome_promise"]),
};

type Answered = (error: Error | null | undefined, result: unknown) => void;

/** In a transaction each statement says what it may reach where it is asked, not where the transaction began. */
function walledClient(client: pg.PoolClient, begun: Reach): pg.PoolClient {
  const query = (...asked: unknown[]): unknown => {
    const now = reached.getStore();
    const reach = now?.wall === begun.wall ? now : begun;
    const [first] = asked as [string | pg.QueryConfig | pg.Submittable];
    const isStream = typeof first === "object" && "submit" in first;
    if (isStream || !mayReach[reach.wall].test(typeof first === "string" ? first : first.text)) {
      return client.query(...(asked as [string]));
    }
    return new Promise((done, fail) => {
      const ask = client.query.bind(client) as unknown as (query: WalledQuery, answered: Answered) => void;
      ask(new WalledQuery(asked, reach), (error, result) => (error ? fail(error) : done(result)));
    });
  };
  return Object.assign(Object.create(client) as pg.PoolClient, { query: query as pg.PoolClient["query"] });
}
