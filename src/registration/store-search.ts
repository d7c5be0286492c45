import type { Db } from "../db/house.ts";
import { foldName } from "../kernel/names.ts";
import type { Status } from "./rules.ts";
import { type Declaration, declarationColumns } from "./store.ts";

/** What the counter searches by. Without `officeCodes` all offices are searched. */
export interface Search {
  officeCodes?: readonly string[];
  /** Beginning of the name, with or without marks. */
  text?: string;
  code?: string;
  /** Insurance number, ID card or passport. */
  number?: string;
  phone?: string;
  status?: Status;
  limit: number;
}

/** Newest first. A draft is found by its code only: until it is confirmed it is nobody's business. */
export async function searchDeclarations(db: Db, search: Search): Promise<Declaration[]> {
  const { officeCodes, text, code, number, phone, status, limit } = search;
  if (officeCodes?.length === 0) return [];
  let query = db.selectFrom("declaration").select(declarationColumns);
  if (officeCodes) query = query.where("office_code", "in", [...officeCodes]);
  if (status) query = query.where("status", "=", status);
  if (code) query = query.where("code", "=", code);
  else query = query.where("status", "!=", "draft");
  if (number) {
    query = query.where((where) => where.or([where("insurance_number", "=", number), where("id_number", "=", number)]));
  }
  if (phone) query = query.where("phone", "=", phone);
  if (text) query = query.where("folded_name", "like", `${foldName(text).replace(/[\\%_]/g, "\\$&")}%`);
  const rows = await query.orderBy("created_at", "desc").orderBy("declaration_id", "desc").limit(limit).execute();
  return rows as Declaration[];
}

export interface QueueFilter {
  /** Default: received, then confirmed. */
  statuses?: readonly Status[];
  heldBy?: string;
  isUnheld?: boolean;
  limit: number;
}

/** Files of these offices, the least time left first: the 15 minutes of received ones, then the days of the others. */
export async function queueOf(db: Db, officeCodes: readonly string[], filter: QueueFilter): Promise<Declaration[]> {
  if (officeCodes.length === 0) return [];
  let query = db
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("office_code", "in", [...officeCodes])
    .where("status", "in", [...(filter.statuses ?? (["received", "confirmed"] as const))]);
  if (filter.heldBy) query = query.where("held_by", "=", filter.heldBy);
  if (filter.isUnheld) query = query.where("held_by", "is", null);
  const rows = await query
    .orderBy("notice_due_at", (order) => order.asc().nullsLast())
    .orderBy("lapses_at")
    .orderBy("declaration_id")
    .limit(filter.limit)
    .execute();
  return rows as Declaration[];
}
