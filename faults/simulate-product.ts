/** The product as small as it can be told: its acts and sweeps over tables in memory, by its own pure rules. */
import {
  dayOf,
  endOf,
  minuteOf,
  type PlainDate,
  plainDate,
  startOf,
  type WorkingCalendar,
} from "../src/kernel/calendar.ts";
import type { Answer as Reply } from "../src/notices/outcome.ts";
import type { StepKind } from "../src/registration/rules.ts";
import type { Times } from "../src/timekeeping/rules.ts";
import type { Rules } from "./simulate-rules.ts";
import { type Answer, type FileRow, type NoticeRow, Tables } from "./simulate-tables.ts";

type Act = "declare" | "confirm" | "withdraw" | "receive" | "accept" | "refuse" | "look";
export interface Request {
  key: string;
  act: Act;
  code: string;
}

export const KEPT_DAYS = 20;
export const LEASE_MS = 30_000;
const MINUTE_MS = 60_000;
const REMINDED = [3, 1];
const WARNED = [30, 14, 7, 1];
const overtaken = { kind: "overtaken", error: "overtaken" } as const;
const LIMITS = { toleratedSeconds: 300, longestSilenceHours: 12 };
const steps: Partial<Record<Act, { kind: StepKind; by: "citizen" | "staff" }>> = {
  confirm: { kind: "confirmed", by: "citizen" },
  withdraw: { kind: "withdrawn", by: "citizen" },
  receive: { kind: "received", by: "staff" },
  accept: { kind: "accepted", by: "staff" },
  refuse: { kind: "refused", by: "staff" },
};

export class Product {
  readonly tables = new Tables();
  readonly holidays = new Set<string>();
  readonly #rules: Rules;
  readonly #times: () => Times;
  #count = 0;

  constructor(rules: Rules, times: () => Times) {
    this.#rules = rules;
    this.#times = times;
  }

  get now(): Date {
    return this.#times().own;
  }

  get calendar(): WorkingCalendar {
    return { years: new Set([2026, 2027, 2028, 2029]), holidays: this.holidays, workingWeekends: new Set() };
  }

  /** May anything end by the clock? A look that is content is kept. */
  isTimeTrusted(): boolean {
    const times = this.#times();
    const isGood = this.#rules.distrustOf(times, this.tables.sightings.get("last"), LIMITS) === undefined;
    if (isGood) this.goOn();
    return isGood;
  }

  /** The operator has looked at the clock and says that it is right. */
  goOn(): void {
    const { own, boot, uptimeSeconds } = this.#times();
    this.tables.sightings.set("last", { seenAt: own, boot, uptimeSeconds });
  }

  act(request: Request): Answer {
    const { ways } = this.#rules;
    const { tables } = this;
    const known = tables.answers.get(request.key);
    if (known && ways.remembersKeys) return known;
    const file = tables.files.get(request.code);
    if (file && steps[request.act] && this.#rules.isOverdue(file, this.now)) {
      this.#lapse(request.code);
      return this.#kept(request, { ok: false, now: "lapsed" });
    }
    const answer = tables.transact(() => {
      const done = this.#do(request, file);
      tables.put(tables.answers, request.key, done);
      return done;
    }, ways.isAtomic);
    if (request.act === "receive" && answer.ok && !ways.keepsPapersInside) this.#keepPaper(request.code);
    return answer;
  }

