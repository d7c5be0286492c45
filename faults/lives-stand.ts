/** The product as an operator has it: a database, processes for the web, workers, a proxy before them, telephones. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import pino from "pino";
import { openSession } from "../src/account/open-session.ts";
import { addStaff } from "../src/account/staff.ts";
import { findStaffByUsername } from "../src/account/store-staff.ts";
import { embeddedBinaries } from "../src/db/binaries.ts";
import { addressOf, type Connection, inDatabase } from "../src/db/connection.ts";
import { type Cluster, type ClusterOptions, clusterUser, startCluster } from "../src/db/embedded.ts";
import { holderOf } from "../src/db/folder-lock.ts";
import { createPool } from "../src/db/pool.ts";
import { postmasterOf } from "../src/db/postmaster.ts";
import { projectRoot } from "../src/db/root.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { type FakeSmsc, fakeSmsc } from "../src/notices/providers.fixture.ts";
import { newKeyPem } from "../src/push/keys.ts";
import { parseEnvironment } from "../src/settings.ts";
import { newRingText } from "../src/vault/ring-file.ts";
import { KeptProcess } from "./kept-process.ts";
import { deliver } from "./notices-stand.ts";
import { type Balancer, openBalancer } from "./upgrade-balancer.ts";
import { freePort } from "./upgrade-stand.ts";

export interface StandAsked {
  webs: number;
  workers: number;
  officers: number;
  database?: Pick<ClusterOptions, "settings"> & { binDir?: string };
  /** Makes the file system on which the database's folder lies; false: it may not. */
  lay?: (folder: string) => boolean;
  /** More of the environment of every process. */
  env?: Record<string, string>;
  /** The file to which all processes log. */
  log?: string;
  /** Where the product finds the database when something stands between: answers the address to use. */
  between?: (connection: Connection) => Promise<Connection>;
  /** The trial itself goes that way, too. */
  isAllBetween?: boolean;
  /** One process as `bin/start` runs it, with the PostgreSQL that it makes and keeps itself. */
  isOwnDatabase?: boolean;
}

export const OFFICE = "52T01";
const DATABASE = "vssid";

/** This machine does not let a trial do what it injects. */
export class NoPrivilege extends Error {}

export class LivesStand {
  readonly folder = mkdtempSync(join(tmpdir(), "vssid-lives-"));
  readonly webs: KeptProcess[] = [];
  readonly workers: KeptProcess[] = [];
  /** Bearer tokens of officers of the one office. */
  officers: string[] = [];
  /** Absent where the product keeps its own. */
  cluster!: Cluster;
  connection!: Connection;
  owner!: pg.Pool;
  smsc!: FakeSmsc;
  balancer!: Balancer;
  house!: OpenHouse;
  #isLaid = false;
  #env: Record<string, string> = {};
  #log: string | undefined;
  /** Made anew: bytes all alike are found in any program. */
  readonly #secret = randomBytes(32).toString("base64");
  readonly #beside = mkdtempSync(join(tmpdir(), "vssid-oracle-"));

