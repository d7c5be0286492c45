import { createPrivateKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { isIP } from "node:net";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { passKeysOf } from "./card-pass/keys.ts";
import { faultsOfFiles, faultsOfTls } from "./db/client-certificate.ts";
import type { EidSettings, Settings, SmsProvider } from "./db/house.ts";
import { bad, good, type Outcome } from "./kernel/outcome.ts";
import { LOG_LEVELS, type LogLevel } from "./log.ts";
import { faultsOfPush, type PushPlaces, pushOf, pushPlaces } from "./push/settings.ts";
import { agesOfSecrets, parseSince } from "./settings-ages.ts";
import { faultsOfLines } from "./settings-lines.ts";
import { faultsOfSecrets, type Secrets, secretNames, secretsOf, withSecretFiles } from "./settings-secrets.ts";
import type { RingSettings } from "./vault/ring.ts";
import { faultsOfRing, RING_FILE_NAMES, ringFilesOf, ringNames, ringOf } from "./vault/settings.ts";
import { faultsOfListener, listenerNames, listenerOf } from "./web/listener-settings.ts";

/** The environment, parsed once. Every wrong or missing name is told at once. */
export interface Environment {
  settings: Settings;
  databaseUrl: string | undefined;
  /** For what the login of `databaseUrl` may not: the schema, copies of everything. */
  ownerDatabaseUrl?: string | undefined;
  secrets: Secrets;
  /** Where the key-encryption keys are; undefined in the demo, which makes its own. */
  ring: RingSettings | undefined;
  /** Where the clock starts; undefined: now. */
  clockAt: Date | undefined;
  /** The least that is written to the log. */
  logLevel: LogLevel;
  /** Where the log goes beside standard output. */
  logTo?: string | undefined;
  /** For a demo that makes its own keys. */
  push: PushPlaces;
  /** Names that look like settings of ours and are none. */
  unknown: readonly string[];
}

export function parseEnvironment(
  env: Record<string, string | undefined>,
  root: string,
): Outcome<Environment, string[]> {
  const given = Object.entries(env).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const secrets = withSecretFiles(Object.fromEntries(given));
  if (secrets.faults.length) return bad(secrets.faults);
  const parsed = schema.safeParse(secrets.env);
  if (!parsed.success) return bad(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  const said = parsed.data;
  const tls = listenerOf(said);
  const baseUrl =
    said.BASE_URL ?? `http${tls ? "s" : ""}://${said.HOST.includes(":") ? `[${said.HOST}]` : said.HOST}:${said.PORT}`;
  const faults = [
    ...faultsOfSecrets(said),
    ...faultsOfDkim(said),
    ...faultsOfPush(said, said.VSSID_PROFILE),
    ...faultsOfCardKey(said),
    ...faultsOfRing(said, said.VSSID_PROFILE),
    ...faultsOfFiles(ringFilesOf(said), RING_FILE_NAMES),
    ...faultsOfBackup(said),
    ...(said.VSSID_PROFILE === "production" ? faultsInProduction(said, baseUrl) : []),
    ...faultsOfEid(said),
    ...faultsOfListener(said),
    ...faultsOfDatabases(said),
  ];
  if (faults.length) return bad(faults);
  const mailFrom = said.VSSID_MAIL_FROM ?? `vssid@${new URL(baseUrl).hostname}`;
  const push = pushPlaces(said, mailFrom);
  const dataDir = dataDirOf(said.VSSID_DATA_DIR, root);
  return good({
    settings: {
      profile: said.VSSID_PROFILE,
      host: said.HOST,
      port: said.PORT,
      tls,
      baseUrl: baseUrl.replace(/\/+$/, ""),
      dataDir,
      hasWorker: said.VSSID_WORKER === "on",
      shedsLoad: said.VSSID_SHED === "on",
      leaveMs: (said.VSSID_LEAVE_SECONDS ?? (said.VSSID_PROFILE === "production" ? LEAVE_SECONDS : 0)) * 1000,
      smtpUrl: said.SMTP_URL ?? "",
      smppUrl: said.SMPP_URL ?? "",
      smsProviders: said.VSSID_SMS_PROVIDERS,
      smsSender: said.VSSID_SMS_SENDER,
      mailFrom,
      proxies: said.VSSID_PROXIES,
      push: pushOf(said, push),
      eid: eidOf(said),
      dkim: dkimOf(said),
      backup: backupOf(said, dataDir),
      clamd: said.VSSID_CLAMD,
      keyService: said.VSSID_KMS_URL ? { url: said.VSSID_KMS_URL, files: ringFilesOf(said) } : undefined,
      // The days of the files that were read are the days of the secrets in them.
      secrets: agesOfSecrets({ ...Object.fromEntries(given), ...secrets.env }, said.VSSID_SECRETS_SINCE),
      cardKeys: said.VSSID_CARD_KEY_FILE ? passKeysOf(readFileSync(said.VSSID_CARD_KEY_FILE, "utf8")) : undefined,
    },
    databaseUrl: said.DATABASE_URL,
    ownerDatabaseUrl: said.VSSID_OWNER_DATABASE_URL,
    secrets: secretsOf(said),
    ring: ringOf(said),
    clockAt: said.VSSID_CLOCK,
    logLevel: said.VSSID_LOG_LEVEL ?? (said.VSSID_PROFILE === "production" ? "info" : "warn"),
    logTo: said.VSSID_LOG_TO,
    push,
    unknown: unknownNames(Object.keys(secrets.env)),
  });
}

/** Of these names those that begin as ours and set nothing: one that is misspelt leaves what it was to change. */
export const unknownNames = (names: readonly string[]): string[] =>
  names.filter((name) => name.startsWith("VSSID_") && !(name in schema.shape));

const address = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be an address like ${example}` });

/** A registered brand name (tên định danh), NĐ 91/2020/NĐ-CP; GSM allows an alphanumeric sender 11 signs. */
const BRAND_SIGNS = 11;

const PROVIDERS_SHAPE =
  'must be JSON like [{"url":"smpp://name:password@host:2775","weight":60},{"gateway":"esms","key":"…","secret":"…","weight":40}]';

/** Three looks of a proxy that looks each second. */
const LEAVE_SECONDS = 3;

/** Where the gateways listen, by their own documents. */
const GATEWAY_URLS = {
  esms: "https://rest.esms.vn/MainService.svc/json/SendMultipleMessage_V4_post_json/",
  speedsms: "https://api.speedsms.vn/index.php/sms/send",
} as const;

const shared = {
  name: z
    .string()
    .regex(/^[\w.-]{1,40}$/)
    .optional(),
  weight: z.number().int().min(1).max(100).default(50),
  receipts: z.boolean().default(true),
};
const providerSchema = z.union([
  z.strictObject({ ...shared, url: address(/^s?smpps?$/, "smpp://name:password@sms.example.vn:2775") }),
  z.strictObject({
    ...shared,
    gateway: z.enum(["esms", "speedsms"]),
    url: address(/^https?$/, "https://sms.example.vn/send").optional(),
    key: z.string().min(1),
    secret: z.string().default(""),
    replies: z.strictObject({ phone: z.string().min(1).max(40), text: z.string().min(1).max(40) }).optional(),
  }),
]);

/** Undefined when the text is not such a list, or two providers have one name. */
function readProviders(text: string): SmsProvider[] | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = z.array(providerSchema).min(1).max(8).safeParse(given);
  if (!parsed.success) return undefined;
  const providers = parsed.data.map((one): SmsProvider => {
    const { weight, receipts } = one;
    if (!("gateway" in one)) {
      return { kind: "smpp", name: one.name ?? `smpp:${new URL(one.url).hostname}`, weight, receipts, url: one.url };
    }
    const { gateway, key, secret, replies } = one;
    return {
      kind: "gateway",
      name: one.name ?? gateway,
      weight,
      receipts,
      gateway,
      key,
      secret,
      replies,
      url: one.url ?? GATEWAY_URLS[gateway],
    };
  });
  return new Set(providers.map(({ name }) => name)).size === providers.length ? providers : undefined;
}

const schema = z.object({
  PORT: z.coerce.number({ error: "must be a number" }).int().min(1).max(65535).default(8330),
  HOST: z.string().default("127.0.0.1"),
  BASE_URL: address(/^https?$/, "https://vssid.example.vn").optional(),
  DATABASE_URL: address(/^postgres(ql)?$/, "postgres://vssid_server@db.example.vn/vssid").optional(),
  VSSID_OWNER_DATABASE_URL: address(/^postgres(ql)?$/, "postgres://vssid@db.example.vn/vssid").optional(),
  SMTP_URL: address(/^smtps?$/, "smtp://mail.example.vn:587").optional(),
  SMPP_URL: address(/^s?smpps?$/, "smpp://name:password@sms.example.vn:2775").optional(),
  VSSID_SMS_PROVIDERS: z
    .string()
    .transform((text, context): SmsProvider[] => {
      const providers = readProviders(text);
      if (!providers) context.addIssue(PROVIDERS_SHAPE);
      return providers ?? [];
    })
    .default([]),
  VSSID_PROFILE: z.enum(["demo", "production"], { error: "must be demo or production" }).default("demo"),
  VSSID_DATA_DIR: z.string().optional(),
  VSSID_WORKER: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  VSSID_SHED: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  VSSID_LEAVE_SECONDS: z.coerce.number({ error: "must be a number" }).min(0).max(20).optional(),
  VSSID_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(", ")}` }).optional(),
  VSSID_LOG_TO: address(/^tls$/, "tls://logs.example.vn:6514").optional(),
  VSSID_CLOCK: z
    .string()
    .pipe(z.iso.datetime({ offset: true, error: "must be an instant like 2026-11-23T09:00:00+07:00" }))
    .transform((text) => new Date(text))
    .optional(),
  ...secretNames,
  VSSID_SECRETS_SINCE: z
    .string()
    .default("")
    .transform((text, context) => {
      const since = parseSince(text);
      if (!since) context.addIssue("must be like VSSID_SECRET:2026-11-27,SMTP_URL:2026-02-01");
      return since ?? new Map<string, Date>();
    }),
  VSSID_SMS_SENDER: z
    .string()
    .max(BRAND_SIGNS, `has at most ${BRAND_SIGNS} characters`)
    .regex(/^[A-Za-z0-9_. -]*$/, "holds letters without marks, digits, spaces and - _ . only")
    .refine((name) => !/^\d+$/.test(name), "may not be digits only")
    .refine((name) => name === name.trim(), "may not begin or end with a space")
    .default("BHXH"),
  VSSID_MAIL_FROM: z.email({ error: "must be a mail address" }).optional(),
  VSSID_EID_ISSUER: address(/^https?$/, "https://eid.example.vn").optional(),
  VSSID_EID_CLIENT_ID: z.string().optional(),
  VSSID_EID_CLIENT_SECRET: z.string().optional(),
  VSSID_EID_SCOPE: z.string().default("openid"),
  VSSID_EID_NUMBER_CLAIM: z.string().default("personal_number"),
  VSSID_EID_LEVEL_CLAIM: z.string().default("acr"),
  VSSID_EID_LEVELS: z
    .string()
    .default("1,2,3,4")
    .transform((text) => text.split(",").map((one) => one.trim())),
  VSSID_EID_LEVEL_MIN: z.string().default("2"),
  VSSID_DKIM_SELECTOR: z
    .string()
    .regex(/^[\w-]{1,63}$/, "is one label of a domain name")
    .optional(),
  VSSID_DKIM_KEY_FILE: z.string().optional(),
  VSSID_CARD_KEY_FILE: z.string().optional(),
  ...ringNames,
  ...listenerNames,
  VSSID_BACKUP_DIR: z.string().optional(),
  VSSID_BACKUP_KEY_FILE: z.string().optional(),
  VSSID_BACKUP_LOG: z.enum(["follow", "off"], { error: "must be follow or off" }).default("off"),
  VSSID_PUSH_KEY_FILE: z.string().optional(),
  VSSID_PUSH_CONTACT: z
    .string()
    .regex(
      /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/,
      "must be like mailto:vssid@example.vn or https://vssid.example.vn",
    )
    .optional(),
  VSSID_PUSH_HOSTS: z.string().optional(),
  VSSID_CLAMD: z
    .string()
    .regex(/^(\/[\w./-]+|[\w.-]+:\d{1,5})$/, "must be like /run/clamav/clamd.ctl or 127.0.0.1:3310")
    .optional(),
  VSSID_TUNNELS: z
    .string()
    .default("")
    .transform((text) => text.split(",").map((one) => one.trim())),
  VSSID_PASSWORD_DATABASES: z
    .string()
    .default("")
    .transform((text) => text.split(",").map((one) => one.trim())),
  VSSID_PROXIES: z
    .string()
    .transform((text) => text.split(",").map((one) => one.trim()))
    .refine((all) => all.every(isNetwork), "must be addresses or networks like 127.0.0.1,10.0.0.0/8")
    .optional(),
});

