import { formatInstant, formatTime } from "../kernel/calendar.ts";
import { Acts, Button, ButtonLink, DataTable, Form, Layout } from "../ui/index.ts";
import type { Ask } from "../web/route.ts";
import { words } from "./words.ts";

export interface DeviceRow {
  /** Names the session, opens nothing. */
  id: string;
  isHere: boolean;
  device: string;
  since: Date;
  seen: Date;
  /** Unused, it ends then. */
  idleUntil: Date;
  /** At the latest. */
  endsAt: Date;
}

/** Where the account is signed in now, and one button that ends all the others. */
export function DevicesPage({ ask, rows }: { ask: Ask; rows: readonly DeviceRow[] }) {
  const said = words(ask.lang).devices;
  const name = (row: DeviceRow) => `${row.device || said.unknown}${row.isHere ? ` (${said.here})` : ""}`;
  return (
    <Layout ask={ask} face="app" title={said.title} nowAt="more" back="/app/more" wide>
      <h1>{said.title}</h1>
      <p>{said.lead}</p>
      <DataTable
        caption={said.caption}
        hideCaption
        rows={rows}
        columns={[
          { head: said.device, cell: name, isMain: true },
          { head: said.since, cell: (row) => formatInstant(row.since, ask.lang) },
          { head: said.seen, cell: (row) => formatInstant(row.seen, ask.lang) },
          {
            head: said.ends,
            cell: (row) => said.endsAt(formatTime(row.idleUntil), formatInstant(row.endsAt, ask.lang)),
          },
          { head: said.acts, cell: (row) => <EndOne ask={ask} row={row} /> },
        ]}
      />
      <Form ask={ask} action="/account/devices/ending">
        <Acts>
          <Button>{said.endOthers}</Button>
          <ButtonLink kind="quiet" href="/account/password">
            {said.change}
          </ButtonLink>
        </Acts>
      </Form>
    </Layout>
  );
}

function EndOne({ ask, row }: { ask: Ask; row: DeviceRow }) {
  const said = words(ask.lang).devices;
  return (
    <Form ask={ask} action={row.isHere ? "/sign-out" : "/account/devices/ending"}>
      {row.isHere ? null : <input type="hidden" name="session" value={row.id} />}
      <button
        type="submit"
        class="plain-button"
        aria-label={said.endOne(row.isHere ? said.here : row.device || said.unknown)}
      >
        {said.act}
      </button>
    </Form>
  );
}
