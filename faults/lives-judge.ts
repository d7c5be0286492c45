/** The list of what was acknowledged, kept outside, against what the restarted system has. */
import { readFileSync } from "node:fs";
import type pg from "pg";
import type { LifeAct } from "./history-model.ts";

export interface Found {
  acknowledged: number;
  /** What was acknowledged and is not there. */
  lost: string[];
  /** What is there more often than it was asked for, or beside what excludes it. */
  twice: string[];
}

interface Kept {
  insurance: string;
  files: number;
  status: string;
  events: Record<string, number>;
  readings: number;
  accounts: number;
  /** By the channel that has most of them. */
  notices: number;
  sessions: number;
  changes: number;
}

type Line = LifeAct & { person: string };

/** `unanswered`: sign-ins and changes of a person whose answer never came. */
export async function judgeOracle(
  owner: pg.Pool,
  file: string,
  unanswered: (person: string) => number,
): Promise<Found> {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  const kept = new Map((await readKept(owner)).map((one) => [one.insurance, one]));
  const found: Found = { acknowledged: lines.length, lost: [], twice: [] };
  for (const [person, told] of Map.groupBy(lines, ({ person }) => person)) {
    const has = kept.get(person);
    const done = (act: string) => told.filter((one) => one.act === act && one.answer === "done").length;
    const note = (list: string[], isSo: boolean, what: string) => isSo && list.push(`${person} ${what}`);
    if (!has) {
      note(found.lost, done("declare") > 0, "declare");
      continue;
    }
    note(found.twice, has.files > 1, "declare");
    for (const [act, kind] of Object.entries(eventOf)) {
      const count = has.events[kind] ?? 0;
      note(found.lost, done(act) > 0 && count === 0, act);
      note(found.twice, count > 1, act);
    }
    note(
      found.twice,
      (has.events.accepted ?? 0) + (has.events.refused ?? 0) + (has.events.lapsed ?? 0) + (has.events.withdrawn ?? 0) >
        1,
      "end of a file",
    );
    note(found.lost, done("receive") > 0 && has.readings === 0, "copy of the paper");
    note(found.twice, has.readings > 1, "copy of the paper");
    const isAccepted = (has.events.accepted ?? 0) > 0;
    note(found.lost, isAccepted && has.accounts === 0, "account");
    note(found.twice, has.accounts > (isAccepted ? 1 : 0), "account");
    const isDecided = isAccepted || (has.events.refused ?? 0) > 0;
    note(found.lost, isDecided && has.notices === 0, "notice of the result");
    note(found.twice, has.notices > (isDecided ? 1 : 0), "notice of the result");
    const open = unanswered(person);
    note(found.lost, has.sessions < done("sign in"), "session");
    note(found.twice, has.sessions > done("sign in") + open, "session");
    note(found.lost, has.changes < done("change password"), "change of the password");
    note(found.twice, has.changes > done("change password") + open, "change of the password");
  }
  return found;
}

const eventOf = {
  confirm: "confirmed",
  receive: "received",
  accept: "accepted",
  refuse: "refused",
  withdraw: "withdrawn",
};

async function readKept(owner: pg.Pool): Promise<Kept[]> {
  const { rows } = await owner.query<Kept>(`
    with file as (select insurance_number, min(status) status, count(*)::int files, array_agg(declaration_id) ids
                    from declaration where insurance_number is not null group by insurance_number)
    select file.insurance_number as insurance, files, status,
           coalesce((select json_object_agg(kind, n) from (select kind, count(*)::int n from declaration_event
              where declaration_id = any(ids) group by kind) each), '{}') as events,
           (select count(*)::int from id_paper_reading where declaration_id = any(ids)) as readings,
           (select count(*)::int from account where person_id = p.person_id) as accounts,
           (select coalesce(max(n), 0) from (select count(*)::int n from notice
              where declaration_id = any(ids) and repeat_of is null
                and template in ('declaration_accepted', 'declaration_refused') group by channel) each) as notices,
           (select count(*)::int from audit_event where person_id = p.person_id and action = 'sign_in') as sessions,
           (select count(*)::int from audit_event where person_id = p.person_id and action = 'password_changed') as changes
      from file left join person_key p on p.kind = 'bhxh' and p.key = file.insurance_number`);
  return rows;
}
