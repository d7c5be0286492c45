import pg from "pg";
import { type Connection, clientConfig } from "./connection.ts";

/**
 * One connection outside the pools, not yet open. A server that goes away while it is idle is told by its next
 * statement, as a rejected promise: without a listener the package would end the process with a stack instead.
 */
export function oneClient(connection: Connection, more: pg.ClientConfig = {}): pg.Client {
  const client = new pg.Client({ ...clientConfig(connection), ...more });
  client.on("error", () => undefined);
  return client;
}

/** For what somebody waits for. */
export const SOON: pg.ClientConfig = { connectionTimeoutMillis: 10_000 };

/** Opened for one piece of work and closed behind it, however that ends. */
export async function withClient<T>(
  connection: Connection,
  work: (client: pg.Client) => Promise<T>,
  more?: pg.ClientConfig,
): Promise<T> {
  const client = oneClient(connection, more);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
