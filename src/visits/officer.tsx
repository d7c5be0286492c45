/** /console/claims: one claim at the counter, its source and versions; what it says of care needs a right, HIV one more. */

import { holdsRight } from "../account/rights.ts";
import { record } from "../audit/record.ts";
import type { Db } from "../db/house.ts";
import { visitIdOf } from "../intake/claim-id.ts";
import { findSignature } from "../intake/store-signature.ts";
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
import { type EarlierVersion, earlierVersions, findHivTables, findOwner, findRest } from "./store-rest.ts";
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
  if (await findOwner(ask.house.db, visitId)) return redirect(`/console/claims/${visitId}`);
  return findPage(ask, [{ field: "episode", text: said.notFound }], 422);
}

async function showClaim(ask: Ask): Promise<Reply> {
  const { house, lang, now } = ask;
  const staff = staffOf(ask);
  const id = ask.params.id ?? "";
  const personId = isUuid(id) ? await findOwner(house.db, id) : undefined;
  if (!personId) throw new NotFound("visit");
  const owner = { personId, hidesSensitive: false };
  const [visit, rest, versions] = await Promise.all([
    findVisit(house.db, owner, id),
    findRest(house.db, owner, id),
    earlierVersions(house.db, personId, id),
  ]);
  const isHiv = visit ? tellsOfHiv({ ...visit, hasHivTable: rest?.hasHivTable ?? false }) : false;
  const lacking = await lackingRight(house.db, staff.staffId, isHiv);
  const maySee = lacking === undefined;
  const hivTables = visit && isHiv && maySee ? await findHivTables(house.db, owner, id) : undefined;
  await record(house.db, {
    ...{ at: now, actor: staff, action: "claim.look", purpose: "review", personId },
    object: { kind: "visit", id },
    detail: { needsRight: isHiv, seen: maySee },
  });
  const said = words(lang);
  const signature = visit ? await findSignature(house.db, visit.sourceFileId) : undefined;
  return page(
    <Layout ask={ask} face="console" title={said.title} back="/console/claims" nowAt="claims" wide>
      <h1>{said.title}</h1>
      {visit ? (
        <>
          {lacking ? <Closed right={lacking} lang={lang} /> : <Contents visit={visit} lang={lang} />}
          {maySee ? <Papers tables={rest?.tables ?? null} lang={lang} /> : null}
          {readRestTables(hivTables ?? null).map((table) => (
            <Panel key={table.name} title={tableName(table.name, lang)}>
              <TableRows table={table} lang={lang} />
            </Panel>
          ))}
          <Origin visit={visit} signature={signature} versions={versions.length} lang={lang} />
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

/** Which right is missing for what a claim says of care; undefined: none. */
async function lackingRight(db: Db, staffId: string, isHiv: boolean): Promise<CareRight | undefined> {
  if (!(await holdsRight(db, staffId, "claims"))) return "claims";
  return isHiv && !(await holdsRight(db, staffId, "hiv")) ? "hiv" : undefined;
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
function Versions({ versions, lang }: { versions: readonly EarlierVersion[]; lang: Lang }) {
  const said = words(lang);
  const reasons: Record<string, string> = said.reasons;
  return (
    <DataTable
      caption={said.versions}
      hideCaption
      rows={versions}
      rowKey={({ endedAt, sourceFileId }) => `${endedAt.toISOString()} ${sourceFileId}`}
      empty={<p>{said.noVersions}</p>}
      columns={[
        { head: said.versionColumns.ended, cell: (row) => formatInstant(row.endedAt, lang), isMain: true },
        { head: said.versionColumns.reason, cell: (row) => reasons[row.reason] ?? row.reason },
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
