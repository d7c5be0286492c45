import { formatInstant } from "../kernel/calendar.ts";
import type { Declaration } from "../registration/store.ts";
import type { Move } from "../registration/store-many.ts";
import {
  Acts,
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  type FieldFault,
  Form,
  Notice,
  Select,
  TextArea,
} from "../ui/index.ts";
import type { AdminUnit, Office } from "../units/store.ts";
import { REASON_AT_MOST } from "./rules-transfer.ts";
import { type Counter, errorOf, Frame, fileHref } from "./view-parts.tsx";
import { actWords } from "./words-acts.ts";
import { transferWords } from "./words-transfer.ts";

interface HandOverProps {
  at: Counter;
  file: Declaration;
  provinces: readonly AdminUnit[];
  /** The province whose offices are offered. */
  province: string;
  offices: readonly Office[];
  typed: { office?: string | undefined; reason?: string | undefined };
  faults: readonly FieldFault[];
}

/** Two steps without script: the province first, then one of its offices and the reason. */
export function HandOverPage({ at, file, provinces, province, offices, typed, faults }: HandOverProps) {
  const said = transferWords(at.ask.lang);
  const here = fileHref(file.code, "hand-over");
  return (
    <Frame at={at} title={said.title} back={fileHref(file.code)}>
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.title}</h1>
      <p>
        <span class="code">{file.code}</span> · {file.answers.name?.full}
      </p>
      <p>{said.lead}</p>
      <Notice kind="info">
        <p>{said.clock}</p>
        <p>{file.status === "received" || file.batchedAt ? said.notTold : said.told}</p>
      </Notice>
      <form class="form" method="get" action={here}>
        <Select
          name="province"
          label={said.province}
          value={province}
          options={provinces.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Button kind="quiet">{said.choose}</Button>
      </form>
      <Form ask={at.ask} action={`${here}?province=${province}`}>
        <Select
          name="office"
          label={said.office}
          value={typed.office}
          options={offices.map(({ code, name }) => ({ value: code, label: name }))}
          error={errorOf(faults, "office")}
        />
        <ReasonField at={at} hint={said.reasonHint} typed={typed.reason} faults={faults} />
        <Button>{said.submit}</Button>
      </Form>
    </Frame>
  );
}

interface MovedAwayProps {
  at: Counter;
  move: Move;
  /** Who moved it. */
  by: string;
  /** A button was pressed, and nothing came of it. */
  isPressed: boolean;
}

/** What this office keeps of a file that it no longer has: where it went, when and through whom. */
export function MovedAwayPage({ at, move, by, isPressed }: MovedAwayProps) {
  const said = transferWords(at.ask.lang);
  const { away, list } = said;
  const overtaken = actWords(at.ask.lang).overtaken;
  return (
    <Frame at={at} title={away.title} back="/console">
      <h1>{away.title}</h1>
      <p class="code">{move.code}</p>
      <Notice kind="warning">
        <p>{away.moved(move.toOffice, by, formatInstant(move.at, at.ask.lang))}</p>
        {isPressed ? <p>{overtaken.nothingDone}</p> : null}
      </Notice>
      <Acts>
        <ButtonLink href="/console/transfers">{list.link}</ButtonLink>
        <ButtonLink href="/console" kind="quiet">
          {overtaken.queue}
        </ButtonLink>
      </Acts>
    </Frame>
  );
}

interface BringProps {
  at: Counter;
  code: string;
  officeName: string;
  reason: string;
  faults: readonly FieldFault[];
}

/** Nothing of the file is shown before it is here: only which office it names. */
export function BringPage({ at, code, officeName, reason, faults }: BringProps) {
  const said = transferWords(at.ask.lang);
  return (
    <Frame at={at} title={said.bring.title} back="/console">
      <ErrorSummary ask={at.ask} faults={faults} />
      <h1>{said.bring.title}</h1>
      <p class="code">{code}</p>
      <p>{said.bring.lead(officeName)}</p>
      <p>{said.bring.when}</p>
      <Notice kind="info">{said.bring.seen}</Notice>
      <Form ask={at.ask} action={`/console/bring/${code}`}>
        <ReasonField at={at} hint={said.bring.hint} typed={reason} faults={faults} />
        <Button>{said.bring.submit}</Button>
      </Form>
    </Frame>
  );
}

function ReasonField({
  at,
  hint,
  typed,
  faults,
}: {
  at: Counter;
  hint: string;
  typed: string | undefined;
  faults: readonly FieldFault[];
}) {
  const said = transferWords(at.ask.lang);
  return (
    <TextArea
      name="reason"
      label={said.reason}
      hint={hint}
      rows={2}
      maxLength={REASON_AT_MOST}
      value={typed}
      error={errorOf(faults, "reason")}
    />
  );
}

/** What an office keeps of files that left it: when, to whom, why, through whom. */
export function MovesPage({
  at,
  moves,
  names,
}: {
  at: Counter;
  moves: readonly Move[];
  names: ReadonlyMap<string, string>;
}) {
  const said = transferWords(at.ask.lang).list;
  const ways: Record<string, string> = said.way;
  return (
    <Frame at={at} title={said.title} back="/console" wide>
      <h1>{said.title}</h1>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={moves}
        empty={<p>{said.empty}</p>}
        columns={[
          {
            head: said.code,
            isMain: true,
            cell: ({ code, isHere }) =>
              isHere ? (
                <a class="code" href={fileHref(code)}>
                  {code}
                </a>
              ) : (
                <span class="code">{code}</span>
              ),
          },
          { head: said.when, cell: (move) => formatInstant(move.at, at.ask.lang) },
          { head: said.move, cell: ({ fromOffice, toOffice }) => `${fromOffice} → ${toOffice}` },
          { head: said.who, cell: ({ staffId }) => names.get(staffId) ?? "–" },
          { head: said.reason, cell: ({ reason, way }) => `${reason} (${ways[way] ?? way})` },
        ]}
      />
    </Frame>
  );
}
