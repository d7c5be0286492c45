/** A whole list of 100,000 people, read, matched to the register and written; sent again; the moments of all. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../src/db/root.ts";
import { forCommand, makeHouse, type OpenHouse } from "../src/house.ts";
import { takeRoster } from "../src/roster/take-roster.ts";
import { parseEnvironment } from "../src/settings.ts";
import { writeXlsx } from "../src/typeset/write-xlsx.ts";
import { optionOf, tellAtMost } from "./harness.ts";

const GOAL_SECONDS = 30;
const UNIT = "BENCH";

export async function measureRoster(): Promise<boolean> {
  const people = optionOf("people") ?? 100_000;
  const folder = mkdtempSync(join(tmpdir(), "vssid-bench-"));
  const environment = parseEnvironment({ VSSID_DATA_DIR: folder }, projectRoot);
  if (!environment.ok) throw new Error(environment.faults.join("; "));
  const house = await makeHouse(environment.value, forCommand);
  try {
    await fillRegister(house, people);
    const bytes = new Uint8Array(listOf(people));
    const sent = { unitCode: UNIT, bytes, isWhole: true, basis: "duty" } as const;
    const first = await timed(() => takeRoster(house, { kind: "operator" }, sent));
    const again = await timed(() => takeRoster(house, { kind: "operator" }, sent));
    const { added, refused } = first.value;
    if (again.value.unchanged !== added) throw new Error(`${again.value.unchanged} of ${added} lines unchanged`);
    const extra = `${added} added, ${refused} refused, ${bytes.length} bytes of Excel`;
    return [
      tellAtMost({
        id: "rollout-1",
        what: `a list of ${people} people, seconds`,
        value: first.seconds,
        goal: GOAL_SECONDS,
        extra,
      }),
      tellAtMost({
        id: "rollout-2",
        what: "the same list again, seconds",
        value: again.seconds,
        goal: GOAL_SECONDS,
        extra: "nothing changed",
      }),
    ].every(Boolean);
  } finally {
    await house.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nine of ten people of the list are in the register, one of ten of these with another birth date. */
async function fillRegister(house: OpenHouse, people: number): Promise<void> {
  const ask = (text: string) => house.pool.query(text, [people]);
  await house.pool.query(
    `insert into drive_unit (unit_code, kind, name, folded_name, office_code, province_code, valid_from)
     select $1, 'enterprise', 'Đơn vị đo', 'don vi do', min(office_code), '52', '2021-01-01' from bhxh_office`,
    [UNIT],
  );
  await ask(
    `insert into person (person_id, public_id, full_name, folded_name, birth_on, sex)
     select n, gen_random_uuid(), 'x', 'nguoi mau ' || lower(translate((n % 500)::text, '0123456789', 'ABCDEGHIKL')), '1950-01-01'::date + n % 18000
       + case when n % 10 = 1 then 1 else 0 end, 2 from generate_series(1, $1::int) n where n % 10 <> 0`,
  );
  await ask(
    `insert into person_key (kind, key, person_id)
     select 'bhxh', lpad(n::text, 10, '0'), n from generate_series(1, $1::int) n where n % 10 <> 0`,
  );
  await house.pool.query("analyze person");
  await house.pool.query("analyze person_key");
}

function listOf(people: number): Buffer {
  const start = Date.UTC(1950, 0, 1);
  const rows = Array.from({ length: people }, (_, at) => {
    const n = at + 1;
    const [year, month, day] = new Date(start + (n % 18_000) * 86_400_000).toISOString().slice(0, 10).split("-");
    return [String(n), `Người Mẫu ${letters(n % 500)}`, `${day}/${month}/${year}`, String(n).padStart(10, "0"), ""];
  });
  return writeXlsx("Danh sách", [["STT", "Họ và tên", "Ngày sinh", "Mã số BHXH", "Số điện thoại"], ...rows]);
}

const letters = (n: number) => [...String(n)].map((digit) => "ABCDEGHIKL"[Number(digit)]).join("");

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - startedAt) / 1000 };
}
