import { formatDay, formatInstant, plainDate } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import {
  Button,
  ButtonLink,
  DataTable,
  DateField,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Notice,
  Panel,
  Radios,
  TextField,
} from "../ui/index.ts";
import type { FoundPerson, ShownRecord } from "./load-record.ts";
import { DEATH_PAPERS } from "./rules-death.ts";
import type { Person } from "./store.ts";
import type { Alike } from "./store-alike.ts";
import type { DeathRecord } from "./store-death.ts";
import { birthOf, type Desk, errorOf, Frame, Identity, personHref } from "./view-parts.tsx";
import { words } from "./words.ts";

interface FindProps {
  at: Desk;
  typed: string;
  /** Undefined before the search. */
  found: readonly FoundPerson[] | undefined;
  isCut: boolean;
  faults: readonly FieldFault[];
}

/** Posted, so that no number and no name stands in an address. */
export function PersonsPage({ at, typed, found, isCut, faults }: FindProps) {
  const said = words(at.ask.lang).find;
  return (
    <Frame at={at} title={said.title} back="/console">
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <Form ask={at.ask} action="/console/persons" class="find">
        <TextField
          name="q"
          label={said.q}
          hint={said.hint}
          value={typed}
          autoComplete="off"
          maxLength={200}
          error={errorOf(faults, "q")}
        />
        <Button>{said.submit}</Button>
      </Form>
      <p>
        <a href="/console/merges">{said.merges}</a>
      </p>
      {found ? (
        <DataTable
          caption={said.results}
          rows={found}
          rowKey={({ publicId }) => publicId}
          empty={<p>{said.none}</p>}
          columns={[
            {
              head: said.name,
              isMain: true,
              cell: ({ publicId, fullName }) => <a href={personHref(publicId)}>{fullName}</a>,
            },
            { head: said.birth, cell: (person) => (person.isOpen ? birthOf(at, person) : person.birthOn.slice(0, 4)) },
            {
              head: said.numbers,
              cell: ({ numbers, isOpen }) => numbers.map((one) => (isOpen ? groupNumber(one) : one)).join(", "),
            },
          ]}
        />
      ) : null}
      {isCut ? <Notice kind="info">{said.more}</Notice> : null}
    </Frame>
  );
}

