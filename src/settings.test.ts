import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keysOf, newKeyPem } from "./push/keys.ts";
import { USUAL_HOSTS } from "./push/rules.ts";
import { parseEnvironment } from "./settings.ts";
import { metWithPassword } from "./settings-lines.ts";

const root = "/srv/vssid";
const keys = mkdtempSync(join(tmpdir(), "vssid-signers-"));
afterAll(() => rmSync(keys, { recursive: true }));

/** A file of the samples, its owner's alone. */
function signer(name: string): string {
  const file = join(keys, `${name}.pem`);
  copyFileSync(join(import.meta.dirname, "../test/samples/signers", `${name}.pem`), file);
  chmodSync(file, 0o600);
  return file;
}
const secret = Buffer.alloc(32, 1).toString("base64");
const production = {
  VSSID_PROFILE: "production",
  VSSID_SECRET: secret,
  VSSID_KEY_RING: "/etc/vssid/ring.json",
  DATABASE_URL: "postgres://vssid@db.example.vn/vssid?sslmode=verify-full",
  SMTP_URL: "smtp://mail.example.vn:587",
  SMPP_URL: "ssmpp://name:word@sms.example.vn:2775",
  VSSID_PASSWORD_DATABASES: "db.example.vn",
};

function taken(env: Record<string, string>) {
  const parsed = parseEnvironment(env, root);
  if (!parsed.ok) throw new Error(parsed.faults.join("; "));
  return parsed.value;
}

function faults(env: Record<string, string>): string[] {
  const parsed = parseEnvironment(env, root);
  return parsed.ok ? [] : parsed.faults;
}

