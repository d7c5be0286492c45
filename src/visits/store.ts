/** What pages and FHIR read of visits; the two reads of the API stand in store-json.ts. */
import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { RecordOwner } from "../kernel/actor.ts";
import { vnd } from "../kernel/money.ts";
import type { Costs } from "./rules.ts";
import type { Cursor } from "./store-json.ts";

export interface VisitHead {
  visitId: string;
  facilityCode: string;
  facilityName: string;
  /** Wall clock of Viet Nam, "2026-11-20 08:20:00". */
  admittedAt: string;
  dischargedAt: string;
  careType: string;
  mainCode: string;
  diagnosis: string;
  isSensitive: boolean;
  /** MA_DOITUONG_KCB */
  entitlementCode: string | null;
  costs: Costs;
}

export const headColumns = [
  "visit.visit_id",
  "visit.facility_code",
  "visit.admitted_at",
  "visit.discharged_at",
  "visit.care_type",
  "visit.main_code",
  "visit.diagnosis",
  "visit.is_sensitive",
  "visit.entitlement_code",
  "visit.total",
  "visit.fund_paid",
  "visit.co_paid",
  "visit.self_paid",
  "visit.other_paid",
  sql<string | null>`(select f.name from facility f where f.facility_code = visit.facility_code
    order by (f.valid_from <= visit.admitted_at) desc, f.valid_from desc limit 1)`.as("facility_name"),
] as const;

interface HeadRow {
  visit_id: string;
  facility_code: string;
  facility_name: string | null;
  admitted_at: string;
  discharged_at: string;
  care_type: string;
  main_code: string;
  diagnosis: string;
  is_sensitive: boolean;
  entitlement_code: string | null;
  total: string;
  fund_paid: string;
  co_paid: string;
  self_paid: string;
  other_paid: string;
}

export interface Visit extends VisitHead {
  episodeKey: string;
  cardNumber: string | null;
  otherCodes: string | null;
  outcome: number | null;
  dischargeKind: number | null;
  inScope: string;
  declared: string;
  itemsVersion: number;
  items: string;
  results: string;
  notes: string;
  flags: string;
  spec: string;
  sourceFileId: string;
  sourceRecord: number;
  arrivedAt: Date;
}

/** Everything on one visit of a person, or undefined when they have no such visit. */
export async function findVisit(db: Db, owner: RecordOwner, visitId: string): Promise<Visit | undefined> {
  const row = await fullVisits(db, owner).where("visit.visit_id", "=", visitId).executeTakeFirst();
  return row && fullOf(row);
}

/** Bounds on when the newest version of a visit arrived. */
export interface ArrivedBound {
  is: ">=" | ">" | "<=" | "<";
  at: Date;
}

interface WholeAsked {
  after: Cursor | undefined;
  arrived?: readonly ArrivedBound[];
  limit: number;
}

/** A page of whole visits, newest first: what FHIR reads. */
export async function wholeVisits(db: Db, owner: RecordOwner, asked: WholeAsked): Promise<Visit[]> {
  const { after, arrived = [], limit } = asked;
  let query = fullVisits(db, owner).orderBy("visit.admitted_at", "desc").orderBy("visit.visit_id").limit(limit);
  for (const { is, at } of arrived) query = query.where("visit.arrived_at", is, at);
  if (after) {
    query = query.where((where) =>
      where.or([
        where("visit.admitted_at", "<", after.admittedAt),
        where.and([where("visit.admitted_at", "=", after.admittedAt), where("visit.visit_id", ">", after.visitId)]),
      ]),
    );
  }
  return (await query.execute()).map(fullOf);
}

export async function countVisits(db: Db, owner: RecordOwner, arrived: readonly ArrivedBound[]): Promise<number> {
  let query = visitsOf(db, owner).select((e) => e.fn.countAll<string>().as("visits"));
  for (const { is, at } of arrived) query = query.where("visit.arrived_at", is, at);
  return Number((await query.executeTakeFirstOrThrow()).visits);
}

/** Last visit of a person: the quick fact of the home screen. */
export async function findLastVisit(db: Db, owner: RecordOwner): Promise<VisitHead | undefined> {
  const row = await visitsOf(db, owner)
    .select(headColumns)
    .orderBy("visit.admitted_at", "desc")
    .orderBy("visit.visit_id")
    .limit(1)
    .executeTakeFirst();
  return row && headOf(row);
}

/** Every read begins here: one person's visits, without the private ones where the reader may not see them. */
export function visitsOf(db: Db, { personId, hidesSensitive }: RecordOwner) {
  const own = db.selectFrom("visit").where("visit.person_id", "=", personId);
  return hidesSensitive ? own.where("visit.is_sensitive", "=", false) : own;
}

function fullVisits(db: Db, owner: RecordOwner) {
  return visitsOf(db, owner)
    .select(headColumns)
    .select([
      "visit.episode_key",
      "visit.card_number",
      "visit.other_codes",
      "visit.outcome",
      "visit.discharge_kind",
      "visit.in_scope",
      "visit.declared",
      "visit.items_version",
      "visit.items",
      "visit.results",
      "visit.notes",
      "visit.flags",
      "visit.spec",
      "visit.source_file_id",
      "visit.source_record",
      "visit.arrived_at",
    ]);
}

type FullRow = Awaited<ReturnType<ReturnType<typeof fullVisits>["execute"]>>[number];

function fullOf(row: FullRow): Visit {
  return {
    ...headOf(row),
    episodeKey: row.episode_key,
    cardNumber: row.card_number,
    otherCodes: row.other_codes,
    outcome: row.outcome,
    dischargeKind: row.discharge_kind,
    inScope: row.in_scope,
    declared: row.declared,
    itemsVersion: row.items_version,
    items: row.items,
    results: row.results,
    notes: row.notes,
    flags: row.flags,
    spec: row.spec,
    sourceFileId: row.source_file_id,
    sourceRecord: row.source_record,
    arrivedAt: row.arrived_at,
  };
}

export function headOf(row: HeadRow): VisitHead {
  return {
    visitId: row.visit_id,
    facilityCode: row.facility_code,
    facilityName: row.facility_name ?? row.facility_code,
    admittedAt: row.admitted_at,
    dischargedAt: row.discharged_at,
    careType: row.care_type,
    mainCode: row.main_code,
    diagnosis: row.diagnosis,
    isSensitive: row.is_sensitive,
    entitlementCode: row.entitlement_code,
    costs: {
      total: vnd(row.total),
      fund: vnd(row.fund_paid),
      co: vnd(row.co_paid),
      self: vnd(row.self_paid),
      other: vnd(row.other_paid),
    },
  };
}
