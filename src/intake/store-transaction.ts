/** One transaction on one connection that both Kysely and COPY use; an import waits for the one before it. */
import { Kysely, PostgresDialect, sql } from "kysely";
import type pg from "pg";
import { giveWayOn, standBehind } from "../db/give-way.ts";
import type { Db } from "../db/house.ts";
import { askedAgain } from "../db/transaction.ts";
import type { DB } from "../db/types.ts";

const IMPORT_LOCK = 8_330_007;

/**
 * A file holds what it has written of one person while it comes to the next, and the counter takes these two in any order:
 * whichever of them PostgreSQL stops begins again, so `work` must have no effect outside the database. `behind`: the data
 * folder of a house that serves people meanwhile, where the import is to stand behind them.
 */
export function importTransaction<T>(pool: pg.Pool, work: Work<T>, behind?: string): Promise<T> {
  return askedAgain(() => onceThrough(pool, work, behind));
}

type Work<T> = (tx: Db, client: pg.PoolClient) => Promise<T>;

async function onceThrough<T>(pool: pg.Pool, work: Work<T>, behind: string | undefined): Promise<T> {
  const client = await pool.connect();
  let isBroken = true;
  // A connection that ends between two statements says so by an event: unheard, it would end the process.
  const unheard = () => {};
  client.on("error", unheard);
  giveWayOn(pool, client);
  const isBehind = behind !== undefined && standBehind(client, behind);
  try {
    const tx = onClient(client);
    await client.query("begin");
    // Apart: the limit of a statement is the one that was set before it, and the import before us may take long.
    await sql`select set_config('statement_timeout', '0', true), set_config('work_mem', '64MB', true)`.execute(tx);
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx);
    const result = await work(tx, client);
    await client.query("commit");
    isBroken = false;
    return result;
  } catch (error) {
    isBroken = !(await client.query("rollback").then(
      () => true,
      () => false,
    ));
    throw error;
  } finally {
    client.off("error", unheard);
    client.release(isBroken || isBehind);
  }
}

function onClient(client: pg.PoolClient): Db {
  const lent = {
    query: client.query.bind(client),
    release: () => {},
  };
  const pool = { connect: async () => lent, end: async () => {} };
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as never }) });
}
