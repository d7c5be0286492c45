import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import { type Declaration, declarationColumns } from "./store.ts";
import { hasWords } from "./store-names.ts";

/** The two lanes of a counter: the 15 minutes of received files, then the days of those to be handed in. */
export type Lane = "received" | "confirmed";
const LANES: readonly Lane[] = ["received", "confirmed"];

/** The last row of a page: the next one begins behind it, whatever has come or gone in between. */
export interface QueuePlace {
  lane: Lane;
  at: Date;
  id: string;
}

export interface QueueFilter {
  /** Default: both. */
  statuses?: readonly Lane[] | undefined;
  heldBy?: string | undefined;
  isUnheld?: boolean | undefined;
  /** Acceptance is proposed: waits for a second person. */
  isProposed?: boolean | undefined;
  /** The notice was due before this. */
  dueBefore?: Date | undefined;
  /** Beginnings of words of the name. */
  nameWords?: readonly string[] | undefined;
  /** How the form is handed in; what came with a batch came in a batch, whatever was declared. */
  way?: string | undefined;
  after?: QueuePlace | undefined;
  limit: number;
}

/** Files of these offices, the least time left first. Each office is read from its own index, in order. */
export async function queueOf(db: Db, officeCodes: readonly string[], filter: QueueFilter): Promise<Declaration[]> {
  const { after, limit, statuses = LANES } = filter;
  const lanes = LANES.filter(
    (lane) => statuses.includes(lane) && !(after?.lane === "confirmed" && lane === "received"),
  );
  const found: Declaration[] = [];
  for (const lane of lanes) {
    const place = after?.lane === lane ? after : undefined;
    const perOffice: Declaration[] = [];
    for (const office of officeCodes) {
      const rows = await laneOf(db, lane, office, filter, place)
        .limit(limit - found.length)
        .execute();
      perOffice.push(...(rows as Declaration[]));
    }
    perOffice.sort((a, b) => placeOf(a).at.getTime() - placeOf(b).at.getTime() || Number(a.id) - Number(b.id));
    found.push(...perOffice.slice(0, limit - found.length));
    if (found.length >= limit) break;
  }
  return found;
}

export function placeOf(file: Declaration): QueuePlace {
  const lane = file.status === "received" ? "received" : "confirmed";
  const at = lane === "received" ? file.noticeDueAt : file.lapsesAt;
  if (!at) throw new Error("a file in the queue has a clock");
  return { lane, at, id: file.id };
}

/** The status is written out: a partial index serves only what is known when the statement is planned. */
export function laneOf(
  db: Db,
  lane: Lane,
  office: string,
  filter: Omit<QueueFilter, "limit">,
  place: QueuePlace | undefined,
) {
  const due = lane === "received" ? "notice_due_at" : "lapses_at";
  let query = db
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("status", "=", sql.lit(lane))
    .where("office_code", "=", office);
  if (place) query = query.where(sql<boolean>`(${sql.ref(due)}, declaration_id) > (${place.at}, ${place.id})`);
  if (filter.heldBy) query = query.where("held_by", "=", filter.heldBy);
  if (filter.isUnheld) query = query.where("held_by", "is", null).where("proposed_by", "is", null);
  if (filter.isProposed) query = query.where("proposed_by", "is not", null);
  if (filter.dueBefore) query = query.where("notice_due_at", "<", filter.dueBefore);
  if (filter.nameWords?.length) query = query.where(hasWords([office], filter.nameWords, "beginnings"));
  if (filter.way) {
    const way = sql<string>`case when batched_at is not null then 'batch'
      else coalesce(answers->'office'->'method'->>'code', 'office') end`;
    query = query.where(way, "=", filter.way);
  }
  return query.orderBy(due).orderBy("declaration_id");
}

export interface QueueCounts {
  open: number;
  mine: number;
  received: number;
  second: number;
  late: number;
  confirmed: number;
}

/** How many files each view of the queue holds, counted no further than `atMost`. */
export async function countQueue(
  db: Db,
  officeCodes: readonly string[],
  by: { staffId: string; now: Date; atMost: number },
): Promise<QueueCounts> {
  const row = await countsOf(db, officeCodes, by).executeTakeFirstOrThrow();
  const [received, confirmed] = [Number(row.received), Number(row.confirmed)];
  const [mine, second, late] = [Number(row.mine), Number(row.second), Number(row.late)];
  return { open: received + confirmed, mine, received, second, late, confirmed };
}

export function countsOf(db: Db, officeCodes: readonly string[], by: { staffId: string; now: Date; atMost: number }) {
  const files = (lane: Lane) =>
    db
      .selectFrom("declaration")
      .select("declaration_id")
      .where("status", "=", sql.lit(lane))
      .where("office_code", "in", [...officeCodes])
      .limit(by.atMost);
  const received = files("received");
  return db.selectNoFrom((no) => [
    no.selectFrom(received.as("r")).select(no.fn.countAll().as("n")).as("received"),
    no
      .selectFrom(received.where("held_by", "=", by.staffId).as("m"))
      .select(no.fn.countAll().as("n"))
      .as("mine"),
    no
      .selectFrom(received.where("proposed_by", "is not", null).as("s"))
      .select(no.fn.countAll().as("n"))
      .as("second"),
    no
      .selectFrom(received.where("notice_due_at", "<", by.now).as("l"))
      .select(no.fn.countAll().as("n"))
      .as("late"),
    no.selectFrom(files("confirmed").as("c")).select(no.fn.countAll().as("n")).as("confirmed"),
  ]);
}

/** Whoever holds a file of these offices now. */
export async function holdersAt(db: Db, officeCodes: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom("declaration")
    .select("held_by")
    .distinct()
    .where("status", "=", sql.lit("received"))
    .where("office_code", "in", [...officeCodes])
    .where("held_by", "is not", null)
    .execute();
  return rows.flatMap(({ held_by: holder }) => holder ?? []);
}
