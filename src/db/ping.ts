import { sql } from "kysely";
import type { Db } from "./house.ts";

/** One round trip: is the database there and answering? */
export async function isDatabaseUp(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}

/** Classes of PostgreSQL's codes: connection, resources (disk full, too many), operator (shutdown, time-out), I/O. */
const AWAY_CLASSES = ["08", "53", "57", "58"];
const AWAY_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "ETIMEDOUT", "25006", "55P03", "XX001"]);
/** What the driver throws by itself has no code. */
const AWAY_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

/** The database was not there, or could not, so that asking again later may succeed; no fault of the program. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message = "", severity, syscall } = (error ?? {}) as Record<string, unknown>;
  if (typeof code !== "string") return error instanceof Error && AWAY_MESSAGES.test(String(message));
  if (code === "ENOENT") return syscall === "connect";
  // Our certificate ended, or was refused: the next one is taken without a new start.
  if (code.startsWith("ERR_SSL_")) return true;
  return AWAY_CODES.has(code) || (severity !== undefined && AWAY_CLASSES.includes(code.slice(0, 2)));
}
