import type { Unit } from "../drive/rules.ts";
import type { UnitRights } from "../drive/rules-rights.ts";
import { dayOf, formatDay, formatInstant, formatLongDay, plainDate } from "../kernel/calendar.ts";
import { formatCount } from "../kernel/money.ts";
import { undrawnIn } from "../typeset/undrawn.ts";
import {
  Acts,
  Button,
  ButtonLink,
  DataTable,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Radios,
  Select,
  TextField,
  textOf,
  UndrawnNote,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { Frame } from "./frame.tsx";
import { LENGTHS, type Length, mayGiveNumber, showMinutes, showSeconds, timeOf } from "./rules.ts";
import type { Broadcast, DeskDay, ScanCount } from "./store.ts";
import { words } from "./words.ts";

export interface Script {
  length: Length;
  paragraphs: readonly string[];
  seconds: number;
  syllables: number;
}

export interface CampaignPageProps {
  ask: Ask;
  officeName: string | undefined;
  unit: Unit;
  rights: UnitRights;
  scripts: readonly Script[];
  syllablesPerMinute: number;
  broadcasts: readonly Broadcast[];
  desks: readonly DeskDay[];
  scans: readonly ScanCount[];
  /** The form that was posted last, and what was typed there. */
  act: string;
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function CampaignPage(props: CampaignPageProps) {
  const { ask, officeName, unit, faults } = props;
  const said = words(ask.lang).unit;
  return (
    <Frame ask={ask} title={said.title(unit.name)} back="/console/campaign" officeName={officeName}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title(unit.name)}</h1>
      <p>
        <a href={`/console/units/${encodeURIComponent(unit.code)}`}>{said.toUnit}</a> ·{" "}
        <a href="/console/mailings">{words(ask.lang).home.toMailings}</a>
      </p>
      <Desks {...props} />
      <Air {...props} />
      <Scripts {...props} />
      <Print {...props} />
    </Frame>
  );
}

const hrefOf = (unit: Unit, act: string) => `/console/campaign/${encodeURIComponent(unit.code)}/${act}`;

/** What was typed in this form, when it is the one that came back. */
function ownOf({ act, typed, faults }: CampaignPageProps, name: string) {
  return act === name ? { typed, faults } : { typed: {} as Record<string, string>, faults: [] };
}

function Box(props: { own: ReturnType<typeof ownOf>; name: string; label: string; hint?: string; value?: string }) {
  const { own, name, label, hint, value } = props;
  return (
    <TextField
      {...{ name, label, hint }}
      value={own.typed[name] ?? value}
      error={textOf(own.faults, name)}
      autoComplete="off"
      maxLength={200}
    />
  );
}

function Desks(props: CampaignPageProps) {
  const { ask, unit, rights, desks } = props;
  const said = words(ask.lang).desk;
  const own = ownOf(props, "desk");
  return (
    <section>
      <h2>{said.title}</h2>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={desks}
        rowKey={({ id }) => id}
        empty={<p>{said.none}</p>}
        columns={[
          { head: said.when, isMain: true, cell: (desk) => <When desk={desk} lang={ask.lang} /> },
          { head: said.place, cell: ({ place }) => place },
          { head: said.last, isNumber: true, cell: ({ lastNo }) => String(lastNo) },
          { head: said.act, cell: (desk) => <DeskActs {...props} desk={desk} /> },
        ]}
      />
      {rights.campaigns ? (
        <Details summary={said.plan} open={own.faults.length > 0}>
          <Form ask={ask} action={hrefOf(unit, "desk")}>
            <div class="abreast three">
              <Box own={own} name="desk_on" label={said.on} />
              <Box own={own} name="from" label={said.from} value="08:00" />
              <Box own={own} name="to" label={said.to} value="11:00" />
            </div>
            <Box own={own} name="place" label={said.place} hint={said.placeHint} />
            <Button>{said.submit}</Button>
          </Form>
        </Details>
      ) : null}
    </section>
  );
}

export function When({ desk, lang }: { desk: DeskDay; lang: Ask["lang"] }) {
  return (
    <>
      {formatLongDay(plainDate(desk.onDay), lang)}
      <span class="muted">
        {showMinutes(desk.fromMinute)}–{showMinutes(desk.toMinute)}
      </span>
    </>
  );
}

function DeskActs({ ask, unit, rights, desk }: CampaignPageProps & { desk: DeskDay }) {
  const said = words(ask.lang).desk;
  const mayGive = mayGiveNumber(desk, ask.now);
  return (
    <>
      {rights.campaigns ? (
        <Form ask={ask} action={hrefOf(unit, mayGive ? "desk-number" : "desk-cancel")} class="inline">
          <input type="hidden" name="desk" value={desk.id} />
          {mayGive ? <Button>{said.give}</Button> : <span class="hint">{said.today}</span>}
          {desk.lastNo === 0 ? (
            <Button kind="quiet" formAction={hrefOf(unit, "desk-cancel")}>
              {said.cancel}
            </Button>
          ) : null}
        </Form>
      ) : null}
      <a href={hrefOf(unit, `papers/desk-${desk.id}`)}>{said.list}</a>
    </>
  );
}

function Air(props: CampaignPageProps) {
  const { ask, unit, rights, broadcasts } = props;
  const said = words(ask.lang).air;
  const lengths = words(ask.lang).script.lengths;
  const own = ownOf(props, "broadcast");
  return (
    <section>
      <h2>{said.title}</h2>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={broadcasts}
        rowKey={({ id }) => id}
        empty={<p>{said.none}</p>}
        columns={[
          { head: said.planned, isMain: true, cell: ({ plannedAt }) => formatInstant(plannedAt, ask.lang) },
          { head: said.length, cell: ({ length }) => lengths[length] },
          { head: said.really, cell: (one) => <Really {...props} one={one} /> },
        ]}
      />
      {rights.campaigns ? <NoteForm {...props} /> : null}
      {rights.campaigns ? (
        <Details summary={said.plan} open={own.faults.length > 0}>
          <Form ask={ask} action={hrefOf(unit, "broadcast")}>
            <Radios
              name="length"
              label={said.length}
              options={LENGTHS.map((value) => ({ value, label: lengths[value] }))}
              value={own.typed.length ?? "short"}
              error={textOf(own.faults, "length")}
              inline
            />
            <div class="abreast three">
              <Box own={own} name="on" label={said.on} />
              <Box own={own} name="time" label={said.time} hint={said.timeHint} />
            </div>
            <Button>{said.submit}</Button>
          </Form>
        </Details>
      ) : null}
    </section>
  );
}

function Really({ ask, unit, rights, one }: CampaignPageProps & { one: Broadcast }) {
  const said = words(ask.lang).air;
  if (one.airedAt && one.airedSeconds !== null) {
    return (
      <>
        {said.done(formatInstant(one.airedAt, ask.lang), showSeconds(one.airedSeconds))}
        <span class="muted">{said.by(one.announcer ?? "")}</span>
      </>
    );
  }
  if (one.cancelledAt) return <>{said.cancelled}</>;
  return (
    <>
      {said.waiting}
      {rights.campaigns ? (
        <Form ask={ask} action={hrefOf(unit, "broadcast-cancel")} class="inline">
          <input type="hidden" name="broadcast" value={one.id} />
          <Button kind="quiet">{said.cancel}</Button>
        </Form>
      ) : null}
    </>
  );
}

/** What was really read, of the broadcasts that wait for it. */
function NoteForm(props: CampaignPageProps) {
  const { ask, unit, broadcasts } = props;
  const said = words(ask.lang).air;
  const own = ownOf(props, "broadcast-aired");
  const waiting = broadcasts.filter(({ airedAt, cancelledAt }) => !airedAt && !cancelledAt);
  const [first] = waiting.toReversed();
  if (!first) return null;
  const options = waiting.map(({ id, plannedAt }) => ({ value: id, label: formatInstant(plannedAt, ask.lang) }));
  return (
    <Details summary={said.note} open={own.faults.length > 0}>
      <Form ask={ask} action={hrefOf(unit, "broadcast-aired")}>
        <div class="abreast three">
          <Select name="broadcast" label={said.planned} options={options} value={own.typed.broadcast ?? first.id} />
          <Box own={own} name="aired_on" label={said.airedOn} value={formatDay(dayOf(first.plannedAt))} />
          <Box own={own} name="aired_time" label={said.airedTime} value={timeOf(first.plannedAt)} />
          <Box own={own} name="seconds" label={said.seconds} hint={said.secondsHint} />
          <Box own={own} name="announcer" label={said.announcer} />
        </div>
        <Button>{said.save}</Button>
      </Form>
    </Details>
  );
}

function Scripts({ ask, scripts, syllablesPerMinute }: CampaignPageProps) {
  const said = words(ask.lang).script;
  return (
    <section>
      <h2>{said.title}</h2>
      <p class="hint">{said.hint}</p>
      {scripts.map(({ length, paragraphs, seconds, syllables }) => (
        <Details
          key={length}
          summary={
            <>
              {said.lengths[length]}{" "}
              <span class="muted">{said.about(showSeconds(seconds), syllables, syllablesPerMinute)}</span>
            </>
          }
        >
          <div class="script" lang="vi">
            {paragraphs.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </div>
        </Details>
      ))}
    </section>
  );
}

const PAPERS = ["poster-a3", "poster-a4", "leaflet-a4", "leaflet-a3"] as const;

function Print({ ask, unit, desks, scans, rights }: CampaignPageProps) {
  const said = words(ask.lang).print;
  return (
    <section>
      <h2>{said.title}</h2>
      <p>{said.lead}</p>
      <UndrawnNote letters={undrawnIn(unit.name, ...desks.map(({ place }) => place))} />
      <p>
        <a href="/guides">{said.guides}</a>
      </p>
      {rights.campaigns ? (
        <Acts>
          {PAPERS.map((paper) => (
            <ButtonLink key={paper} href={hrefOf(unit, `papers/${paper}`)} kind="quiet">
              {said.papers[paper]}
            </ButtonLink>
          ))}
        </Acts>
      ) : null}
      <DataTable
        caption={said.caption}
        rows={scans}
        rowKey={({ paper }) => paper}
        empty={<p>{said.none}</p>}
        columns={[
          { head: said.paper, isMain: true, cell: ({ paper }) => said.kinds[paper] },
          { head: said.recent, isNumber: true, cell: ({ recent }) => formatCount(recent, ask.lang) },
          { head: said.all, isNumber: true, cell: ({ all }) => formatCount(all, ask.lang) },
        ]}
      />
    </section>
  );
}
