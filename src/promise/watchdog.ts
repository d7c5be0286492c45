/**
 * A watch that needs no living worker: it runs in the web's process on a timer of its own, looks at rows and at the
 * worker's pulse, and cries out in the log. The pages and /metrics ask the same question.
 */
import { officesLate } from "../account/review-staff.ts";
import { SLOT } from "../backup/follow.ts";
import { isLogLeft, isOld, isUntried } from "../backup/rules.ts";
import { runningClocks } from "../breach/rules.ts";
import { openBreaches } from "../breach/store.ts";
import { daysLeft, isRefused, markAt, markOf, warnDays } from "../certificates/rules.ts";
import { certificatesOf } from "../certificates/watch.ts";
import { codeBudgetsNow } from "../codes/budgets-now.ts";
import { codeAlarm } from "../codes/rules.ts";
import { keyAges } from "../data-keys/ages.ts";
import { countStrange } from "../data-keys/passkeys.ts";
import { dueFirst, keyWarnDays } from "../data-keys/rules-ages.ts";
import type { House } from "../db/house.ts";
import { restartsWithin } from "../db/restarts.ts";
import { rootOf } from "../db/within.ts";
import { guessAlarm, isGuessing } from "../guesses/rules.ts";
import { guessesOf } from "../guesses/tally.ts";
import { dayOf } from "../kernel/calendar.ts";
import { MovableClock } from "../kernel/clock.ts";
import { receiptWait } from "../notices/rules-receipts.ts";
import { lastBeats, workerParts } from "../notices/store-beat.ts";
import { type FigureScope, type MessageFigures, messageFigures, waitingResults } from "../notices/store-figures.ts";
import { policyOn } from "../policy/store.ts";
import { countOverdue } from "../registration/store-sweep.ts";
import { countPressing } from "../rights/store.ts";
import { lookAtTime } from "../timekeeping/trust.ts";
import { hasOfficeForFiles, workingCalendar } from "../units/store.ts";
import { warnMinutes } from "./rules.ts";
import {
  ALARMS,
  type Alarm,
  HOLIDAYS_AHEAD_DAYS,
  holidaysLeft,
  isFailing,
  isRetentionOverdue,
  isSilent,
  isUnchained,
  receiptPercent,
  receiptShare,
  receiptsAtLeast,
  WINDOW_MINUTES,
  waitingAlarm,
} from "./rules-alarms.ts";
import { followedLog } from "./store-log-slot.ts";
import { missesStandby } from "./store-standby.ts";
import { watchPromise } from "./watch.ts";

const LOOK_EVERY_MS = 15_000;
/** A mark that is passed between this look and the next is told by this one: never later than the mark itself. */
const LOOK_AHEAD_MS = 20_000;
const SAY_AGAIN_MS = 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Everything that is wrong now, or will be before the next look; of some offices' messages, or of all. */
export async function lookAround(house: House, officeCodes?: readonly string[]): Promise<Alarm[]> {
  const now = house.clock.now();
  const soon = new Date(now.getTime() + LOOK_AHEAD_MS);
  const warnLeftMs = (WINDOW_MINUTES - (await policyOn(house.db, warnMinutes, dayOf(now)))) * MINUTE_MS;
  const waiting = await waitingResults(house.db, { officeCodes, now, soon, warnLeftMs });
  const beats = await lastBeats(house.db);
  const marked = waitingAlarm(waiting);
  const alarms: Alarm[] = [
    ...(await missingStandby(house)),
    ...(await strangeClock(house)),
    ...restartedDatabase(),
    ...silentParts(beats, now),
    ...(await troubledSweeps(house, beats, now)),
    ...(await missingLists(house, now)),
    ...(waiting.stalled > 0 ? [{ name: "message_stalled" as const, value: waiting.stalled }] : []),
    ...(marked ? [marked] : []),
    ...(await lowReceipts(house, now)),
    ...oldBackup(house, beats, now),
    ...(await leftLog(house)),
    ...doubtfulLooks(beats, now),
    ...(await runningBreaches(house, now)),
    ...(await pressingRequests(house)),
    ...(await guessing(house, now)),
    ...(await codes(house, now)),
    ...(await certificates(house, now)),
    ...(await dueKeys(house, now)),
    ...(await hourly(house, now)),
  ];
  return alarms.sort((one, other) => ALARMS.indexOf(one.name) - ALARMS.indexOf(other.name));
}