  async open(asked: StandAsked): Promise<this> {
    if (asked.isOwnDatabase) return this.#openAlone(asked.officers);
    if (asked.lay && !asked.lay(join(this.folder, "disk"))) throw new NoPrivilege();
    this.#isLaid = asked.lay !== undefined;
    this.#env = asked.env ?? {};
    this.#log = asked.log;
    const options = { binDir: embeddedBinaries(), dataDir: this.dataDir, ...asked.database };
    this.cluster = await startCluster(options);
    const maker = createPool(this.cluster.connection, quiet);
    await maker.query(`create database ${DATABASE}`);
    await maker.end();
    const direct = inDatabase(this.cluster.connection, DATABASE);
    const through = (await asked.between?.(direct)) ?? direct;
    this.connection = asked.isAllBetween ? through : direct;
    this.owner = createPool(this.connection, { ...quiet, size: 4 });
    this.smsc = await fakeSmsc(deliver);
    writeFileSync(this.#ring, newRingText(), { mode: 0o600 });
    writeFileSync(this.cardKeyFile, newKeyPem(), { mode: 0o600 });
    this.house = await this.#openHouse();
    await this.#hire(asked.officers);
    this.balancer = await openBalancer();
    for (let at = 0; at < asked.webs; at += 1) {
      const web = await this.#start({ ...this.environment(through), VSSID_WORKER: "off" });
      this.webs.push(web);
      this.balancer.add(web.port);
    }
    for (let at = 0; at < asked.workers; at += 1) this.workers.push(await this.#start(this.environment(through)));
    while (this.balancer.ready() < asked.webs) await wait(50);
    return this;
  }

  async #openAlone(officers: number): Promise<this> {
    this.smsc = await fakeSmsc(deliver);
    this.webs.push(await this.#start(this.aloneEnvironment()));
    const host = holderOf(this.dataDir)?.socketDir;
    if (!host) throw new Error("nobody holds the folder of the database");
    this.connection = { host, user: clusterUser, database: DATABASE };
    this.owner = createPool(this.connection, { ...quiet, size: 4 });
    this.house = await this.#openHouse(this.aloneEnvironment());
    await this.#hire(officers);
    this.balancer = await openBalancer();
    for (const { port } of this.webs) this.balancer.add(port);
    while (this.balancer.ready() < 1) await wait(50);
    return this;
  }

  /** Of a process with a database of its own. */
  aloneEnvironment(): Record<string, string> {
    const { VSSID_PROXIES, VSSID_DATA_DIR, SMTP_URL, SMPP_URL } = this.#common;
    return { VSSID_PROFILE: "demo", VSSID_PROXIES, VSSID_DATA_DIR, SMTP_URL, SMPP_URL };
  }

  /** The clients' own list of what was acknowledged, outside of everything that is injured. */
  get oracle(): string {
    return join(this.#beside, "acknowledged.jsonl");
  }

  get dataDir(): string {
    return this.#isLaid ? join(this.folder, "disk", "pg") : join(this.folder, "pg");
  }

  /** Everything but the database and its folder. */
  async endProcesses(): Promise<void> {
    await Promise.all([...this.webs, ...this.workers].map((one) => one.end()));
  }

  async close(): Promise<void> {
    await this.endProcesses();
    await this.balancer?.close();
    await this.house?.close();
    await this.owner?.end();
    await this.smsc?.stop();
    await this.cluster?.stop("immediate");
    while (!this.#isLaid && postmasterOf(this.dataDir) !== undefined) await wait(50);
    rmSync(this.#beside, { recursive: true, force: true });
    if (!this.#isLaid) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Sessions of staff last a quarter of an hour unused: a long trial asks for new ones. */
  async renewOfficers(): Promise<void> {
    const { rows } = await this.owner.query<{ staff_id: string }>(
      "select staff_id from staff where username like 'thu.%' order by staff_id",
    );
    this.officers = await Promise.all(rows.map(({ staff_id }) => this.#openDesk(staff_id)));
  }

  async #start(env: Record<string, string>): Promise<KeptProcess> {
    return new KeptProcess(await freePort(), env, this.#log).start();
  }

  environment(connection: Connection = this.connection): Record<string, string> {
    return {
      ...this.#common,
      VSSID_PROFILE: "production",
      VSSID_SECRET: this.#secret,
      VSSID_KEY_RING: this.#ring,
      VSSID_CARD_KEY_FILE: this.cardKeyFile,
      VSSID_LEAVE_SECONDS: "0",
      DATABASE_URL: addressOf(connection),
    };
  }

  get #common() {
    return {
      VSSID_DATA_DIR: this.folder,
      VSSID_PROXIES: "127.0.0.1",
      SMPP_URL: this.smsc.url,
      SMTP_URL: "smtp://127.0.0.1:1",
      ...this.#env,
    };
  }

  get cardKeyFile(): string {
    return join(this.folder, "card.pem");
  }

  get #ring(): string {
    return join(this.folder, "ring.json");
  }

  async #openHouse(environment = this.environment()): Promise<OpenHouse> {
    const parsed = parseEnvironment(environment, projectRoot);
    if (!parsed.ok) throw new Error(parsed.faults.join("; "));
    const house = await makeHouse(parsed.value, forCommand);
    house.log.level = "silent";
    return house;
  }

  async #hire(count: number): Promise<void> {
    await this.owner.query(
      `insert into bhxh_office (office_code, kind, name, folded_name, province_code, commune_code, address, phone, opening_hours, valid_from)
       values ($1, 'base', 'Bảo hiểm xã hội Mẫu', 'bao hiem xa hoi mau', '52', '21952', 'Số 1 Đường Mẫu', '0000 000 052', '7:30–17:00', '2025-06-01')
       on conflict do nothing`,
      [OFFICE],
    );
    for (let at = 0; at < count; at += 1) {
      const username = `thu.${String(at).padStart(3, "0")}`;
      const member = { username, name: `Cán Bộ Thử ${at}`, role: "officer", office: OFFICE } as const;
      await addStaff(this.house, { ...member, password: "quầy gỗ mưa rào đèn lồng" });
      const staff = await findStaffByUsername(this.house.db, username);
      this.officers.push(await this.#openDesk(staff?.staff_id ?? ""));
    }
  }

  async #openDesk(staffId: string): Promise<string> {
    const now = this.house.clock.now();
    const proofs = ["password", "authenticator"] as const;
    const asked = { scope: "full", kind: "bearer", device: "", now, proofs } as const;
    const { token } = await inTransaction(this.house.db, (tx) => openSession(tx, { staffId }, asked));
    return token;
  }
}

export const quiet = { log: pino({ level: "silent" }), size: 1, statementTimeoutMs: 0, asApp: false } as const;
