import { setTimeout as wait } from "node:timers/promises";
import { forgetOld as forgetSignIns } from "./account/forget-old.ts";
import { stopIdleStaff } from "./account/review-staff.ts";
import { accountGates, warnPasswords } from "./account/warn-passwords.ts";
import { sealAudit } from "./audit/seal.ts";
import { noteErasures } from "./backup/erasures.ts";
import { followLog } from "./backup/follow.ts";
import { placeOf } from "./backup/place.ts";
import { forgetOld as forgetCodes } from "./codes/forget-old.ts";
import { applyDue as applyContactChanges } from "./contact/apply-due.ts";
import { makeDueReports } from "./coverage/make-report.ts";
import { compareAll, rollUp } from "./coverage/roll-up.ts";
import { openQueue, prepareQueue } from "./db/queue.ts";
import { forgetOld as forgetEid } from "./eid/forget-old.ts";
import { forgetOld as forgetUploads, type SetBack, takeUploads } from "./facility/take-uploads.ts";
import { forgetOld as forgetFactors } from "./factor/forget-old.ts";
import { endDue } from "./guardian/end-due.ts";
import { guardianGates } from "./guardian/tell.ts";
import { escalateLate } from "./hotline/escalate-late.ts";
import type { OpenHouse } from "./house.ts";
import { ZONE } from "./kernel/calendar.ts";
import { MovableClock } from "./kernel/clock.ts";
import { letterGates } from "./letters/gate.ts";
import { remindLetters } from "./letters/remind-due.ts";
import { sweepLooks } from "./looks/sweep.ts";
import { mailingGates } from "./mailing/gate.ts";
import { takeReply } from "./mailing/refuse-campaigns.ts";
import { sendDue } from "./mailing/send-due.ts";
import { usualPace } from "./notices/channel.ts";
import { startDelivery } from "./notices/deliver.ts";
import type { Gates } from "./notices/gate.ts";
import { unobserved } from "./notices/steps.ts";
import { type Failure, forgetTroubles, noteBeat, noteTrouble, type Trouble } from "./notices/store-beat.ts";
import { participationGates, tellArrears } from "./participation/tell-arrears.ts";
import { followMerges } from "./register/follow-merges.ts";
import { suspendAllDead } from "./register/suspend-all-dead.ts";
import { forgetOld as forgetFiles } from "./registration/forget.ts";
import { registrationGates } from "./registration/gate.ts";
import { lapseDue } from "./registration/lapse-due.ts";
import { moveDue } from "./registration/move-due.ts";
import { remindDue } from "./registration/remind-due.ts";
import { runRetention } from "./retention/run.ts";
import { alarmRequests } from "./rights/alarm-due.ts";
import { forgetMail } from "./rights/forget-mail.ts";
import { followRosters, recountRosters } from "./roster/follow.ts";
import { forgetOld as forgetRosterRefusals } from "./roster/forget-old.ts";
import { sweepMarks } from "./sensitive/sweep.ts";
import { forgetOld as forgetStatements } from "./statement/forget-old.ts";
import { mayEnd } from "./timekeeping/trust.ts";
import { followFailed } from "./unreached/follow.ts";
import { forgetKeysBefore } from "./web/store.ts";

export interface Worker {
  stop(): Promise<void>;
}

export const gates: Gates = {
  ...registrationGates,
  ...accountGates,
  ...guardianGates,
  ...letterGates,
  ...mailingGates,
  ...participationGates,
};