interface PersonProps {
  at: Desk;
  shown: ShownRecord;
  alike: readonly Alike[];
  /** Where the rows of a merged record stand now. */
  survivor: Person | undefined;
  death: DeathRecord | undefined;
  isSupervisor: boolean;
  names: ReadonlyMap<string, string>;
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function PersonPage(props: PersonProps) {
  const { at, shown, survivor, faults } = props;
  const said = words(at.ask.lang);
  return (
    <Frame at={at} title={said.find.title} back="/console/persons" wide>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{shown.person.fullName}</h1>
      <Identity at={at} shown={shown} />
      {survivor ? (
        <Notice kind="warning" title={said.person.merged}>
          <a href={personHref(survivor.publicId)}>{said.person.mergedLink}</a>
        </Notice>
      ) : (
        <>
          <AlikeRecords {...props} />
          <Death {...props} />
        </>
      )}
    </Frame>
  );
}

function AlikeRecords({ at, shown, alike }: PersonProps) {
  const said = words(at.ask.lang).person;
  return (
    <Panel title={said.alike}>
      <AlikeTable at={at} of={shown.person} alike={alike} />
    </Panel>
  );
}

/** Each of these beside `of`: the way to the comparison. */
function AlikeTable({ at, of, alike }: { at: Desk; of: Person; alike: readonly Alike[] }) {
  const said = words(at.ask.lang);
  return (
    <DataTable
      caption={said.person.alike}
      hideCaption
      rows={alike}
      rowKey={({ publicId }) => publicId}
      empty={<p>{said.person.alikeNone}</p>}
      columns={[
        { head: said.find.name, isMain: true, cell: ({ fullName }) => fullName },
        { head: said.find.birth, cell: (person) => birthOf(at, person) },
        {
          head: said.person.why,
          cell: ({ sharesNumber }) => (sharesNumber ? said.person.sharesNumber : said.person.sameName),
        },
        {
          head: said.person.compare,
          cell: ({ publicId }) => <a href={personHref(of.publicId, `with/${publicId}`)}>{said.person.compare}</a>,
        },
      ]}
    />
  );
}

function Death(props: PersonProps) {
  const { at, shown, death } = props;
  const said = words(at.ask.lang);
  const { diedOn } = shown.person;
  if (!diedOn) return <DeathForm {...props} />;
  return (
    <Panel title={said.person.died(formatDay(plainDate(diedOn), at.ask.lang))}>
      {death ? (
        <RecordedDeath {...props} death={death} />
      ) : (
        <>
          <p>{said.death.byFile}</p>
          <DeathForm {...props} />
          <UndoDeath {...props} />
        </>
      )}
    </Panel>
  );
}

function RecordedDeath({ death, ...props }: PersonProps & { death: DeathRecord }) {
  const { at, names } = props;
  const { lang } = at.ask;
  const said = words(lang).death;
  const papers: Record<string, string> = said.papers;
  return (
    <>
      <p>
        {papers[death.paperKind]} {death.paperNumber}.{" "}
        {said.recorded(names.get(death.recordedBy) ?? "–", formatInstant(death.recordedAt, lang))}
      </p>
      <UndoDeath {...props} />
    </>
  );
}

function UndoDeath({ at, shown, isSupervisor, typed, faults }: Omit<PersonProps, "death">) {
  const said = words(at.ask.lang).death;
  if (!isSupervisor) return <p class="muted">{said.undoBySupervisor}</p>;
  return (
    <Form ask={at.ask} action={personHref(shown.person.publicId, "restoration")}>
      <TextField
        name="reason"
        label={said.undoWhy}
        value={typed.reason}
        maxLength={300}
        error={errorOf(faults, "reason")}
      />
      <Button kind="quiet">{said.undo}</Button>
    </Form>
  );
}

function DeathForm({ at, shown, typed, faults }: PersonProps) {
  const said = words(at.ask.lang).death;
  return (
    <Details summary={said.title} open={faults.length > 0}>
      <p>{said.lead}</p>
      <Form ask={at.ask} action={personHref(shown.person.publicId, "death")}>
        <DateField
          name="died"
          label={said.day}
          value={{ day: typed.died_day, month: typed.died_month, year: typed.died_year }}
          error={errorOf(faults, "died")}
        />
        <Radios
          name="death_paper"
          label={said.paper}
          value={typed.death_paper}
          options={DEATH_PAPERS.map((value) => ({ value, label: said.papers[value] }))}
          error={errorOf(faults, "death_paper")}
        />
        <TextField
          name="death_number"
          label={said.number}
          value={typed.death_number}
          maxLength={50}
          autoComplete="off"
          width="half"
          error={errorOf(faults, "death_number")}
        />
        <Button kind="danger">{said.submit}</Button>
      </Form>
    </Details>
  );
}

interface OfFileProps {
  at: Desk;
  code: string;
  /** Each person to whom a number of the file leads, with the records like theirs. */
  groups: readonly { person: Person; alike: readonly Alike[] }[];
}

/** The records behind a file whose numbers lead to two persons, or whose name stands there under other numbers. */
export function DuplicatesOfFilePage({ at, code, groups }: OfFileProps) {
  const said = words(at.ask.lang);
  return (
    <Frame at={at} title={said.pair.of(code)} back={`/console/files/${code}`} wide>
      <h1>{said.pair.of(code)}</h1>
      {groups.length === 0 ? <p>{said.person.alikeNone}</p> : null}
      {groups.map(({ person, alike }) => (
        <Panel key={person.publicId} title={`${person.fullName} · ${birthOf(at, person)}`}>
          <AlikeTable at={at} of={person} alike={alike} />
        </Panel>
      ))}
      <ButtonLink href="/console/persons" kind="quiet">
        {said.find.title}
      </ButtonLink>
    </Frame>
  );
}

/** Numbers of a side in one line, the current ones first. */
export const numbersLine = (shown: ShownRecord): string =>
  shown.side.numbers.map(({ number }) => groupNumber(number)).join(", ");
