import {
  asFarAsKnown,
  dayOf,
  daysBetween,
  endOf,
  type PlainDate,
  plainDate,
  rollToWorkingDay,
  UnknownYear,
  type WorkingCalendar,
} from "../kernel/calendar.ts";

/** What a declaration is and may become, and its two legal clocks (letter 330, annex 1, steps 3 and 4). Pure. */
export const STATUSES = ["draft", "confirmed", "received", "accepted", "refused", "lapsed", "withdrawn"] as const;
export type Status = (typeof STATUSES)[number];

export type EventKind =
  | "drafted"
  | "confirmed"
  | "withdrawn"
  | "lapsed"
  | "received"
  | "taken"
  | "released"
  | "paper_filed"
  | "proposed"
  | "sent_back"
  | "printed"
  | "accepted"
  | "refused"
  | "handed_over"
  | "batched"
  | "unbatched";

export type ActorKind = "citizen" | "staff" | "system";

/** Names of acts, as the API tells them and web/words.ts says them. */
export type Act =
  | "confirm"
  | "withdraw"
  | "lapse"
  | "receive"
  | "take"
  | "release"
  | "file_paper"
  | "propose"
  | "send_back"
  | "print"
  | "accept"
  | "refuse"
  | "hand_over"
  | "batch"
  | "unbatch"
  | "redeclare";

interface Move {
  act: Act;
  from: readonly Status[];
  /** Absent: the status stays. */
  to?: Status;
  by: readonly ActorKind[];
}

const anyPerson: readonly ActorKind[] = ["citizen", "staff"];

/** Every event, what it asks for and where it leads. Nothing moves but along these rows. */
const MOVES: Record<Exclude<EventKind, "drafted">, Move> = {
  confirmed: { act: "confirm", from: ["draft"], to: "confirmed", by: anyPerson },
  withdrawn: { act: "withdraw", from: ["draft", "confirmed"], to: "withdrawn", by: ["citizen"] },
  lapsed: { act: "lapse", from: ["confirmed"], to: "lapsed", by: ["system"] },
  received: { act: "receive", from: ["confirmed"], to: "received", by: ["staff"] },
  taken: { act: "take", from: ["received"], by: ["staff"] },
  released: { act: "release", from: ["received"], by: ["staff"] },
  paper_filed: { act: "file_paper", from: ["confirmed", "received"], by: ["staff"] },
  printed: { act: "print", from: ["confirmed", "received"], by: anyPerson },
  proposed: { act: "propose", from: ["received"], by: ["staff"] },
  sent_back: { act: "send_back", from: ["received"], by: ["staff"] },
  accepted: { act: "accept", from: ["received"], to: "accepted", by: ["staff"] },
  refused: { act: "refuse", from: ["received"], to: "refused", by: ["staff"] },
  handed_over: { act: "hand_over", from: ["confirmed", "received"], by: ["staff"] },
  batched: { act: "batch", from: ["confirmed"], by: ["staff"] },
  unbatched: { act: "unbatch", from: ["confirmed"], by: ["staff"] },
};

const ENDED: readonly Status[] = ["refused", "lapsed", "withdrawn"];

export type StepKind = keyof typeof MOVES;

/** The status is the fold of the events; an event that does not fit its predecessor changes nothing. */
export function statusOf(events: readonly { kind: EventKind }[]): Status {
  return events.reduce<Status>((status, { kind }) => {
    if (kind === "drafted") return status;
    const { from, to } = MOVES[kind];
    return to && from.includes(status) ? to : status;
  }, "draft");
}

/** What this kind of actor may do now. A file that has ended can only be declared again. */
export function allowed(status: Status, actorKind: ActorKind): Act[] {
  const acts = Object.values(MOVES).flatMap(({ act, from, by }) =>
    from.includes(status) && by.includes(actorKind) ? [act] : [],
  );
  return ENDED.includes(status) && actorKind === "citizen" ? [...acts, "redeclare"] : acts;
}

