import type { Kysely, Transaction } from "kysely";
import type pg from "pg";
import type { Logger } from "pino";
import type { Clock } from "../kernel/clock.ts";
import type { Vault } from "../vault/vault.ts";
import type { TlsFiles } from "./client-certificate.ts";
import type { DB } from "./types.ts";

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

/**
 * One way of sending SMS. `weight` is its share of the first tries against the others; `receipts`: it says later what
 * reached the handset. `replies`: what a gateway calls the number and the text of what people write to us; absent: it
 * tells us none.
 */
export type SmsProvider = { name: string; weight: number; receipts: boolean } & (
  | { kind: "smpp"; url: string }
  | {
      kind: "gateway";
      gateway: "esms" | "speedsms";
      url: string;
      key: string;
      secret: string;
      replies?: { phone: string; text: string } | undefined;
    }
);

/** Files of the listener's own certificate, all PEM. */
export interface ListenerTls {
  certFile: string;
  keyFile: string;
  /** Whoever connects must show a certificate of one of these authorities. */
  clientCaFile?: string | undefined;
}

/** What src/main.ts read from the environment, parsed once. */
export interface Settings {
  profile: "demo" | "production";
  host: string;
  port: number;
  /** Without it the listener speaks plain HTTP: for a proxy on the same machine. */
  tls?: ListenerTls | undefined;
  baseUrl: string;
  dataDir: string;
  /** This process sends messages and runs the sweeps, beside its pages. */
  hasWorker: boolean;
  /** Under more than it carries this process tells what can wait to come again. */
  shedsLoad: boolean;
  /** How long a process that was told to end still takes requests, not ready any more. */
  leaveMs: number;
  smtpUrl: string;
  smppUrl: string;
  /** Several providers at a time; empty: the one of smppUrl. */
  smsProviders: readonly SmsProvider[];
  /** Name shown to handsets, at most 11 characters. */
  smsSender: string;
  mailFrom: string;
  /** Who stands in front of us: only they say for whom they ask. */
  proxies?: readonly string[] | undefined;
  /** Selector and private key (PEM) with which e-mail is signed. */
  dkim?: { selector: string; privateKey: string } | undefined;
  /** Notices on people's own devices; off when absent. */
  push?: PushSettings | undefined;
  /** Sign-in with the national electronic identity; off when absent. */
  eid?: EidSettings | undefined;
  /** Where backups lie, and the file of their key; none are taken when absent. `followsLog`: every second is kept, too. */
  backup?: { dir: string; keyFile: string; followsLog: boolean } | undefined;
  /** The scanner for viruses: a socket's path or host:port; none is asked when absent. */
  clamd?: string | undefined;
  /** Where the key-encryption keys are, when that is a service; for the watch over certificates. */
  keyService?: { url: string; files: TlsFiles } | undefined;
  /** The secrets that were given, and since when each is what it is; absent where nobody knows. */
  secrets?: readonly { name: string; since?: Date | undefined }[] | undefined;
  /** Sign the short-lived codes of cards: the first signs, all are published; off when absent. */
  cardKeys?: readonly CardKey[] | undefined;
}

/** A pair of P-256 (ES256, RFC 7518): what is published, and the PEM that never leaves the server. */
export interface CardKey {
  jwk: { kty: "EC"; crv: "P-256"; x: string; y: string; kid: string; alg: "ES256"; use: "sig" };
  privateKey: string;
}

/** Web push (RFC 8030, 8291, 8292): our pair of keys, and the push services to which we send. */
export interface PushSettings {
  /** P-256, base64url: uncompressed point, scalar. */
  publicKey: string;
  privateKey: string;
  /** mailto: or https: at which a push service reaches the operator. */
  contact: string;
  /** "host", "*.host", or a port of this machine. */
  hosts: readonly string[];
}

/** An OpenID Connect provider, and what its claims are called. */
export interface EidSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** The claim that holds the 12-digit personal number. */
  numberClaim: string;
  /** The claim that says how well the person was identified, its values from the weakest on, and the least we take. */
  levelClaim: string;
  levels: readonly string[];
  leastLevel: string;
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