/** What happens without being asked: files lapse, the audit is chained, messages go out. Several workers may run. */
export async function startWorker(house: OpenHouse): Promise<Worker> {
  // Also of work that this version does not know any more; what still stands is noted again at its next run.
  await forgetTroubles(house.db);
  const jobs = await startSweeps(house);
  const chaining = repeat(house, "audit sealing", 3000, chainAndNote(house));
  const setBack: SetBack = new Map();
  const uploads = repeat(house, "taking uploads", 2000, () => takeUploads(house, setBack));
  const following = repeat(house, "the follow-up of failed results", 5000, () => followFailed(house));
  const delivery = startDelivery(house, usualPace, gates, unobserved, takeReply);
  const rosters = repeat(house, "the follow-up of rosters", 2000, () => followRosters(house));
  const place = house.settings.backup?.followsLog ? placeOf(house.settings) : undefined;
  const follower =
    place &&
    followLog({
      ...place,
      connection: house.owner ?? house.connection,
      onTrouble: (reason) =>
        house.log.error({ alarm: "log_not_kept", reason }, "the log of the database is not being kept"),
    });
  const looks = repeat(house, "the search for unusual looks", 3000, () => sweepLooks(house));
  return {
    async stop() {
      await Promise.all([
        delivery.stop(),
        following.stop(),
        rosters.stop(),
        follower?.stop(),
        looks.stop(),
        chaining.stop(),
        uploads.stop(),
        jobs.stop(),
      ]);
    },
  };
}

const CHAIN_NOTED_MS = 60_000;

/** Chains what is new, and says once a minute that it was: the watch hears its silence. */
function chainAndNote(house: OpenHouse): () => Promise<void> {
  let noted = new Date(0);
  return async () => {
    await sealAudit(house);
    const now = house.clock.now();
    if (Math.abs(now.getTime() - noted.getTime()) < CHAIN_NOTED_MS) return;
    await noteBeat(house.db, "chain", now);
    noted = now;
  };
}

interface Sweep {
  name: string;
  cron: string;
  /** Nothing of it ends or is told by the clock: a clock that is not believed does not stop it. */
  isTimeless?: true;
  run(house: OpenHouse): Promise<unknown>;
}

const idempotencyKeptMs = 30 * 86_400_000;

const EACH_MINUTE = "* * * * *";

/** On one worker only, one run at a time; a run that failed is simply followed by the next. */
const sweeps: readonly Sweep[] = [
  { name: "lapse-due", cron: EACH_MINUTE, run: lapseDue },
  { name: "follow-merges", cron: EACH_MINUTE, isTimeless: true, run: followMerges },
  { name: "warn-passwords", cron: "*/5 * * * *", run: warnPasswords },
  { name: "note-erasures", cron: EACH_MINUTE, isTimeless: true, run: noteErasures },
  { name: "move-due", cron: EACH_MINUTE, run: moveDue },
  {
    name: "beat",
    cron: EACH_MINUTE,
    isTimeless: true,
    run: (house) => noteBeat(house.db, "schedule", house.clock.now()),
  },
  { name: "remind-letters", cron: "*/5 * * * *", run: remindLetters },
  { name: "send-campaigns", cron: EACH_MINUTE, run: sendDue },
  { name: "escalate-tickets", cron: EACH_MINUTE, run: escalateLate },
  { name: "alarm-requests", cron: EACH_MINUTE, run: alarmRequests },
  { name: "remind-due", cron: EACH_MINUTE, run: remindDue },
  { name: "tell-arrears", cron: EACH_MINUTE, run: tellArrears },
  { name: "sweep-sensitive", cron: EACH_MINUTE, run: (house) => sweepMarks(house) },
  { name: "forget-sign-ins", cron: "23 * * * *", run: forgetSignIns },
  { name: "forget-codes", cron: "37 * * * *", run: forgetCodes },
  { name: "apply-contact-changes", cron: EACH_MINUTE, run: applyContactChanges },
  { name: "forget-challenges", cron: "47 * * * *", run: forgetFactors },
  { name: "forget-eid-requests", cron: "53 * * * *", run: forgetEid },
  { name: "end-guardianships", cron: "*/10 * * * *", run: endDue },
  { name: "roll-up", cron: "* * * * *", run: (house) => rollUp(house) },
  { name: "weekly-report", cron: "*/5 * * * *", run: makeDueReports },
  { name: "compare-counts", cron: "43 2 * * *", run: compareAll },
  { name: "forget-mail-of-erased", cron: "19 * * * *", run: forgetMail },
  { name: "forget-uploads", cron: "29 3 * * *", run: forgetUploads },
  { name: "forget-statements", cron: "11 3 * * *", run: forgetStatements },
  { name: "forget-roster-refusals", cron: "31 3 * * *", run: forgetRosterRefusals },
  { name: "recount-rosters", cron: "41 3 * * *", run: recountRosters },
  { name: "suspend-dead", cron: "47 3 * * *", isTimeless: true, run: (house) => suspendAllDead(house) },
  { name: "forget-files", cron: "17 2 * * *", run: forgetFiles },
  { name: "stop-idle-staff", cron: "7 6 * * *", run: stopIdleStaff },
  { name: "retention", cron: "51 2 * * *", run: (house) => runRetention(house) },
  {
    name: "forget-first-answers",
    cron: "41 * * * *",
    run: (house) => forgetKeysBefore(house.db, new Date(house.clock.now().getTime() - idempotencyKeptMs)),
  },
];

