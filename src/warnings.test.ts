import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { newAuthority } from "../test/authority.ts";
import { parseEnvironment, unknownNames } from "./settings.ts";
import { warningsOf } from "./warnings.ts";

const asked = {
  VSSID_PROFILE: "production",
  VSSID_SECRET: Buffer.alloc(32, 1).toString("base64"),
  VSSID_KEY_RING: "/etc/vssid/ring.json",
  DATABASE_URL: "postgres://vssid_server:word@db.example.vn/vssid?sslmode=verify-full",
  VSSID_PASSWORD_DATABASES: "db.example.vn",
  SMTP_URL: "smtp://mail.example.vn:587",
  SMPP_URL: "ssmpp://name:word@sms.example.vn:2775",
};

function said(env: Record<string, string>): string[] {
  const parsed = parseEnvironment(env, "/srv/vssid");
  if (!parsed.ok) throw new Error(parsed.faults.join("; "));
  return warningsOf(parsed.value);
}

it("a start in production says what had better be otherwise, each by its setting, and nothing of a password", () => {
  const all = said({ ...asked, HOST: "0.0.0.0", BASE_URL: "https://vssid.example.vn" });
  expect(all.map((text) => text.split(/ |:/)[0])).toEqual([
    "VSSID_CLAMD",
    "VSSID_LOG_TO",
    "VSSID_TLS_CERT_FILE",
    "VSSID_PASSWORD_DATABASES",
  ]);
  expect(all.join()).toContain("db.example.vn");
  expect(all.join()).not.toContain(":word@");
});

it("names in production what looks like a setting and is none: a name that is misspelt changes nothing", () => {
  const [first] = said({ ...asked, BASE_URL: "https://vssid.example.vn", VSSID_WROKER: "off" });
  expect(first).toBe("VSSID_WROKER is no setting of ours, and changes nothing: docs/settings.md");
  const documented = readFileSync(new URL("../docs/settings.md", import.meta.url), "utf8").match(/VSSID_[A-Z0-9_]+/g);
  expect(unknownNames(documented ?? [])).toEqual([]);
});

it("says in production that a key service on another machine knows it by a token alone", () => {
  const { VSSID_KEY_RING: _, ...rest } = asked;
  const folder = mkdtempSync(join(tmpdir(), "vssid-warnings-"));
  try {
    const token = join(folder, "token");
    writeFileSync(token, "t-1");
    const names = (url: string, more: Record<string, string> = {}) =>
      said({ ...rest, VSSID_KMS_URL: url, VSSID_KMS_TOKEN_FILE: token, ...more }).map((text) => text.split(" ")[0]);
    expect(names("https://kms.example.vn/v1/transit")).toContain("VSSID_KMS_CERT_FILE");
    expect(names("http://127.0.0.1:8200/v1/transit")).not.toContain("VSSID_KMS_CERT_FILE");
    const { cert, key } = newAuthority(folder).sign("web-1.vssid.example.vn");
    chmodSync(key, 0o640);
    const shown = { VSSID_KMS_CERT_FILE: cert, VSSID_KMS_CERT_KEY_FILE: key };
    expect(names("https://kms.example.vn/v1/transit", shown)).not.toContain("VSSID_KMS_CERT_FILE");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("says nothing where all is as it should be, nor in the demo", () => {
  const good = {
    ...asked,
    DATABASE_URL: "postgres://vssid_server@localhost/vssid?host=/run/postgresql",
    VSSID_CLAMD: "/run/clamav/clamd.ctl",
    VSSID_LOG_TO: "tls://logs.example.vn:6514",
  };
  expect(said(good)).toEqual([]);
  expect(said({ DATABASE_URL: asked.DATABASE_URL })).toEqual([]);
});
