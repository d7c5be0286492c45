import { sql } from "kysely";
import { deleteOld } from "../db/delete-old.ts";
import type { Db, Tx } from "../db/house.ts";
import { amongMarks, lockMarks, type Marks } from "../db/marks.ts";
import type { RecentRequests } from "./rules-find-number.ts";

/** Requests for a forgotten insurance number: keyed marks, known and unknown people alike. */
export interface RequestMarks {
  recipient: Marks;
  address: Marks;
}

/** How often lately. Requests of one telephone or one address wait for each other. */
export async function countRequests(tx: Tx, marks: RequestMarks, now: Date): Promise<RecentRequests> {
  const { recipient, address } = marks;
  await lockMarks(tx, [...recipient, ...address]);
  const dayAgo = new Date(now.getTime() - 24 * 3600_000);
  const hourAgo = new Date(now.getTime() - 3600_000);
  const { rows } = await sql<Record<keyof RecentRequests, string>>`
    select
      (select count(*) from number_request where recipient_mark ${amongMarks(recipient)} and created_at > ${dayAgo})
        as "recipientToday",
      (select count(*) from number_request where address_mark ${amongMarks(address)} and created_at > ${hourAgo})
        as "addressThisHour",
      (select count(*) from number_request where created_at > ${hourAgo}) as "allThisHour"
  `.execute(tx);
  const [row] = rows;
  return {
    recipientToday: Number(row?.recipientToday),
    addressThisHour: Number(row?.addressThisHour),
    allThisHour: Number(row?.allThisHour),
  };
}

export async function insertRequest(tx: Tx, requestId: string, marks: RequestMarks, at: Date): Promise<void> {
  await tx
    .insertInto("number_request")
    .values({
      request_id: requestId,
      recipient_mark: marks.recipient[0],
      address_mark: marks.address[0],
      created_at: at,
    })
    .execute();
}

export async function dropOldRequests(db: Db, before: Date): Promise<void> {
  await deleteOld(db, "number_request", { age: "created_at", key: ["request_id"], before });
}
