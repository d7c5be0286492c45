import { randomUUID } from "node:crypto";
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, endOf, formatDay, formatLongDay, type PlainDate, startOf } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { policyOn } from "../policy/store.ts";
import { typeset } from "../typeset/typeset.ts";
import { answerOf } from "./answer.ts";
import { gainText, percentText, wholeText } from "./figures.ts";
import { type Look, lookAt } from "./look.ts";
import template from "./report.typ?raw";
import { rollUp } from "./roll-up.ts";
import { comeOf, reportTime, shareOf, shareThen } from "./rules.ts";
import { MOMENTS } from "./rules-moments.ts";
import { mondayOf, reportDue } from "./rules-week.ts";
import { sightOfScope } from "./scopes.ts";
import { countsOn, targetsOf } from "./store.ts";
import { insertReport, readersOf, scopesWithout } from "./store-report.ts";
import { words } from "./words.ts";

/** Units on the paper at the most: with the five moments they fill one A4. */
const UNITS_AT_MOST = 28;

/** By hand: a report of now, beside the schedule's. */
export async function makeReport(house: House, staff: Staff, scopeCode: string): Promise<string> {
  const now = house.clock.now();
  const pdf = await printReport(house, scopeCode, now);
  const reportId = randomUUID();
  await inTransaction(house.db, async (tx) => {
    const weekOn = mondayOf(dayOf(now)).toString();
    await insertReport(tx, { reportId, scopeCode, weekOn, madeAt: now, staffId: staff.staffId, pdf });
    await record(tx, {
      at: now,
      actor: staff,
      action: "coverage.report",
      purpose: "rollout",
      object: { kind: "coverage_report", id: reportId },
    });
  });
  return reportId;
}

/**
 * The schedule: for each territory with readers this week's report once, and a letter to each of them. One that fails
 * is tried again by the next run and holds back no other.
 */
export async function makeDueReports(house: House): Promise<{ made: number; failed: number }> {
  const now = house.clock.now();
  const time = await policyOn(house.db, reportTime, dayOf(now));
  const weekOn = reportDue(now, time);
  const dueAt = new Date(startOf(weekOn).getTime() + time.hour * 3_600_000);
  const done = { made: 0, failed: 0 };
  for (const scopeCode of await scopesWithout(house.db, weekOn.toString(), dueAt, dayOf(now).toString())) {
    try {
      done.made += (await makeWeekly(house, scopeCode, weekOn, now)) ? 1 : 0;
    } catch (error) {
      done.failed += 1;
      const which = { err: error, alarm: "report_failed", scope: scopeCode };
      house.log.error(which, "a weekly report was not made");
    }
  }
  return done;
}

/** False when another worker was first. */
async function makeWeekly(house: House, scopeCode: string, weekOn: PlainDate, now: Date): Promise<boolean> {
  const pdf = await printReport(house, scopeCode, now);
  const report = { reportId: randomUUID(), scopeCode, weekOn: weekOn.toString(), madeAt: now, staffId: null, pdf };
  return inTransaction(house.db, async (tx) => {
    if (!(await insertReport(tx, report))) return false;
    await tellReaders(tx, house, scopeCode, weekOn, now);
    return true;
  });
}

/** In the lane of reminders: never before a result. The letter holds no figure. */
async function tellReaders(tx: Tx, house: House, scopeCode: string, weekOn: PlainDate, now: Date): Promise<void> {
  for (const email of await readersOf(tx, scopeCode)) {
    await enqueue(tx, house.vault, {
      dedupeKey: `weekly_report:${scopeCode}:${weekOn}:${email}`,
      class: "reminder",
      template: "weekly_report",
      lang: "vi",
      email,
      fields: { day: formatDay(weekOn) },
      dueAt: endOf(weekOn),
      now,
    });
  }
}

async function printReport(house: House, scopeCode: string, now: Date): Promise<Buffer> {
  await rollUp(house);
  return renderReport(await readReport(house, scopeCode, now));
}

/** What the report of a territory says at this moment, of what was counted last. */
export async function readReport(house: House, scopeCode: string, now: Date): Promise<Printed> {
  const today = dayOf(now);
  const sight = await sightOfScope(house, scopeCode, today.toString());
  const asked = {
    territory: scopeCode,
    moment: "approved",
    base: "roster",
    kind: undefined,
    rowsAtMost: UNITS_AT_MOST,
  } as const;
  const look = await lookAt(house, sight, asked, today);
  return { look, rows: await momentRows(house, look), now, isMadeUp: house.settings.profile === "demo" };
}

async function momentRows({ db }: House, look: Look): Promise<string[][]> {
  const { code } = look.territory;
  if (look.isTooSmall) return [];
  const [day, before] = [look.today.toString(), look.today.subtract({ days: 7 }).toString()];
  const counts = await countsOn(db, [code], [day, before]);
  const targets = await targetsOf(db, [code]);
  const [present, past] = [counts.get(`${code} ${day}`), counts.get(`${code} ${before}`)];
  const said = words("vi");
  if (!present || !past) return [];
  return MOMENTS.map((moment) => {
    const share = shareOf(present, moment, null, "roster");
    const target = targets.find((one) => one.moment === moment);
    return [
      said.shortMoments[moment],
      said.people(wholeText(share.come, "vi"), wholeText(share.of, "vi")),
      `${percentText(share.share, "vi")}\u00a0%`,
      gainText(share, shareThen(comeOf(past, moment), null, "roster", look.least), "vi") ?? "–",
      target ? `${target.percent}\u00a0%` : "–",
    ];
  });
}

interface Printed {
  look: Look;
  rows: readonly string[][];
  now: Date;
  isMadeUp: boolean;
}

/** One A4 as a tagged PDF/UA. */
export function renderReport({ look, rows, now, isMadeUp }: Printed): Buffer {
  const said = words("vi");
  const { report } = said;
  const paper = {
    lang: "vi",
    service: report.service,
    title: report.paperTitle,
    territory: look.territory.name,
    madeUp: isMadeUp ? report.madeUp : "",
    dated: report.dated(formatLongDay(dayOf(now), "vi")),
    asOf: said.asOf(formatDay(look.today, "vi")),
    answer: answerOf(look, "vi"),
    totalsTitle: report.totals,
    heads: report.rows,
    rows,
    unitsTitle: look.kind ? `${said.kind[look.kind]}: ${said.shortMoments[look.moment].toLowerCase()}` : "",
    unitHeads: report.unitHeads,
    units: look.rows.map((unit) => ({
      name: unit.name,
      share: unit.now.share ?? 0,
      before: unit.monthAgo.share ?? -1,
      target: (unit.target ?? look.target)?.percent ? ((unit.target ?? look.target)?.percent ?? 0) / 100 : -1,
      differs: unit.standing !== "expected",
      percent: `${percentText(unit.now.share, "vi")}\u00a0%`,
      people: `${wholeText(unit.now.come, "vi")} / ${wholeText(unit.now.of, "vi")}`,
      standing: unit.standing === "expected" ? "" : said.standing[unit.standing],
    })),
    notes: [
      ...(look.rows.length < look.units.length ? [said.cut(look.rows.length, look.units.length)] : []),
      ...(look.hidden > 0 ? [said.hidden(look.hidden)] : []),
      report.legend,
      report.notes(look.least),
    ],
  };
  return typeset(template, { paper });
}