/** One address, or a network as a prefix. */
function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (longest < 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest && Number(bits) > 0);
}

const eidNames = ["VSSID_EID_ISSUER", "VSSID_EID_CLIENT_ID", "VSSID_EID_CLIENT_SECRET"] as const;

/** Sign-in with the national electronic identity is off when none of its three names is set. */
function eidOf(said: z.infer<typeof schema>): EidSettings | undefined {
  const [issuer, clientId, clientSecret] = eidNames.map((name) => said[name]);
  if (!issuer || !clientId || !clientSecret) return undefined;
  return {
    issuer,
    clientId,
    clientSecret,
    scope: said.VSSID_EID_SCOPE,
    numberClaim: said.VSSID_EID_NUMBER_CLAIM,
    levelClaim: said.VSSID_EID_LEVEL_CLAIM,
    levels: said.VSSID_EID_LEVELS,
    leastLevel: said.VSSID_EID_LEVEL_MIN,
  };
}

/** Half a configuration would be a door that looks open and is not. */
function faultsOfEid(said: z.infer<typeof schema>): string[] {
  const missing = eidNames.filter((name) => said[name] === undefined);
  const isHalf = missing.length > 0 && missing.length < eidNames.length;
  const isOpen = said.VSSID_PROFILE === "production" && said.VSSID_EID_ISSUER?.startsWith("http:");
  return [
    ...(isHalf ? missing.map((name) => `${name}: needed beside the other VSSID_EID_ names`) : []),
    ...(isOpen ? ["VSSID_EID_ISSUER: must be https in production"] : []),
    ...(said.VSSID_EID_LEVELS.includes(said.VSSID_EID_LEVEL_MIN)
      ? []
      : ["VSSID_EID_LEVEL_MIN: must be one of VSSID_EID_LEVELS"]),
  ];
}

