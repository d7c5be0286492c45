import { z } from "zod";
import { definePolicy } from "../kernel/policy.ts";

/** One-time codes as figures: how long, how many tries, how many messages. Pure. */

/** What a code is for. It opens nothing else. */
export const PURPOSES = [
  "confirm_phone",
  "confirm_email",
  "confirm_declaration",
  "recover",
  "change_phone",
  "change_email",
  "prove_self",
  "sign_letter",
  "prove_caller",
] as const;
export type CodePurpose = (typeof PURPOSES)[number];

/** Who may hear a code: at the counter the officer types it in, and for somebody who is helped the helper does. */
export type Hearer = "nobody" | "counter" | "helper";

/** Six digits where something was proved before; eight where the code stands alone. */
export const DIGITS: Record<CodePurpose, 6 | 8> = {
  confirm_phone: 6,
  confirm_email: 6,
  confirm_declaration: 6,
  recover: 8,
  change_phone: 6,
  change_email: 6,
  prove_self: 6,
  sign_letter: 6,
  prove_caller: 6,
};

export const TRIES = 3;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Codes stay this long for the counting of budgets, then go. */
export const KEPT_MS = 48 * HOUR_MS;

export const codeLifeMinutes = definePolicy({
  name: "codes.life_minutes",
  meaning: "Minutes for which a one-time code is good",
  schema: z.number().int().min(2).max(60),
  values: [{ from: "2021-01-01", value: 5, source: "the real system's codes live 5 minutes" }],
});

export const codeBudget = definePolicy({
  name: "codes.most",
  meaning:
    "Most one-time codes: by person or file a day (of a forgotten password apart, by channel), by telephone or address an hour, in the whole system an hour",
  schema: z.object({
    subjectADay: z.number().int().min(1),
    recipientAnHour: z.number().int().min(1),
    allAnHour: z.number().int().min(1),
  }),
  values: [
    { from: "2021-01-01", value: { subjectADay: 5, recipientAnHour: 3, allAnHour: 20_000 }, source: "proposal" },
  ],
});

/** Of one person or file a day, to one telephone or address an hour, and of all. */
export type CodeBudget = (typeof codeBudget.values)[number]["value"];

export const messageCeiling = definePolicy({
  name: "codes.message_ceiling",
  meaning: "Messages that the operator pays for in a day, and how many of them stay kept for outcomes of files",
  schema: z
    .object({ allADay: z.number().int().min(1), keptForOutcomes: z.number().int().min(0) })
    .refine(({ allADay, keptForOutcomes }) => keptForOutcomes < allADay),
  values: [{ from: "2021-01-01", value: { allADay: 100_000, keptForOutcomes: 40_000 }, source: "proposal" }],
});

/** Fraud sends codes to runs of numbers that nobody reads in; people who read theirs in are not counted. */
export const unreadInBlock = definePolicy({
  name: "codes.unread_in_block",
  meaning: "Most codes an hour to other telephones of one block of a thousand numbers that were not read in",
  schema: z.number().int().min(1),
  values: [{ from: "2021-01-01", value: 20, source: "proposal" }],
});

/** A block vouches for itself alone: what people elsewhere read in says nothing about fraud here. */
export const blockRest = definePolicy({
  name: "codes.block_rest_minutes",
  meaning:
    "Minutes for which a code that was not read in holds back codes to other telephones of its block of a thousand numbers; each asking that is held back begins them anew, and each code read in there within the hour lets two unread ones stand; 0 holds nothing back",
  schema: z.number().int().min(0).max(60),
  values: [{ from: "2021-01-01", value: 15, source: "proposal" }],
});

/** Spread over many blocks, fraud shows in their prefix: one after the other holds askings back. */
export const siegeFrom = definePolicy({
  name: "codes.siege_from",
  meaning:
    "Blocks of one prefix (first four digits) that may hold askings back before no telephone of the prefix gets a second code while its first is unread",
  schema: z.number().int().min(1),
  values: [{ from: "2021-01-01", value: 2, source: "proposal" }],
});

/** Anybody can type a stranger's telephone and confirm: a receipt there costs the caller nothing and is read in by nobody. */
export const unprovedInBlock = definePolicy({
  name: "codes.unproved_in_block",
  meaning:
    "Most messages an hour, codes that were not read in and receipts together, after which an unproved telephone of one block of a thousand numbers gets no receipt",
  schema: z.number().int().min(1),
  values: [{ from: "2021-01-01", value: 1, source: "proposal" }],
});

/** When what is asked for is no longer people who wait for a code. */
export const codeAlarm = definePolicy({
  name: "codes.alarm",
  meaning:
    "Blocks of numbers that hold askings back, and percent of the whole system's budget of codes (of the hour or of the day, whichever is nearer its end), from which the alarm is raised",
  schema: z.object({ blocks: z.number().int().min(1), percent: z.number().int().min(1).max(100) }),
  values: [{ from: "2021-01-01", value: { blocks: 10, percent: 80 }, source: "proposal" }],
});

