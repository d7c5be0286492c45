/**
 * TLS to a PostgreSQL on another machine: the certificate by which it knows this login, and the authority by which we
 * know it. An address names the files as libpq does; what is renewed there takes no new start (docs/decisions/0074). The
 * same for the key service, whose files have settings of their own.
 */
import { readFileSync, statSync } from "node:fs";
import { createSecureContext, type SecureContext } from "node:tls";

/** All PEM. */
export interface TlsFiles {
  /** The login's own, with what leads to its authority. */
  cert?: string | undefined;
  key?: string | undefined;
  /** Whose signature the server's certificate must bear; undefined: one of those that Node believes. */
  root?: string | undefined;
}

/** What of an address is said here and not to the driver, which would read the files by itself, and throw where nobody catches it. */
const OURS = ["ssl", "sslmode", "sslnegotiation", "sslcert", "sslkey", "sslrootcert"];

/** Bits that let others read the key, or anybody but its owner change it. */
const TOO_OPEN = 0o027;

/** Undefined: it names none, or asks for less than a checked name. */
export function tlsFilesOf(address: string): TlsFiles | undefined {
  const { cert, key, root, sslmode } = saidIn(address);
  return sslmode === "verify-full" && (cert || key || root) ? { cert, key, root } : undefined;
}

/** What is wrong with the files of an address, to be told behind the name of its setting. Nothing of what they hold. */
export function faultsOfTls(address: string): string[] {
  const { cert, key, root, sslmode } = saidIn(address);
  if (cert && key && sslmode !== "verify-full") return ["sslcert: needs sslmode=verify-full beside it"];
  return faultsOfFiles({ cert, key, root }, { cert: "sslcert", key: "sslkey", root: "sslrootcert" });
}

export function faultsOfFiles({ cert, key, root }: TlsFiles, names: Record<keyof TlsFiles, string>): string[] {
  if (!cert && !key && !root) return [];
  if (!cert !== !key) return [`${names.cert}, ${names.key}: both or neither`];
  try {
    createSecureContext(readTls({ cert, key, root }));
    return key && statSync(key).mode & TOO_OPEN ? [`${names.key}: can be read or changed by others: chmod 640`] : [];
  } catch {
    const all = Object.values(names).join(", ");
    return [`${all}: no PEM that can be read, or certificate and key do not belong together`];
  }
}

/** For the driver: the address without what we say ourselves, and what is shown and believed at each handshake. */
export function withTls(address: string, files: TlsFiles) {
  const rest = new URL(address);
  for (const name of OURS) rest.searchParams.delete(name);
  newest(files);
  return {
    connectionString: rest.href,
    ssl: {
      // Asked by the driver each time a connection is opened.
      get secureContext() {
        return newest(files);
      },
    },
  };
}

function saidIn(address: string): TlsFiles & { sslmode: string | undefined } {
  const { searchParams } = new URL(address);
  const said = (name: string) => searchParams.get(name) || undefined;
  return { cert: said("sslcert"), key: said("sslkey"), root: said("sslrootcert"), sslmode: said("sslmode") };
}

const shown = new Map<string, { marks: string; context: SecureContext }>();

/**
 * What the files say now. Of a pair of which only one half has come yet the one before is shown on; that this does not
 * last is seen by the watch over certificates. Throws when there was none before.
 */
export function newest(files: TlsFiles): SecureContext {
  const paths = pathsOf(files);
  const before = shown.get(paths.join("\n"));
  try {
    const marks = marksOf(paths);
    if (marks === before?.marks) return before.context;
    const context = createSecureContext(readTls(files));
    shown.set(paths.join("\n"), { marks, context });
    return context;
  } catch (error) {
    if (before) return before.context;
    throw error;
  }
}

const pathsOf = ({ cert, key, root }: TlsFiles) => [cert, key, root].filter((path) => path !== undefined);

function marksOf(paths: readonly string[]): string {
  return paths
    .map((path) => statSync(path))
    .map(({ ino, mtimeMs, size }) => `${ino} ${mtimeMs} ${size}`)
    .join("; ");
}

function readTls({ cert, key, root }: TlsFiles) {
  return {
    ...(cert && key ? { cert: readFileSync(cert), key: readFileSync(key) } : {}),
    ...(root ? { ca: readFileSync(root) } : {}),
    minVersion: "TLSv1.2" as const,
  };
}