/** The status after a step, or undefined when the step is not allowed to this actor in this status. */
export function statusAfter(status: Status, kind: StepKind, actorKind: ActorKind): Status | undefined {
  const { from, to, by } = MOVES[kind];
  return from.includes(status) && by.includes(actorKind) ? (to ?? status) : undefined;
}

/** "Trong thời gian 10 ngày kể từ ngày xác nhận": the one place of this number. */
export const TERM_DAYS = 10;
export const NOTICE_MINUTES = 15;

/**
 * The first instant at which an unreceived file may lapse. The day of confirmation is not counted, the
 * last day ends at 24:00 in Viet Nam, and a day off moves it to the end of the next working day (Civil
 * Code 2015, arts. 147–148). Throws UnknownYear when the last day falls in a year without a holiday table.
 */
export function lapsesAt(confirmedAt: Date, calendar: WorkingCalendar): Date {
  return endOf(rollToWorkingDay(dayOf(confirmedAt).add({ days: TERM_DAYS }), calendar));
}

/**
 * What is promised when the table of holidays ends before the last day: that day as far as it is known. It moves, and
 * the person is told, once the table is there; nothing lapses before.
 */
export function promisedUntil(confirmedAt: Date, calendar: WorkingCalendar): Date {
  try {
    return lapsesAt(confirmedAt, calendar);
  } catch (error) {
    if (!(error instanceof UnknownYear)) throw error;
    return lapsesAt(confirmedAt, asFarAsKnown(calendar, error.year));
  }
}

/** The last day on which the paper form is taken: what receipts, forms and messages print. */
export function lastDayOf(deadline: Date): PlainDate {
  return dayOf(new Date(deadline.getTime() - 1));
}

/** Midnights in Viet Nam between now and the deadline: 10 on the day of confirmation, 0 on the last day and after. */
export function daysLeft(now: Date, deadline: Date): number {
  return Math.max(0, daysBetween(dayOf(now), lastDayOf(deadline)));
}

/** A signed form that came in with a batch is handed in, whenever an officer takes it up (decision 0016). */
export function isOverdue(
  file: { status: Status; lapsesAt: Date | null; batchedAt?: Date | null },
  now: Date,
): boolean {
  if (file.status !== "confirmed" || file.batchedAt) return false;
  return file.lapsesAt !== null && now.getTime() >= file.lapsesAt.getTime();
}

/** The result is sent no later than 15 minutes after the complete file was received – not after the decision. */
export function noticeDueAt(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + NOTICE_MINUTES * 60_000);
}

/** Days for which the answers of a draft or an ended file are kept, so that nobody types them twice. */
export const KEEP_DAYS = 30;

export function keepUntil(now: Date): PlainDate {
  return dayOf(now).add({ days: KEEP_DAYS });
}

interface Ended {
  status: Status;
  decidedAt: Date | null;
  keepUntil: string | null;
  forgottenAt: Date | null;
}

/**
 * The last day on which the answers of an ended file may begin a new one; undefined when they are gone, or when
 * the file has not ended. One that no sweep has met yet is `shown` as ended, and has.
 */
export function answersKeptUntil(file: Ended, shown: Status, now: Date): PlainDate | undefined {
  const until = untilOf(file, shown, now);
  return until && !file.forgottenAt && daysBetween(dayOf(now), until) >= 0 ? until : undefined;
}

function untilOf(file: Ended, shown: Status, now: Date): PlainDate | undefined {
  if (shown !== file.status) return keepUntil(now);
  if (!ENDED.includes(file.status)) return undefined;
  // A refused file stays whole in the office's books; its answers are offered for as long as those of the others.
  if (file.status === "refused") return file.decidedAt ? keepUntil(file.decidedAt) : undefined;
  return file.keepUntil ? plainDate(file.keepUntil) : undefined;
}