async function startSweeps(house: OpenHouse): Promise<Worker> {
  if (house.owner) await prepareQueue(house.owner);
  const { boss, stop } = await openQueue(house.connection, house.log);
  await noteBeat(house.db, "schedule", house.clock.now());
  for (const sweep of sweeps) {
    const { name, cron } = sweep;
    await boss.createQueue(name, { policy: "exclusive", retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3600 });
    await boss.work(name, { batchSize: 1, pollingIntervalSeconds: 5 }, async () => {
      await runOne(house, sweep);
    });
    await boss.schedule(name, cron, {}, { tz: ZONE });
  }
  if (house.clock instanceof MovableClock) {
    house.clock.follow(async () => {
      for (const { cron, run } of sweeps) if (cron === EACH_MINUTE) await run(house);
    });
  }
  return { stop };
}

/** Said here: the queue keeps what was thrown in a row that nobody reads. */
async function runOne(house: OpenHouse, { name, isTimeless, run }: Sweep): Promise<void> {
  try {
    if (!isTimeless && !(await mayEnd(house))) return;
    await noteTrouble(house.db, name, troubleIn(await run(house)), house.clock.now());
  } catch (error) {
    house.log.error({ alarm: "sweep_failed", sweep: name, reason: (error as Error).message }, "a sweep failed");
    await noteFailing(house, name, "failed_run");
    throw error;
  }
}

/**
 * As a sweep answers: some rows failed, or it stopped and says why; what else it left out is no trouble. A clock that is
 * not believed has its own alarm.
 */
function troubleIn(done: unknown): Trouble | undefined {
  const { failed, refused } = Object(done) as { failed?: number; refused?: unknown };
  if (typeof refused === "string" && refused !== "clock_not_believed") return "refusing";
  return failed ? "failing" : undefined;
}

/** Where the database is what fails, nothing can be written, and its own alarm is raised. */
async function noteFailing(house: OpenHouse, name: string, failure: Failure): Promise<void> {
  await noteTrouble(house.db, name, "failing", house.clock.now(), failure).catch(() => undefined);
}

/**
 * What is due now of everything that happens by itself; a restored database does so before anybody may send.
 * `withNightly`: what else happens once a day, too. Throws what failed once everything else has happened.
 */
export async function runDue(house: OpenHouse, withNightly = false): Promise<void> {
  const failed: string[] = [];
  for (const sweep of sweeps) {
    if (!withNightly && !sweep.cron.startsWith("*")) continue;
    await runOne(house, sweep).catch((error: Error) => failed.push(`${sweep.name}: ${error.message}`));
  }
  if (failed.length > 0) throw new Error(failed.join("; "));
}

/** `work` again and again, `pauseMs` between the end of one and the start of the next. */
function repeat(house: OpenHouse, what: string, pauseMs: number, work: () => Promise<unknown>): Worker {
  const ending = new AbortController();
  let isNoted = false;
  const running = (async () => {
    while (!ending.signal.aborted) {
      try {
        await work();
        if (isNoted) await noteTrouble(house.db, what, undefined, house.clock.now());
        isNoted = false;
      } catch (error) {
        house.log.error({ alarm: "sweep_failed", sweep: what, reason: (error as Error).message }, `${what} failed`);
        await noteFailing(house, what, "failed_turn");
        isNoted = true;
      }
      await wait(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}
