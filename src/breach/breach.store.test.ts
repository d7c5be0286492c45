import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { asOwner } from "../../test/owner.ts";
import { addStaff } from "../account/staff.ts";
import { findStaffByUsername } from "../account/store-staff.ts";
import type { AuditRow } from "../audit/rules.ts";
import { insertEvents } from "../audit/store.ts";
import { register } from "./cli.ts";
import { findAffected } from "./find.ts";
import { authorityForm, cyberForm, fieldsOf } from "./forms.ts";
import { noteNotified, openBreach } from "./open.ts";
import { writePack } from "./pack.ts";
import { KINDS_OF_TABLES } from "./rules-kinds.ts";
import { countKinds, openBreaches, totalsOf } from "./store.ts";
import { approveTelling, queueTelling } from "./tell.ts";

/** Forty made-up people of whom some are looked at; all others are there to be left out. */
let house: TestHouse;
let snoop: string;
const from = new Date("2026-11-20T01:00:00Z");
const to = new Date("2026-11-20T09:00:00Z");
const within = new Date("2026-11-20T03:00:00Z");
const detectedAt = new Date("2026-11-22T20:00:00Z");
const window = { from, to };

beforeAll(async () => {
  house = await openTestHouse();
  for (const [username, role] of [
    ["to.mo", "officer"],
    ["khac", "officer"],
    ["van.hanh", "operator"],
    ["phu.trach", "supervisor"],
  ] as const) {
    await addStaff(house, { username, name: `Người ${username}`, role, office: "52T01" });
  }
  snoop = (await findStaffByUsername(house.db, "to.mo"))?.staff_id ?? "";
  await asOwner(
    house,
    `insert into person (person_id, public_id, full_name, folded_name, birth_on, sex)
     select n, gen_random_uuid(), 'Người Mẫu ' || n, 'nguoi mau ' || n, '1970-01-01', 1 from generate_series(1, 40) n;
     update person set merged_into = 7 where person_id = 39;
     insert into contact_point (person_id, kind, value, valid_from, source)
     select n, 'phone', '09620000' || lpad(n::text, 2, '0'), '2026-01-01', 'import' from generate_series(1, 9) n;
     insert into declaration (code, status, office_code, created_at, phone)
     values ('BD-AAAA-0001', 'withdrawn', '52T01', '2026-11-01', '0962000099')`,
  );
  const look = (person: number | null, more: Partial<AuditRow> = {}): AuditRow => ({
    at: within,
    actor_kind: "staff",
    actor_id: snoop,
    action: "person.look",
    purpose: "review",
    person_id: person === null ? null : String(person),
    object_kind: null,
    object_id: null,
    office_code: "52T01",
    detail: {},
    ...more,
  });
  const other = (await findStaffByUsername(house.db, "khac"))?.staff_id ?? "";
  await insertEvents(house.db, [
    ...[1, 2, 3, 3, 39, 7, 7].map((person) => look(person)),
    look(4, { action: "claim.look" }),
    look(null, { action: "review.look", object_kind: "declaration", object_id: "BD-AAAA-0001" }),
    look(20, { action: "look.refused" }),
    look(21, { at: to }),
    look(22, { at: new Date(from.getTime() - 1) }),
    look(23, { actor_id: other }),
    look(24, { actor_kind: "citizen" }),
  ]);
});
afterAll(() => house.close());

const asked = {
  ...window,
  staff: ["to.mo"],
  detectedAt,
  isSerious: true,
  what: "Một cán bộ mở hồ sơ không có việc",
  cause: "tò mò",
  measures: "đã khóa tài khoản",
  contact: "Phòng bảo vệ dữ liệu mẫu, 0000 000 000",
  by: "van.hanh",
};
const persons = async (search: Parameters<typeof findAffected>[1]) =>
  (await findAffected(house, search)).subjects.map(({ personId }) => Number(personId)).toSorted((a, b) => a - b);

