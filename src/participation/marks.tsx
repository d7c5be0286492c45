/** "What this time counts towards": of the chosen fund, each with its law folded beside it. Never a promise. */
import type { ComponentChildren } from "preact";
import { daysBetween, formatMonth, type Lang, type PlainDate, plainDate } from "../kernel/calendar.ts";
import type { Clause } from "../kernel/laws.ts";
import { formatWhole } from "../kernel/money.ts";
import { LawNote } from "../ui/index.ts";
import { type Fund, totalsOf } from "./rules.ts";
import {
  type LumpSum,
  lastAllowance,
  lumpSumByWaiting,
  lumpSumClauses,
  paidForBirthAllowance,
  paidForMaternity,
  paidForUnemployment,
  pensionMark,
  type Share,
  sickDaysAYear,
  socialPensionAge,
} from "./rules-marks.ts";
import { retirementAge, retirementClauses } from "./rules-retirement.ts";
import type { ParticipationRead, ParticipationRow } from "./store.ts";
import { spanText } from "./words.ts";
import { words } from "./words-marks.ts";

interface MarksProps {
  rows: readonly ParticipationRow[];
  person: ParticipationRead["person"];
  /** ISO days on which unemployment allowances began. */
  allowancesFrom: readonly string[];
  fund: Fund;
  day: PlainDate;
  lang: Lang;
}

export function Marks(props: MarksProps) {
  const { fund, lang } = props;
  return (
    <section class="part marks">
      <h2>{words(lang).title}</h2>
      {fund === "bhxh" ? <SocialMarks {...props} /> : null}
      {fund === "bhtn" ? <UnemploymentMark {...props} /> : null}
      {fund === "tnld" ? <AccidentMark lang={lang} /> : null}
      {fund === "bhyt" ? <HealthMark lang={lang} /> : null}
    </section>
  );
}

interface MarkProps {
  title: string;
  lines: readonly (string | undefined)[];
  clauses: readonly Clause[];
  more?: string | undefined;
  children?: ComponentChildren;
}

function Mark({ title, lines, clauses, more, children }: MarkProps) {
  return (
    <div class="mark">
      <h3>{title}</h3>
      {lines.map((line) => (line ? <p key={line}>{line}</p> : null))}
      {children}
      <LawNote clauses={clauses}>{more ? <p>{more}</p> : null}</LawNote>
    </div>
  );
}

function SocialMarks({ rows, person, day, lang }: MarksProps) {
  const said = words(lang);
  const { paid } = totalsOf(rows, "bhxh");
  const sick = sickDaysAYear(rows, day);
  const lump = lumpSumByWaiting(rows, day);
  const maternity = mayGiveBirth(person, day) ? paidForMaternity(rows, day) : undefined;
  const allowance = maternity && paidForBirthAllowance(rows, day);
  return (
    <>
      <PensionMarks paid={paid} person={person} day={day} lang={lang} />
      {maternity ? (
        <Mark
          title={said.maternity}
          lines={[
            shareText(said.maternityShare, maternity),
            allowance &&
              shareText((...share) => said.birthAllowance(...share, formatWhole(allowance.amount, lang)), allowance),
          ]}
          clauses={[...maternity.clauses, ...(allowance?.clauses ?? [])]}
          more={said.maternityMore}
        />
      ) : null}
      {sick ? (
        <Mark title={said.sickness} lines={[said.sickDays(sick.days)]} clauses={[sick.clause]} more={said.sickMore} />
      ) : null}
      {lump ? (
        <Mark
          title={said.lump}
          lines={[lumpText(lump, lang), said.lumpLoss]}
          clauses={lumpSumClauses}
          more={said.lumpMore}
        />
      ) : null}
    </>
  );
}

function PensionMarks({ paid, person, day, lang }: Pick<MarksProps, "person" | "day" | "lang"> & { paid: number }) {
  const said = words(lang);
  const mark = pensionMark(paid, day);
  const age = retirementAge(plainDate(person.bornOn), person.sex);
  const social = socialPensionAge(day);
  if (!mark) return null;
  return (
    <Mark
      title={said.pension}
      lines={[
        said.pensionTime(mark.years),
        mark.missing > 0 ? said.pensionShort(spanText(lang, mark.missing)) : said.pensionReached,
        age && said.age(said.ageText(age.years, age.months), formatMonth(age.month)),
        social && said.social(social.age, social.poorAge),
      ]}
      clauses={[...mark.clauses, ...retirementClauses, ...(social ? [social.clause] : [])]}
      more={said.ageMore}
    />
  );
}

/** Women of an age at which the question is likely. */
function mayGiveBirth({ bornOn, sex }: ParticipationRead["person"], day: PlainDate): boolean {
  const years = daysBetween(plainDate(bornOn), day) / 365.25;
  return sex === 2 && years >= 15 && years < 55;
}

type SayShare = (from: string, to: string, paid: number, needed: number) => string;

function shareText(say: SayShare, share: Share): string | undefined {
  const { span, paid, needed } = share;
  return span && say(formatMonth(span.fromMonth), formatMonth(span.toMonth), paid, needed);
}

function lumpText(lump: LumpSum, lang: Lang): string {
  const said = words(lang);
  if (!lump.hasPaidBefore) return said.lumpLate;
  if (!lump.isUnderTwentyYears) return said.lumpTwenty;
  return lump.isOpen ? said.lumpOpen(lump.monthsOut) : said.lumpNotOut(lump.monthsOut);
}

function UnemploymentMark({ rows, allowancesFrom, day, lang }: MarksProps) {
  const said = words(lang);
  const share = paidForUnemployment(rows, allowancesFrom, day);
  const last = lastAllowance(allowancesFrom, day);
  if (!share) return null;
  return (
    <Mark
      title={said.unemployment}
      lines={[shareText(said.share, share), last ? said.usedUpFrom(formatMonth(last)) : said.usedUp]}
      clauses={share.clauses}
      more={said.unemploymentMore}
    />
  );
}

function AccidentMark({ lang }: { lang: Lang }) {
  const said = words(lang);
  return <Mark title={said.accident} lines={[said.accidentSays]} clauses={[{ act: "social", at: "4.2.đ" }]} />;
}

function HealthMark({ lang }: { lang: Lang }) {
  const said = words(lang);
  return (
    <Mark
      title={said.health}
      lines={[said.healthSays]}
      clauses={[
        { act: "health", at: "22.1" },
        { act: "health188", at: "18" },
      ]}
    >
      <p>
        <a href="/app/card">{said.healthLink}</a>
      </p>
    </Mark>
  );
}
