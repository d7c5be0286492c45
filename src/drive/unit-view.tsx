import { formatDay, plainDate } from "../kernel/calendar.ts";
import { undrawnIn } from "../typeset/undrawn.ts";
import {
  Acts,
  Button,
  ButtonLink,
  Details,
  ErrorSummary,
  type FieldFault,
  Form,
  Notice,
  SummaryList,
  TextField,
  textOf,
  UndrawnNote,
} from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { Frame, unitHref } from "./frame.tsx";
import { Invitations } from "./invitations-view.tsx";
import { Headcount } from "./list-view.tsx";
import { People } from "./people-view.tsx";
import type { Unit, UnitForm } from "./rules.ts";
import type { UnitRights } from "./rules-rights.ts";
import type { Invitation } from "./store-invitation.ts";
import { UnitFields } from "./unit-form.tsx";
import { words } from "./words.ts";

export interface UnitPerson {
  staffId: string;
  name: string;
  role: "coordinator" | "leader";
  /** ISO day. */
  since: string;
}

type Named = Pick<Unit, "code" | "name">;

export interface UnitPageProps {
  ask: Ask;
  officeName: string | undefined;
  servedBy: string;
  unit: Unit;
  rights: UnitRights;
  isOver: boolean;
  parent: Named | undefined;
  /** Before, the oldest first; without a unit: on top. */
  stoodUnder: readonly { unit: Named | undefined; validTo: string }[];
  below: readonly Named[];
  tookOver: readonly Named[];
  wentTo: readonly Named[];
  /** Those of the units beside this one that the reader may open. */
  openable: ReadonlySet<string>;
  people: readonly UnitPerson[];
  invitations: readonly Invitation[];
  invitationDays: number;
  inviterNames: ReadonlyMap<string, string>;
  /** What was typed into the form that was posted last: it stays in its boxes. */
  act: string;
  typed: Record<string, string>;
  faults: readonly FieldFault[];
}

export function UnitPage(props: UnitPageProps) {
  const { ask, officeName, unit, rights, isOver, faults } = props;
  const said = words(ask.lang).unit;
  return (
    <Frame ask={ask} title={unit.name} back="/console/units" officeName={officeName}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{unit.name}</h1>
      <UndrawnNote letters={undrawnIn(unit.name)} />
      {isOver && unit.validTo ? (
        <Notice kind="info">
          <p>{said.ended(formatDay(plainDate(unit.validTo), ask.lang))}</p>
        </Notice>
      ) : null}
      <Facts {...props} />
      {isOver ? null : (
        <Acts>
          <ButtonLink href={`/console/campaign?unit=${encodeURIComponent(unit.code)}`} kind="quiet">
            {said.campaign}
          </ButtonLink>
        </Acts>
      )}
      <People {...props} />
      {rights.invites ? <Invitations {...props} /> : null}
      {rights.edits ? <Edits {...props} /> : null}
    </Frame>
  );
}

function Links({ units, opens }: { units: readonly Named[]; opens(code: string): boolean }) {
  return (
    <>
      {units.map(({ code, name }, at) => (
        <span key={code}>
          {at > 0 ? ", " : null}
          {opens(code) ? <a href={unitHref(code)}>{name}</a> : name}
        </span>
      ))}
    </>
  );
}

function Facts({ ask, unit, servedBy, parent, stoodUnder, below, tookOver, wentTo, openable }: UnitPageProps) {
  const { lang } = ask;
  const said = words(lang).unit;
  const from = formatDay(plainDate(unit.validFrom), lang);
  const opens = (code: string) => openable.has(code) || below.some((one) => one.code === code);
  const list = (key: string, units: readonly Named[]) =>
    units.length > 0 ? [{ key, value: <Links units={units} opens={opens} /> }] : [];
  const headcount = unit.headcount === null ? said.noHeadcount : <Headcount unit={unit} lang={lang} />;
  return (
    <SummaryList
      rows={[
        { key: said.code, value: unit.code },
        { key: said.kind, value: words(lang).kinds[unit.kind] },
        ...list(said.parent, parent ? [parent] : []),
        ...stoodUnder.map(({ unit: above, validTo }) => ({
          key: said.stoodUnder(formatDay(plainDate(validTo), lang)),
          value: above ? <Links units={[above]} opens={opens} /> : said.onTop,
        })),
        { key: said.office, value: servedBy },
        { key: said.place, value: [unit.provinceCode, unit.communeCode].filter(Boolean).join(", ") },
        ...(unit.employerCode ? [{ key: said.employer, value: unit.employerCode }] : []),
        { key: said.headcount, value: headcount },
        {
          key: said.days,
          value: unit.validTo ? said.fromTo(from, formatDay(plainDate(unit.validTo), lang)) : said.from(from),
        },
        ...list(said.tookOver, tookOver),
        ...list(said.wentTo, wentTo),
        ...list(said.below, below),
      ]}
    />
  );
}

const dayTyped = (iso: string | null) => (iso ? formatDay(plainDate(iso)) : "");

function boxesOf(unit: Unit): UnitForm {
  return {
    name: unit.name,
    parent_code: unit.parentCode ?? "",
    province_code: unit.provinceCode,
    commune_code: unit.communeCode ?? "",
    employer_code: unit.employerCode ?? "",
    headcount: unit.headcount === null ? "" : String(unit.headcount),
    headcount_source: unit.headcountSource ?? "",
    valid_from: dayTyped(unit.validFrom),
  };
}

function Edits({ ask, unit, wentTo, act, typed, faults }: UnitPageProps) {
  const said = words(ask.lang);
  const of = (name: string) => (act === name ? { typed, faults } : { typed: {}, faults: [] });
  const change = of("change");
  const ending = of("ending");
  return (
    <>
      <Details summary={said.unit.change} open={change.faults.length > 0}>
        <Form ask={ask} action={unitHref(unit.code, "change")}>
          <UnitFields lang={ask.lang} typed={{ ...boxesOf(unit), ...change.typed }} faults={change.faults} />
          <Button>{said.unit.changeSubmit}</Button>
        </Form>
      </Details>
      <Details summary={said.unit.end} open={ending.faults.length > 0}>
        <Form ask={ask} action={unitHref(unit.code, "ending")}>
          <p>{said.unit.endHint}</p>
          <div class="abreast two">
            <TextField
              name="valid_to"
              label={said.form.to}
              value={ending.typed.valid_to ?? dayTyped(unit.validTo)}
              error={textOf(ending.faults, "valid_to")}
              autoComplete="off"
              maxLength={10}
            />
            <TextField
              name="successors"
              label={said.form.successors}
              hint={said.form.successorsHint}
              optional
              value={ending.typed.successors ?? wentTo.map(({ code }) => code).join(" ")}
              error={textOf(ending.faults, "successors")}
              autoComplete="off"
              maxLength={400}
            />
          </div>
          <Button kind="danger">{said.unit.endSubmit}</Button>
        </Form>
      </Details>
    </>
  );
}