describe("the search", () => {
  it("finds exactly whom the planted looks touched: refused tries, other hours and other people left out", async () => {
    const { subjects } = await findAffected(house, { ...window, staff: ["to.mo"] });
    // 0: the declarer of a file that belongs to nobody; 39 was merged into 7.
    expect(await persons({ ...window, staff: ["to.mo"] })).toEqual([0, 1, 2, 3, 4, 7]);
    expect(subjects.find(({ personId }) => personId === "4")?.kinds).toEqual(["health"]);
    expect(subjects.find(({ personId }) => personId === "7")).toMatchObject({
      times: 3,
      kinds: ["identity", "contact", "card"],
    });
  });

  it("by address, account, table and list finds those and adds them up", async () => {
    expect(await persons({ ...window, staff: ["to.mo"], addresses: ["/console/claims"] })).toEqual([4]);
    expect(await persons({ ...window, tables: ["contact_point"] })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await house.pool.query("insert into person_key (kind, key, person_id) values ('bhxh', '6200000011', 11)");
    expect(await persons({ ...window, staff: ["to.mo"], actions: ["claim."], persons: ["6200000011"] })).toEqual([
      4, 11,
    ]);
    await expect(persons({ ...window, tables: ["pg_authid"] })).rejects.toMatchObject({
      faults: [{ key: "table_unknown" }],
    });
    await expect(persons({ ...window, persons: ["6200000012"] })).rejects.toMatchObject({ what: "person" });
    await expect(persons(window)).rejects.toMatchObject({ faults: [{ key: "search_empty" }] });
  });
});

describe("the search by a whole table", () => {
  it("finds the declarers of files that are nobody's yet, too, wherever a row knows the file alone", async () => {
    await house.pool.query(
      `with file as (select declaration_id as id from declaration where code = 'BD-AAAA-0001'), notices as (
         insert into notice (dedupe_key, class, channel, template, lang, recipient, declaration_id, person_id, created_at,
           queued_at, due_at, next_at, state)
         select 'n' || coalesce(p, 0), 'outcome', 'sms', 'refused', 'vi', '+84962000099', case when p is null then id end, p,
                $1, $1, $1::timestamptz + interval '15 minutes', $1, 'queued' from file, unnest(array[null, 5]) p
         returning 1), others as (
         insert into notice (dedupe_key, class, channel, template, lang, recipient, created_at, queued_at, due_at, next_at, state)
         values ('nobody', 'code', 'sms', 'code', 'vi', '+84962000098', $1, $1,
           $1::timestamptz + interval '15 minutes', $1, 'queued') returning 1), readings as (
         insert into id_paper_reading (declaration_id, reading_no, kind, number, full_name, birth_on, birth_precision, original_seen,
           form_signed, face_matches, copy_kept, read_at, read_by)
         select id, 1, 'cccd', '052196000099', 'Người Mẫu', '1970-01-01', 'day', true, true, true, false, $1, $2 from file returning 1)
       insert into ticket (code, category, priority, channel, opened_at, lang, says, declaration_id)
       select 'HT-AAAA-0001', 'other', 'normal', 'web', $1::timestamptz, 'vi', 'Không nhận được tin', id from file`,
      [within, snoop],
    );
    const of = async (table: string) => {
      const { subjects } = await findAffected(house, { ...window, tables: [table] });
      return subjects
        .map(({ personId, declarationId }) => (personId === "0" ? `file ${declarationId}` : personId))
        .toSorted();
    };
    const { rows } = await house.pool.query("select declaration_id as id from declaration where code = 'BD-AAAA-0001'");
    const file = `file ${rows[0]?.id}`;
    expect(await of("notice")).toEqual(["5", file]);
    expect(await of("ticket")).toEqual([file]);
    expect(await of("id_paper_reading")).toEqual([file]);
  });

  it("finds both whom a link of guardianship names, and by the copy of their paper as well", async () => {
    await house.pool.query(
      `with paper as (insert into guardian_paper (paper_id, kind, number, issued_on, issued_by, seen_at, seen_by)
         values (gen_random_uuid(), 'birth_certificate', '1', '2020-01-01', 'UBND mẫu', $1, $2) returning paper_id as id),
       copy as (insert into guardian_paper_copy (copy_id, paper_id, media_type, width, height, sha256, sealed, key_id, filed_at,
           filed_by) select gen_random_uuid(), id, 'image/jpeg', 1, 1, 's', 's', 'k', $1, $2 from paper returning 1)
       insert into guardianship (person_id, link_id, guardian_id, relation, paper_id, ends_by_age, from_on, status, made_at)
       select 30, gen_random_uuid(), 31, 'mother', id, true, '2026-01-01', 'active', $1::timestamptz from paper`,
      [within, snoop],
    );
    expect(await persons({ ...window, tables: ["guardianship"] })).toEqual([30, 31]);
    expect(await persons({ ...window, tables: ["guardian_paper_copy"] })).toEqual([30, 31]);
  });

  it("knows every table that it names, with the columns by which it goes", async () => {
    for (const table of Object.keys(KINDS_OF_TABLES)) await findAffected(house, { ...window, tables: [table] });
  });
});

describe("a breach that is opened", () => {
  it("writes both forms from one set of facts, and its clocks run from the detection", async () => {
    const breach = await openBreach(house, asked);
    expect(breach.cyberBy.toISOString()).toBe("2026-11-23T20:00:00.000Z");
    expect(breach.notifyBy.toISOString()).toBe("2026-11-25T20:00:00.000Z");
    const facts = {
      breach,
      totals: await totalsOf(house.db, breach.breachId),
      kinds: await countKinds(house.db, breach.breachId),
    };
    const fields = fieldsOf(facts);
    expect([fields.persons, fields.files]).toEqual(["5", "1"]);
    for (const [name, value] of Object.entries(fields)) {
      expect(value, name).not.toBe("");
      expect(authorityForm(facts), name).toContain(`: ${value}\n`);
      expect(cyberForm(facts), name).toContain(`: ${value}\n`);
    }
    const { papers } = await writePack(house, breach);
    expect(papers["danh-sach-nguoi-bi-anh-huong.csv"]?.trim().split("\r\n")).toHaveLength(7);
    expect(papers["thu-gui-nguoi-co-du-lieu.md"]).toContain("khám chữa bệnh");
  });

  it("tells nobody before a second person has approved, then each once", async () => {
    const { code } = await openBreach(house, asked);
    await expect(queueTelling(house, code)).rejects.toMatchObject({ code: "breach_not_approved" });
    await expect(approveTelling(house, { code, by: "van.hanh" })).rejects.toMatchObject({ code: "breach_two_persons" });
    await approveTelling(house, { code, by: "phu.trach" });
    // 1, 2, 3, 4 and 7 by telephone, the declarer by that of the file.
    expect(await queueTelling(house, code)).toEqual({ queued: 6, byLetter: 0 });
    expect(await queueTelling(house, code)).toEqual({ queued: 0, byLetter: 0 });
    const { rows } = await house.pool.query(
      "select recipient, fields, due_at from notice where template = 'data_breach'",
    );
    expect(rows.map(({ recipient }) => recipient)).toContain("0962000099");
    expect(Object.keys(rows[0].fields).toSorted()).toEqual(["code", "day"]);
  });

  it("is on the list until each clock is answered, and every step is on record", async () => {
    const [one, other] = await openBreaches(house.db);
    expect(one && other).toBeTruthy();
    const { code } = one as { code: string };
    await noteNotified(house, { code, to: "authority", reference: "12/TB", by: "van.hanh" });
    await expect(noteNotified(house, { code, to: "authority", reference: "13", by: "van.hanh" })).rejects.toMatchObject(
      {
        code: "breach_notified",
      },
    );
    await noteNotified(house, { code, to: "cyber", reference: "7/BC", by: "phu.trach" });
    await expect(openBreach(house, { ...asked, by: "to.mo" })).rejects.toMatchObject({ code: "not_a_operator" });
    const { rows } = await house.pool.query(
      "select action from audit_event where action like 'breach.%' order by event_id",
    );
    expect(rows.map(({ action }) => action)).toEqual([
      ...["breach.open", "breach.open", "breach.approved", "breach.told", "breach.told"],
      ...["breach.notified", "breach.notified"],
    ]);
  });
});

describe("the command", () => {
  it("opens nothing where the folder of the papers cannot be written: the same breach would be opened twice", async () => {
    const folder = mkdtempSync(join(tmpdir(), "vssid-breach-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "file"), "");
    const before = await openBreaches(house.db);
    const program = new Command("vssid");
    register(program, async () => ({ ...house, close: async () => {} }));
    const moments = ["--from", from.toISOString(), "--to", to.toISOString(), "--detected", detectedAt.toISOString()];
    const said = ["--staff", "to.mo", "--what", asked.what, "--contact", asked.contact, "--by", asked.by];
    const line = ["breach", "open", ...moments, ...said, "--out", join(folder, "file", "papers")];
    await expect(program.parseAsync(line, { from: "user" })).rejects.toThrow("ENOTDIR");
    expect(await openBreaches(house.db)).toEqual(before);
  });
});
