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

const APPLICATION = "vssid";

/**
 * What PGSSLMODE and PGOPTIONS of the shell say is of another server: a socket of ours speaks no TLS. The driver looks
 * there only where nothing is given.
 */
const OWN_SOCKET = { ssl: false, options: `-c application_name=${APPLICATION}` };

/** For every connection that is opened. Throws when the address names files of TLS that cannot be read. */
export function clientConfig(connection: Connection) {
  if (!("connectionString" in connection)) return { ...OWN_SOCKET, ...connection, application_name: APPLICATION };
  const address = connection.connectionString;
  const files = tlsFilesOf(address);
  return { ...(files ? withTls(address, files) : connection), application_name: APPLICATION };
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
