import { foldName } from "../kernel/names.ts";

/** Which looks are counted, what is unusual about one, and who may judge it. Pure. */

/** Looks that show a person or a file to staff. Lists of one's own work and deeds are recorded, and not counted. */
export const COUNTED = [
  "person.search",
  "person.look",
  "person.compare",
  "review.look",
  "declaration.look",
  "account_seen",
  "guardian.look",
  "notices.look",
  "notices.search",
  "claim.look",
  "rejected_row.look",
  "dispute.look",
  "hotline.matters",
  "hotline.ticket_look",
] as const;

const counted: ReadonlySet<string> = new Set(COUNTED);
export const isCounted = (action: string) => counted.has(action);

/** In which a look at a file or a matter of one's own office is the case itself. */
const CASE_BOUND: ReadonlySet<string> = new Set([
  "review.look",
  "declaration.look",
  "notices.look",
  "dispute.look",
  "hotline.matters",
  "hotline.ticket_look",
]);

/** Cases that rest on nothing but the word of a member of staff. */
export const CASELESS = ["matter", "paper", "break_glass"] as const;

const caseless: ReadonlySet<string> = new Set(CASELESS);

/** Why a look was refused: none of the office's cases, or one person too many in an hour or on a day. */
export type Refusal = "no_case" | "hour" | "day";

export const FLAG_KINDS = [
  "canary",
  "protected",
  "break_glass",
  "ceiling",
  "own_record",
  "many_persons",
  "no_case",
  "matters",
  "repeats",
  "colleague",
  "neighbour",
  "odd_hours",
] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

/** Of which somebody is told at once. */
export const URGENT: readonly FlagKind[] = ["canary", "protected", "ceiling"];

/** About one person; every other kind is about a member's day. */
const OF_PERSON: ReadonlySet<FlagKind> = new Set([
  "canary",
  "protected",
  "own_record",
  "colleague",
  "neighbour",
  "repeats",
]);
export const isOfPerson = (kind: FlagKind) => OF_PERSON.has(kind);

/** One look by staff, as the chain of the audit has it. */
export interface StaffLook {
  action: string;
  isMine: boolean;
  detail: { case?: string; over?: string; why?: string };
  watched: readonly string[];
  /** The person is a member of staff. */
  isStaff: boolean;
  /** Lives in the commune of the looker, as both records say. */
  isNeighbour: boolean;
  isUsualTime: boolean;
  /** Days of late on which this member looked at this person without a case, today among them. */
  caseless: number;
  /** Matters that this member opened at a counter on this day, this one among them. */
  matters: number;
}

export interface Habits {
  repeats: number;
  mattersADay: number;
}

/** A look that rests on nothing but the looker's word. */
export function isCaseless({ action, detail }: Pick<StaffLook, "action" | "detail">): boolean {
  if (!isCounted(action) || CASE_BOUND.has(action)) return false;
  return detail.case === undefined || caseless.has(detail.case);
}

export function flagsOf(look: StaffLook, habits: Habits): FlagKind[] {
  const { action, detail, watched } = look;
  const kinds: FlagKind[] = [];
  if (action === "look.refused") kinds.push(detail.why === "no_case" ? "no_case" : "ceiling");
  if (action === "look.matter" && look.matters > habits.mattersADay) kinds.push("matters");
  if (!isCounted(action) && action !== "look.refused") return kinds;
  if (watched.includes("canary")) kinds.push("canary");
  if (watched.includes("protected") && action !== "person.search") kinds.push("protected");
  if (look.isMine) kinds.push("own_record");
  if (detail.over) kinds.push("many_persons");
  if (!look.isUsualTime) kinds.push("odd_hours");
  if (!isCaseless(look) || action === "person.search") return kinds;
  if (look.isStaff && !look.isMine) kinds.push("colleague");
  if (look.isNeighbour && !look.isMine) kinds.push("neighbour");
  if (look.caseless >= habits.repeats) kinds.push("repeats");
  return kinds;
}

/** "…, Xã Tuy Phước, Tỉnh Gia Lai" → its last two parts, folded: what the register says of where somebody lives. */
export function communeOf(address: string): string | undefined {
  const parts = address.split(",").map((part) => foldName(part));
  const [commune, province] = parts.slice(-2);
  return parts.length >= 2 && commune && province ? `${commune}, ${province}` : undefined;
}

export const VERDICTS = ["explained", "wrong", "misuse"] as const;
export type Verdict = (typeof VERDICTS)[number];

export const MATTER_REASONS = ["present", "relative", "two_numbers", "written"] as const;
export type MatterReason = (typeof MATTER_REASONS)[number];

export const GLASS_REASONS = ["treatment", "danger", "deadline", "fault", "other"] as const;
export type GlassReason = (typeof GLASS_REASONS)[number];

/** A reason in words, tidied; undefined: too short to mean anything, or too long. */
export function readReason(typed: string | undefined, longest: number): string | undefined {
  const text = (typed ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
  return text.length >= 10 && text.length <= longest ? text : undefined;
}

export function oneOf<T extends string>(known: readonly T[], typed: string | undefined): T | undefined {
  return known.find((one) => one === typed);
}
