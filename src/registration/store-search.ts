import { sql } from "kysely";
import type { Db } from "../db/house.ts";
import type { Status } from "./rules.ts";
import { type Declaration, declarationColumns } from "./store.ts";
import { hasWords, nameWords } from "./store-names.ts";

/** What the counter searches by, in the files of some offices. */
export interface Search {
  officeCodes: readonly string[];
  /** Words of the name or their beginnings, in any order, with or without marks. */
  text?: string;
  code?: string;
  /** Insurance number, ID card or passport. */
  number?: string;
  phone?: string;
  status?: Status;
  limit: number;
}

/** Open files first, then the newest. A draft is found by its code only: until confirmed it is nobody's business. */
export async function searchDeclarations(db: Db, search: Search): Promise<Declaration[]> {
  if (search.officeCodes.length === 0) return [];
  if (search.text === undefined) return found(db, search);
  const words = nameWords(search.text);
  if (words.length === 0) return [];
  const whole = await byName(db, search, words, "whole");
  if (whole.length >= search.limit) return whole;
  const known = new Set(whole.map(({ id }) => id));
  const begun = await byName(db, search, words, "beginnings");
  return [...whole, ...begun.filter(({ id }) => !known.has(id))].slice(0, search.limit);
}

async function byName(
  db: Db,
  search: Search,
  words: readonly string[],
  how: "whole" | "beginnings",
): Promise<Declaration[]> {
  const rows = await nameStatement(db, search, words, how).execute();
  return rows as Declaration[];
}

/** Names written with the very marks that were typed stand first. */
export function nameStatement(db: Db, search: Search, words: readonly string[], how: "whole" | "beginnings") {
  const { officeCodes, text = "", status, limit } = search;
  let query = db
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("status", "!=", sql.lit("draft"))
    .where(hasWords(officeCodes, words, how));
  if (status) query = query.where("status", "=", status);
  const typed = text.normalize("NFC").trim().toLowerCase();
  if (/[^\p{ASCII}]/u.test(typed)) {
    const pattern = `%${typed.replace(/[\\%_]/g, "\\$&")}%`;
    query = query.orderBy(sql`lower(answers->'name'->>'full') like ${pattern}`, "desc");
  }
  return query
    .orderBy(sql`status in ('received', 'confirmed')`, "desc")
    .orderBy("created_at", "desc")
    .orderBy("declaration_id", "desc")
    .limit(limit);
}

async function found(db: Db, search: Search): Promise<Declaration[]> {
  const rows = await numberStatement(db, search).execute();
  return rows as Declaration[];
}

/** By code, number or phone: each has an index of its own, and few files each. */
export function numberStatement(db: Db, { officeCodes, code, number, phone, status, limit }: Search) {
  let query = db
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("office_code", "in", [...officeCodes]);
  if (status) query = query.where("status", "=", status);
  if (code) query = query.where("code", "=", code);
  else query = query.where("status", "!=", "draft");
  if (number) {
    query = query.where((where) => where.or([where("insurance_number", "=", number), where("id_number", "=", number)]));
  }
  if (phone) query = query.where("phone", "=", phone);
  return query
    .orderBy(sql`status in ('received', 'confirmed')`, "desc")
    .orderBy("created_at", "desc")
    .orderBy("declaration_id", "desc")
    .limit(limit);
}
