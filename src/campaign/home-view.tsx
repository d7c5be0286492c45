import type { Unit } from "../drive/rules.ts";
import { formatCount } from "../kernel/money.ts";
import { Button, DataTable, ErrorSummary, type FieldFault, TextField, textOf } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { Frame } from "./frame.tsx";
import type { DeskDay, ScanCount } from "./store.ts";
import { When } from "./unit-view.tsx";
import { words } from "./words.ts";

interface HomeProps {
  ask: Ask;
  officeName: string | undefined;
  units: ReadonlyMap<string, Unit>;
  desks: readonly DeskDay[];
  scans: readonly ScanCount[];
  faults: readonly FieldFault[];
}

/** What goes on in all units within reach, and the way to one of them. */
export function CampaignHome({ ask, officeName, units, desks, scans, faults }: HomeProps) {
  const said = words(ask.lang);
  const link = (code: string) => (
    <a href={`/console/campaign?unit=${encodeURIComponent(code)}`}>{units.get(code)?.name ?? code}</a>
  );
  return (
    <Frame ask={ask} title={said.home.title} officeName={officeName}>
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.home.title}</h1>
      <p>{said.home.lead}</p>
      <p>
        <a href="/console/mailings">{said.home.toMailings}</a>
      </p>
      <form method="get" action="/console/campaign" class="form find">
        <TextField
          name="unit"
          label={said.home.code}
          hint={said.home.codeHint}
          value={ask.query.unit}
          error={textOf(faults, "unit")}
          autoComplete="off"
          maxLength={20}
        />
        <Button kind="quiet">{said.home.open}</Button>
      </form>
      <DataTable
        caption={said.home.desks}
        rows={desks}
        rowKey={({ id }) => id}
        empty={<p>{said.home.noDesks}</p>}
        columns={[
          { head: said.desk.when, cell: (desk) => <When desk={desk} lang={ask.lang} /> },
          { head: said.home.unit, isMain: true, cell: ({ unitCode }) => link(unitCode) },
          { head: said.desk.place, cell: ({ place }) => place },
        ]}
      />
      <DataTable
        caption={said.home.scans}
        rows={scans}
        rowKey={({ unitCode, paper }) => `${unitCode} ${paper}`}
        empty={<p>{said.home.noScans}</p>}
        columns={[
          { head: said.home.unit, isMain: true, cell: ({ unitCode }) => link(unitCode) },
          { head: said.print.paper, cell: ({ paper }) => said.print.kinds[paper] },
          { head: said.print.recent, isNumber: true, cell: ({ recent }) => formatCount(recent, ask.lang) },
          { head: said.print.all, isNumber: true, cell: ({ all }) => formatCount(all, ask.lang) },
        ]}
      />
    </Frame>
  );
}
