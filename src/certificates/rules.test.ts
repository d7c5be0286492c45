import { describe, expect, it } from "vitest";
import { daysLeft, isRefused, markAt, markOf, ownAt, placesOf, warnDays } from "./rules.ts";

const hoursAfter = (at: Date, hours: number) => new Date(at.getTime() + hours * 3_600_000);
const marks = warnDays.values[0]?.value ?? [];

describe("F29: certificates before their end", () => {
  it("are told at thirty, fourteen, seven days and one, and when they are over", () => {
    const now = new Date("2026-11-26T02:00:00Z");
    const inDays = (days: number) => markOf(daysLeft(new Date(now.getTime() + days * 86_400_000), now), marks);
    expect([400, 31, 30, 15, 14, 8, 7, 2, 1, 0.5, -3].map(inDays)).toEqual([
      undefined,
      undefined,
      30,
      30,
      14,
      14,
      7,
      7,
      1,
      1,
      1,
    ]);
  });

  it("of a short life are told when a quarter of it is left, not all the time", () => {
    const beganAt = new Date("2026-11-26T02:00:00Z");
    const told = (lifeHours: number, afterHours: number) =>
      markAt({ beganAt, endsAt: hoursAfter(beganAt, lifeHours) }, hoursAfter(beganAt, afterHours), marks);
    expect([0, 17, 18.1, 25].map((after) => told(24, after))).toEqual([undefined, undefined, 0, 0]);
    expect([0, 0.7, 0.8].map((after) => told(1, after))).toEqual([undefined, undefined, 0]);
    const [month, year] = [30 * 24, 365 * 24];
    expect([0, month - 8 * 24, month - 7 * 24, month - 24, month + 1].map((after) => told(month, after))).toEqual([
      undefined,
      undefined,
      7,
      1,
      1,
    ]);
    expect([0, year - 31 * 24, year - 30 * 24].map((after) => told(year, after))).toEqual([undefined, undefined, 30]);
  });

  it.each([
    ["a proxy's of ninety days", 90 * 24, 14],
    ["one of forty-five days", 45 * 24, 7],
    ["one of two weeks and a day", 15 * 24, 1],
  ])("%s are told only when a renewal at the last third has failed for a day", (_, life, first) => {
    const beganAt = new Date("2026-11-26T02:00:00Z");
    const term = { beganAt, endsAt: hoursAfter(beganAt, life) };
    const told = (after: number) => markAt(term, hoursAfter(beganAt, after), marks);
    for (let after = 0; after < (life * 2) / 3 + 24; after += 1)
      expect(told(after), `after ${after} h`).toBeUndefined();
    expect(told(life - first * 24)).toBe(first);
  });

  it("of our own are those that an address names, and its authority is believed there", () => {
    const url = "postgres://u@db.example.vn/vssid?sslmode=verify-full&sslcert=/c.pem&sslkey=/k.pem&sslrootcert=/r.pem";
    expect(ownAt("database_login", url)).toEqual({ name: "database_login", certFile: "/c.pem", keyFile: "/k.pem" });
    expect([ownAt("a", undefined), ownAt("a", "postgres://u:p@db.example.vn/v?sslmode=verify-full")]).toEqual([
      undefined,
      undefined,
    ]);
    const here = { baseUrl: "http://127.0.0.1:8330", smtpUrl: "", smppUrl: "", smsProviders: [] };
    expect(placesOf({ ...here, databaseUrl: url })).toMatchObject([{ name: "database", rootFile: "/r.pem" }]);
  });

  it("are looked for where TLS is spoken, and nowhere else", () => {
    const lines = {
      baseUrl: "https://vssid.example.vn",
      smtpUrl: "smtp://mail.example.vn",
      smppUrl: "",
      smsProviders: [
        { name: "a", url: "ssmpp://u:p@sms.example.vn:3550" },
        { name: "b", url: "smpp://u:p@10.0.0.7:2775" },
        { name: "c", url: "https://gate.example.vn/send" },
      ],
      databaseUrl: "postgres://u:p@db.example.vn/vssid?sslmode=verify-full",
    };
    expect(placesOf(lines).map(({ name, host, port, opening }) => [name, host, port, opening])).toEqual([
      ["web", "vssid.example.vn", 443, undefined],
      ["mail", "mail.example.vn", 587, "smtp"],
      ["a", "sms.example.vn", 3550, undefined],
      ["c", "gate.example.vn", 443, undefined],
      ["database", "db.example.vn", 5432, "postgres"],
    ]);
    const [own] = placesOf({ ...lines, listenerUrl: "https://10.0.0.5:8330" }).slice(-1);
    expect(own).toEqual({ name: "listener", host: "10.0.0.5", port: 8330, isHere: true });
    const here = { baseUrl: "http://127.0.0.1:8330", smtpUrl: "smtp://127.0.0.1:25", smppUrl: "", smsProviders: [] };
    expect(placesOf({ ...here, databaseUrl: "postgres://u@localhost/v?host=/run/postgresql" })).toEqual([]);
  });

  it("count as refused when they are not believed, or the name is not found; not when nobody answers", () => {
    const [beganAt, endsAt] = [new Date(0), new Date()];
    const [far, here] = [{ isHere: false }, { isHere: true }];
    expect(isRefused({ beganAt, endsAt, fault: "CERT_HAS_EXPIRED" }, far)).toBe(true);
    expect(isRefused({ beganAt, endsAt, fault: "DEPTH_ZERO_SELF_SIGNED_CERT" }, here)).toBe(false);
    expect(isRefused({ fault: "ENOTFOUND" }, far)).toBe(true);
    expect(isRefused({ fault: "ENOENT" }, { name: "database_login", certFile: "/c", keyFile: "/k" })).toBe(true);
    expect(isRefused({ fault: "ECONNREFUSED" }, far)).toBe(false);
    expect(isRefused({ beganAt, endsAt }, far)).toBe(false);
  });
});
