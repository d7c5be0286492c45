/** /console/claims: one claim at the counter, its source and versions; what it says of care needs a right, HIV one more. */

import { holdsRight } from "../account/rights.ts";
import { record } from "../audit/record.ts";
import { aboutClaim } from "../db/wall.ts";
import { visitIdOf } from "../intake/claim-id.ts";
import { findSignature } from "../intake/store-signature.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import { formatInstant, type Lang } from "../kernel/calendar.ts";
import { NotFound, NotSignedIn } from "../kernel/failures.ts";
import { formatVnd, vnd } from "../kernel/money.ts";
import { parseFacilityCode } from "../kernel/numbers.ts";
import { isUuid } from "../kernel/uuid.ts";
import {
  Button, DataTable, ErrorSummary, type FieldFault, Form, Layout, Notice, Panel, SummaryList, TextField,
} from "../ui/index.ts"; // biome-ignore format: a list
import { type Ask, page, pageRoute, type Reply, type Route, redirect } from "../web/route.ts";
import { Origin, Papers, TableRows, tableName } from "./rest-view.tsx";
import { tellsOfHiv } from "./rules-hiv.ts";
import { readRestTables } from "./rules-rest.ts";
import { findVisit, type Visit } from "./store.ts";
import { type ClaimEntry, claimLedger, findHivTables, findRest } from "./store-rest.ts";
import { words } from "./words-officer.ts";

const desk = { who: ["officer", "supervisor"], purpose: "review", sensitive: true } as const;
const EPISODE_MAX = 250;

export const routes: Route[] = [
  pageRoute({ ...desk, method: "GET", path: "/console/claims", handle: (ask) => findPage(ask, [], 200) }),
  pageRoute({ ...desk, method: "POST", path: "/console/claims", rate: "guess", handle: find }),
  pageRoute({ ...desk, method: "GET", path: "/console/claims/:id", handle: showClaim }),
];

function findPage(ask: Ask, faults: readonly FieldFault[], status: number): Reply {
  const said = words(ask.lang);
  const errorOf = (field: string) => {
    const error = faults.find((fault) => fault.field === field)?.text;
    return error ? { error } : {};
  };
  return page(
    <Layout ask={ask} face="console" title={said.title} nowAt="claims">
      <ErrorSummary ask={ask} faults={faults} />
      <h1>{said.title}</h1>
      <p class="lead">{said.lead}</p>
      <Form ask={ask} action="/console/claims">
        <TextField
          name="facility"
          label={said.facility}
          hint={said.facilityHint}
          value={ask.form.facility ?? ""}
          width="short"
          autoComplete="off"
          {...errorOf("facility")}
        />
        <TextField
          name="episode"
          label={said.episode}
          hint={said.episodeHint}
          value={ask.form.episode ?? ""}
          autoComplete="off"
          {...errorOf("episode")}
        />
        <Button>{said.find}</Button>
      </Form>
    </Layout>,
    status,
  );
}

/** The keys are posted: MA_LK may hold a patient's number, and addresses are kept in histories. */
async function find(ask: Ask): Promise<Reply> {
  const said = words(ask.lang);
  const facility = parseFacilityCode(ask.form.facility ?? "");
  const episode = (ask.form.episode ?? "").trim();
  const faults: FieldFault[] = [];
  if (!facility) faults.push({ field: "facility", text: said.badFacility });
  if (!episode || episode.length > EPISODE_MAX) faults.push({ field: "episode", text: said.badEpisode });
  if (!facility || faults.length > 0) return findPage(ask, faults, 422);
  const visitId = visitIdOf(facility, episode);
  if ((await claimLedger(ask.house.db, visitId)).length > 0) return redirect(`/console/claims/${visitId}`);
  return findPage(ask, [{ field: "episode", text: said.notFound }], 422);
}

