import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { certificateNumbers, lookAtCertificates } from "../../src/certificates/watch.ts";
import { programFor } from "../../src/command.ts";
import { CannotStart } from "../../src/db/cannot-start.ts";
import { clientConfig, inDatabase } from "../../src/db/connection.ts";
import { type Cluster, startCluster } from "../../src/db/embedded.ts";
import { isDatabaseAway } from "../../src/db/ping.ts";
import { createPool } from "../../src/db/pool.ts";
import { projectRoot } from "../../src/db/root.ts";
import { findRunAs, giveTo } from "../../src/db/run-as.ts";
import { forCommand, forServer, type HouseUse, houseOn, makeHouse, type OpenHouse } from "../../src/house.ts";
import { lookAround } from "../../src/promise/watchdog.ts";
import { parseEnvironment } from "../../src/settings.ts";
import { runDue, startWorker } from "../../src/worker.ts";
import { type Authority, newAuthority, type Pair } from "../authority.ts";
import { binariesOf, createDatabase, servingLogin } from "../clusters.ts";

/** A PostgreSQL of its own that lets nobody in over the network but with a certificate, as the guide says to set it up. */
const home = mkdtempSync(join(tmpdir(), "vssid-tls-"));
const guide = readFileSync(join(projectRoot, "docs/guides/database-certificates.md"), "utf8");
let ours: Authority;
let strangers: Authority;
let cluster: Cluster;
let port: number;
let serving: Pair;
let owners: Pair;

beforeAll(async () => {
  ours = newAuthority(join(home, "ours"));
  strangers = newAuthority(join(home, "strangers"));
  port = await freePort();
  const dataDir = join(home, "database", "pg");
  const binDir = binariesOf(inject("postgres"));
  const settings = { listen_addresses: "127.0.0.1", port: String(port), fsync: "off" };
  cluster = await startCluster({ binDir, dataDir, settings });
  const runAs = findRunAs(join(binDir, "postgres"));
  const server = ours.sign("database", { names: "IP:127.0.0.1" });
  for (const [from, name] of [
    [server.cert, "server.crt"],
    [server.key, "server.key"],
    [ours.root, "clients.crt"],
  ] as const) {
    copyFileSync(from, join(dataDir, name));
    giveTo(runAs, join(dataDir, name));
  }
  writeFileSync(
    join(dataDir, "pg_hba.conf"),
    `local all all trust\nhostssl all asked all scram-sha-256\n${written("pg_hba.conf", "127.0.0.1/32")}`,
  );
  writeFileSync(join(dataDir, "pg_ident.conf"), written("pg_ident.conf"));
  await createDatabase(cluster.connection, "vssid");
  await told("alter system set ssl = on");
  await told("alter system set ssl_ca_file = 'clients.crt'");
  await told("select pg_reload_conf()");
  serving = ours.sign("web-1.vssid.example.vn");
  owners = ours.sign("vssid");
  await (await open({ ...withLogin(), ...withOwner() }, forCommand)).close();
});
afterAll(async () => {
  await cluster.stop("immediate");
  rmSync(home, { recursive: true, force: true });
});