/** Signing mail by halves would be worse than not at all: every message would be taken for forged. */
function faultsOfDkim(said: z.infer<typeof schema>): string[] {
  const { VSSID_DKIM_SELECTOR: selector, VSSID_DKIM_KEY_FILE: file } = said;
  if (!selector && !file) return [];
  if (!selector || !file) return ["VSSID_DKIM_SELECTOR, VSSID_DKIM_KEY_FILE: both or neither"];
  try {
    createPrivateKey(readFileSync(file));
    return [];
  } catch {
    return ["VSSID_DKIM_KEY_FILE: holds no private key that can be read"];
  }
}

function faultsOfCardKey({ VSSID_CARD_KEY_FILE: file }: z.infer<typeof schema>): string[] {
  try {
    if (file) passKeysOf(readFileSync(file, "utf8"));
    return [];
  } catch {
    return ["VSSID_CARD_KEY_FILE: holds no key of P-256 that can be read; make one with bin/vssid push keys"];
  }
}

/** In production nobody's key is taken by default: who restores must have it, and must know where it is. */
function faultsOfBackup(said: z.infer<typeof schema>): string[] {
  const { VSSID_BACKUP_DIR: dir, VSSID_BACKUP_KEY_FILE: file } = said;
  if (!dir) return said.VSSID_BACKUP_LOG === "follow" ? ["VSSID_BACKUP_DIR: needed with VSSID_BACKUP_LOG=follow"] : [];
  if (file && !existsSync(file)) {
    return [`VSSID_BACKUP_KEY_FILE: ${file} is not there; bin/vssid backup --new-key ${file} makes one`];
  }
  return said.VSSID_PROFILE === "production" && !file
    ? ["VSSID_BACKUP_KEY_FILE: needed in production with VSSID_BACKUP_DIR"]
    : [];
}

