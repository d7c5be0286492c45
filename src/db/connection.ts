import { tlsFilesOf, withTls } from "./client-certificate.ts";

/** Where a PostgreSQL is: a socket folder of ours, or an address of the operator's. */
export type Connection = { host: string; port?: number; user: string; database: string } | { connectionString: string };

/** The same server, another database. */
export function inDatabase(connection: Connection, database: string): Connection {
  if (!("connectionString" in connection)) return { ...connection, database };
  const address = new URL(connection.connectionString);
  address.pathname = `/${database}`;
  return { connectionString: address.href };
}

/** The same database, as somebody else, who needs no password there. */
export function asLogin(connection: Connection, name: string): Connection {
  if (!("connectionString" in connection)) return { ...connection, user: name };
  const address = new URL(connection.connectionString);
  address.username = name;
  address.password = "";
  return { connectionString: address.href };
}

/** For every connection that is opened. Throws when the address names files of TLS that cannot be read. */
export function clientConfig(connection: Connection) {
  const address = "connectionString" in connection ? connection.connectionString : undefined;
  const files = address === undefined ? undefined : tlsFilesOf(address);
  const reached = address !== undefined && files ? withTls(address, files) : connection;
  return { ...reached, application_name: "vssid" };
}

/** As one address, for programs that take nothing else. */
export function addressOf(connection: Connection): string {
  if ("connectionString" in connection) return connection.connectionString;
  const { host, user, database } = connection;
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
}

/** For what takes the owner of the database: its schema, copies of everything. */
export function ownerOf({ owner }: { owner: Connection | undefined }): Connection {
  if (owner) return owner;
  throw new Error("this takes the owner of the database: set VSSID_OWNER_DATABASE_URL to the owner's address");
}
