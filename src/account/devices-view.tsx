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

/** A telephone that keeps the card, sealed, signed in there or not. */
export interface KeptRow {
  id: string;
  isHere: boolean;
  device: string;
  since: Date;
  seen: Date;
}

interface DevicesPageProps {
  ask: Ask;
  rows: readonly DeviceRow[];
  kept: readonly KeptRow[];
}

/** Where the account is signed in now, one button that ends all the others, and where the card is kept. */
export function DevicesPage({ ask, rows, kept }: DevicesPageProps) {
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
      {kept.length > 0 ? <KeptCards ask={ask} rows={kept} /> : null}
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

function KeptCards({ ask, rows }: { ask: Ask; rows: readonly KeptRow[] }) {
  const said = words(ask.lang).devices;
  return (
    <>
      <h2>{said.keptTitle}</h2>
      <p>{said.keptLead}</p>
      <DataTable
        caption={said.keptTitle}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            head: said.device,
            cell: (row) => `${row.device || said.unknown}${row.isHere ? ` (${said.here})` : ""}`,
            isMain: true,
          },
          { head: said.keptSince, cell: (row) => formatInstant(row.since, ask.lang) },
          { head: said.keptSeen, cell: (row) => formatInstant(row.seen, ask.lang) },
          { head: said.lost, cell: (row) => <ForgetOne ask={ask} row={row} /> },
        ]}
      />
    </>
  );
}

function ForgetOne({ ask, row }: { ask: Ask; row: KeptRow }) {
  const said = words(ask.lang).devices;
  return (
    <Form ask={ask} action="/account/devices/card">
      <input type="hidden" name="device" value={row.id} />
      <button
        type="submit"
        class="plain-button"
        aria-label={said.forgetOne(row.isHere ? said.here : row.device || said.unknown)}
      >
        {said.forget}
      </button>
    </Form>
  );
}
