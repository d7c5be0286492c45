/** Every row of an import in one hash a table: numbers of files and hours left out, the file's own hash put in. */
import type pg from "pg";

const tables: Record<string, string> = {
  visit: `select to_jsonb(v) - 'source_file_id' - 'arrived_at' || jsonb_build_object('file', f.sha256)
            from visit v join source_file f on f.file_id = v.source_file_id`,
  visit_rest: "select to_jsonb(r) from visit_rest r",
  visit_version:
    "select to_jsonb(v) - 'source_file_id' - 'arrived_at' - 'ended_at' - 'ended_by_file_id' from visit_version v",
  claim_recall: `select to_jsonb(k) - 'file_id' || jsonb_build_object('file', f.sha256)
                   from claim_recall k join source_file f using (file_id)`,
  visit_staging: "select to_jsonb(s) from visit_staging s",
  source_file:
    "select to_jsonb(f) - 'file_id' - 'received_at' - 'finished_at' from source_file f where kind = 'claims'",
  import_reject: `select to_jsonb(r) - 'file_id' || jsonb_build_object('file', f.sha256)
                    from import_reject r join source_file f using (file_id)`,
  person: "select jsonb_build_object('id', p.person_id, 'version', p.data_version) from person p",
};

export async function digestsOf(pool: pg.Pool): Promise<Record<string, string>> {
  const digests = Object.entries(tables).map(async ([table, rows]) => {
    const { rows: found } = await pool.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(line, '' order by line)), '') as digest
         from (select md5(t.line::text) as line from (${rows}) t (line)) l`,
    );
    return [table, found[0]?.digest ?? ""] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}