/** Seconds since each part of the worker turned; -1: it never did. */
export async function workerAges(house: House): Promise<Record<(typeof workerParts)[number], number>> {
  const beats = await lastBeats(house.db);
  const now = house.clock.now();
  return { sender: ageSeconds(beats.get("sender"), now), schedule: ageSeconds(beats.get("schedule"), now) };
}

const ageSeconds = (at: Date | undefined, now: Date) =>
  at ? Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000)) : -1;

type Beats = Awaited<ReturnType<typeof lastBeats>>;

function silentParts(beats: Beats, now: Date): Alarm[] {
  const silent = workerParts
    .filter((part) => isSilent(part, beats.get(part), now))
    .map((part): Alarm => ({ name: `${part}_stopped`, value: ageSeconds(beats.get(part), now) }));
  const deletedAt = beats.get("retention");
  if (isRetentionOverdue(deletedAt, now)) silent.push({ name: "retention_overdue", value: ageSeconds(deletedAt, now) });
  return silent;
}

/** Each on its own: the beat of the schedule says only that sweeps are begun. */
async function troubledSweeps({ db }: House, beats: Beats, now: Date): Promise<Alarm[]> {
  const failing = [...beats].flatMap(([part, since]): Alarm[] => {
    const sweep = /^failing:(.+)$/.exec(part)?.[1];
    if (sweep === undefined) return [];
    const last = { lastRun: beats.get(`failed_run:${sweep}`), lastTurn: beats.get(`failed_turn:${sweep}`) };
    if (!isFailing({ since, ...last }, now)) return [];
    return [{ name: "sweep_failed", value: ageSeconds(since, now), provider: sweep }];
  });
  if (!beats.has("refusing:lapse-due")) return failing;
  return [...failing, { name: "lapse_refused", value: await countOverdue(db, now) }];
}

/** What an operator must bring: offices, without which nobody declares, and the holidays of the year that comes. */
async function missingLists({ db }: House, now: Date): Promise<Alarm[]> {
  const today = dayOf(now);
  const left = holidaysLeft((await workingCalendar(db)).years, today);
  return [
    ...((await hasOfficeForFiles(db, today.toString())) ? [] : [{ name: "offices_missing" as const, value: 1 }]),
    ...(left === undefined ? [] : [{ name: "holidays_ending" as const, value: left, mark: HOLIDAYS_AHEAD_DAYS }]),
  ];
}

/** Nothing ends by a clock that is not believed, until it is set right or the operator says go on. */
async function strangeClock(house: House): Promise<Alarm[]> {
  if (house.clock instanceof MovableClock) return [];
  const { distrust, times, lastSeenAt } = await lookAtTime(house);
  if (!distrust) return [];
  const from = distrust === "apart" ? times.database : (lastSeenAt ?? times.database);
  return [{ name: "clock_distrusted", value: Math.round((times.own.getTime() - from.getTime()) / 1000) }];
}

/** Reading goes on meanwhile, and so does this look. */
async function missingStandby({ pool }: House): Promise<Alarm[]> {
  return (await missesStandby(pool)) ? [{ name: "standby_away", value: 1 }] : [];
}

/** The one that this process keeps: it was not there, or lived on without letting anybody in. */
function restartedDatabase(): Alarm[] {
  const value = restartsWithin(HOUR_MS);
  return value > 0 ? [{ name: "database_restarted", value }] : [];
}

/** As they were seen last: this look waits for no network. */
async function certificates(house: House, now: Date): Promise<Alarm[]> {
  const marks = await policyOn(house.db, warnDays, dayOf(now));
  return certificatesOf(house).flatMap(({ place, found }): Alarm[] => {
    const value = "endsAt" in found ? daysLeft(found.endsAt, now) : 0;
    const mark = "endsAt" in found ? markAt(found, now, marks) : undefined;
    return [
      ...(isRefused(found, place) ? [{ name: "line_refused" as const, value: 1, provider: place.name }] : []),
      ...(mark === undefined ? [] : [{ name: "certificate_ending" as const, value, provider: place.name, mark }]),
    ];
  });
}

/** Close to the end that the plan of keys has for them, or past it: nothing stops, somebody must turn them over. */
async function dueKeys(house: House, now: Date): Promise<Alarm[]> {
  const marks = await policyOn(house.db, keyWarnDays, dayOf(now));
  return dueFirst(await keyAges(house), now, marks).flatMap(({ kind, plannedEnd }): Alarm[] => {
    const value = plannedEnd ? daysLeft(plannedEnd, now) : 0;
    const mark = markOf(value, marks);
    return mark === undefined ? [] : [{ name: "keys_due", value, provider: kind, mark }];
  });
}

const seenHourly = new WeakMap<House, { at: number; alarms: Alarm[] }>();