function backupOf(said: z.infer<typeof schema>, dataDir: string): Settings["backup"] {
  if (!said.VSSID_BACKUP_DIR) return undefined;
  const keyFile = said.VSSID_BACKUP_KEY_FILE ?? join(dataDir, "keys", "backup.key");
  return { dir: resolve(said.VSSID_BACKUP_DIR), keyFile, followsLog: said.VSSID_BACKUP_LOG === "follow" };
}

function dkimOf(said: z.infer<typeof schema>): Settings["dkim"] {
  const { VSSID_DKIM_SELECTOR: selector, VSSID_DKIM_KEY_FILE: file } = said;
  return selector && file ? { selector, privateKey: readFileSync(file, "utf8") } : undefined;
}

function faultsInProduction(said: z.infer<typeof schema>, baseUrl: string): string[] {
  const sms = said.VSSID_SMS_PROVIDERS.length > 0 ? [] : (["SMPP_URL"] as const);
  const needed = ["VSSID_SECRET", "DATABASE_URL", "SMTP_URL", ...sms] as const;
  const faults = needed.filter((name) => said[name] === undefined).map((name) => `${name}: needed in production`);
  const lines = faultsOfLines({
    baseUrl,
    databases: databasesOf(said),
    smppUrl: said.SMPP_URL,
    providers: said.VSSID_SMS_PROVIDERS,
    tunnels: said.VSSID_TUNNELS,
    passwordDatabases: said.VSSID_PASSWORD_DATABASES,
  });
  return [...faults, ...lines, ...(said.VSSID_CLOCK ? ["VSSID_CLOCK: not possible in production"] : [])];
}

function faultsOfDatabases(said: z.infer<typeof schema>): string[] {
  const isHalf = said.VSSID_OWNER_DATABASE_URL && !said.DATABASE_URL;
  const ofFiles = Object.entries(databasesOf(said)).flatMap(([name, url]) =>
    url ? faultsOfTls(url).map((fault) => `${name}: ${fault}`) : [],
  );
  return [...(isHalf ? ["DATABASE_URL: needed beside VSSID_OWNER_DATABASE_URL"] : []), ...ofFiles];
}

function databasesOf({ DATABASE_URL, VSSID_OWNER_DATABASE_URL }: z.infer<typeof schema>) {
  return { DATABASE_URL, VSSID_OWNER_DATABASE_URL };
}

/** As given from the folder of the caller; by default beside the program, from wherever it is started. */
function dataDirOf(given: string | undefined, root: string): string {
  if (given === undefined) return join(root, "var");
  return isAbsolute(given) ? given : resolve(given);
}
