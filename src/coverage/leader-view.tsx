import { showMinutes } from "../campaign/rules.ts";
import type { DeskDay } from "../campaign/store.ts";
import { dayOf, formatDay, formatInstant, formatLongDay, plainDate } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import {
  Button,
  ButtonLink,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  SummaryList,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { answerOf } from "./answer.ts";
import { arrowOf, percentText, wholeText } from "./figures.ts";
import { inNeed, type Look, type UnitLook } from "./look.ts";
import { PeopleOf, PrintHead } from "./overview-view.tsx";
import { isTooFew, type ReportTime } from "./rules.ts";
import { type Counts, MOMENTS } from "./rules-moments.ts";
import type { Target } from "./store.ts";
import type { ReportLine } from "./store-report.ts";
import { styles } from "./styles.ts";
import { TargetForm } from "./target-view.tsx";
import { daysLeft } from "./unit-view.tsx";
import { words } from "./words.ts";

const NAMES_AT_MOST = 4;

interface LeaderProps {
  ask: Ask;
  look: Look;
  /** The whole territory seven days ago. */
  before: Counts;
  targets: readonly Target[];
  reports: readonly ReportLine[];
  reportTime: ReportTime;
  readers: readonly string[];
  /** From today on, the nearest first. */
  desks: readonly (DeskDay & { unitName: string })[];
  mayAct: boolean;
  faults: readonly FieldFault[];
}

/** One page for whoever answers for a territory: state, change, who needs help, what was promised. */
export function LeaderPage(props: LeaderProps) {
  const { ask, look, mayAct, faults } = props;
  const { lang } = ask;
  const said = words(lang);
  const exported = new URLSearchParams({ territory: look.territory.code, moment: look.moment });
  return (
    <Layout
      ask={ask}
      face="console"
      title={said.leader.title}
      nowAt="coverage"
      wide
      styles={styles}
      back="/console/coverage"
      officeName={look.territory.name}
    >
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.leader.title}</h1>
      <PrintHead ask={ask} title={said.leader.title} look={look} />
      <h2 class="unseen">{said.leader.state}</h2>
      <p class="answer">{answerOf(look, lang)}</p>
      <PeopleOf look={look} lang={lang} />
      <p class="coverage-facts">
        <a href={`/console/coverage.csv?${exported}`}>{said.exportCsv}</a>
        <a href={`/console/coverage.xlsx?${exported}`}>{said.exportXlsx}</a>
        <a href="/console/coverage/definitions">{said.definitions}</a>
      </p>
      <h2>{said.leader.changed}</h2>
      <Changed look={look} before={props.before} lang={lang} />
      <h2>{said.leader.need}</h2>
      <Need look={look} lang={lang} />
      <h2>{said.leader.promised}</h2>
      <Promised {...props} />
      <h2>{said.leader.desks}</h2>
      <Desks {...props} />
      <Reports {...props} />
      {mayAct ? <TargetForm ask={ask} action={hrefOf(look)} moment={look.moment} faults={faults} /> : null}
    </Layout>
  );
}

const hrefOf = ({ territory }: Look) => `/console/coverage/leader?territory=${encodeURIComponent(territory.code)}`;

