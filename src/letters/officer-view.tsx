import { dayOf, formatDay, formatInstant } from "../kernel/calendar.ts";
import type { Lang } from "../kernel/words.ts";
import {
  Acts,
  Button,
  ButtonLink,
  type Column,
  DataTable,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Layout,
  Notice,
  Pagination,
  Panel,
  Pills,
  SummaryList,
  Tag,
  TextArea,
  type Tone,
  textOf,
} from "../ui/index.ts";
import { type HeadProps, type LetterDesk, letterHref, lettersHref, NewLetter } from "./draft-view.tsx";
import styles from "./letters.css?inline";
import { dayText, headRows, TalkLines } from "./parts.tsx";
import { byGroup, type Fields, STANDS, type Stand, standOf } from "./rules.ts";
import type { Letter, ListedLetter, ReceivedLetter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import type { Said } from "./store-receipts.ts";
import { deskWords } from "./words-desk.ts";

const tones: Record<Stand, Tone> = { signed: "good", opened: "now", unopened: "plain" };

/** Some letters of a list, and where the others are. */
export interface LettersOfPage<L> {
  letters: readonly L[];
  older: string | undefined;
  newer: string | undefined;
}

interface LettersProps {
  at: LetterDesk;
  /** Undefined for who only receives. */
  sent: LettersOfPage<ListedLetter> | undefined;
  /** Undefined for who only sends. */
  received: LettersOfPage<ReceivedLetter> | undefined;
  /** Letters that a new one may replace. */
  offered: HeadProps["sent"];
  typed: Fields;
  faults: readonly FieldFault[];
}

/** All letters of an office or unit: sent and received, with a new one to write. */
export function LettersPage({ at, sent, received, offered, typed, faults }: LettersProps) {
  const { ask, officeName } = at;
  const said = deskWords(ask.lang);
  return (
    <Layout ask={ask} face="console" title={said.title} nowAt="letters" officeName={officeName} styles={[styles]} wide>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      {received ? <Received at={at} page={received} /> : null}
      {sent ? (
        <>
          {received ? <h2>{said.sentTitle}</h2> : <p>{said.lead}</p>}
          <Sent at={at} page={sent} />
          <Details summary={said.head.newTitle} open={faults.length > 0 || typed.replaces !== undefined}>
            <NewLetter {...{ ask, typed, faults }} sent={offered} />
          </Details>
        </>
      ) : null}
    </Layout>
  );
}

export const replaceable = (letters: readonly ListedLetter[]) =>
  letters.filter(({ sentAt, isReplaced }) => sentAt && !isReplaced);

function Sent({ at: { ask }, page }: { at: LetterDesk; page: LettersOfPage<ListedLetter> }) {
  const { lang } = ask;
  const said = deskWords(lang);
  const { columns } = said;
  return (
    <>
      <DataTable
        caption={said.sentTitle}
        rows={page.letters}
        rowKey={({ id }) => id}
        empty={<p>{said.none}</p>}
        columns={[
          ...headColumns(lang),
          {
            head: columns.sent,
            cell: ({ sentAt, isReplaced }) => (
              <>
                {sentAt ? formatInstant(sentAt, lang) : <Tag>{said.draft}</Tag>}
                {isReplaced ? <Tag tone="warning">{said.replaced}</Tag> : null}
              </>
            ),
          },
          { head: columns.of, isNumber: true, cell: ({ addressees }) => addressees },
          { head: columns.opened, isNumber: true, cell: ({ opened }) => opened },
          { head: columns.signed, isNumber: true, cell: ({ signed }) => signed },
          {
            head: columns.unanswered,
            isNumber: true,
            cell: ({ unanswered }) => (unanswered > 0 ? <Tag tone="warning">{unanswered}</Tag> : 0),
          },
        ]}
      />
      <Pagination older={page.older} newer={page.newer} />
    </>
  );
}

function Received({ at: { ask }, page }: { at: LetterDesk; page: LettersOfPage<ReceivedLetter> }) {
  const { lang } = ask;
  const said = deskWords(lang);
  const { columns } = said;
  return (
    <>
      <DataTable
        caption={said.receivedTitle}
        rows={page.letters}
        rowKey={({ addresseeId }) => addresseeId}
        empty={<p>{said.noneReceived}</p>}
        columns={[
          ...headColumns(lang),
          { head: columns.issuer, cell: ({ issuer }) => issuer },
          { head: columns.answerBy, cell: ({ answerBy }) => (answerBy ? dayText(answerBy, lang) : "–") },
          {
            head: columns.stand,
            cell: (one) => <Tag tone={tones[standOf(one)]}>{said.stands[standOf(one)]}</Tag>,
          },
        ]}
      />
      <Pagination older={page.older} newer={page.newer} />
    </>
  );
}

/** Which letter a row is about, as both lists tell it. */
function headColumns(lang: Lang): Column<Pick<Letter, "id" | "number" | "datedOn" | "subject">>[] {
  const said = deskWords(lang);
  return [
    {
      head: said.columns.letter,
      isMain: true,
      cell: ({ id, number, datedOn }) => <a href={letterHref(id)}>{said.dated(number, dayText(datedOn, lang))}</a>,
    },
    { head: said.columns.subject, cell: ({ subject }) => subject },
  ];
}

export interface RegisterProps {
  at: LetterDesk;
  letter: Letter;
  addressees: readonly Addressee[];
  filter: Stand | undefined;
  /** Whose thread is open. */
  open: { addressee: Addressee; talk: readonly Said[] } | undefined;
  names: ReadonlyMap<string, string>;
  faults: readonly FieldFault[];
}

/** A letter that was sent: who has signed, who opened it, who is left, and what they ask. */
export function RegisterParts(props: RegisterProps) {
  const { at, letter, addressees, filter, open } = props;
  const { ask } = at;
  const { lang } = ask;
  const said = deskWords(lang).register;
  const signed = addressees.filter(({ signedAt }) => signedAt).length;
  const shown = filter ? addressees.filter((one) => standOf(one) === filter) : addressees;
  return (
    <>
      {letter.replacedBy ? (
        <Notice kind="warning">
          <p>{said.replaced(letter.replacedBy.number, dayText(letter.replacedBy.datedOn, lang))}</p>
        </Notice>
      ) : null}
      {open ? <Thread {...props} open={open} /> : null}
      <p class="lead">{said.sum(signed, addressees.length)}</p>
      <Pills
        label={said.label}
        links={([undefined, ...STANDS] as const).map((one) => ({
          href: letterHref(letter.id, one ? `?show=${one}` : ""),
          text: said.filters[one ?? "all"],
          count: one ? addressees.filter((row) => standOf(row) === one).length : addressees.length,
          isCurrent: one === filter,
        }))}
      />
      <RegisterTable at={at} letter={letter} addressees={shown} />
      <Acts>
        <ButtonLink kind="quiet" href={letterHref(letter.id, "/register.pdf")}>
          {said.print}
        </ButtonLink>
        <ButtonLink kind="quiet" href={letterHref(letter.id, "/register.csv")}>
          {said.csv}
        </ButtonLink>
        <ButtonLink kind="quiet" href={letterHref(letter.id, "/letter.pdf")}>
          {said.letter}
        </ButtonLink>
        {letter.replacedBy ? null : (
          <ButtonLink kind="quiet" href={`${lettersHref}?replaces=${letter.id}`}>
            {said.replace}
          </ButtonLink>
        )}
      </Acts>
      <SummaryList rows={headRows(letter, undefined, lang)} />
    </>
  );
}

function RegisterTable({ at: { ask }, letter, addressees }: Pick<RegisterProps, "at" | "letter" | "addressees">) {
  const { lang } = ask;
  const { register: said, stands } = deskWords(lang);
  const { columns } = said;
  return (
    <DataTable
      caption={said.title}
      rows={byGroup(addressees)}
      rowKey={({ addresseeId }) => addresseeId}
      empty={<p>{said.empty}</p>}
      columns={[
        { head: columns.name, isMain: true, cell: ({ name }) => name },
        { head: columns.group, cell: ({ groupName }) => groupName },
        { head: columns.stand, cell: (one) => <Tag tone={tones[standOf(one)]}>{stands[standOf(one)]}</Tag> },
        {
          head: columns.signer,
          cell: ({ signerName, signerPosition, place }) =>
            signerName ? [signerName, signerPosition, place].join(", ") : "–",
        },
        { head: columns.at, cell: ({ signedAt }) => (signedAt ? formatInstant(signedAt, lang) : "–") },
        {
          head: columns.told,
          cell: ({ reminders, lastToldAt }) =>
            reminders && lastToldAt ? said.reminded(reminders, formatDay(dayOf(lastToldAt), lang)) : "–",
        },
        {
          head: columns.talk,
          cell: ({ addresseeId, name, questions, isUnanswered }) => (
            <>
              <a href={letterHref(letter.id, `?of=${addresseeId}`)}>
                {said.thread(questions)}
                <span class="unseen"> {name}</span>
              </a>{" "}
              {isUnanswered ? <Tag tone="warning">{said.waiting}</Tag> : null}
            </>
          ),
        },
      ]}
    />
  );
}

function Thread({ at, letter, open, names, faults }: RegisterProps & { open: NonNullable<RegisterProps["open"]> }) {
  const { ask } = at;
  const said = deskWords(ask.lang).thread;
  const { addressee, talk } = open;
  return (
    <Panel title={said.title(addressee.name)}>
      {talk.length > 0 ? <TalkLines ask={ask} said={talk} names={names} /> : <p>{said.nothing}</p>}
      <Form ask={ask} action={letterHref(letter.id, "/answer")}>
        <input type="hidden" name="addressee" value={addressee.addresseeId} />
        <TextArea
          name="answer"
          label={said.answer}
          value={ask.form.answer}
          error={textOf(faults, "answer")}
          rows={3}
          maxLength={2000}
        />
        <Acts>
          <Button>{said.act}</Button>
          {addressee.signedAt ? (
            <ButtonLink kind="quiet" href={letterHref(letter.id, `/receipts/${addressee.addresseeId}`)}>
              {said.receipt}
            </ButtonLink>
          ) : null}
          <ButtonLink kind="quiet" href={letterHref(letter.id)}>
            {said.close}
          </ButtonLink>
        </Acts>
      </Form>
    </Panel>
  );
}
