import type { ComponentChildren } from "preact";
import type { Staff } from "../kernel/actor.ts";
import { formatBirth, formatDay, formatMonth, plainDate } from "../kernel/calendar.ts";
import { groupNumber } from "../kernel/numbers.ts";
import reviewStyle from "../review/review.css?inline";
import { type FieldFault, Layout, SummaryList } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import type { ShownRecord } from "./load-record.ts";
import type { Person } from "./store.ts";
import { words } from "./words.ts";

/** What every page about records knows: the request, who sits there, at which office. */
export interface Desk {
  ask: Ask;
  staff: Staff;
  officeName: string | undefined;
}

interface FrameProps {
  at: Desk;
  title: string;
  back: string;
  wide?: boolean | undefined;
  children: ComponentChildren;
}

export function Frame({ at, title, back, wide, children }: FrameProps) {
  const { ask, officeName } = at;
  return (
    <Layout ask={ask} face="console" nowAt="persons" styles={[reviewStyle]} {...{ title, back, wide, officeName }}>
      {children}
    </Layout>
  );
}

export const personHref = (publicId: string, act = "") => `/console/persons/${publicId}${act ? `/${act}` : ""}`;
export const mergeHref = (id: string, act = "") => `/console/merges/${id}${act ? `/${act}` : ""}`;
export const errorOf = (faults: readonly FieldFault[], field: string) =>
  faults.find((one) => one.field === field)?.text;

export function birthOf(at: Desk, person: Person): string {
  return formatBirth(plainDate(person.birthOn), person.birthPrecision, at.ask.lang);
}

/** A record in a few lines: who, which numbers through time. */
export function Identity({ at, shown }: { at: Desk; shown: ShownRecord }) {
  const { lang } = at.ask;
  const said = words(lang);
  const kinds: Record<string, string> = said.person.kinds;
  const { person, side } = shown;
  return (
    <SummaryList
      rows={[
        { key: said.find.name, value: person.fullName },
        { key: said.find.birth, value: birthOf(at, person) },
        ...side.numbers.map(({ kind, number, validTo }) => ({
          key: kinds[kind] ?? kind,
          value: [groupNumber(number), validTo ? said.person.ended(formatDay(plainDate(validTo), lang)) : ""]
            .filter(Boolean)
            .join(" · "),
        })),
      ]}
    />
  );
}

/** Counts of what stands in a record, as one column of the comparison. */
export function factsIn(at: Desk, { facts }: ShownRecord): { key: string; value: string }[] {
  const said = words(at.ask.lang).pair;
  const accounts: Record<string, string> = said.accounts;
  const months =
    facts.firstMonth && facts.lastMonth ? `${formatMonth(facts.firstMonth)} – ${formatMonth(facts.lastMonth)}` : "–";
  return [
    { key: said.fact.cards, value: String(facts.cards) },
    { key: said.fact.periods, value: String(facts.periods) },
    { key: said.fact.months, value: months },
    { key: said.fact.benefits, value: String(facts.benefits) },
    { key: said.fact.visits, value: String(facts.visits) },
    { key: said.fact.disputes, value: String(facts.disputes) },
    { key: said.fact.account, value: accounts[facts.accountStatus ?? "none"] ?? "–" },
  ];
}
