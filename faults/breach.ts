/**
 * Planted breaches (R35): one member of staff looks at k people among many who are left alone; the search must name
 * exactly those, the papers be written and the notices queued, in a quarter of an hour. `--persons=10000` the largest k.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { optionOf, tellAtMost, tellFigure } from "../bench/harness.ts";
import { addStaff } from "../src/account/staff.ts";
import { findStaffByUsername } from "../src/account/store-staff.ts";
import type { AuditRow } from "../src/audit/rules.ts";
import { sealAudit } from "../src/audit/seal.ts";
import { insertEvents } from "../src/audit/store.ts";
import { fieldsOf } from "../src/breach/forms.ts";
import { openBreach } from "../src/breach/open.ts";
import { writePack } from "../src/breach/pack.ts";
import { countKinds, subjectsOf, totalsOf } from "../src/breach/store.ts";
import { approveTelling, queueTelling } from "../src/breach/tell.ts";
import { createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";

const largest = optionOf("persons") ?? 10_000;
const OFFICE = "52T01";
const MINUTES_MAX = 15;
const BATCH = 1000;
const FROM = Date.parse("2026-11-20T01:00:00Z");
const HOURS = 8;
const HOUR_MS = 3_600_000;
const SIZES = [1, 37, largest];

const folder = mkdtempSync(join(tmpdir(), "vssid-breach-"));
const environment = parseEnvironment({ VSSID_DATA_DIR: folder, VSSID_CLOCK: "2026-11-23T02:00:00.000Z" }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, forCommand);
house.log.level = "silent";
try {
  await populate(house, largest * 3);
  for (const [username, role] of [
    ["nguoi.mo", "operator"],
    ["nguoi.duyet", "supervisor"],
  ] as const) {
    await addStaff(house, { username, name: `Người Mẫu ${role}`, role, office: OFFICE });
  }
  let isHeld = true;
  for (const [nth, k] of SIZES.entries()) isHeld = (await tryOne(house, nth, k)) && isHeld;
  process.exitCode = isHeld ? 0 : 1;
} finally {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
}

async function populate({ connection, log }: OpenHouse, persons: number): Promise<void> {
  const owner = createPool(connection, { log, size: 1, statementTimeoutMs: 0, asApp: false });
  await owner.query(
    `insert into person (person_id, public_id, full_name, folded_name, birth_on, sex)
     select n, gen_random_uuid(), 'Người Mẫu ' || n, 'nguoi mau ' || n, '1970-01-01', 1 from generate_series(1, $1::integer) n`,
    [persons],
  );
  await owner.query(
    `insert into contact_point (person_id, kind, value, valid_from, source)
     select n, 'phone', '09' || lpad((62000000 + n)::text, 8, '0'), '2026-01-01', 'import' from generate_series(1, $1::integer) n`,
    [persons],
  );
  await owner.end();
}

/** Each size has a snoop and hours of its own; an honest colleague works beside him on other people. */
async function tryOne(on: OpenHouse, nth: number, k: number): Promise<boolean> {
  const from = new Date(FROM + nth * HOURS * HOUR_MS);
  const to = new Date(from.getTime() + HOURS * HOUR_MS);
  const [snoop, honest] = [await aMember(on, `to.mo${nth}`), await aMember(on, `that.tha${nth}`)];
  const planted = new Set<string>();
  while (planted.size < k) planted.add(String(1 + Math.floor(Math.random() * largest * 3)));
  await plant(on, { from, to, snoop, honest, planted });
  await sealAudit(on);
  const startedAt = performance.now();
  const breach = await openBreach(on, {
    ...{ from, to, staff: [`to.mo${nth}`], detectedAt: to, isSerious: true },
    ...{ what: "Cán bộ mở hồ sơ không có việc", cause: "", measures: "", contact: "Phòng mẫu", by: "nguoi.mo" },
  });
  const { papers } = await writePack(on, breach);
  await approveTelling(on, { code: breach.code, by: "nguoi.duyet" });
  const { queued } = await queueTelling(on, breach.code);
  const minutes = (performance.now() - startedAt) / 60_000;
  const found = new Set<string>();
  for (let after = { personId: "-1", declarationId: "0" }; ; ) {
    const page = await subjectsOf(on.db, breach.breachId, after, BATCH);
    const last = page.at(-1);
    if (!last) break;
    for (const { personId } of page) found.add(personId);
    after = last;
  }
  const right = [...found].filter((id) => planted.has(id)).length;
  const [facts, extra] = [
    { breach, totals: await totalsOf(on.db, breach.breachId), kinds: await countKinds(on.db, breach.breachId) },
    `${found.size} found, ${queued} told`,
  ];
  const forms = ["mau-08-co-quan-bao-ve-du-lieu.md", "bao-cao-su-co-an-ninh-mang.md"];
  const differing = Object.values(fieldsOf(facts)).filter((value) =>
    forms.some((name) => !papers[name]?.includes(`: ${value}\n`)),
  ).length;
  return [
    tellFigure({ id: "R35", what: `precision for ${k}`, value: right / Math.max(1, found.size), goal: 1, extra }),
    tellFigure({ id: "R35", what: `recall for ${k}`, value: right / k, goal: 1, extra }),
    tellFigure({ id: "R35", what: `told of ${k}`, value: queued / k, goal: 1, extra }),
    tellAtMost({ id: "R35", what: `fields that differ between the forms for ${k}`, value: differing, goal: 0, extra }),
    tellAtMost({ id: "R35", what: `minutes for ${k}`, value: minutes, goal: MINUTES_MAX, extra }),
  ].every(Boolean);
}

async function aMember(on: OpenHouse, username: string): Promise<string> {
  await addStaff(on, { username, name: "Cán bộ Mẫu", role: "officer", office: OFFICE });
  return (await findStaffByUsername(on.db, username))?.staff_id ?? "";
}

interface Plot {
  from: Date;
  to: Date;
  snoop: string;
  honest: string;
  planted: ReadonlySet<string>;
}

/** Of everybody else: refused tries, looks of the colleague, and looks of the snoop at other hours. */
async function plant(on: OpenHouse, { from, to, snoop, honest, planted }: Plot): Promise<void> {
  const row = (personId: string, actor: string, at: Date, action = "person.look"): AuditRow => ({
    ...{ at, actor_kind: "staff", actor_id: actor, action, purpose: "review", person_id: personId },
    ...{ object_kind: null, object_id: null, office_code: OFFICE, detail: {} },
  });
  const inside = () => new Date(from.getTime() + Math.floor(Math.random() * (to.getTime() - from.getTime())));
  const rows = [...planted].flatMap((id) =>
    Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => row(id, snoop, inside())),
  );
  for (let n = 1; n <= largest * 3; n += 1) {
    const id = String(n);
    if (planted.has(id)) continue;
    if (n % 3 === 0) rows.push(row(id, snoop, inside(), "look.refused"));
    if (n % 3 === 1) rows.push(row(id, honest, inside()));
    if (n % 3 === 2) rows.push(row(id, snoop, n % 2 ? to : new Date(from.getTime() - 1)));
  }
  rows.sort(() => Math.random() - 0.5);
  for (let at = 0; at < rows.length; at += BATCH) await insertEvents(on.db, rows.slice(at, at + BATCH));
}
