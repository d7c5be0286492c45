/**
 * What must hold after every step of the simulation (reliability goals I1–I7, and what time may do, T1–T5), counted by
 * plain arithmetic: nothing here asks the product's rules.
 */
import { KEPT_DAYS, type Product, type Request } from "./simulate-product.ts";
import { type Answer, type FileRow, linkOf, type NoticeRow } from "./simulate-tables.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ZONE_MS = 7 * 60 * MINUTE_MS;
/** A clock may stand apart by so much and be believed. */
const NEAR_MS = 5 * MINUTE_MS;
/** Nothing that no provider refused is given up earlier. */
const GIVEN_UP_MS = 71 * 60 * MINUTE_MS;
/** Gap of the tries, a lease and an answer that did not come. */
const TRY_MS = 4 * MINUTE_MS;

export class Violation extends Error {
  constructor(
    readonly invariant: string,
    what: string,
  ) {
    super(`${invariant}: ${what}`);
  }
}

const drawn: Record<string, Record<string, string>> = {
  draft: { confirmed: "confirmed", withdrawn: "withdrawn" },
  confirmed: { received: "received", withdrawn: "withdrawn", lapsed: "lapsed" },
  received: { accepted: "accepted", refused: "refused" },
};
const eventOf: Partial<Record<Request["act"], string>> = {
  ...{ declare: "drafted", confirm: "confirmed", withdraw: "withdrawn" },
  ...{ receive: "received", accept: "accepted", refuse: "refused" },
};

export class Judge {
  /** Copies that left for the telephone. */
  readonly copies = new Map<string, number>();
  steps = 0;
  /** When something last stood in a sender's way. */
  troubledAt = 0;
  readonly #product: Product;
  readonly #now: () => number;
  readonly #told: { request: Request; answer: Answer }[] = [];
  readonly #states = new Map<string, string>();
  readonly #lines = new Set<string>();
  /** How many events of each file were judged. */
  readonly #events = new Map<string, number>();
  #links = 0;
  #looks = 0;

  /** `now`: true time. */
  constructor(product: Product, now: () => number) {
    this.#product = product;
    this.#now = now;
  }

  told(request: Request, answer: Answer): void {
    this.#told.push({ request, answer });
    this.#isThere({ request, answer });
  }

  /** The files that the last step touched. What was taken back with a process that died is no new event. */
  step(): void {
    this.steps += 1;
    const { tables } = this.#product;
    for (const code of tables.touched) {
      const file = tables.files.get(code);
      if (!file) continue;
      const isFresh = this.#events.get(code) !== file.events.length;
      this.#events.set(code, file.events.length);
      this.#ofFile(file, noticesOf(tables.notices.values(), code), isFresh);
    }
    tables.touched.clear();
  }