  #kept(request: Request, answer: Answer): Answer {
    this.tables.answers.set(request.key, answer);
    return answer;
  }

  #do({ key, act, code }: Request, file: FileRow | undefined): Answer {
    const { tables, now } = this;
    if (act === "declare") {
      const keepUntil = this.#rules.keepUntil(now).toString();
      const empty = { confirmedAt: null, lapsesAt: null, receivedAt: null, decidedAt: null };
      this.#save({ code, status: "draft", ...empty, keepUntil, hasAnswers: true, events: [] }, "drafted", key);
      return { ok: true };
    }
    if (!file) return { ok: false };
    const step = steps[act];
    if (!step) {
      if (this.#rules.ways.notesLooks) tables.note("look", key);
      return { ok: true };
    }
    const status = this.#rules.statusAfter(file.status, step.kind, step.by);
    if (!status) return { ok: false, now: file.status };
    const next = { ...file, status };
    if (act === "confirm") {
      Object.assign(next, { confirmedAt: now, lapsesAt: this.#rules.lapsesAt(now, this.calendar), keepUntil: null });
    }
    if (act === "withdraw") next.keepUntil = this.#rules.keepUntil(now).toString();
    if (act === "receive") next.receivedAt = now;
    if (act === "accept" || act === "refuse") next.decidedAt = now;
    this.#save(next, step.kind, key);
    if (act === "receive" && this.#rules.ways.keepsPapersInside) this.#keepPaper(code);
    if (act === "accept") {
      const account = {
        person: code,
        file: code,
        kind: "issued",
        setOn: dayOf(now).toString(),
        warnedDays: null,
      } as const;
      tables.put(tables.accounts, code, account);
    }
    if (act === "accept" || act === "refuse") {
      const dueAt = this.#rules.noticeDueAt(next.receivedAt ?? now);
      this.#tell({ about: act === "accept" ? "accepted" : "refused", subject: code, class: "outcome", dueAt });
    }
    return { ok: true };
  }

  #save(file: FileRow, kind: FileRow["events"][number]["kind"], key: string): void {
    const events = [...file.events, { kind, at: this.now, key }];
    this.tables.put(this.tables.files, file.code, { ...file, events });
    this.tables.touched.add(file.code);
    this.tables.note(kind, key);
  }

  #keepPaper(code: string): void {
    this.tables.put(this.tables.papers, code, { sha: `paper of ${code}` });
  }

  #tell(notice: Pick<NoticeRow, "about" | "subject" | "class" | "dueAt"> & Partial<NoticeRow>): void {
    this.#count += 1;
    const { now, tables } = this;
    const key = `${notice.about}:${notice.subject}:${this.#count}`;
    const fresh = { lastDay: "", daysBefore: 0, state: "queued", tries: 0, fence: 0 } as const;
    tables.put(tables.notices, key, { ...fresh, ...{ key, madeAt: now, queuedAt: now, nextAt: now }, ...notice });
  }

  /** What was overdue when the sweep began; the ending of each is a step of its own. */
  overdue(): string[] {
    if (!this.isTimeTrusted()) return [];
    const found = [...this.tables.files.values()].filter((file) => this.#rules.isOverdue(file, this.now));
    const isUnusual = this.#rules.isUnusualSweep(found.length, 0, { atLeast: 200, times: 5 });
    return isUnusual ? [] : found.map(({ code }) => code);
  }

  lapseOne(code: string): void {
    this.#lapse(code);
  }

  #lapse(code: string): void {
    const file = this.tables.files.get(code);
    const isStill = file && this.#rules.isOverdue(file, this.now);
    if (!file?.confirmedAt || (this.#rules.ways.looksAgain && !isStill) || !this.isTimeTrusted()) return;
    const { confirmedAt } = file;
    this.tables.transact(() => {
      const byRule = this.#rules.lapsesAt(confirmedAt, this.calendar);
      if (byRule > this.now) return this.#move(file, byRule);
      const keepUntil = this.#rules.keepUntil(this.now).toString();
      this.#save({ ...file, status: "lapsed", keepUntil }, "lapsed", `sweep ${code}`);
      this.#tell({ about: "lapsed", subject: code, class: "reminder", dueAt: endOf(dayOf(this.now)) });
    }, this.#rules.ways.isAtomic);
  }

  #move(file: FileRow, to: Date): void {
    this.tables.put(this.tables.files, file.code, { ...file, lapsesAt: to });
    this.tables.note("moved", file.code);
    this.#tell({ about: "moved", subject: file.code, class: "reminder", dueAt: endOf(dayOf(this.now)) });
  }

  moveDue(): void {
    if (!this.isTimeTrusted()) return;
    for (const file of this.#waiting()) {
      if (!file.confirmedAt || !file.lapsesAt || file.lapsesAt <= this.now) continue;
      const byRule = this.#rules.lapsesAt(startOf(dayOf(file.confirmedAt)), this.calendar);
      const to = this.#rules.movedDeadline(file.lapsesAt, byRule, this.now);
      if (to) this.tables.transact(() => this.#move(file, to), this.#rules.ways.isAtomic);
    }
  }

  #waiting(): FileRow[] {
    return [...this.tables.files.values()].filter(({ status }) => status === "confirmed");
  }

  /** Who is to be reminded, as found; each is decided in a step of its own. */
  toRemind(): { code: string; lastDay: PlainDate; daysBefore: number }[] {
    if (!this.isTimeTrusted() || !this.#isDay()) return [];
    return this.#waiting().flatMap(({ code, lapsesAt }) => {
      if (!lapsesAt || lapsesAt <= this.now || lapsesAt.getTime() - this.now.getTime() > 6 * 1440 * MINUTE_MS)
        return [];
      const daysBefore = this.#rules.reminderFor(this.#rules.daysLeft(this.now, lapsesAt), REMINDED);
      return daysBefore === undefined ? [] : [{ code, lastDay: dayOf(new Date(lapsesAt.getTime() - 1)), daysBefore }];
    });
  }

  remindOne({ code, lastDay, daysBefore }: { code: string; lastDay: PlainDate; daysBefore: number }): boolean {
    const { tables } = this;
    const file = tables.files.get(code);
    if (file?.status !== "confirmed" || file.lapsesAt?.getTime() !== endOf(lastDay).getTime()) return false;
    const keys = REMINDED.filter((days) => days <= daysBefore).map((days) => `${code} ${lastDay} ${days}`);
    if (this.#rules.ways.hasDedupeKeys && keys.some((key) => tables.reminders.has(key))) return false;
    tables.transact(() => {
      tables.put(tables.reminders, `${code} ${lastDay} ${daysBefore}`, true);
      const day = lastDay.toString();
      const dueAt = endOf(dayOf(this.now));
      this.#tell({ about: "reminder", subject: code, class: "reminder", dueAt, lastDay: day, daysBefore });
    }, this.#rules.ways.isAtomic);
    return true;
  }

  #isDay(): boolean {
    const minute = minuteOf(this.now);
    return minute >= 8 * 60 && minute < 20 * 60;
  }

  warnPasswords(): void {
    if (!this.isTimeTrusted() || !this.#isDay()) return;
    const due = new Map(this.#rules.warningsOf(dayOf(this.now), WARNED).map((one) => [one.setOn.toString(), one.days]));
    for (const account of this.tables.accounts.values()) {
      const days = due.get(account.setOn);
      if (account.kind !== "chosen" || days === undefined) continue;
      if (account.warnedDays !== null && account.warnedDays <= days) continue;
      this.tables.transact(() => {
        this.tables.put(this.tables.accounts, account.person, { ...account, warnedDays: days });
        const dueAt = new Date(this.now.getTime() + 360 * MINUTE_MS);
        const [lastDay, daysBefore] = [account.setOn, days];
        this.#tell({ about: "warning", subject: account.person, class: "reminder", dueAt, lastDay, daysBefore });
      }, this.#rules.ways.isAtomic);
    }
  }

  /** Copies of papers past their days, and answers past theirs. */
  forget(): void {
    if (!this.isTimeTrusted()) return;
    const before = this.#rules.cutoffOf(this.now, KEPT_DAYS);
    const today = dayOf(this.now).toString();
    for (const file of this.tables.files.values()) {
      if (file.decidedAt && file.decidedAt < before && this.tables.papers.has(file.code)) {
        this.tables.remove(this.tables.papers, file.code);
      }
      if (file.keepUntil && file.keepUntil < today && file.hasAnswers && file.status !== "refused") {
        this.tables.put(this.tables.files, file.code, { ...file, hasAnswers: false });
      }
    }
  }

  signIn(person: string, token: string): { ok: boolean; isForced: boolean } {
    const account = this.tables.accounts.get(person);
    if (!account) return { ok: false, isForced: false };
    const { idle, whole } = this.#rules.sessionMinutes.citizen;
    const at = this.now.getTime();
    const session = { person, idleUntil: new Date(at + idle * MINUTE_MS), endsAt: new Date(at + whole * MINUTE_MS) };
    this.tables.put(this.tables.sessions, token, session);
    const isOld = this.#rules.isPasswordOutlived(plainDate(account.setOn), this.now);
    return { ok: true, isForced: account.kind === "chosen" && isOld && this.isTimeTrusted() };
  }

  useSession(token: string): boolean {
    const session = this.tables.sessions.get(token);
    const { now } = this;
    if (!session || now >= session.idleUntil || now >= session.endsAt) return false;
    const idleUntil = new Date(now.getTime() + this.#rules.sessionMinutes.citizen.idle * MINUTE_MS);
    this.tables.put(this.tables.sessions, token, { ...session, idleUntil });
    return true;
  }

  changePassword(person: string): void {
    const account = this.tables.accounts.get(person);
    const fresh = { kind: "chosen", setOn: dayOf(this.now).toString(), warnedDays: null } as const;
    if (account) this.tables.put(this.tables.accounts, person, { ...account, ...fresh });
  }

  /** Messages whose turn it is, those whose sender never came back among them. */
  dueNotices(): string[] {
    const isWaiting = ({ state, nextAt }: NoticeRow) =>
      (state === "queued" || state === "unknown" || state === "sending") && nextAt <= this.now;
    return [...this.tables.notices.values()].filter(isWaiting).map(({ key }) => key);
  }

  /** What a clock that was put back would make wait. */
  releaseFuture(): void {
    const { tables, now } = this;
    const latest = now.getTime() + 40 * MINUTE_MS;
    for (const notice of tables.notices.values()) {
      const { key, state, nextAt, queuedAt } = notice;
      if (state !== "queued" && state !== "sending" && state !== "unknown") continue;
      if (queuedAt <= now && nextAt.getTime() <= latest) continue;
      tables.put(tables.notices, key, {
        ...notice,
        nextAt: now,
        queuedAt: new Date(Math.min(queuedAt.getTime(), now.getTime())),
      });
    }
  }

  /** Under a lease; undefined: what it says is no longer true, and it is not sent. */
  lease(key: string): number | undefined {
    const { tables, now } = this;
    const notice = tables.notices.get(key);
    if (!notice) return undefined;
    const leased = { ...notice, state: "sending", fence: notice.fence + 1, tries: notice.tries + 1 } as const;
    tables.put(tables.notices, key, { ...leased, nextAt: new Date(now.getTime() + LEASE_MS) });
    if (!this.#isOvertaken(notice)) return leased.fence;
    const until = new Date(now.getTime() + MINUTE_MS);
    const reply = this.isTimeTrusted() ? overtaken : ({ kind: "wait", error: "clock_not_believed", until } as const);
    this.mark(key, leased.fence, reply, 0);
    return undefined;
  }

  #isOvertaken({ about, subject, lastDay }: NoticeRow): boolean {
    if (about !== "reminder" || !this.#rules.ways.asksGates) return false;
    const file = this.tables.files.get(subject);
    const isWaiting = file?.status === "confirmed" && !this.#rules.isOverdue(file, this.now);
    return !isWaiting || file.lapsesAt?.getTime() !== endOf(plainDate(lastDay)).getTime();
  }

  mark(key: string, fence: number, reply: Reply, random: number): void {
    const { tables, now } = this;
    const notice = tables.notices.get(key);
    if (!notice || (this.#rules.ways.hasFences && (notice.fence !== fence || notice.state !== "sending"))) return;
    const { class: noticeClass, queuedAt, dueAt } = notice;
    const attempt = { noticeId: key, fence, class: noticeClass, queuedAt, dueAt, tries: fence };
    const asked = { ...attempt, reportsDelivery: true, isRepeatable: false };
    const decided = this.#rules.decide(asked, reply, now, random);
    const mark = this.isTimeTrusted() ? decided : this.#rules.keptOpen(decided, now);
    if (!this.#rules.mayFollow(notice.state, mark.state)) return;
    const { state, nextAt, tries } = mark;
    tables.put(tables.notices, key, { ...notice, state, nextAt, tries });
  }

  receipt(key: string, state: "delivered" | "failed"): void {
    const notice = this.tables.notices.get(key);
    if (notice && this.#rules.mayFollow(notice.state, state)) {
      this.tables.put(this.tables.notices, key, { ...notice, state });
    }
  }
}
