import type { Kysely, Transaction } from "kysely";
import type pg from "pg";
import type { Logger } from "pino";
import type { Clock } from "../kernel/clock.ts";
import type { Vault } from "../vault/vault.ts";
import type { DB } from "./types.ts";

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

/** One way of sending SMS. `weight` is its share of the first tries against the others. */
export type SmsProvider = { name: string; weight: number } & (
  | { kind: "smpp"; url: string }
  | { kind: "gateway"; gateway: "esms" | "speedsms"; url: string; key: string; secret: string }
);

/** What src/main.ts read from the environment, parsed once. */
export interface Settings {
  profile: "demo" | "production";
  host: string;
  port: number;
  baseUrl: string;
  dataDir: string;
  smtpUrl: string;
  smppUrl: string;
  /** Several providers at a time; empty: the one of smppUrl. */
  smsProviders: readonly SmsProvider[];
  /** Name shown to handsets, at most 11 characters. */
  smsSender: string;
  mailFrom: string;
  /** Selector and private key (PEM) with which e-mail is signed. */
  dkim?: { selector: string; privateKey: string } | undefined;
}

/** What every verb and page stands on. Made once by src/main.ts, or by a test. */
export interface House {
  db: Db;
  /** The same pool, for named prepared statements and COPY. */
  pool: pg.Pool;
  clock: Clock;
  vault: Vault;
  settings: Settings;
  log: Logger;
}