function Changed({ look, before, lang }: { look: Look; before: Counts; lang: Lang }) {
  const said = words(lang).leader;
  if (look.isTooSmall) return <p>{words(lang).tooSmall(look.least)}</p>;
  if (isTooFew(before.people, look.least)) return <p>{said.wereTooFew(look.least)}</p>;
  const { shortMoments } = words(lang);
  const lines = MOMENTS.map((moment) => ({ name: shortMoments[moment], by: look.counts[moment] - before[moment] }))
    .filter(({ by }) => by !== 0)
    .map(({ name, by }) => (by > 0 ? said.gainOf(name, wholeText(by, lang)) : said.fewer(name, wholeText(-by, lang))));
  const joined = look.counts.people - before.people;
  const roster =
    joined > 0 ? [said.joined(wholeText(joined, lang))] : joined < 0 ? [said.left(wholeText(-joined, lang))] : [];
  const all = [...lines, ...roster];
  if (all.length === 0) return <p>{said.same}</p>;
  return (
    <ul>
      {all.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** Four names at the most, the farthest below first, each with something to do about it. */
function Need({ look, lang }: { look: Look; lang: Lang }) {
  const said = words(lang).leader;
  const all = inNeed(look);
  if (all.length === 0) return <p>{said.nobody}</p>;
  const more = all.length - NAMES_AT_MOST;
  return (
    <>
      <ul class="need-list">
        {all.slice(0, NAMES_AT_MOST).map((unit) => (
          <NeedRow key={unit.code} unit={unit} lang={lang} />
        ))}
      </ul>
      {more > 0 ? (
        <p>
          <a href="/console/coverage">{said.more(more)}</a>
        </p>
      ) : null}
    </>
  );
}

function NeedRow({ unit, lang }: { unit: UnitLook; lang: Lang }) {
  const said = words(lang);
  const { now, standing } = unit;
  return (
    <li class={`is-${standing}`}>
      <span>
        <b>{unit.name}</b>
        {`: ${percentText(now.share, lang)}\u00a0%, ${said.leader.missing(wholeText(now.of - now.come, lang))}`}
        <span class="standing">{arrowOf[standing] + said.standing[standing]}</span>
      </span>
      <ButtonLink href={`/console/units/${unit.code}`} kind="quiet">
        {said.leader.act}
        <span class="unseen">{`: ${unit.name}`}</span>
      </ButtonLink>
    </li>
  );
}

function Desks({ ask: { lang }, desks }: LeaderProps) {
  const said = words(lang).leader;
  if (desks.length === 0) return <p>{said.noDesks}</p>;
  return (
    <SummaryList
      rows={desks.map((desk) => ({
        key: formatLongDay(plainDate(desk.onDay), lang),
        value: (
          <>
            <a href={`/console/campaign?unit=${encodeURIComponent(desk.unitCode)}`}>{desk.unitName}</a>
            {`: ${said.desk(`${showMinutes(desk.fromMinute)}–${showMinutes(desk.toMinute)}`, desk.place)}`}
          </>
        ),
      }))}
    />
  );
}

function Promised({ ask: { lang }, look, targets }: LeaderProps) {
  const said = words(lang);
  if (targets.length === 0) return <p>{said.targets.none}</p>;
  return (
    <SummaryList
      rows={targets.map((target) => {
        const days = daysLeft(look.today, target.dueOn);
        // Of too few people not even this is told: it says something of their share.
        const isReached = !look.isTooSmall && look.counts[target.moment] * 100 >= target.percent * look.counts.people;
        const state = isReached ? said.leader.reached : days < 0 ? said.leader.late : said.leader.daysLeft(days);
        const due = formatDay(plainDate(target.dueOn), lang);
        return {
          key: said.targets.one(target.percent, said.shortMoments[target.moment].toLowerCase(), due),
          value: `${state}. ${said.targets.setBy(target.setBy, formatDay(dayOf(target.setAt), lang))}`,
        };
      })}
    />
  );
}

function Reports({ ask, look, reports, reportTime, readers, mayAct, faults }: LeaderProps) {
  const { lang } = ask;
  const said = words(lang).report;
  return (
    <section class="no-print">
      <h2>{said.title}</h2>
      <p class="hint">{said.lead(reportTime)}</p>
      {reports.length === 0 ? <p>{said.none}</p> : null}
      <ul>
        {reports.map(({ reportId, weekOn, madeAt, madeBy }) => (
          <li key={reportId}>
            <a href={`/console/coverage/reports/${reportId}`}>{said.of(formatDay(plainDate(weekOn), lang))}</a>
            {` (PDF), ${formatInstant(madeAt, lang)}, ${madeBy ?? said.bySchedule}`}
          </li>
        ))}
      </ul>
      {mayAct ? (
        <>
          <Form ask={ask} action={hrefOf(look)}>
            <Button kind="quiet" name="act" value="report">
              {said.make}
            </Button>
          </Form>
          <h3>{said.readers}</h3>
          {readers.length === 0 ? <p>{said.noReaders}</p> : null}
          <ul class="need-list">
            {readers.map((email) => (
              <li key={email}>
                <span>{email}</span>
                <Form ask={ask} action={hrefOf(look)}>
                  <input type="hidden" name="email" value={email} />
                  <Button kind="quiet" name="act" value="reader_leaves">
                    {said.remove}
                    <span class="unseen">{` ${email}`}</span>
                  </Button>
                </Form>
              </li>
            ))}
          </ul>
          <Form ask={ask} action={hrefOf(look)}>
            <TextField
              name="email"
              label={said.email}
              type="email"
              value={ask.form.act === "reader" ? ask.form.email : undefined}
              autoComplete="off"
              error={textOf(faults, "email")}
            />
            <Button kind="quiet" name="act" value="reader">
              {said.add}
            </Button>
          </Form>
        </>
      ) : null}
    </section>
  );
}