  /** Everything. */
  all(): void {
    const { tables } = this.#product;
    this.#ofAudit();
    const bySubject = Map.groupBy(tables.notices.values(), ({ subject }) => subject);
    for (const file of tables.files.values()) this.#ofFile(file, bySubject.get(file.code) ?? [], false);
    for (const one of tables.notices.values()) this.#ofNotice(one);
    this.#ofWarnings();
    for (const one of this.#told) this.#isThere(one);
  }

  /** A sweep went through under a clock that is believed. */
  noneOverdue(own: Date): void {
    for (const { code, status, lapsesAt } of this.#product.tables.files.values()) {
      const isOver = status === "confirmed" && lapsesAt !== null && lapsesAt <= own;
      ensure(!isOver, "T1", () => `${code} was left over its last day by the sweep`);
    }
  }

  took(key: string): void {
    const copies = (this.copies.get(key) ?? 0) + 1;
    this.copies.set(key, copies);
    const notice = this.#product.tables.notices.get(key);
    if (!notice) return;
    if (copies === 1 && this.#now() > notice.dueAt.getTime() + NEAR_MS) this.#late(notice);
    const file = this.#product.tables.files.get(notice.subject);
    const isWaiting = file?.status === "confirmed";
    ensure(notice.about !== "reminder" || isWaiting, "I2", () => `${key} told of a file that is ${file?.status}`);
  }

  #late({ key, dueAt, queuedAt, class: kind }: NoticeRow): void {
    const from = dueAt.getTime() - TRY_MS;
    const wasFree = kind === "outcome" && this.troubledAt < from - NEAR_MS && queuedAt.getTime() < from;
    ensure(!wasFree, "I6", () => `${key} was not taken by ${dueAt.toISOString()} although nothing stood in its way`);
  }

  ofNotice(key: string): void {
    const notice = this.#product.tables.notices.get(key);
    if (notice) this.#ofNotice(notice);
  }

  #ofNotice(notice: NoticeRow): void {
    const { key, state, tries } = notice;
    const before = this.#states.get(key);
    ensure(before !== "delivered" || state === "delivered", "I7", () => `${key} was delivered and is ${state}`);
    this.#states.set(key, state);
    const copies = this.copies.get(key) ?? 0;
    ensure(copies <= tries, "I2", () => `${key} left ${copies} times, counted ${tries}`);
    const isEarly = this.#now() < notice.dueAt.getTime() + GIVEN_UP_MS;
    const hasFailed = state === "failed" && before !== "failed" && copies === 0;
    ensure(!hasFailed || !isEarly, "T6", () => `${key} was given up before its time`);
    const isOpen = state === "queued" || state === "sending" || state === "unknown";
    if (isOpen && this.#now() > notice.dueAt.getTime() + NEAR_MS) this.#late(notice);
  }

  #ofFile(file: FileRow, notices: readonly NoticeRow[], isFresh: boolean): void {
    const { code, status, events } = file;
    const { tables } = this.#product;
    let walked = "draft";
    for (const { kind } of events.slice(1)) {
      const next = drawn[walked]?.[kind];
      ensure(next !== undefined, "I7", () => `${code}: ${kind} in ${walked}`);
      walked = next ?? walked;
    }
    ensure(walked === status, "I7", () => `${code} is ${status}, its events say ${walked}`);
    ensure(tables.accounts.has(code) === (status === "accepted"), "I1", () => `${code} is ${status}, account or none`);
    for (const about of ["accepted", "refused", "lapsed"] as const) {
      const count = notices.filter((one) => one.about === about).length;
      ensure(count === (status === about ? 1 : 0), "I2", () => `${code} is ${status}, ${count} notices of ${about}`);
    }
    const reminded = notices
      .filter(({ about }) => about === "reminder")
      .map((one) => `${one.lastDay} ${one.daysBefore}`);
    ensure(new Set(reminded).size === reminded.length, "I2", () => `${code} reminded twice: ${reminded.join(", ")}`);
    this.#ofPaper(file);
    for (const { about, dueAt } of notices) {
      if (about !== "accepted" && about !== "refused") continue;
      const right = (file.receivedAt?.getTime() ?? 0) + 15 * MINUTE_MS;
      ensure(dueAt.getTime() === right, "I6", () => `${code}: due ${dueAt.toISOString()}`);
    }
    if (isFresh) this.#ofTime(file);
    this.#ofAnswers(file);
  }