describe("the environment", () => {
  it("may be empty: a demo on this machine, with its data beside the program", () => {
    expect(taken({})).toEqual({
      settings: {
        profile: "demo",
        host: "127.0.0.1",
        port: 8330,
        baseUrl: "http://127.0.0.1:8330",
        dataDir: "/srv/vssid/var",
        hasWorker: true,
        shedsLoad: true,
        leaveMs: 0,
        smtpUrl: "",
        smppUrl: "",
        secrets: [],
        smsProviders: [],
        smsSender: "BHXH",
        dkim: undefined,
        mailFrom: "vssid@127.0.0.1",
      },
      databaseUrl: undefined,
      logLevel: "warn",
      secrets: { secret: undefined, known: [], leaked: [] },
      clockAt: undefined,
      push: { contact: "mailto:vssid@127.0.0.1", hosts: USUAL_HOSTS },
      unknown: [],
    });
  });

  it("counts an empty value as not given", () => {
    expect(taken({ PORT: "", DATABASE_URL: "", VSSID_CLOCK: "" })).toEqual(taken({}));
  });

  it("gives a proxy three seconds to see that a process leaves, in production, or as many as it is told", () => {
    expect(taken(production).settings.leaveMs).toBe(3000);
    expect(taken({ ...production, VSSID_LEAVE_SECONDS: "0.5" }).settings.leaveMs).toBe(500);
    expect(faults({ VSSID_LEAVE_SECONDS: "60", VSSID_WORKER: "no" })).toHaveLength(2);
  });

  it("gives addresses of the product under BASE_URL, without a slash at the end", () => {
    const { settings } = taken({ BASE_URL: "https://vssid.example.vn/" });
    expect(settings.baseUrl).toBe("https://vssid.example.vn");
    expect(settings.mailFrom).toBe("vssid@vssid.example.vn");
    expect(taken({ HOST: "::1", PORT: "9000" }).settings.baseUrl).toBe("http://[::1]:9000");
  });

  it("sends its log elsewhere over TLS alone", () => {
    expect(taken({ VSSID_LOG_TO: "tls://logs.example.vn:6514" }).logTo).toBe("tls://logs.example.vn:6514");
    expect(faults({ VSSID_LOG_TO: "udp://logs.example.vn:514" })).toHaveLength(1);
  });

  it("starts the clock at an instant with its zone", () => {
    expect(taken({ VSSID_CLOCK: "2026-11-23T09:00:00+07:00" }).clockAt).toEqual(new Date("2026-11-23T02:00:00Z"));
    expect(faults({ VSSID_CLOCK: "2026-11-23 09:00" })).toEqual([
      "VSSID_CLOCK: must be an instant like 2026-11-23T09:00:00+07:00",
    ]);
  });

  it("names every wrong value at once", () => {
    const said = faults({ PORT: "abc", SMTP_URL: "mail.example.vn", VSSID_PROFILE: "live", VSSID_SECRET: "aGk=" });
    expect(said.map((line) => line.split(":")[0])).toEqual(["PORT", "SMTP_URL", "VSSID_PROFILE", "VSSID_SECRET"]);
  });

  it("sends SMS under a brand name as the law and the network allow it, and says what is wrong with another", () => {
    expect(taken({ VSSID_SMS_SENDER: "BHXH-TP.HCM" }).settings.smsSender).toBe("BHXH-TP.HCM");
    expect(faults({ VSSID_SMS_SENDER: "BHXHVIETNAM1" })).toEqual(["VSSID_SMS_SENDER: has at most 11 characters"]);
    expect(faults({ VSSID_SMS_SENDER: "BHXH Đăk" })).toEqual([
      "VSSID_SMS_SENDER: holds letters without marks, digits, spaces and - _ . only",
    ]);
    expect(faults({ VSSID_SMS_SENDER: "19009068" })).toEqual(["VSSID_SMS_SENDER: may not be digits only"]);
    expect(faults({ VSSID_SMS_SENDER: "BHXH " })).toEqual(["VSSID_SMS_SENDER: may not begin or end with a space"]);
  });

  it("has, in production, everything that a demo makes up", () => {
    expect(taken(production).secrets.secret).toEqual(Buffer.alloc(32, 1));
    expect(faults({ VSSID_PROFILE: "production" })).toEqual(
      [
        "VSSID_KEY_RING or VSSID_KMS_URL or VSSID_KMS_COMMAND",
        "VSSID_SECRET",
        "DATABASE_URL",
        "SMTP_URL",
        "SMPP_URL",
      ].map((name) => `${name}: needed in production`),
    );
  });

  it("believes what a machine in front says of an address, when that machine is named", () => {
    expect(taken({}).settings.proxies).toBeUndefined();
    expect(taken({ VSSID_PROXIES: "127.0.0.1, 10.0.0.0/8,fd00::/8" }).settings.proxies).toEqual([
      "127.0.0.1",
      "10.0.0.0/8",
      "fd00::/8",
    ]);
    for (const wrong of ["everybody", "10.0.0.0/33", "0.0.0.0/0", "10.0.0.0/8/8", "true"]) {
      expect(faults({ VSSID_PROXIES: wrong }), wrong).toHaveLength(1);
    }
  });

  it("name one place of the key-encryption keys, and none of them half", () => {
    const { VSSID_KEY_RING: _file, ...without } = production;
    expect(taken({ ...without, VSSID_KMS_COMMAND: "/opt/hsm/vssid-keys  --slot 1" }).ring).toEqual({
      kind: "command",
      command: ["/opt/hsm/vssid-keys", "--slot", "1"],
    });
    expect(faults({ ...production, VSSID_KMS_COMMAND: "hsm" })).toEqual([
      "VSSID_KEY_RING, VSSID_KMS_COMMAND: only one of them",
    ]);
    expect(faults({ ...without, VSSID_KMS_URL: "http://kms.example.vn/v1/transit" })).toEqual([
      "VSSID_KMS_URL: must be https in production, except on this machine",
      "VSSID_KMS_TOKEN_FILE: needed beside VSSID_KMS_URL; it holds the token and nothing else",
    ]);
  });

  it("keeps the address of the database's owner apart from that of the login that serves, and takes it from a file", () => {
    const owners = "postgres://vssid@db.example.vn/vssid?sslmode=verify-full";
    const both = taken({ ...production, VSSID_OWNER_DATABASE_URL: owners });
    expect([both.databaseUrl, both.ownerDatabaseUrl]).toEqual([production.DATABASE_URL, owners]);
    expect(taken(production).ownerDatabaseUrl).toBeUndefined();
    const folder = mkdtempSync(join(tmpdir(), "vssid-owner-"));
    const file = join(folder, "owner");
    writeFileSync(file, `${owners}\n`);
    expect(taken({ ...production, VSSID_OWNER_DATABASE_URL_FILE: file }).ownerDatabaseUrl).toBe(owners);
    rmSync(folder, { recursive: true, force: true });
    expect(faults({ VSSID_OWNER_DATABASE_URL: owners })).toEqual([
      "DATABASE_URL: needed beside VSSID_OWNER_DATABASE_URL",
    ]);
  });

  it("lets nothing leave this machine in the clear in production, but for a tunnel that is named", () => {
    const plain = {
      ...production,
      BASE_URL: "http://vssid.example.vn",
      DATABASE_URL: "postgres://vssid_server@db.example.vn/vssid?sslmode=require",
      VSSID_OWNER_DATABASE_URL: "postgres://vssid@db.example.vn/vssid",
      SMPP_URL: "smpp://name:word@sms.example.vn:2775",
      VSSID_SMS_PROVIDERS: '[{"gateway":"esms","key":"k","url":"http://gate.example.vn/send"}]',
    };
    expect(faults(plain).map((fault) => fault.split(" in production")[0])).toEqual([
      "BASE_URL: must be https",
      "DATABASE_URL: needs sslmode=verify-full",
      "VSSID_OWNER_DATABASE_URL: needs sslmode=verify-full",
      "SMPP_URL: must be ssmpp:",
      "VSSID_SMS_PROVIDERS: esms must be ssmpp: or https:",
    ]);
    const inside = {
      VSSID_TUNNELS: "db.example.vn, sms.example.vn,gate.example.vn",
      BASE_URL: "https://vssid.example.vn",
    };
    expect(faults({ ...plain, ...inside })).toEqual([]);
    const here = {
      DATABASE_URL: "postgres://vssid@localhost/vssid?host=/var/run/postgresql",
      SMPP_URL: "smpp://127.0.0.1",
    };
    expect(faults({ ...production, ...here })).toEqual([]);
  });

  it("meets a database of another machine with a certificate in production, or says by name which it does not", () => {
    const { VSSID_PASSWORD_DATABASES: _hosts, ...strict } = production;
    const [plain, needed] = [production.DATABASE_URL, "needs sslcert and sslkey in production"];
    const shown = `${plain}&sslcert=${signer("facility")}&sslkey=${signer("facility-key")}`;
    const withPassword = shown.replace("vssid@", "vssid:word@");
    const faultsWith = (url: string, more = {}) => faults({ ...strict, DATABASE_URL: url, ...more });
    expect(faultsWith(plain)).toEqual([expect.stringMatching(`^DATABASE_URL: ${needed}`)]);
    expect(faultsWith(plain.replace("vssid@", "vssid:word@"))).toEqual([expect.stringContaining(needed)]);
    expect(faultsWith(`${plain}&sslcert=&sslkey=`)).toEqual([expect.stringContaining(needed)]);
    expect(faultsWith(shown)).toEqual([]);
    expect(faultsWith(shown, { VSSID_OWNER_DATABASE_URL: plain })).toEqual([
      expect.stringMatching(`^VSSID_OWNER_DATABASE_URL: ${needed}`),
    ]);
    const twice = ["DATABASE_URL: holds a password beside its certificate: take it out"];
    expect([faultsWith(withPassword), faultsWith(`${shown}&password=word`)]).toEqual([twice, twice]);
    const named = { VSSID_PASSWORD_DATABASES: "other.example.vn, db.example.vn" };
    expect([faultsWith(withPassword, named), faultsWith(plain, named)]).toEqual([[], []]);
    expect(faultsWith(plain, { VSSID_PASSWORD_DATABASES: "other.example.vn" })).toHaveLength(1);
    const sockets = ["postgres://vssid@localhost/vssid", "postgres://vssid@far.example.vn/vssid?host=/run/postgresql"];
    expect(sockets.map((url) => faultsWith(url))).toEqual([[], []]);
    const far = withPassword.replace("db.example.vn", "far.example.vn");
    expect(metWithPassword([shown, ...sockets, undefined])).toEqual([]);
    expect(metWithPassword([plain, far, shown, plain])).toEqual(["db.example.vn", "far.example.vn"]);
  });

  it("takes the files of a database's certificate whole, with the server's name checked, and tells nothing of them", () => {
    const plain = "postgres://vssid@db.example.vn/vssid?sslmode=verify-full";
    const [cert, key] = [`sslcert=${signer("facility")}`, `sslkey=${signer("facility-key")}`];
    const said = (query: string) => faults({ DATABASE_URL: `${plain}&${query}` });
    expect(said(`${cert}&${key}&sslrootcert=${signer("stranger")}`)).toEqual([]);
    expect(said(cert)).toEqual(["DATABASE_URL: sslcert, sslkey: both or neither"]);
    expect(said(key)).toEqual(["DATABASE_URL: sslcert, sslkey: both or neither"]);
    expect(faults({ DATABASE_URL: `${plain.replace("full", "ca")}&${cert}&${key}` })).toEqual([
      "DATABASE_URL: sslcert: needs sslmode=verify-full beside it",
    ]);
    chmodSync(signer("facility-key"), 0o644);
    expect(said(`${cert}&${key}`)).toEqual(["DATABASE_URL: sslkey: can be read or changed by others: chmod 640"]);
    for (const wrong of [
      `${cert}&sslkey=${signer("stranger-key")}`,
      `sslcert=${import.meta.filename}&${key}`,
      `${cert}&${key}&sslrootcert=/none.pem`,
    ]) {
      expect(said(wrong)).toEqual([
        "DATABASE_URL: sslcert, sslkey, sslrootcert: no PEM that can be read, or certificate and key do not belong together",
      ]);
    }
  });

  it("takes secrets from files as a vault's agent lays them down, and tells nothing of what they hold", () => {
    const folder = mkdtempSync(join(tmpdir(), "vssid-secrets-"));
    const file = join(folder, "secret");
    writeFileSync(file, `${secret}\n`);
    const { VSSID_SECRET: _said, ...without } = production;
    expect(taken({ ...without, VSSID_SECRET_FILE: file }).secrets.secret).toEqual(Buffer.alloc(32, 1));
    expect(faults({ ...production, VSSID_SECRET_FILE: file })).toEqual([
      "VSSID_SECRET, VSSID_SECRET_FILE: only one of them",
    ]);
    expect(faults({ ...without, VSSID_SECRET_FILE: join(folder, "none") })).toEqual([
      `VSSID_SECRET_FILE: ${join(folder, "none")} cannot be read`,
    ]);
    rmSync(folder, { recursive: true });
  });

  it("knows secrets beside the one that writes, in a list or a file, each in one place only", () => {
    const of = (byte: number) => Buffer.alloc(32, byte);
    const [two, three] = [of(2).toString("base64"), of(3).toString("base64")];
    expect(taken(production).secrets).toEqual({ secret: of(1), known: [], leaked: [] });
    const both = { VSSID_SECRETS_KNOWN: `${two}, ${three}` };
    expect(taken({ ...production, ...both }).secrets).toEqual({ secret: of(1), known: [of(2), of(3)], leaked: [] });
    const folder = mkdtempSync(join(tmpdir(), "vssid-secrets-"));
    writeFileSync(join(folder, "leaked"), `${two}\n${three}\n`);
    const leaked = { VSSID_SECRETS_LEAKED_FILE: join(folder, "leaked") };
    expect(taken({ ...production, ...leaked }).secrets.leaked).toEqual([of(2), of(3)]);
    rmSync(folder, { recursive: true });
    const twice = ["VSSID_SECRET, VSSID_SECRETS_KNOWN, VSSID_SECRETS_LEAKED: each secret stands once, in one of them"];
    expect(faults({ ...production, VSSID_SECRETS_KNOWN: secret })).toEqual(twice);
    expect(faults({ ...production, VSSID_SECRETS_KNOWN: two, VSSID_SECRETS_LEAKED: two })).toEqual(twice);
    expect(faults({ ...production, VSSID_SECRETS_KNOWN: "aGk=" })).toEqual([
      expect.stringMatching("^VSSID_SECRETS_KNOWN.*at least 32 bytes"),
    ]);
  });

  it("cannot move the clock in production", () => {
    expect(faults({ ...production, VSSID_CLOCK: "2026-11-23T09:00:00Z" })).toEqual([
      "VSSID_CLOCK: not possible in production",
    ]);
  });

  it("has notices on devices only with a key of its own, to services that can be named", () => {
    expect(taken(production).settings.push).toBeUndefined();
    const folder = mkdtempSync(join(tmpdir(), "vssid-settings-"));
    const file = join(folder, "push.pem");
    writeFileSync(file, newKeyPem());
    const said = { ...production, VSSID_PUSH_KEY_FILE: file, VSSID_MAIL_FROM: "vssid@example.vn" };
    expect(taken(said).settings.push).toEqual({
      ...keysOf(readFileSync(file, "utf8")),
      contact: "mailto:vssid@example.vn",
      hosts: USUAL_HOSTS,
    });
    const named = {
      ...said,
      VSSID_PUSH_CONTACT: "https://vssid.example.vn",
      VSSID_PUSH_HOSTS: "push.example.vn, *.a.vn",
    };
    expect(taken(named).settings.push).toMatchObject({
      contact: "https://vssid.example.vn",
      hosts: ["push.example.vn", "*.a.vn"],
    });
    const wrong = { VSSID_PUSH_KEY_FILE: join(folder, "none"), VSSID_PUSH_HOSTS: "127.0.0.1:80" };
    expect(faults({ ...production, ...wrong })).toEqual([
      "VSSID_PUSH_HOSTS: 127.0.0.1:80 is no host like fcm.googleapis.com or *.push.apple.com",
      "VSSID_PUSH_KEY_FILE: holds no key that can be read; make one with bin/vssid push keys",
    ]);
    expect(faults({ VSSID_PUSH_HOSTS: "127.0.0.1:80" })).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it("keeps the data where it is told to", () => {
    expect(taken({ VSSID_DATA_DIR: "/data/vssid" }).settings.dataDir).toBe("/data/vssid");
    expect(taken({ VSSID_DATA_DIR: "here" }).settings.dataDir).toBe(`${process.cwd()}/here`);
  });

  const eid = {
    VSSID_EID_ISSUER: "https://eid.example.vn",
    VSSID_EID_CLIENT_ID: "vssid",
    VSSID_EID_CLIENT_SECRET: "a secret",
  };

  it("has sign-in by electronic identity only when all of it is set, and half of it is refused", () => {
    expect(taken({}).settings.eid).toBeUndefined();
    expect(taken(eid).settings.eid).toEqual({
      issuer: "https://eid.example.vn",
      clientId: "vssid",
      clientSecret: "a secret",
      scope: "openid",
      numberClaim: "personal_number",
      levelClaim: "acr",
      levels: ["1", "2", "3", "4"],
      leastLevel: "2",
    });
    const half = { ...production, VSSID_EID_ISSUER: "https://eid.example.vn" };
    expect(faults(half)).toEqual([
      "VSSID_EID_CLIENT_ID: needed beside the other VSSID_EID_ names",
      "VSSID_EID_CLIENT_SECRET: needed beside the other VSSID_EID_ names",
    ]);
    expect(faults({ ...production, ...eid, VSSID_EID_ISSUER: "http://eid.example.vn" })).toEqual([
      "VSSID_EID_ISSUER: must be https in production",
    ]);
    expect(faults({ ...eid, VSSID_EID_LEVEL_MIN: "high" })).toEqual([
      "VSSID_EID_LEVEL_MIN: must be one of VSSID_EID_LEVELS",
    ]);
  });

  it("takes several SMS providers with weights, and gateways at their own addresses", () => {
    const given = [
      { url: "smpp://a:b@one.example.vn:2775", weight: 60 },
      { gateway: "esms", key: "k", secret: "s", weight: 30 },
      {
        ...{ gateway: "speedsms", key: "k", url: "http://127.0.0.1:9/send", name: "spare" },
        replies: { phone: "from", text: "content" },
      },
    ];
    const parsed = parseEnvironment({ VSSID_SMS_PROVIDERS: JSON.stringify(given) }, "/srv/vssid");
    expect(parsed.ok && parsed.value.settings.smsProviders).toMatchObject([
      { kind: "smpp", name: "smpp:one.example.vn", weight: 60 },
      { kind: "gateway", name: "esms", gateway: "esms", weight: 30, url: expect.stringMatching(/^https:/) },
      { kind: "gateway", name: "spare", gateway: "speedsms", weight: 50, url: "http://127.0.0.1:9/send" },
    ]);
    expect(parsed.ok && parsed.value.settings.smsProviders[2]).toMatchObject({
      replies: { phone: "from", text: "content" },
    });
  });

  it.each([
    "no json",
    "[]",
    '[{"url":"http://x"}]',
    '[{"gateway":"esms","key":"k","replies":{"phone":"from"}}]',
    '[{"gateway":"esms","key":"k"},{"gateway":"esms","key":"k"}]',
  ])("says what a list of SMS providers looks like when it gets %s", (text) => {
    expect(parseEnvironment({ VSSID_SMS_PROVIDERS: text }, "/srv/vssid")).toMatchObject({
      ok: false,
      faults: [expect.stringContaining("VSSID_SMS_PROVIDERS: must be JSON like")],
    });
  });

  it("refuses to sign mail by halves, or with a key that is none", () => {
    const faultsOf = (env: Record<string, string>) => {
      const parsed = parseEnvironment(env, "/srv/vssid");
      return parsed.ok ? [] : parsed.faults;
    };
    expect(faultsOf({ VSSID_DKIM_SELECTOR: "vssid" })).toEqual([expect.stringContaining("both or neither")]);
    expect(faultsOf({ VSSID_DKIM_SELECTOR: "vssid", VSSID_DKIM_KEY_FILE: import.meta.filename })).toEqual([
      "VSSID_DKIM_KEY_FILE: holds no private key that can be read",
    ]);
  });
});
