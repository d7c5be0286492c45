import { words as benefitWords } from "../benefits/words.ts";
import { words as consentWords } from "../consent/words.ts";
import { words as disputeWords } from "../dispute/words.ts";
import { words as holderWords } from "../holder/words.ts";
import { words as inboxWords } from "../inbox/words.ts";
import {
  type BirthPrecision,
  formatBirth,
  formatDay,
  formatInstant,
  formatMonth,
  plainDate,
} from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import { catalogue, type Lang } from "../kernel/words.ts";
import { words as meWords } from "../me/words.ts";
import { parseFund } from "../participation/rules.ts";
import { words as participationWords } from "../participation/words.ts";
import { answersText } from "../registration/answers-text.ts";
import { words as registrationWords } from "../registration/words.ts";
import { words as statementWords } from "../statement/words.ts";
import type { Row, SectionName } from "./sections.ts";
import { words } from "./words.ts";

/** Codes that no other page puts into words. */
const codes = catalogue(
  {
    precision: { day: "đủ ngày, tháng, năm", month: "tháng và năm", year: "năm" },
    vietnamese: "Việt Nam",
    managedBy: { bhxh: "BHXH", defence: "BHXH Bộ Quốc phòng", police: "BHXH Công an nhân dân" },
    contacts: { phone: "Số điện thoại", email: "Thư điện tử", address: "Địa chỉ liên hệ" },
    sessions: { cookie: "Trình duyệt", bearer: "Chương trình" },
    langs: { vi: "Tiếng Việt", en: "Tiếng Anh" },
    declarations: {
      draft: "Đang khai",
      confirmed: "Đã xác nhận",
      received: "Đã tiếp nhận",
      accepted: "Chấp nhận",
      refused: "Không chấp nhận",
      lapsed: "Quá hạn nộp, tự hủy",
      withdrawn: "Đã rút",
    },
    facts: {
      visit: "Một lần khám",
      paper: "Một giấy của nơi khám",
      person: "Họ tên, ngày sinh và các số",
      household: "Hộ gia đình",
    },
  },
  {
    precision: { day: "day, month and year", month: "month and year", year: "year" },
    vietnamese: "Viet Nam",
    managedBy: {
      bhxh: "Social Insurance",
      defence: "Social Insurance of the Ministry of National Defence",
      police: "Social Insurance of the People's Public Security",
    },
    contacts: { phone: "Telephone", email: "E-mail", address: "Postal address" },
    sessions: { cookie: "Browser", bearer: "Program" },
    langs: { vi: "Vietnamese", en: "English" },
    declarations: {
      draft: "Being filled in",
      confirmed: "Confirmed",
      received: "Received",
      accepted: "Accepted",
      refused: "Refused",
      lapsed: "Lapsed, not handed in",
      withdrawn: "Withdrawn",
    },
    facts: {
      visit: "A health visit",
      paper: "A paper of a health facility",
      person: "Name, birth date and numbers",
      household: "Household",
    },
  },
);

/** A cell of the copy as its owner reads it: codes in words, days and instants as everywhere, a birth as far as it is known. */
export function valueText(section: SectionName, key: string, row: Row, lang: Lang): string {
  const value = row[key] ?? null;
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? words(lang).copy.yes : words(lang).copy.no;
  const text = String(value);
  const told = composed(section, key, text, row, lang) ?? named(section, key, lang)[text];
  if (told !== undefined) return told;
  if (/^\d{4}-\d\d-\d\dT.*Z$/.test(text)) return formatInstant(new Date(text), lang);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return formatDay(plainDate(text), lang);
  return key === "action" ? meWords(lang).actionOther : text;
}

/** The words of a cell that holds a code. */
function named(section: SectionName, key: string, lang: Lang): Readonly<Record<string, string>> {
  const own = codes(lang);
  const holder = holderWords(lang);
  const me = meWords(lang);
  const dispute = disputeWords(lang);
  const consent = consentWords(lang).mine;
  const bySection: Partial<Record<SectionName, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
    person: {
      sex: registrationWords(lang).name.sexes,
      birthPrecision: own.precision,
      nationality: { "000": own.vietnamese },
      managedBy: own.managedBy,
    },
    numbers: { kind: me.numberKinds },
    account: { status: holder.desk.statuses, lang: own.langs },
    account_events: { kind: holder.kinds, source: holder.paper.wheres, grounds: holder.desk.groundsOf },
    contacts: { kind: own.contacts },
    sessions: { kind: own.sessions },
    consents: { kind: consent.kinds, source: consent.sources },
    declarations: { status: own.declarations },
    disputes: { kind: dispute.kinds, status: dispute.status, outcome: dispute.outcomes },
    papers: { kind: statementWords(lang).kinds },
    requests: { kind: words(lang).kindNames, outcome: words(lang).states },
    looks: { action: me.actions, purpose: me.purposes, who: me.whoKinds },
  };
  return bySection[section]?.[key] ?? {};
}

/** What is put together of several values, or undefined. */
function composed(section: SectionName, key: string, text: string, row: Row, lang: Lang): string | undefined {
  if (section === "person" && key === "birthOn") {
    return formatBirth(plainDate(text), row.birthPrecision as BirthPrecision, lang);
  }
  if (section === "numbers" && key === "number") return groupNumber(text);
  if (section === "contacts" && key === "value" && row.kind === "phone") return groupNumber(text);
  if (section === "messages" && key === "sentTo") return waysText(text, lang);
  if (section === "disputes" && key === "about") return aboutText(text, lang);
  if (section === "declarations" && key === "answers") return answersText(JSON.parse(text), lang) || "–";
  return undefined;
}

/** "sms •••012 sent; email m•••@example.vn failed". */
function waysText(text: string, lang: Lang): string {
  const { channel, states } = inboxWords(lang) as { channel: Record<string, string>; states: Record<string, string> };
  const ways = text.split("; ").map((way) => {
    const [by = "", ...rest] = way.split(" ");
    const state = rest.pop() ?? "";
    return `${channel[by] ?? by} ${rest.join(" ")}: ${states[state] ?? state}`;
  });
  return ways.join("\n");
}

/** "participation bhxh.2026-05": what a report is about, without a look into the record that the copy leaves out. */
function aboutText(text: string, lang: Lang): string {
  const [kind = "", id = ""] = text.split(" ");
  const { facts } = disputeWords(lang);
  const day = (iso: string) => formatDay(plainDate(iso), lang);
  if (kind === "card") return facts.card(day(id));
  const [part = "", when] = id.split(".");
  if (kind === "benefit") {
    const kinds: Readonly<Record<string, string>> = benefitWords(lang).kinds;
    return when ? facts.benefit(kinds[part] ?? part, day(when)) : facts.benefits;
  }
  if (kind === "participation") {
    const fund = participationWords(lang).funds[parseFund(part) ?? "bhxh"];
    return when ? facts.month(fund, formatMonth(`${when}-01`)) : facts.fund(fund);
  }
  const others: Readonly<Record<string, string>> = codes(lang).facts;
  return others[kind] ?? text;
}