/**
 * Asked for once an hour: all that is held everywhere, which changes by days, and keys of passkeys that were not sealed
 * here, which sign nobody in meanwhile.
 */
async function hourly(house: House, now: Date): Promise<Alarm[]> {
  const root = rootOf(house);
  const before = seenHourly.get(root);
  if (before && Math.abs(now.getTime() - before.at) < HOUR_MS) return before.alarms;
  const found: Alarm[] = [
    { name: "reviews_late", value: await officesLate(house) },
    { name: "passkeys_unsealed", value: await countStrange(house) },
  ];
  const alarms = found.filter(({ value }) => value > 0);
  seenHourly.set(root, { at: now.getTime(), alarms });
  return alarms;
}

/** Only where backups are taken at all: by this process's settings, or because somebody ever took or tried one. */
function oldBackup({ settings }: House, beats: Beats, now: Date): Alarm[] {
  const last = beats.get("backup");
  const since = last ?? (settings.backup ? undefined : beats.get("backup_tried"));
  const hours = last ? Math.floor((now.getTime() - last.getTime()) / HOUR_MS) : -1;
  const isTaken = settings.backup !== undefined || since !== undefined;
  const rehearsed = beats.get("rehearsal");
  return [
    ...(isTaken && isOld(since, now) ? [{ name: "backup_old" as const, value: hours }] : []),
    ...(isUntried(rehearsed, now) ? [{ name: "rehearsal_old" as const, value: ageSeconds(rehearsed, now) }] : []),
  ];
}

/** Also where the log is followed no more: what the server keeps for it grows until nobody can write. */
async function leftLog({ pool }: House): Promise<Alarm[]> {
  const log = await followedLog(pool, SLOT);
  return log && isLogLeft(log) ? [{ name: "log_not_kept", value: Math.round(log.keptBytes / 1024 ** 2) }] : [];
}

/** The record of who looked: nobody chains it, or the last walk along it met a row that is not as it was. */
function doubtfulLooks(beats: Beats, now: Date): Alarm[] {
  const chained = beats.get("chain");
  const isBroken = (["chain", "witness"] as const).some((by) => {
    const [broken, whole] = [beats.get(`${by}_broken`), beats.get(`${by}_whole`)];
    return broken && (!whole || broken >= whole);
  });
  return [
    ...(isBroken ? [{ name: "looks_broken" as const, value: 1 }] : []),
    ...(isUnchained(chained, now) ? [{ name: "looks_unchained" as const, value: ageSeconds(chained, now) }] : []),
  ];
}

/** From its opening until both authorities and the persons are told: the clock that ends first. */
async function runningBreaches({ db }: House, now: Date): Promise<Alarm[]> {
  const left = (await openBreaches(db)).flatMap((breach) =>
    runningClocks(breach, now).map(({ hoursLeft }) => hoursLeft),
  );
  return left.length > 0 ? [{ name: "breach_open", value: Math.min(...left) }] : [];
}

async function pressingRequests({ db }: House): Promise<Alarm[]> {
  const value = await countPressing(db);
  return value > 0 ? [{ name: "rights_pressing", value }] : [];
}

/** As this process sees it: several share what is asked. */
async function guessing(house: House, now: Date): Promise<Alarm[]> {
  const guesses = guessesOf(house);
  const isRaised = isGuessing(guesses, await policyOn(house.db, guessAlarm, dayOf(now)));
  return isRaised ? [{ name: "guessing", value: guesses.missed }] : [];
}

/** Text messages that cost money, and go where nobody reads them or come to their end for everybody. */
async function codes(house: House, now: Date): Promise<Alarm[]> {
  const { blocks, percent } = await policyOn(house.db, codeAlarm, dayOf(now));
  const { holdingBlocks, spentPercent } = await codeBudgetsNow(house);
  return [
    ...(spentPercent >= percent ? [{ name: "codes_spent" as const, value: spentPercent }] : []),
    ...(holdingBlocks >= blocks ? [{ name: "codes_held" as const, value: holdingBlocks }] : []),
  ];
}

/** What became of the last day's messages: for the alarm, the page and the metrics. */
export async function figureScope(house: House, officeCodes: FigureScope["officeCodes"], from?: Date) {
  const now = house.clock.now();
  const seconds = await policyOn(house.db, receiptWait, dayOf(now));
  const receiptBy = new Date(now.getTime() - seconds * 1000);
  return { officeCodes, from: from ?? new Date(now.getTime() - DAY_MS), now, receiptBy };
}

