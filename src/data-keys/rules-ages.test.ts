import { describe, expect, it } from "vitest";
import { agesOfVersions, dueFirst, isDue, keyLifetimes, plannedEnd } from "./rules-ages.ts";

const plan = keyLifetimes.values[0]?.value ?? {};
const now = new Date("2026-11-27T02:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const leftOf = (end: Date | undefined) => end && Math.round((end.getTime() - now.getTime()) / 86_400_000);

describe("the plan of keys", () => {
  it("gives each key its year, passwords half of one, and no end to what cannot be turned over by a plan", () => {
    const left = (kind: string) => leftOf(plannedEnd(plan, kind, daysAgo(100)));
    expect(
      ["VSSID_BACKUP_KEY_FILE", "VSSID_CARD_KEY_FILE", "VSSID_DKIM_KEY_FILE", "SMTP_URL", "DATABASE_URL"].map(left),
    ).toEqual([265, 265, 265, 83, 83]);
    expect(["VSSID_OWNER_DATABASE_URL", "VSSID_SECRET"].map(left)).toEqual([83, 630]);
    for (const kind of ["VSSID_SECRETS_KNOWN", "VSSID_SECRETS_LEAKED", "VSSID_PUSH_KEY_FILE", "VSSID_KMS_TOKEN_FILE"]) {
      expect(left(kind), kind).toBeUndefined();
    }
    expect(plannedEnd(plan, "SMTP_URL", undefined)).toBeUndefined();
  });

  it("takes the operator's periods, and the product's where the operator says nothing", () => {
    const theirs = keyLifetimes.schema.parse({ password: 30, VSSID_CARD_KEY_FILE: 0 });
    expect(leftOf(plannedEnd(theirs, "SMTP_URL", daysAgo(10)))).toBe(20);
    expect(plannedEnd(theirs, "VSSID_CARD_KEY_FILE", daysAgo(10))).toBeUndefined();
    expect(leftOf(plannedEnd(theirs, "VSSID_DKIM_KEY_FILE", daysAgo(10)))).toBe(355);
    expect(keyLifetimes.schema.safeParse({ VSSID_CARD_KEY: 30 }).success).toBe(false);
  });

  it("ends a version of the ring a year after it was made, and a replaced one after its last backup", () => {
    const ages = agesOfVersions(
      [
        { version: 1, madeAt: daysAgo(700) },
        { version: 2, madeAt: daysAgo(380) },
        { version: 3, madeAt: daysAgo(5) },
      ],
      plan,
    );
    expect(ages.map(({ kind, of, plannedEnd: end }) => [kind, of, leftOf(end)])).toEqual([
      ["ring_old", "1", 20],
      ["ring_old", "2", 395],
      ["ring", "3", 360],
    ]);
  });

  it("tells of each kind the one that ends first, from thirty days before its end", () => {
    const inDays = (kind: string, days: number) => ({ kind, of: String(days), plannedEnd: daysAgo(-days) });
    const ages = [
      inDays("token", 29),
      inDays("token", -3),
      inDays("ring", 31),
      inDays("card", 30),
      { kind: "unknown" },
    ];
    expect(dueFirst(ages, now, [30, 7, 0]).map(({ kind, of }) => [kind, of])).toEqual([
      ["token", "-3"],
      ["card", "30"],
    ]);
    expect(ages.map((age) => isDue(age, now, [30, 7, 0]))).toEqual([true, true, false, true, false]);
  });
});
