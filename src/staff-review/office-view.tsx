import { formatInstant, type Lang } from "../kernel/calendar.ts";
import {
  Button,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Notice,
  Panel,
  Radios,
  Tag,
  TextField,
  textOf,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { REASON_AT_MOST, type ReviewLine, reasonField, VERDICTS, verdictField } from "./rules.ts";
import type { OfficeReview } from "./store.ts";
import { dayText, Frame, factorText, reviewHref, rightText, type Seat } from "./view-parts.tsx";
import { words } from "./words.ts";

interface OfficePageProps extends Seat {
  office: { code: string; name: string };
  /** Whether who reads answers for this office; others see how it stands. */
  mayDecide: boolean;
  days: number;
  no: number;
  lines: readonly ReviewLine[];
  /** How many there are besides those of who reads: more than are shown at once, perhaps. */
  all: number;
  own: readonly ReviewLine[];
  due: number;
  until: string | undefined;
  reviews: readonly OfficeReview[];
  faults: readonly FieldFault[];
}

/** Who may do what at one office, to be kept or ended, and what was decided before. */
export function OfficePage(props: OfficePageProps) {
  const { ask, officeName, office, mayDecide, days, lines, all, own, faults } = props;
  const said = words(ask.lang).office;
  const title = said.title(office.name);
  return (
    <Frame ask={ask} officeName={officeName} title={title} back={mayDecide ? undefined : reviewHref()}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{title}</h1>
      {mayDecide ? <p>{said.lead}</p> : null}
      <p>{said.rule(days)}</p>
      <State {...props} />
      {all > lines.length ? <p>{said.cut(lines.length, all)}</p> : null}
      {mayDecide && lines.length > 0 ? <Decisions {...props} /> : <Members {...props} />}
      {own.length > 0 ? (
        <Panel title={said.ownTitle}>
          <p>{said.own}</p>
          {own.map((line) => (
            <p key={line.held}>
              <RightLine line={line} lang={ask.lang} />
            </p>
          ))}
        </Panel>
      ) : null}
      <Earlier {...props} />
    </Frame>
  );
}

function State({ ask, due, until, mayDecide }: OfficePageProps) {
  const said = words(ask.lang).office;
  if (due > 0) {
    return (
      <Notice kind="warning" title={said.dueTitle(due)}>
        {mayDecide ? <p>{said.due}</p> : null}
      </Notice>
    );
  }
  return until ? <Notice kind="good">{said.inOrder(dayText(until, ask.lang))}</Notice> : null;
}

function Decisions(props: OfficePageProps) {
  const { ask, office, no } = props;
  const said = words(ask.lang).office;
  return (
    <Form ask={ask} action={reviewHref(office.code)}>
      <input type="hidden" name="review" value={no} />
      <Members {...props} />
      <div class="review-acts">
        <p>{said.open}</p>
        <p>{said.signs}</p>
        <Button>{said.sign}</Button>
      </div>
    </Form>
  );
}

/** One box a member: who, how they sign in, and each right. */
function Members(props: OfficePageProps) {
  const { ask, lines } = props;
  const said = words(ask.lang).office;
  const members = [...Map.groupBy(lines, ({ staffId }) => staffId).values()];
  if (members.length === 0) return <p>{said.none}</p>;
  return (
    <>
      {members.map((held) => {
        const [first] = held;
        return first ? (
          <Panel key={first.staffId} title={`${first.name} (${first.username})`}>
            <Facts line={first} lang={ask.lang} />
            {held.map((line) => (
              <Held key={line.held} line={line} {...props} />
            ))}
          </Panel>
        ) : null;
      })}
    </>
  );
}

function Facts({ line, lang }: { line: ReviewLine; lang: Lang }) {
  const said = words(lang).office;
  return (
    <p class="member-facts">
      <span>{line.lastSeenOn ? said.lastSeen(dayText(line.lastSeenOn, lang)) : said.neverSeen}</span>
      <span>{factorText(line.factors, lang)}</span>
      <span>{said.looks(line.looks)}</span>{" "}
      {line.stoppedOn ? <Tag tone="warning">{said.stopped(dayText(line.stoppedOn, lang))}</Tag> : null}
    </p>
  );
}

function Held({
  line,
  mayDecide,
  ask,
  faults,
}: { line: ReviewLine } & Pick<OfficePageProps, "mayDecide" | "ask" | "faults">) {
  const { lang } = ask;
  const about = <About line={line} lang={lang} />;
  if (!mayDecide) {
    return (
      <div class="right-held">
        <p>
          <RightLine line={line} lang={lang} />
        </p>
        <p class="hint">{about}</p>
      </div>
    );
  }
  return (
    <div class="right-held">
      <Radios
        name={verdictField(line)}
        label={rightLabel(line, lang)}
        hint={about}
        inline
        value={ask.form[verdictField(line)]}
        options={VERDICTS.map((value) => ({ value, label: words(lang).verdicts[value] }))}
        error={textOf(faults, verdictField(line))}
      />
      <Reason {...{ line, ask, faults }} />
    </div>
  );
}

function Reason({ line, ask, faults }: { line: ReviewLine; ask: Ask; faults: readonly FieldFault[] }) {
  const said = words(ask.lang).office;
  const name = reasonField(line);
  return (
    <div data-why>
      <TextField
        name={name}
        label={said.reason}
        hint={said.reasonHint}
        value={ask.form[name]}
        maxLength={REASON_AT_MOST}
        error={textOf(faults, name)}
      />
    </div>
  );
}

const rightLabel = ({ held, since }: ReviewLine, lang: Lang) =>
  `${rightText(held, lang)}, ${words(lang).office.since(dayText(since, lang))}`;

function RightLine({ line, lang }: { line: ReviewLine; lang: Lang }) {
  return (
    <>
      {rightLabel(line, lang)} {line.isDue ? <Tag tone="danger">{words(lang).office.late}</Tag> : null}
    </>
  );
}

function About({ line, lang }: { line: ReviewLine; lang: Lang }) {
  const said = words(lang).office;
  const { confirmedOn, confirmedBy, confirmedUntil } = line;
  const last = confirmedOn ? said.confirmed(dayText(confirmedOn, lang), confirmedBy ?? "") : said.unconfirmed;
  return (
    <>
      {last} {said.until(dayText(confirmedUntil, lang))} {line.isDue ? <Tag tone="danger">{said.late}</Tag> : null}
    </>
  );
}

function Earlier({ ask, office, reviews }: OfficePageProps) {
  const { lang } = ask;
  const said = words(lang).kept;
  return (
    <DataTable
      caption={said.caption}
      rows={reviews}
      rowKey={({ no }) => String(no)}
      empty={<p>{said.none}</p>}
      columns={[
        {
          head: words(lang).title,
          isMain: true,
          cell: ({ no }) => <a href={reviewHref(office.code, no)}>{said.one(no)}</a>,
        },
        { head: said.at, cell: ({ at }) => formatInstant(at, lang) },
        { head: said.by, cell: ({ byName }) => byName },
        { head: said.keeps, isNumber: true, cell: ({ kept }) => String(kept) },
        { head: said.ends, isNumber: true, cell: ({ ended }) => String(ended) },
      ]}
    />
  );
}
