import { z } from "zod";
import { noteLook } from "../audit/record.ts";
import { Invalid, NotFound } from "../kernel/failures.ts";
import { readOrKept } from "../me/kept-bodies.ts";
import { ownLook } from "../me/own-look.ts";
import { layoutFor, readerOf } from "../me/reader.ts";
import { knownVersion, unchanged, versioned, versionHeader } from "../me/versioned.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { ITEM_FIELDS } from "./items.ts";
import { readRestTables } from "./rules-rest.ts";
import { findVisit } from "./store.ts";
import { findVisitJson, readVisits } from "./store-json.ts";
import { findHivTables } from "./store-rest.ts";

const LAYOUT = "v1";
const WHOLE_LAYOUT = "w1";
const PAGE_DEFAULT = 20;
const PAGE_MAX = 50;
const itemFields = JSON.stringify(ITEM_FIELDS);

const amount = z.string().describe("Exact decimal in đồng");
const listed = {
  id: z.guid(),
  facilityCode: z.string(),
  facilityName: z.string().nullable(),
  admittedAt: z.string(),
  dischargedAt: z.string(),
  careType: z.string().describe("MA_LOAI_KCB"),
  entitlementCode: z.string().nullable().describe("MA_DOITUONG_KCB"),
  cardNumber: z.string().nullable(),
  mainCode: z.string().describe("ICD-10"),
  otherCodes: z.string().nullable(),
  diagnosis: z.string(),
  outcome: z.number().int().nullable(),
  dischargeKind: z.number().int().nullable(),
  total: amount.describe("Sum of the lines"),
  inScope: amount,
  fundPaid: amount,
  coPaid: amount,
  selfPaid: amount,
  otherPaid: amount,
  isSensitive: z.boolean().describe("Show the illness only when asked to"),
  declared: z.record(z.string(), z.string()).describe("The facility's own totals, never repaired"),
  flags: z.array(z.unknown()).describe("What did not fit when the file came in"),
  itemsVersion: z.number().int(),
  items: z.array(z.array(z.string())).describe("Cost lines by position: see itemFields"),
};

const tables = z.record(z.string(), z.array(z.record(z.string(), z.string())));
const visitReply = z.object(listed);
const wholeVisitReply = z.object({
  ...listed,
  results: z.array(z.array(z.string())),
  notes: z.array(z.array(z.string())),
  source: z.object({
    file: z.string(),
    record: z.number().int(),
    arrivedAt: z.string(),
    spec: z.string(),
    version: z.number().int().describe("1 for the first that the facility sent"),
  }),
  papers: tables.describe(
    "XML0 and XML7–XML15 as the facility filled them in, fields by their names in the claim file",
  ),
  hasHivPart: z.boolean().describe("There is XML6: read it at its own address, knowingly"),
});

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/visits",
    who: ["citizen"],
    purpose: "own_record",
    sensitive: true,
    summary:
      "My health visits with their cost lines, newest first, a page at a time; by year, by facility, and for a ward by header",
    queryOf: z.object({
      year: z.coerce.number().int().min(1990).max(2200).optional().describe("Year of admission"),
      facility: z
        .string()
        .regex(/^\d{2}[0-9A-Z]{3}$/)
        .optional()
        .describe("MA_CSKCB: visits at this facility alone"),
      cursor: z.string().max(200).optional().describe("`next` of the page before; ask with the same filters"),
      limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT).describe("Visits a page"),
    }),
    headersOf: versionHeader,
    replies: {
      200: z.object({
        itemFields: z.array(z.string()),
        visits: z.array(visitReply),
        next: z.string().nullable(),
      }),
      ...unchanged,
    },
    async handle(ask) {
      const actor = readerOf(ask.actor);
      const layout = layoutFor(actor, LAYOUT);
      const { year, facility, limit, cursor } = ask.query;
      const after = cursor === undefined ? undefined : readCursor(cursor);
      if (cursor !== undefined && !after) throw new Invalid([{ field: "cursor", key: "unknown" }]);
      const { personId, hidesSensitive } = actor;
      const from = `${year ?? 1900}-01-01`;
      const before = `${(year ?? 2999) + 1}-01-01`;
      const key = ["visits", personId, hidesSensitive, year, facility, cursor, limit];
      const known = knownVersion(ask.headers, layout);
      const look = ownLook(actor, "read_visits", ask.now);
      const read = await readOrKept<never>(ask.house, { key, known, look, isAlwaysThere: true }, async () => {
        const asked = { personId, hidesSensitive, from, before, facility, after, limit };
        const { version, rows, next } = await readVisits(ask.house.pool, asked);
        const cursorOn = next ? `"${writeCursor(next)}"` : "null";
        return { version, body: `{"itemFields":${itemFields},"visits":[${rows.join(",")}],"next":${cursorOn}}` };
      });
      return versioned(read.version, layout, read.body);
    },
  }),
  apiRoute({
    method: "GET",
    path: "/api/v1/me/visits/{id}",
    who: ["citizen"],
    purpose: "own_record",
    sensitive: true,
    summary: "One of my health visits, with results, notes, papers and where it came from",
    params: z.object({ id: z.guid() }),
    headersOf: versionHeader,
    replies: { 200: wholeVisitReply, ...unchanged },
    async handle(ask) {
      const actor = readerOf(ask.actor);
      const layout = layoutFor(actor, WHOLE_LAYOUT);
      const { id } = ask.params;
      const key = ["visit", actor.personId, actor.hidesSensitive, id];
      const known = knownVersion(ask.headers, layout);
      const look = ownLook(actor, "read_visit", ask.now, { kind: "visit", id });
      const read = await readOrKept(ask.house, { key, known, look, isAlwaysThere: false }, () =>
        findVisitJson(ask.house.pool, actor, id),
      );
      if (!read) throw new NotFound("visit");
      return versioned(read.version, layout, read.body);
    },
  }),
  apiRoute({
    method: "GET",
    path: "/api/v1/me/visits/{id}/private-care",
    who: ["citizen"],
    purpose: "own_record",
    sensitive: true,
    summary: "HIV care of one of my visits (XML6); nothing for a guardian from whom private visits are kept",
    params: z.object({ id: z.guid() }),
    replies: { 200: z.object({ tables }) },
    async handle({ house, now, params: { id }, actor: asker }) {
      const actor = readerOf(asker);
      if (!(await findVisit(house.db, actor, id))) throw new NotFound("visit");
      const read = readRestTables((await findHivTables(house.db, actor, id)) ?? null);
      noteLook(house, ownLook(actor, "read_hiv", now, { kind: "visit", id }));
      return { status: 200, body: { tables: Object.fromEntries(read.map(({ name, rows }) => [name, rows])) } };
    },
  }),
];
