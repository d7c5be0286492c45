import type pg from "pg";

/** Where a PostgreSQL is: a socket folder of ours, or an address of the operator's. */
export type Connection = { host: string; user: string; database: string } | { connectionString: string };

/** The same server, another database. */
export function inDatabase(connection: Connection, database: string): Connection {
  if (!("connectionString" in connection)) return { ...connection, database };
  const address = new URL(connection.connectionString);
  address.pathname = `/${database}`;
  return { connectionString: address.href };
}

export function clientConfig(connection: Connection): pg.ClientConfig {
  return { ...connection, application_name: "vssid" };
}

/** As one address, for programs that take nothing else. */
export function addressOf(connection: Connection): string {
  if ("connectionString" in connection) return connection.connectionString;
  const { host, user, database } = connection;
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
}