async function showClaim(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const staff = staffOf(ask);
  const id = ask.params.id ?? "";
  const ledger = isUuid(id) ? await claimLedger(house.db, id) : [];
  const [newest] = ledger;
  if (!newest) throw new NotFound("visit");
  const { personId } = newest;
  const standing = newest.endedAt === null ? newest : undefined;
  const versions = standing ? ledger.slice(1) : ledger;
  const { lacking, visit, tables, hivTables } = await careOf(ask, { personId, hidesSensitive: false }, id);
  await record(house.db, {
    ...{ at: now, actor: staff, action: "claim.look", purpose: "review", personId },
    object: { kind: "visit", id },
    detail: { seen: !lacking, ...(lacking ? { lacking } : {}) },
  });
  const said = words(lang);
  const signature = standing && (await findSignature(house.db, standing.sourceFileId));
  return page(
    <Layout ask={ask} face="console" title={said.title} back="/console/claims" nowAt="claims" wide>
      <h1>{said.title}</h1>
      {standing ? (
        <>
          {lacking ? <Closed right={lacking} lang={lang} /> : null}
          {visit ? <Contents visit={visit} lang={lang} /> : null}
          <Papers tables={tables} lang={lang} />
          {readRestTables(hivTables).map((table) => (
            <Panel key={table.name} title={tableName(table.name, lang)}>
              <TableRows table={table} lang={lang} />
            </Panel>
          ))}
          <Origin visit={standing} signature={signature} versions={versions.length} lang={lang} />
        </>
      ) : (
        <Notice kind="info">
          <p>{said.recalled}</p>
        </Notice>
      )}
      <h2>{said.versions}</h2>
      <Versions versions={versions} lang={lang} />
    </Layout>,
  );
}

function Contents({ visit, lang }: { visit: Visit; lang: Lang }) {
  const said = words(lang);
  const clock = (text: string) => formatInstant(new Date(`${text.replace(" ", "T")}+07:00`), lang);
  return (
    <Panel title={said.contents}>
      <SummaryList
        rows={[
          { key: said.care, value: `${clock(visit.admittedAt)} – ${clock(visit.dischargedAt)}` },
          { key: said.diagnosis, value: visit.diagnosis },
          {
            key: said.codes,
            value: [visit.mainCode, visit.otherCodes?.replaceAll(";", ", ")].filter(Boolean).join(", "),
          },
          { key: said.total, value: formatVnd(visit.costs.total, lang) },
          { key: said.fund, value: formatVnd(visit.costs.fund, lang) },
        ]}
      />
    </Panel>
  );
}

type CareRight = "claims" | "hiv";

interface Care {
  /** Which right is missing for what the claim says of care; undefined: none. */
  lacking?: CareRight;
  visit?: Visit;
  tables: string | null;
  hivTables: string | null;
}

/** Read only with the right to it, which PostgreSQL asks for as well. */
async function careOf(ask: Ask, owner: RecordOwner, id: string): Promise<Care> {
  const { db } = ask.house;
  const { staffId } = staffOf(ask);
  const none = { tables: null, hivTables: null };
  if (!(await holdsRight(db, staffId, "claims"))) return { ...none, lacking: "claims" };
  return aboutClaim(id, async () => {
    const [visit, rest] = await Promise.all([findVisit(db, owner, id), findRest(db, owner, id)]);
    if (!visit) return none;
    const isHiv = tellsOfHiv({ ...visit, hasHivTable: rest?.hasHivTable ?? false });
    if (isHiv && !(await holdsRight(db, staffId, "hiv"))) return { ...none, lacking: "hiv" };
    const hivTables = isHiv ? ((await findHivTables(db, owner, id)) ?? null) : null;
    return { visit, tables: rest?.tables ?? null, hivTables };
  });
}

function Closed({ right, lang }: { right: CareRight; lang: Lang }) {
  const said = words(lang);
  return (
    <Notice kind="warning" title={said.contents}>
      <p>{said.closed[right]}</p>
      <p>{said.closedHelp}</p>
    </Notice>
  );
}

/** Amounts, days and places: nothing of an illness. */
function Versions({ versions, lang }: { versions: readonly ClaimEntry[]; lang: Lang }) {
  const said = words(lang);
  const reasons: Record<string, string> = said.reasons;
  return (
    <DataTable
      caption={said.versions}
      hideCaption
      rows={versions}
      rowKey={({ endedAt, sourceFileId }) => `${endedAt?.toISOString()} ${sourceFileId}`}
      empty={<p>{said.noVersions}</p>}
      columns={[
        {
          head: said.versionColumns.ended,
          cell: (row) => row.endedAt && formatInstant(row.endedAt, lang),
          isMain: true,
        },
        { head: said.versionColumns.reason, cell: (row) => reasons[row.reason ?? ""] ?? row.reason },
        { head: said.versionColumns.received, cell: (row) => formatInstant(row.arrivedAt, lang) },
        { head: said.versionColumns.place, cell: (row) => said.place(row.sourceFileId, row.sourceRecord) },
        { head: said.versionColumns.total, cell: (row) => formatVnd(vnd(row.total), lang), isNumber: true },
        { head: said.versionColumns.fund, cell: (row) => formatVnd(vnd(row.fundPaid), lang), isNumber: true },
      ]}
    />
  );
}

function staffOf(ask: Ask) {
  if (ask.actor.kind !== "staff") throw new NotSignedIn();
  return ask.actor;
}