async function lowReceipts(house: House, now: Date): Promise<Alarm[]> {
  const providers = await messageFigures(house.db, "provider", await figureScope(house, undefined));
  const atLeast = await policyOn(house.db, receiptsAtLeast, dayOf(now));
  const goal = await policyOn(house.db, receiptPercent, dayOf(now));
  return providers.filter(isText).flatMap((figures): Alarm[] => {
    const percent = receiptShare(figures, atLeast);
    if (percent === undefined || percent >= goal) return [];
    return [{ name: "receipts_low", value: percent, provider: figures.of ?? "" }];
  });
}

/** Only a handset's network sends receipts. */
export const isText = ({ channel }: Pick<MessageFigures, "channel">) => channel === "sms";

export interface Watchdog {
  stop(): Promise<void>;
}

/** Cries out when something new is wrong, and again each minute while it is. */
export function startWatchdog(house: House, everyMs = LOOK_EVERY_MS): Watchdog {
  let looking: Promise<void> = Promise.resolve();
  const said = new Map<string, number>();

  async function look(): Promise<void> {
    try {
      const alarms = await lookAround(house);
      const nowMs = Date.now();
      const keys = new Set(alarms.map(keyOf));
      for (const key of said.keys()) if (key !== FILES && !keys.has(key)) said.delete(key);
      for (const alarm of alarms) {
        if (nowMs - (said.get(keyOf(alarm)) ?? 0) < againMs(alarm)) continue;
        said.set(keyOf(alarm), nowMs);
        const { name, ...facts } = alarm;
        house.log.error({ alarm: name, ...facts }, SENTENCES[name]);
      }
      if (nowMs - (said.get(FILES) ?? 0) >= SAY_AGAIN_MS) {
        said.set(FILES, nowMs);
        await watchPromise(house);
      }
    } catch (error) {
      house.log.error({ alarm: "watch_blind", reason: (error as Error).message }, "the watch could not look");
    }
  }

  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Files that nobody has decided are counted and told by watchPromise. */
const FILES = "files";
const keyOf = ({ name, provider, mark }: Alarm) =>
  [name, provider, mark].filter((part) => part !== undefined).join("/");

/** What has days is told at each of its marks, and once a day. */
const againMs = ({ mark }: Alarm) => (mark === undefined ? SAY_AGAIN_MS : DAY_MS);

const SENTENCES: Record<Alarm["name"], string> = {
  standby_away: "a second database is required and away: nothing can be written until it is back or no longer required",
  clock_distrusted: "the clock is not believed: nothing lapses, ends or is deleted until it is right",
  sender_stopped: "the sender of messages gives no sign of life",
  schedule_stopped: "the sweeps of every minute give no sign of life",
  sweep_failed: "a part of the regular work fails run after run",
  lapse_refused: "overdue declarations are not ended: their number is unusual, or the year has no holiday table",
  offices_missing: "no office stands open to which a declaration could be handed in: nobody can declare",
  holidays_ending: "the table of public holidays is close to its end, or past it",
  message_stalled: "results wait to be sent and no sender takes them",
  message_late: "results are past their fifteen minutes and not sent",
  message_warned: "results are close to their fifteen minutes and not sent",
  message_two_thirds: "two thirds of the time of results are over and they are not sent",
  message_third: "a third of the time of results is over and they are not sent",
  backup_old: "the last backup is older than 26 hours",
  rehearsal_old: "no backup was restored for trial and compared for three days",
  log_not_kept: "the server keeps a log that nobody takes away: its disk fills",
  looks_broken: "the record of looks is not whole: a row was changed, removed or put elsewhere",
  looks_unchained: "nobody chains the record of looks",
  rights_pressing: "requests over personal data are close to their term or past it",
  breach_open: "a breach of data is not told to everybody whom the law names",
  receipts_low: "too few text messages of a provider reach the handset",
  database_restarted: "the database was started again without anybody having ended it",
  line_refused: "a line is refused: its name is not found or its certificate not believed",
  certificate_ending: "a certificate is close to its end, or past it",
  keys_due: "a key or password is close to the end that the plan of keys has for it, or past it",
  reviews_late: "offices have not confirmed in time what their staff may do",
  passkeys_unsealed: "passkeys stand in the database whose keys were not sealed here: they sign nobody in",
  codes_spent: "codes by text message are close to the ceiling beyond which nobody gets one",
  codes_held: "codes are asked for in many blocks of numbers where nobody reads them in: somebody may earn by them",
  guessing: "numbers, codes or passwords are being tried at the doors that tell whether they are right",
  retention_overdue: "nothing past its period was deleted for two days",
};
