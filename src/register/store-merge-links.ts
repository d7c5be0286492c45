import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../db/house.ts";

/**
 * Links of guardians in a merge. A row stands with the ward and names the guardian, so a guardian's links follow their
 * record; a ward's own links and their story may not be rewritten, and hinder.
 */
interface Way {
  mergeId: string;
  from: string;
  to: string;
}

const nextNo = (mergeId: string) =>
  sql`(select coalesce(max(row_no), 0) from person_merge_row where merge_id = ${mergeId}) + row_number() over ()`;

const OPEN = ["proposed", "active", "blocked"];

/** Is somebody this record's guardian, or was ever? */
export async function isWard(tx: Tx, personId: string, when: "now" | "ever"): Promise<boolean> {
  let links = tx.selectFrom("guardianship").select("link_id").where("person_id", "=", personId).limit(1);
  if (when === "now") links = links.where("status", "in", OPEN);
  return (await links.executeTakeFirst()) !== undefined;
}

/** Is this record's person somebody's guardian, or was ever? */
export async function isGuardian(tx: Tx, personId: string): Promise<boolean> {
  const links = tx.selectFrom("guardianship").select("link_id").where("guardian_id", "=", personId).limit(1);
  return (await links.executeTakeFirst()) !== undefined;
}

/** What cannot follow: a ward who is the other record, or whom both records look after now. */
const clashes = (link: string, to: string): RawBuilder<boolean> => sql<boolean>`(
  ${sql.ref(`${link}.person_id`)} = ${to} or (${sql.ref(`${link}.status`)} in ('proposed', 'active', 'blocked') and exists (
    select from guardianship own where own.person_id = ${sql.ref(`${link}.person_id`)} and own.guardian_id = ${to}
       and own.status in ('proposed', 'active', 'blocked'))))`;

/** Would a link of the one record stand beside another of the same two people, or name somebody as their own guardian? */
export async function haveClashingLinks(tx: Tx, { from, to }: Omit<Way, "mergeId">): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from guardianship g where g.guardian_id = ${from} and ${clashes("g", to)}) as has`.execute(
    tx,
  );
  return rows[0]?.has ?? false;
}

/** Every link that names the one record as guardian names the other from now on; also in files that wait. */
export async function moveGuardian(tx: Tx, { mergeId, from, to }: Way): Promise<void> {
  await sql`
    with moved as (
      update guardianship g set guardian_id = ${to} where g.guardian_id = ${from} and not ${clashes("g", to)}
      returning g.link_id
    )
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${mergeId}, ${nextNo(mergeId)}, 'guardianship', 'moved', jsonb_build_object('link_id', link_id) from moved`.execute(
    tx,
  );
  await sql`
    with moved as (
      update declaration_guardian set guardian_id = ${to} where guardian_id = ${from} returning declaration_id
    )
    insert into person_merge_row (merge_id, row_no, table_name, fate, key)
    select ${mergeId}, ${nextNo(mergeId)}, 'declaration_guardian', 'moved',
           jsonb_build_object('declaration_id', declaration_id) from moved`.execute(tx);
}

/** The way back: links that the merge moved, and still name the survivor, name the restored record again. */
export async function returnGuardian(tx: Tx, { mergeId, from, to }: Way): Promise<void> {
  await sql`
    update guardianship g set guardian_id = ${from} from person_merge_row m
     where m.merge_id = ${mergeId} and m.table_name = 'guardianship' and m.fate = 'moved'
       and g.guardian_id = ${to} and g.link_id = (m.key->>'link_id')::uuid`.execute(tx);
  await sql`
    update declaration_guardian g set guardian_id = ${from} from person_merge_row m
     where m.merge_id = ${mergeId} and m.table_name = 'declaration_guardian' and m.fate = 'moved'
       and g.guardian_id = ${to} and g.declaration_id = (m.key->>'declaration_id')::bigint`.execute(tx);
}
