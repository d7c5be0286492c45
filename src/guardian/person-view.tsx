import { dayOf, formatBirth, plainDate } from "../kernel/calendar.ts";
import type { Fault } from "../kernel/outcome.ts";
import type { Person } from "../register/store.ts";
import {
  Acts,
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  SummaryList,
  TextField,
} from "../ui/index.ts";
import { daysText } from "./describe.ts";
import { LinkFields, textsOf } from "./link-form.tsx";
import type { LinksOfPerson } from "./look-up.ts";
import type { GuardianDesk } from "./officer.tsx";
import { standingOn } from "./rules.ts";
import type { Link } from "./store.ts";
import { counterWords } from "./words-counter.ts";

interface FindProps extends GuardianDesk {
  asked: readonly Link[];
  names: ReadonlyMap<string, string>;
  faults: readonly FieldFault[];
}

export function FindPage({ ask, officeName, asked, names, faults }: FindProps) {
  const said = counterWords(ask.lang);
  const statuses: Record<string, string> = said.statuses;
  return (
    <Layout ask={ask} face="console" nowAt="guardians" officeName={officeName} title={said.find.title}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.find.title}</h1>
      <p>{said.find.lead}</p>
      <Form ask={ask} action="/console/guardians">
        <TextField
          name="number"
          label={said.find.number}
          value={ask.form.number}
          error={faults[0]?.text}
          inputMode="numeric"
          autoComplete="off"
          width="number"
          maxLength={30}
        />
        <Button>{said.find.go}</Button>
      </Form>
      <h2>{said.find.asked}</h2>
      <DataTable
        caption={said.find.asked}
        hideCaption
        rows={asked}
        rowKey={(link) => link.linkId}
        empty={<p>{said.find.askedNone}</p>}
        columns={[
          {
            head: said.link.ward,
            isMain: true,
            cell: (link) => <a href={`/console/guardians/links/${link.linkId}`}>{link.ward.fullName}</a>,
          },
          { head: said.columns.state, cell: (link) => statuses[link.status] },
          { head: said.columns.relation, cell: (link) => said.relations[link.relation] },
          { head: said.link.history, cell: (link) => said.link.asked(names.get(link.askedBy ?? "") ?? "–") },
        ]}
      />
    </Layout>
  );
}

export function PersonPage({ ask, officeName, years, of }: GuardianDesk & { of: LinksOfPerson }) {
  const said = counterWords(ask.lang);
  const { person, account } = of;
  const mayAdd = person.diedOn === null;
  return (
    <Layout
      ask={ask}
      face="console"
      nowAt="guardians"
      officeName={officeName}
      title={said.person.title}
      back="/console/guardians"
    >
      <h1>{person.fullName}</h1>
      <SummaryList
        rows={[
          { key: said.person.born, value: formatBirth(plainDate(person.birthOn), person.birthPrecision, ask.lang) },
          { key: said.person.account, value: said.person.accounts[account] },
        ]}
      />
      <h2>{said.person.guardians}</h2>
      <LinkTable {...{ ask, years }} links={of.asWard} title={said.person.guardians} none={said.person.guardiansNone} />
      {mayAdd ? (
        <Acts>
          <ButtonLink href={`/console/guardians/${person.publicId}/links`}>{said.person.add}</ButtonLink>
        </Acts>
      ) : null}
      <h2>{said.person.wards}</h2>
      <LinkTable {...{ ask, years }} links={of.asGuardian} title={said.person.wards} none={said.person.wardsNone} />
    </Layout>
  );
}

interface LinkTableProps extends Pick<GuardianDesk, "ask" | "years"> {
  links: LinksOfPerson["asWard"];
  title: string;
  none: string;
}

function LinkTable({ ask, years, links, title, none }: LinkTableProps) {
  const said = counterWords(ask.lang);
  const today = dayOf(ask.now);
  return (
    <DataTable
      caption={title}
      hideCaption
      rows={links}
      rowKey={({ link }) => link.linkId}
      empty={<p>{none}</p>}
      columns={[
        {
          head: said.columns.who,
          isMain: true,
          cell: ({ link, other }) => <a href={`/console/guardians/links/${link.linkId}`}>{other.fullName}</a>,
        },
        { head: said.columns.relation, cell: ({ link }) => said.relations[link.relation] },
        { head: said.columns.days, cell: ({ link }) => daysText(link, years, ask.lang) },
        { head: said.columns.state, cell: ({ link }) => said.standings[standingOn(link, link.ward, years, today)] },
      ]}
    />
  );
}

export function AddPage({ ask, officeName, ward, faults }: GuardianDesk & { ward: Person; faults: readonly Fault[] }) {
  const said = counterWords(ask.lang).form;
  const back = `/console/guardians/${ward.publicId}`;
  return (
    <Layout ask={ask} face="console" nowAt="guardians" officeName={officeName} title={said.title} back={back}>
      <ErrorSummary ask={ask} faults={textsOf(faults, ask.lang)} />
      <h1>{said.title}</h1>
      <p>{said.lead(ward.fullName)}</p>
      <Form ask={ask} action={`${back}/links`} multipart>
        <LinkFields ask={ask} faults={faults} />
        <Button>{said.propose}</Button>
      </Form>
    </Layout>
  );
}
