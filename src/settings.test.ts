import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./settings.ts";

const root = "/srv/vssid";
const secret = Buffer.alloc(32, 1).toString("base64");
const production = {
  VSSID_PROFILE: "production",
  VSSID_SECRET: secret,
  DATABASE_URL: "postgres://vssid@db.example.vn/vssid",
  SMTP_URL: "smtp://mail.example.vn:587",
  SMPP_URL: "smpp://name:word@sms.example.vn:2775",
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
        smtpUrl: "",
        smppUrl: "",
        smsProviders: [],
        smsSender: "BHXH",
        dkim: undefined,
        mailFrom: "vssid@127.0.0.1",
      },
      databaseUrl: undefined,
      secret: undefined,
      clockAt: undefined,
    });
  });

  it("counts an empty value as not given", () => {
    expect(taken({ PORT: "", DATABASE_URL: "", VSSID_CLOCK: "" })).toEqual(taken({}));
  });

  it("gives addresses of the product under BASE_URL, without a slash at the end", () => {
    const { settings } = taken({ BASE_URL: "https://vssid.example.vn/" });
    expect(settings.baseUrl).toBe("https://vssid.example.vn");
    expect(settings.mailFrom).toBe("vssid@vssid.example.vn");
    expect(taken({ HOST: "::1", PORT: "9000" }).settings.baseUrl).toBe("http://[::1]:9000");
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

  it("has, in production, everything that a demo makes up", () => {
    expect(taken(production).secret).toEqual(Buffer.alloc(32, 1));
    expect(faults({ VSSID_PROFILE: "production" })).toEqual(
      ["VSSID_SECRET", "DATABASE_URL", "SMTP_URL", "SMPP_URL"].map((name) => `${name}: needed in production`),
    );
  });

  it("cannot move the clock in production", () => {
    expect(faults({ ...production, VSSID_CLOCK: "2026-11-23T09:00:00Z" })).toEqual([
      "VSSID_CLOCK: not possible in production",
    ]);
  });

  it("keeps the data where it is told to", () => {
    expect(taken({ VSSID_DATA_DIR: "/data/vssid" }).settings.dataDir).toBe("/data/vssid");
    expect(taken({ VSSID_DATA_DIR: "here" }).settings.dataDir).toBe(`${process.cwd()}/here`);
  });

  it("takes several SMS providers with weights, and gateways at their own addresses", () => {
    const given = [
      { url: "smpp://a:b@one.example.vn:2775", weight: 60 },
      { gateway: "esms", key: "k", secret: "s", weight: 30 },
      { gateway: "speedsms", key: "k", url: "http://127.0.0.1:9/send", name: "spare" },
    ];
    const parsed = parseEnvironment({ VSSID_SMS_PROVIDERS: JSON.stringify(given) }, "/srv/vssid");
    expect(parsed.ok && parsed.value.settings.smsProviders).toMatchObject([
      { kind: "smpp", name: "smpp:one.example.vn", weight: 60 },
      { kind: "gateway", name: "esms", gateway: "esms", weight: 30, url: expect.stringMatching(/^https:/) },
      { kind: "gateway", name: "spare", gateway: "speedsms", weight: 50, url: "http://127.0.0.1:9/send" },
    ]);
  });

  it.each(["no json", "[]", '[{"url":"http://x"}]', '[{"gateway":"esms","key":"k"},{"gateway":"esms","key":"k"}]'])(
    "says what a list of SMS providers looks like when it gets %s",
    (text) => {
      expect(parseEnvironment({ VSSID_SMS_PROVIDERS: text }, "/srv/vssid")).toMatchObject({
        ok: false,
        faults: [expect.stringContaining("VSSID_SMS_PROVIDERS: must be JSON like")],
      });
    },
  );

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