export const wrongMost = definePolicy({
  name: "codes.most_wrong_an_hour",
  meaning: "Wrong codes in the whole system an hour; beyond them each code has one try instead of three",
  schema: z.number().int().min(1),
  values: [{ from: "2021-01-01", value: 2000, source: "proposal: a tenth of the codes of the busiest hour" }],
});

export const codePolicies = [
  codeLifeMinutes,
  codeBudget,
  messageCeiling,
  unreadInBlock,
  blockRest,
  siegeFrom,
  unprovedInBlock,
  codeAlarm,
  wrongMost,
];

/** `below(n)` answers a random whole number from 0 to n−1, drawn by the caller from a safe source. */
export function drawCode(purpose: CodePurpose, below: (n: number) => number): string {
  return String(below(10 ** DIGITS[purpose])).padStart(DIGITS[purpose], "0");
}

/** The digits of a code as typed or pasted, with or without spaces; undefined when it cannot be one. */
export function parseCode(text: string, purpose: CodePurpose): string | undefined {
  const digits = text.normalize("NFKC").replace(/[\s.\-–]/gu, "");
  return digits.length === DIGITS[purpose] && /^\d+$/.test(digits) ? digits : undefined;
}

/** The block of a thousand numbers to which a telephone belongs; an address of e-mail has none. */
export function blockOf(channel: "sms" | "email", recipient: string): string | undefined {
  return channel === "sms" ? recipient.slice(0, -3) : undefined;
}

/** The first four digits of a telephone: a million numbers of one operator. */
export function prefixOf(channel: "sms" | "email", recipient: string): string | undefined {
  return channel === "sms" ? recipient.slice(0, 4) : undefined;
}

/** How many codes were sent lately, this one not counted. */
export interface Recent {
  subjectToday: number;
  recipientThisHour: number;
  allThisHour: number;
  allToday: number;
  /** Sent to this very telephone in the last hour, and not read in. */
  unreadThere: number;
  /** Sent to other telephones of the block, and not read in. */
  unreadInBlock: number;
  /** Those of them that were sent, or held an asking back, within the block's rest. */
  holdingInBlock: number;
  /** Read in by any telephone of the block in the last hour. */
  readInBlock: number;
  /** Blocks of the prefix that held an asking back within the rest. */
  holdingBlocks: number;
}

export interface Most {
  subjectADay: number;
  recipientAnHour: number;
  allAnHour: number;
  allADay: number;
  keptForOutcomes: number;
  unreadInBlock: number;
  siegeFrom: number;
}

/** Colleagues with numbers in a row: the first reads in, then two at once, then six. */
const UNREAD_FOR_EACH_READ = 2;

/** Somebody in the block has a code that is not read in, and too few there have read theirs to vouch for another. */
export function isHeldBack(recent: Pick<Recent, "holdingInBlock" | "unreadInBlock" | "readInBlock">): boolean {
  return recent.holdingInBlock > 0 && recent.unreadInBlock >= recent.readInBlock * UNREAD_FOR_EACH_READ;
}

/** Codes that their owner asks for who is signed in, or an officer for them: nobody chooses the telephone by asking. */
export const OWNERS_OWN: readonly CodePurpose[] = ["prove_self", "sign_letter", "prove_caller"];

export function isWithinBudget(recent: Recent, most: Most): boolean {
  return (
    recent.subjectToday < most.subjectADay &&
    recent.recipientThisHour < most.recipientAnHour &&
    recent.allThisHour < most.allAnHour &&
    recent.allToday < most.allADay - most.keptForOutcomes &&
    recent.unreadInBlock < most.unreadInBlock &&
    !(recent.holdingBlocks > most.siegeFrom && recent.unreadThere > 0)
  );
}

/** How much of the whole system's budget is gone: of the hour's or of the day's, whichever is nearer its end. */
export function spentPercent(
  sent: Pick<Recent, "allThisHour" | "allToday">,
  most: Pick<Most, "allAnHour" | "allADay" | "keptForOutcomes">,
): number {
  const share = Math.max(sent.allThisHour / most.allAnHour, sent.allToday / (most.allADay - most.keptForOutcomes));
  return Math.floor(share * 100);
}

/** A receipt to a telephone that nobody has proved: the person sees on the page what it would say. */
export function mayHaveReceipt(
  recent: Pick<Recent, "subjectToday" | "unreadThere" | "unreadInBlock">,
  most: Pick<Most, "subjectADay"> & { unprovedInBlock: number },
): boolean {
  return (
    recent.subjectToday < most.subjectADay && recent.unreadThere === 0 && recent.unreadInBlock < most.unprovedInBlock
  );
}
