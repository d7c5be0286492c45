import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import type { Settings, SmsProvider } from "./db/house.ts";
import { bad, good, type Outcome } from "./kernel/outcome.ts";

/** The environment, parsed once. Every wrong or missing name is told at once. */
export interface Environment {
  settings: Settings;
  databaseUrl: string | undefined;
  /** At least 32 bytes; undefined in the demo, which makes its own. */
  secret: Buffer | undefined;
  /** Where the clock starts; undefined: now. */
  clockAt: Date | undefined;
}

export function parseEnvironment(
  env: Record<string, string | undefined>,
  root: string,
): Outcome<Environment, string[]> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) return bad(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  const said = parsed.data;
  const faults = [...faultsOfDkim(said), ...(said.VSSID_PROFILE === "production" ? faultsInProduction(said) : [])];
  if (faults.length) return bad(faults);
  const baseUrl = said.BASE_URL ?? `http://${said.HOST.includes(":") ? `[${said.HOST}]` : said.HOST}:${said.PORT}`;
  return good({
    settings: {
      profile: said.VSSID_PROFILE,
      host: said.HOST,
      port: said.PORT,
      baseUrl: baseUrl.replace(/\/+$/, ""),
      dataDir: dataDirOf(said.VSSID_DATA_DIR, root),
      smtpUrl: said.SMTP_URL ?? "",
      smppUrl: said.SMPP_URL ?? "",
      smsProviders: said.VSSID_SMS_PROVIDERS,
      smsSender: said.VSSID_SMS_SENDER,
      mailFrom: said.VSSID_MAIL_FROM ?? `vssid@${new URL(baseUrl).hostname}`,
      dkim: dkimOf(said),
    },
    databaseUrl: said.DATABASE_URL,
    secret: said.VSSID_SECRET,
    clockAt: said.VSSID_CLOCK,
  });
}

const address = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be an address like ${example}` });

const secretBytes = 32;

const PROVIDERS_SHAPE =
  'must be JSON like [{"url":"smpp://name:password@host:2775","weight":60},{"gateway":"esms","key":"…","secret":"…","weight":40}]';

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
};
const providerSchema = z.union([
  z.strictObject({ ...shared, url: address(/^s?smpps?$/, "smpp://name:password@sms.example.vn:2775") }),
  z.strictObject({
    ...shared,
    gateway: z.enum(["esms", "speedsms"]),
    url: address(/^https?$/, "https://sms.example.vn/send").optional(),
    key: z.string().min(1),
    secret: z.string().default(""),
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
    const { weight } = one;
    if (!("gateway" in one)) {
      return { kind: "smpp", name: one.name ?? `smpp:${new URL(one.url).hostname}`, weight, url: one.url };
    }
    const { gateway, key, secret } = one;
    return {
      kind: "gateway",
      name: one.name ?? gateway,
      weight,
      gateway,
      key,
      secret,
      url: one.url ?? GATEWAY_URLS[gateway],
    };
  });
  return new Set(providers.map(({ name }) => name)).size === providers.length ? providers : undefined;
}

const schema = z.object({
  PORT: z.coerce.number({ error: "must be a number" }).int().min(1).max(65535).default(8330),
  HOST: z.string().default("127.0.0.1"),
  BASE_URL: address(/^https?$/, "https://vssid.example.vn").optional(),
  DATABASE_URL: address(/^postgres(ql)?$/, "postgres://vssid@db.example.vn/vssid").optional(),
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
  VSSID_CLOCK: z
    .string()
    .pipe(z.iso.datetime({ offset: true, error: "must be an instant like 2026-11-23T09:00:00+07:00" }))
    .transform((text) => new Date(text))
    .optional(),
  VSSID_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9+/_-]+={0,2}$/, "must be base64")
    .transform((text) => Buffer.from(text, "base64"))
    .refine((bytes) => bytes.length >= secretBytes, `must hold at least ${secretBytes} bytes: openssl rand -base64 32`)
    .optional(),
  VSSID_SMS_SENDER: z.string().max(11, "has at most 11 characters").default("BHXH"),
  VSSID_MAIL_FROM: z.email({ error: "must be a mail address" }).optional(),
  VSSID_DKIM_SELECTOR: z
    .string()
    .regex(/^[\w-]{1,63}$/, "is one label of a domain name")
    .optional(),
  VSSID_DKIM_KEY_FILE: z.string().optional(),
});

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

function dkimOf(said: z.infer<typeof schema>): Settings["dkim"] {
  const { VSSID_DKIM_SELECTOR: selector, VSSID_DKIM_KEY_FILE: file } = said;
  return selector && file ? { selector, privateKey: readFileSync(file, "utf8") } : undefined;
}

function faultsInProduction(said: z.infer<typeof schema>): string[] {
  const sms = said.VSSID_SMS_PROVIDERS.length > 0 ? [] : (["SMPP_URL"] as const);
  const needed = ["VSSID_SECRET", "DATABASE_URL", "SMTP_URL", ...sms] as const;
  const faults = needed.filter((name) => said[name] === undefined).map((name) => `${name}: needed in production`);
  return said.VSSID_CLOCK ? [...faults, "VSSID_CLOCK: not possible in production"] : faults;
}

/** As given from the folder of the caller; by default beside the program, from wherever it is started. */
function dataDirOf(given: string | undefined, root: string): string {
  if (given === undefined) return join(root, "var");
  return isAbsolute(given) ? given : resolve(given);
}