/** The lines of the guide for one file of the server. */
function written(file: string, address = ""): string {
  const block = new RegExp(`\`\`\`${file.replace(".", "\\.")}\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1];
  if (!block) throw new Error(`the guide has no lines for ${file}`);
  return block.replaceAll("ADDRESS", address);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return free;
}

/** By the socket, past every certificate. */
async function told(statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(clientConfig(inDatabase(cluster.connection, "vssid")));
  await client.connect();
  return (await client.query(statement).finally(() => client.end())).rows;
}

function addressWith(login: string, shown: Partial<Pair>, root = ours.root): string {
  const address = new URL(`postgres://${login}@127.0.0.1:${port}/vssid?sslmode=verify-full`);
  for (const [name, file] of Object.entries({ sslcert: shown.cert, sslkey: shown.key, sslrootcert: root })) {
    if (file) address.searchParams.set(name, file);
  }
  return address.href;
}

const withLogin = () => ({ DATABASE_URL: addressWith(servingLogin, serving) });
const withOwner = () => ({ VSSID_OWNER_DATABASE_URL: addressWith("vssid", owners) });

function environment(env: Record<string, string>) {
  const places = { VSSID_DATA_DIR: join(home, "data"), VSSID_BACKUP_DIR: join(home, "backups") };
  const parsed = parseEnvironment({ ...places, ...env }, projectRoot);
  if (!parsed.ok) throw new Error(parsed.faults.join("; "));
  return parsed.value;
}

const open = (env: Record<string, string>, use: HouseUse = forServer) => makeHouse(environment(env), use);

async function said(house: OpenHouse, command: string): Promise<unknown[]> {
  const lines: string[] = [];
  const spy = vi.spyOn(console, "log").mockImplementation((text: string) => void lines.push(text));
  const kept = Object.assign(Object.create(house), { close: async () => undefined }) as OpenHouse;
  const program = programFor(async () => kept, {
    settings: () => house.settings,
    version: "test",
    openOn: (server) => houseOn({ ...server, owner: server.connection }, environment({}), forCommand),
    runDue: (restored) => runDue(restored),
  });
  await program.parseAsync(command.split(" ").slice(1), { from: "user" }).finally(() => spy.mockRestore());
  return lines.map((line) => JSON.parse(line));
}

/** Of every connection over the network: as whom, and whose certificate was shown. */
const shownNow = () =>
  told(
    `select distinct a.usename::text as login, s.client_dn as shown from pg_stat_activity a join pg_stat_ssl s using (pid)
      where a.client_addr is not null order by 1`,
  );

describe("a PostgreSQL on another machine", () => {
  it("is served from, sent from, its queue run and backed up with certificates alone, never a password", async () => {
    const operator = await open({ ...withLogin(), ...withOwner() }, forCommand);
    expect(await said(operator, "vssid database migrate")).toMatchObject([{ migrated: true, login: servingLogin }]);
    expect(await said(operator, "vssid backup")).toMatchObject([{ backup: expect.any(String) }]);
    const second = join(home, "second");
    expect(await said(operator, `vssid standby make --name second --into ${second}`)).toMatchObject([
      { standby: "second" },
    ]);
    const reached = /primary_conninfo = .*/.exec(readFileSync(join(second, "postgresql.auto.conf"), "utf8"))?.[0];
    for (const file of [owners.cert, owners.key, ours.root]) expect(reached).toContain(file);
    expect(await told("select rolname from pg_authid where rolpassword is not null")).toEqual([]);
    await operator.close();

    const shown = "/CN=web-1.vssid.example.vn";
    const house = await open(withLogin());
    const worker = await startWorker(house);
    const app = await createApp(house);
    try {
      expect((await app.inject("/readyz")).statusCode).toBe(200);
      await runDue(house, true);
      expect(await said(house, "vssid database")).toMatchObject([{ login: servingLogin, certificate: shown }]);
      expect(await shownNow()).toEqual([{ login: servingLogin, shown }]);
    } finally {
      await app.close();
      await worker.stop();
      await house.close();
    }
  });

  const refused: readonly (readonly [string, () => string, string])[] = [
    ["no certificate", () => addressWith(servingLogin, {}), "it asks for a certificate, and the address names none"],
    [
      "one of another authority",
      () => addressWith(servingLogin, strangers.sign(servingLogin)),
      "it refuses the certificate of sslcert: it does not know its authority",
    ],
    [
      "one that is over",
      () => addressWith(servingLogin, ours.sign(servingLogin, { days: -1 })),
      "it refuses the certificate of sslcert: it is over",
    ],
    [
      "the certificate of another login",
      () => addressWith(servingLogin, owners),
      "the name in the certificate of sslcert is not one of this login's there",
    ],
    [
      "a line of the server that asks for a password",
      () => addressWith("asked", serving),
      "it asks for a password, and the address has none",
    ],
    [
      "a server of another authority",
      () => addressWith(servingLogin, serving, strangers.root),
      "its own certificate is of an authority that is not believed here",
    ],
    [
      "a server of another name",
      () => addressWith(servingLogin, serving).replace("127.0.0.1", "localhost"),
      "its own certificate is for another name than the address has",
    ],
  ];
  it.each(refused)(
    "does not let a process start with %s, which says why in words of the guide",
    async (_, address, says) => {
      const fault = await open({ DATABASE_URL: address() }).then(
        () => expect.unreachable(),
        (error: Error) => error,
      );
      expect(fault.message).toBe(`The database of DATABASE_URL cannot be used: ${says}.`);
      expect(fault).toBeInstanceOf(CannotStart);
      expect(guide).toContain(`| ${says} |`);
    },
  );

  it("is shown a renewed certificate by a process that runs on, and the one before until both halves are there", async () => {
    const [cert, key] = [join(home, "renewed.pem"), join(home, "renewed-key.pem")];
    const lay = (pair: Pair, halves: readonly ("cert" | "key")[] = ["cert", "key"]) => {
      if (halves.includes("cert")) copyFileSync(pair.cert, cert);
      if (halves.includes("key")) copyFileSync(pair.key, key);
    };
    const [first, second] = [ours.sign("web-1.vssid.example.vn"), ours.sign("web-1.vssid.example.vn")];
    lay(first);
    const house = await open({ DATABASE_URL: addressWith(servingLogin, { cert, key }) });
    const pool = createPool(house.connection, { log: house.log, size: 4, asApp: false });
    /** The serial number that the server was shown by a connection that is opened now. */
    const shown = async () => {
      const client = await pool.connect();
      const { rows } = await client.query("select client_serial::text from pg_stat_ssl where pid = pg_backend_pid()");
      client.release(true);
      return Number(rows[0].client_serial);
    };
    const numberOf = ({ cert: file }: Pair) => Number(/(\d+)\.pem$/.exec(file)?.[1]);
    try {
      expect(await shown()).toBe(numberOf(first));
      lay(second, ["cert"]);
      expect(await shown()).toBe(numberOf(first));
      lay(second, ["key"]);
      expect(await shown()).toBe(numberOf(second));
      lay(ours.sign("web-1.vssid.example.vn", { days: -1 }));
      // Whoever asks meanwhile is told to come again.
      expect(isDatabaseAway(await shown().catch((error: unknown) => error))).toBe(true);
      lay(first);
      expect(await shown()).toBe(numberOf(first));
    } finally {
      await pool.end();
      await house.close();
    }
  });

  it("has its certificate watched, and those by which it is met, until somebody mends what is wrong with one", async () => {
    const short = { cert: join(home, "short.pem"), key: join(home, "short-key.pem") };
    const made = ours.sign("web-1.vssid.example.vn", { days: 1 });
    for (const half of ["cert", "key"] as const) copyFileSync(made[half], short[half]);
    const operator = await open({ DATABASE_URL: addressWith(servingLogin, short), ...withOwner() }, forCommand);
    const look = async () =>
      (await lookAtCertificates(operator)).map(({ place: { name }, found: { fault } }) => [name, fault]);
    const alarms = async () => (await lookAround(operator)).filter(({ provider }) => provider === "database_login");
    const others = [
      ["database", undefined],
      ["database_owner", undefined],
    ];
    try {
      expect((await look()).toSorted()).toEqual([...others, ["database_login", undefined]].toSorted());
      // A day is not short of thirty for what lives a day.
      expect(certificateNumbers(operator)).toEqual({ watched: 3, days: 29 });
      expect(await alarms()).toEqual([]);
      copyFileSync(owners.key, short.key);
      expect(await look()).toContainEqual(["database_login", "KEY_VALUES_MISMATCH"]);
      expect(await alarms()).toMatchObject([{ name: "line_refused" }]);
      rmSync(short.key);
      expect(await look()).toContainEqual(["database_login", "ENOENT"]);
      expect(await alarms()).toMatchObject([{ name: "line_refused" }]);
    } finally {
      await operator.close();
    }
  });
});
