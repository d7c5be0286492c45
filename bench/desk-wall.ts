/**
 * What the second wall costs the desk: queue, file and record of an officer behind it and on connections that no policy
 * holds back, in processor time of the program and of its database. Sides take turns.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { openSession } from "../src/account/open-session.ts";
import { addStaff } from "../src/account/staff.ts";
import { findStaffByUsername } from "../src/account/store-staff.ts";
import { createApp } from "../src/app.ts";
import { ownerOf } from "../src/db/connection.ts";
import { createDb, createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { inTransaction } from "../src/db/transaction.ts";
import { forCommand, makeHouse } from "../src/house.ts";
import { anyone } from "../src/kernel/actor.ts";
import { confirm } from "../src/registration/confirm.ts";
import { declareWhole } from "../src/registration/draft.ts";
import { parseEnvironment } from "../src/settings.ts";
import { rates } from "../src/web/rates.ts";
import { cpuMsUnder } from "./cpu.ts";
import { median, medianRatio, optionOf, tellAtMost } from "./harness.ts";

/** No more: the ceiling of looks counts files and persons. */
const FILES = 40;
const ROUNDS = optionOf("rounds") ?? 9;
const REQUESTS = optionOf("requests") ?? 200;
const OFFICE = "52T01";
const GOAL = 1.1;

const records = `
  with made as (
    insert into person (public_id, full_name, folded_name, birth_on, sex)
    select gen_random_uuid(), 'Nguyễn Thị Diễm Hương', 'NGUYEN THI DIEM HUONG', date '1990-01-15', 2
      from declaration returning person_id),
  numbered as (
    select m.person_id, d.insurance_number as number
      from (select person_id, row_number() over () as no from made) m
      join (select insurance_number, row_number() over () as no from declaration) d using (no)),
  keys as (insert into person_key (kind, key, person_id) select 'bhxh', number, person_id from numbered),
  numbers as (
    insert into person_number (person_id, kind, number, valid_from)
    select person_id, 'bhxh', number, date '2010-01-01' from numbered),
  cards as (
    insert into health_card (person_id, card_number, valid_from, form)
    select person_id, number, date '2024-01-01', 'card10' from numbered),
  pay as (
    insert into participation_period (person_id, fund, from_month, to_month, unit_code, unit_name, salary)
    select person_id, 'bhxh', date '2020-01-01' + n * interval '1 month', date '2020-01-01' + n * interval '1 month',
           'TM0001', 'Đơn vị Mẫu', 5000000 from numbered, generate_series(0, 59) n),
  paid as (
    insert into benefit (person_id, kind, decision_no, from_on, regime, amount)
    select person_id, 'short_term', 'QD', date '2024-01-01', 'sickness', 1000000 from numbered)
  insert into visit (person_id, visit_id, facility_code, episode_key, admitted_at, discharged_at, care_type, card_number,
         main_code, diagnosis, total, in_scope, fund_paid, co_paid, self_paid, other_paid, declared, items_version, items,
         spec, source_file_id, source_record, raw_sha256, arrived_at)
  select person_id, gen_random_uuid(), '52999', 'K' || n, timestamp '2026-01-01 08:00' + n * interval '1 day',
         timestamp '2026-01-01 09:00' + n * interval '1 day', '1', number, 'J00', 'Cảm lạnh', 120000, 120000, 96000,
         24000, 0, 0, '{}', 1, '[]', '4750', 1, n, '', timestamptz '2026-11-01' from numbered, generate_series(1, 30) n`;

const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
rates.read.max = Number.MAX_SAFE_INTEGER;
const loose = createPool(house.connection, { log: house.log, statementTimeoutMs: 2500 });
try {
  const owner = createPool(ownerOf(house), { log: house.log, size: 1, statementTimeoutMs: 0, asApp: false });
  const codes = await fillFiles();
  const people = await fillRecords(owner);
  await owner.end();
  const headers = { cookie: `vssid_session=${await officer()}` };
  const sides = [await createApp(house), await createApp({ ...house, pool: loose, db: createDb(loose) })] as const;
  const held = [
    await compare("the queue", sides, headers, () => "/console"),
    await compare("the page of a file", sides, headers, (at) => `/console/files/${codes[at % codes.length]}`),
    await compare("the page of a record", sides, headers, (at) => `/console/persons/${people[at % people.length]}`),
  ];
  for (const app of sides) await app.close();
  process.exitCode = held.every(Boolean) ? 0 : 1;
} finally {
  await loose.end();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Confirmed declarations for one office, as people make them. */
async function fillFiles(): Promise<string[]> {
  const codes: string[] = [];
  for (let at = 1; at <= FILES; at += 1) {
    const tail = String(at).padStart(6, "0");
    const fields = {
      ...{ for_whom: "self", paper_kind: "cccd", paper_number: `052190${tail}`, insurance_number: `5290${tail}` },
      ...{ full_name: "Nguyễn Thị Diễm Hương", sex: "2", birth_day: "15", birth_month: "1", birth_year: "1990" },
      ...{ phone: `09${tail.slice(1)}011`, email: "huong@example.vn", commune: "21952", street: "12 Đường Thử" },
      office: OFFICE,
    };
    const now = house.clock.now();
    const { code } = await declareWhole(house, { fields, lang: "vi", actor: anyone, now });
    await confirm(house, { code, actor: anyone, now });
    codes.push(code);
  }
  return codes;
}

/** The persons to whom their numbers lead: five years of pay, a card, a benefit, thirty visits each. */
async function fillRecords(owner: pg.Pool): Promise<string[]> {
  await owner.query(records);
  await owner.query("analyze");
  const { rows } = await owner.query<{ public_id: string }>("select public_id from person order by person_id");
  return rows.map((row) => row.public_id);
}

/** Signed in with both factors. */
async function officer(): Promise<string> {
  const member = { username: "mau.canbo", name: "Cán bộ Mẫu", role: "officer", office: OFFICE };
  const { username } = await addStaff(house, { ...member, password: "quầy gỗ mưa rào đèn lồng" });
  const staffId = (await findStaffByUsername(house.db, username))?.staff_id ?? "";
  const asked = { scope: "full", kind: "cookie", device: "", now: house.clock.now() } as const;
  const opened = await inTransaction(house.db, (tx) =>
    openSession(tx, { staffId }, { ...asked, proofs: ["password", "authenticator"] }),
  );
  return opened.token;
}

/** Milliseconds of processor time a request, in turns. */
async function compare(
  what: string,
  sides: readonly [FastifyInstance, FastifyInstance],
  headers: Record<string, string>,
  pathOf: (at: number) => string,
): Promise<boolean> {
  const spent = [[] as number[], [] as number[]] as const;
  const postmaster = Number(readFileSync(join(folder, "pg", "postmaster.pid"), "utf8").split("\n")[0]);
  const used = () => cpuMsUnder([process.pid, postmaster]);
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const at of round % 2 ? [0, 1] : [1, 0]) {
      const before = used();
      for (let no = 0; no < REQUESTS; no += 1) {
        const answer = await sides[at]?.inject({ url: pathOf(no), headers });
        if (answer?.statusCode !== 200) throw new Error(`${what}: ${answer?.statusCode}`);
      }
      if (round >= 0) spent[at]?.push((used() - before) / REQUESTS);
    }
  }
  const [walled, unwalled] = spent;
  return tellAtMost({
    id: "desk wall",
    what: `processor time of ${what} behind the second wall / without it`,
    value: medianRatio(walled, unwalled),
    goal: GOAL,
    extra: `${median(walled).toFixed(2)} / ${median(unwalled).toFixed(2)} ms a request`,
  });
}