  #ofPaper({ code, status, decidedAt }: FileRow): void {
    const paper = this.#product.tables.papers.get(code);
    const wasHandedIn = status === "received" || status === "accepted" || status === "refused";
    ensure(!paper || wasHandedIn, "I3", () => `${code}: a copy of a paper in a file that is ${status}`);
    ensure(!paper || paper.sha === `paper of ${code}`, "I3", () => `${code}: another paper`);
    if (paper || !wasHandedIn) return;
    ensure(decidedAt !== null, "I3", () => `${code} was received, its paper is not there`);
    const kept = this.#now() - (decidedAt?.getTime() ?? 0);
    ensure(kept > KEPT_DAYS * DAY_MS - 2 * NEAR_MS, "T2", () => `${code}: paper gone after ${kept / DAY_MS} days`);
  }

  /** Nothing ends before its last day, and nothing is taken after it. */
  #ofTime(file: FileRow): void {
    const last = file.events.at(-1);
    if (!file.confirmedAt) return;
    if (last?.kind === "lapsed") {
      const end = lastInstant(file.confirmedAt.getTime(), this.#product.holidays);
      const early = end - this.#now();
      ensure(early <= NEAR_MS, "T1", () => `${file.code} lapsed ${early / DAY_MS} days before its time`);
    }
    if (last?.kind === "received" && file.lapsesAt) {
      const late = this.#now() - file.lapsesAt.getTime();
      ensure(late <= NEAR_MS, "T1", () => `${file.code} was received ${late / DAY_MS} days after its time`);
    }
  }

  #ofAnswers({ code, hasAnswers, events }: FileRow): void {
    if (hasAnswers) return;
    const days = dayNumber(this.#now() + NEAR_MS) - dayNumber((events.at(-1)?.at.getTime() ?? 0) - NEAR_MS);
    ensure(days > 30, "T3", () => `${code}: answers gone after ${days} days`);
  }

  #ofAudit(): void {
    const { audit, files } = this.#product.tables;
    for (; this.#links < audit.size; this.#links += 1) {
      const row = audit.get(String(this.#links));
      const before = audit.get(String(this.#links - 1))?.hash ?? 0;
      const isLinked = row?.before === before && row.hash === linkOf(before, row.action, row.key);
      ensure(isLinked, "I4", () => `line ${this.#links} of the record does not follow the one before`);
      this.#lines.add(`${row?.action} ${row?.key}`);
    }
    for (const { code, events } of files.values()) {
      for (const { kind, key } of events) {
        ensure(this.#lines.has(`${kind} ${key}`), "I4", () => `${kind} of ${code} is not in the record`);
      }
    }
    for (const { request, answer } of this.#told.slice(this.#looks)) {
      const isNoted = request.act !== "look" || !answer.ok || this.#lines.has(`look ${request.key}`);
      ensure(isNoted, "I4", () => `a look at ${request.code} is not in the record`);
    }
    this.#looks = this.#told.length;
  }

  #isThere({ request, answer }: { request: Request; answer: Answer }): void {
    const kind = eventOf[request.act];
    if (!kind) return;
    const events = this.#product.tables.files.get(request.code)?.events ?? [];
    const count = events.filter((one) => one.kind === kind && one.key === request.key).length;
    ensure(
      count === (answer.ok ? 1 : 0),
      "I5",
      () => `${request.act} of ${request.code}, told ${answer.ok}: ${count} times`,
    );
  }

  /** `gapMs` since the session was last used, `ageMs` since it began. */
  ofSession(isOpen: boolean, gapMs: number, ageMs: number): void {
    const isOver = gapMs > 30 * MINUTE_MS + 2 * NEAR_MS || ageMs > 720 * MINUTE_MS + 2 * NEAR_MS;
    ensure(!isOpen || !isOver, "T5", () => `a session was open after ${gapMs / MINUTE_MS} unused minutes`);
  }

  ofPassword(setOn: string, isForced: boolean): void {
    const early = sixMonthsAfter(setOn) - this.#now();
    ensure(!isForced || early <= NEAR_MS, "T4", () => `password of ${setOn} outlived ${early / DAY_MS} days too early`);
    ensure(isForced || early >= -NEAR_MS, "T4", () => `password of ${setOn} still good ${-early / DAY_MS} days after`);
  }

  #ofWarnings(): void {
    for (const { about, lastDay: setOn, daysBefore, madeAt } of this.#product.tables.notices.values()) {
      if (about !== "warning") continue;
      const left = dayNumber(sixMonthsAfter(setOn) - 1) - dayNumber(madeAt.getTime());
      ensure(left >= 0 && left <= daysBefore, "T4", () => `warned of ${daysBefore} days with ${left} left`);
    }
  }
}

function ensure(isSo: boolean, invariant: string, what: () => string): void {
  if (!isSo) throw new Violation(invariant, what());
}

function noticesOf(all: Iterable<NoticeRow>, code: string): NoticeRow[] {
  return [...all].filter(({ subject }) => subject === code);
}

function dayNumber(ms: number): number {
  return Math.floor((ms + ZONE_MS) / DAY_MS);
}

/** 24:00 of the tenth day after, or of the next working day, in Viet Nam. */
function lastInstant(confirmedMs: number, holidays: ReadonlySet<string>): number {
  let day = dayNumber(confirmedMs) + 10;
  const isOff = () => {
    const at = new Date(day * DAY_MS);
    return at.getUTCDay() % 6 === 0 || holidays.has(at.toISOString().slice(0, 10));
  };
  while (isOff()) day += 1;
  return (day + 1) * DAY_MS - ZONE_MS;
}

/** 24:00 of the like-numbered day six months on, or of the last of that month. */
function sixMonthsAfter(iso: string): number {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  const longest = new Date(Date.UTC(year, month + 6, 0)).getUTCDate();
  return Date.UTC(year, month + 5, Math.min(day, longest) + 1) - ZONE_MS;
}
