/** "This is wrong" (báo sai thông tin): what a case must say, and by when it is answered. Nothing is deleted by it. */
import { isWorkingDay, type PlainDate, UnknownYear, type WorkingCalendar } from "../kernel/calendar.ts";
import { bad, type Fault, good, type Outcome } from "../kernel/outcome.ts";

export const DISPUTE_KINDS = ["not_mine", "wrong", "missing"] as const;
export type DisputeKind = (typeof DISPUTE_KINDS)[number];

export const FACT_KINDS = ["visit", "participation", "card", "benefit", "paper", "person", "household"] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** Longest text of a case, in characters. */
export const SAYS_MAX = 1000;

export interface Fact {
  kind: FactKind;
  /** Empty for what is missing altogether. */
  id: string;
}

export interface DisputeAnswers {
  kind: DisputeKind;
  fact: Fact;
  says: string;
}

const idShape: Record<FactKind, RegExp> = {
  visit: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  participation: /^(bhxh|bhtn|tnld|bhyt)(\.(19|20)\d\d-(0[1-9]|1[0-2]))?$/,
  card: /^\d{4}-\d\d-\d\d$/,
  benefit: /^(monthly|short_term|unemployment|one_off)\.\d{4}-\d\d-\d\d$/,
  paper: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  person: /^identity$/,
  household: /^members$/,
};

/** One case for all of a person's name, birth, sex and numbers, and one for who is in their household. */
export const IDENTITY: Fact = { kind: "person", id: "identity" };
export const MEMBERS: Fact = { kind: "household", id: "members" };

/** Where a fact is reported. */
export const reportHref = ({ kind, id }: Fact, as?: DisputeKind): string =>
  `/app/disputes/new?about=${kind}${id ? `&fact=${id}` : ""}${as ? `&kind=${as}` : ""}`;

/** What an address or a body names → a fact, or undefined. Only a whole benefit may be missing without a name. */
export function parseFact(kind: string | undefined, id: string | undefined): Fact | undefined {
  const known = FACT_KINDS.find((one) => one === kind);
  if (!known) return undefined;
  if (!id) return known === "benefit" ? { kind: known, id: "" } : undefined;
  return idShape[known].test(id) ? { kind: known, id } : undefined;
}

/** Which kinds of case a fact allows: a visit or its paper may be somebody else's, what is not there may be missing. */
export function kindsFor({ kind, id }: Fact): readonly DisputeKind[] {
  if (isOfCare(kind)) return ["not_mine", "wrong"];
  if (id === "") return ["missing"];
  if (kind === "participation") return id.includes(".") ? ["wrong", "missing"] : ["missing"];
  return kind === "card" || kind === "benefit" ? ["wrong"] : ["wrong", "missing"];
}

/** Facts from facilities: private ones are kept from a guardian from whom private visits are kept. */
export const OF_CARE: readonly FactKind[] = ["visit", "paper"];
const isOfCare = (kind: FactKind) => OF_CARE.includes(kind);

export interface TypedDispute {
  about?: string | undefined;
  fact?: string | undefined;
  kind?: string | undefined;
  says?: string | undefined;
}

/** One parser for page and API. A case says what is wrong, except "I was not there", which says enough. */
export function parseDispute(typed: TypedDispute): Outcome<DisputeAnswers, Fault[]> {
  const faults: Fault[] = [];
  const fact = parseFact(typed.about, typed.fact);
  if (!fact) return bad([{ field: "fact", key: "unknown_fact" }]);
  const kind = kindsFor(fact).find((one) => one === typed.kind);
  if (!kind) faults.push({ field: "kind", key: "choose_kind" });
  const says = (typed.says ?? "").normalize("NFC").replace(/\r\n/g, "\n").trim();
  if (says.length === 0 && kind !== "not_mine") faults.push({ field: "says", key: "say_something" });
  if (says.length > SAYS_MAX) faults.push({ field: "says", key: "too_long", values: { max: SAYS_MAX } });
  return kind && faults.length === 0 ? good({ kind, fact, says }) : bad(faults);
}

const ANSWER_WITHIN_WORKING_DAYS = 3;

/** The third working day after the day of opening; undefined where the holiday table ends. */
export function answerDueOn(openedOn: PlainDate, calendar: WorkingCalendar): PlainDate | undefined {
  let day = openedOn;
  try {
    for (let left = ANSWER_WITHIN_WORKING_DAYS; left > 0; ) {
      day = day.add({ days: 1 });
      if (isWorkingDay(day, calendar)) left -= 1;
    }
    return day;
  } catch (error) {
    if (error instanceof UnknownYear) return undefined;
    throw error;
  }
}

/** What came of a case. Whatever it is, the record itself is changed by its source alone. */
export const OUTCOMES = ["corrected", "stands", "undecided"] as const;
export type DisputeOutcome = (typeof OUTCOMES)[number];

const WORDS_MIN = 10;

interface TypedWords {
  says?: string | undefined;
}

/** Whom the office asked, or its answer: the person reads it, so it is a sentence. Length in characters. */
function parseWords(typed: TypedWords): Outcome<string, Fault[]> {
  const says = (typed.says ?? "").normalize("NFC").replace(/\r\n/g, "\n").trim();
  if (says.length < WORDS_MIN) return bad([{ field: "says", key: "say_more" }]);
  if (says.length > SAYS_MAX) return bad([{ field: "says", key: "too_long", values: { max: SAYS_MAX } }]);
  return good(says);
}

export const parseAsked = (typed: TypedWords): Outcome<{ says: string }, Fault[]> => {
  const words = parseWords(typed);
  return words.ok ? good({ says: words.value }) : words;
};

export interface DisputeAnswer {
  outcome: DisputeOutcome;
  says: string;
}

export function parseAnswer(typed: TypedWords & { outcome?: string | undefined }): Outcome<DisputeAnswer, Fault[]> {
  const outcome = OUTCOMES.find((one) => one === typed.outcome);
  const words = parseWords(typed);
  const faults = [...(outcome ? [] : [{ field: "outcome", key: "choose_outcome" }]), ...(words.ok ? [] : words.faults)];
  return outcome && words.ok ? good({ outcome, says: words.value }) : bad(faults);
}

/** How a case at the desk stands against its day. `today` and `dueOn` are days in Viet Nam. */
export function urgencyOf(dueOn: string | undefined, today: string): "late" | "today" | "later" {
  if (dueOn === undefined || dueOn > today) return "later";
  return dueOn === today ? "today" : "late";
}
