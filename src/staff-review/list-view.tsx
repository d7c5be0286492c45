import { dayOf, formatDay } from "../kernel/calendar.ts";
import { DataTable } from "../ui/index.ts";
import type { OfficeStanding } from "./read-office.ts";
import { Frame, reviewHref, type Seat, StateTag } from "./view-parts.tsx";
import { words } from "./words.ts";

interface ListProps extends Seat {
  offices: readonly OfficeStanding[];
  /** Office code → name. */
  names: ReadonlyMap<string, string>;
}

/** Each office and how it stands: for whoever answers for several, for auditors and operators. */
export function OfficesPage({ ask, officeName, offices, names }: ListProps) {
  const { lang } = ask;
  const said = words(lang);
  const { list } = said;
  return (
    <Frame ask={ask} officeName={officeName} title={said.title}>
      <h1>{said.title}</h1>
      <p>{list.lead}</p>
      <DataTable
        caption={list.caption}
        hideCaption
        rows={offices}
        rowKey={({ officeCode }) => officeCode}
        empty={<p>{list.none}</p>}
        columns={[
          {
            head: list.office,
            isMain: true,
            cell: ({ officeCode }) => <a href={reviewHref(officeCode)}>{names.get(officeCode) ?? officeCode}</a>,
          },
          { head: list.members, isNumber: true, cell: ({ members }) => String(members) },
          { head: list.rights, isNumber: true, cell: ({ rights }) => String(rights) },
          { head: list.state, cell: ({ due, until }) => <StateTag {...{ due, until, lang }} /> },
          { head: list.last, cell: ({ last }) => (last ? formatDay(dayOf(last.at), lang) : list.never) },
        ]}
      />
    </Frame>
  );
}
