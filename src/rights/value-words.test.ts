import { describe, expect, it } from "vitest";
import { CONSENTS } from "../consent/rules.ts";
import { DISPUTE_KINDS, FACT_KINDS, OUTCOMES } from "../dispute/rules.ts";
import { outcomesOf, RIGHTS } from "./rules.ts";
import type { Row, SectionName } from "./sections.ts";
import { valueText } from "./value-words.ts";

const langs = ["vi", "en"] as const;

/** Every code that the database takes in these columns. */
const CODES: [SectionName, string, readonly (string | number)[]][] = [
  ["person", "sex", [1, 2, 3]],
  ["person", "birthPrecision", ["day", "month", "year"]],
  ["person", "managedBy", ["bhxh", "defence", "police"]],
  ["person", "nationality", ["000"]],
  ["numbers", "kind", ["bhxh", "personal_id", "cmnd", "passport"]],
  ["account", "status", ["active", "suspended", "closed"]],
  ["account", "lang", ["vi", "en"]],
  ["account_events", "kind", ["phone_changed", "email_changed", "address_changed", "change_stopped"]],
  ["account_events", "kind", ["stopped", "closed", "reopened", "factors_removed"]],
  ["account_events", "source", ["online", "counter"]],
  ["contacts", "kind", ["phone", "email", "address"]],
  ["sessions", "kind", ["cookie", "bearer"]],
  ["consents", "kind", CONSENTS],
  ["consents", "source", ["declaration", "online", "counter"]],
  ["declarations", "status", ["draft", "confirmed", "received", "accepted", "refused", "lapsed", "withdrawn"]],
  ["disputes", "kind", DISPUTE_KINDS],
  ["disputes", "status", ["open", "answered"]],
  ["disputes", "outcome", OUTCOMES],
  ["disputes", "about", FACT_KINDS.filter((kind) => !["card", "benefit", "participation"].includes(kind))],
  ["disputes", "about", ["card 2026-01-01", "benefit .", "participation bhxh", "participation bhtn.2026-05"]],
  ["papers", "kind", ["participation", "visits"]],
  ["requests", "kind", RIGHTS],
  ["requests", "outcome", RIGHTS.flatMap(outcomesOf)],
  ["looks", "who", ["anyone", "citizen", "staff", "partner", "system", "operator"]],
];

describe.each(langs)("a cell of the readable copy (%s)", (lang) => {
  it.each(CODES)("%s: %s is told in words", (section, key, codes) => {
    for (const code of codes) {
      const row: Row = { [key]: code };
      const told = valueText(section, key, row, lang);
      expect(told).not.toContain("undefined");
      // Where the code is an English word, it is the word.
      if (lang === "en") expect(told).not.toMatch(/_|^\d+$|^[a-z]{2}$/);
      else expect(told).not.toBe(String(code));
    }
  });
});

it("a birth of which the year alone is known is no first of January", () => {
  const row = { birthOn: "1955-01-01", birthPrecision: "year" };
  expect(valueText("person", "birthOn", row, "vi")).toBe("1955");
  expect(valueText("person", "birthOn", { ...row, birthPrecision: "day" }, "vi")).toBe("01/01/1955");
});

it("a declaration is read line by line, as far as it was filled in", () => {
  const answers = JSON.stringify({
    who: { forWhom: "self", declarer: null },
    paper: { kind: "cccd", number: "052155000001", issuedOn: "2022-08-15", issuedBy: null },
    phone: { number: "0999900001" },
  });
  expect(valueText("declarations", "answers", { answers }, "vi").replaceAll("\u00a0", " ").split("\n")).toEqual([
    "Đăng ký cho: Cho tôi",
    "Giấy tờ: Căn cước hoặc căn cước công dân: 052 155 000 001",
    "Ngày cấp, nơi cấp: 15/08/2022",
    "Điện thoại: 0999 900 001",
  ]);
  expect(valueText("declarations", "answers", { answers: "{}" }, "vi")).toBe("–");
});

it("where a message went is told by way, place and state", () => {
  const row = { sentTo: "sms •••••••012 sent; push Chrome · Android delivered" };
  expect(valueText("messages", "sentTo", row, "vi")).toBe(
    "Tin nhắn •••••••012: đã gửi\nThông báo trên máy Chrome · Android: đã đến máy",
  );
});

it("what is no code stays as it is", () => {
  expect(valueText("disputes", "says", { says: "open" }, "en")).toBe("open");
  expect(valueText("looks", "action", { action: "something.new" }, "vi")).not.toContain("something");
});
