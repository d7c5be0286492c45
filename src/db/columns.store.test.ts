import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COLUMNS, type ColumnRow, MARKS } from "../../scripts/dictionary.mjs";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { KINDS_OF_TABLES } from "../breach/rules-kinds.ts";
import { forgetDraft } from "../registration/store-sweep.ts";
import { OWN_PLACES, SHARED_PLACES } from "../vault/places.ts";
import { projectRoot } from "./root.ts";
import { inTransaction } from "./transaction.ts";

/** What each column holds and its class of data, as its comment says it: docs/security/data.md. */
let house: TestHouse;
let columns: { place: string; table: string; name: string; type: string; mark: string; meaning: string }[];
beforeAll(async () => {
  house = await openTestHouse();
  const { rows } = await house.pool.query<ColumnRow>(COLUMNS);
  columns = rows.map(({ table, column, type, says }) => {
    const [, mark = "", meaning = ""] = /^\[([a-z]+)\] (\S.*)$/s.exec(says ?? "") ?? [];
    return { place: `${table}.${column}`, table, name: column, type: type.replace(" or null", ""), mark, meaning };
  });
});
afterAll(() => house.close());

const placesOf = (some: typeof columns) => some.map(({ place }) => place);
const markOf = (place: string) => columns.find((one) => one.place === place)?.mark;
const classes = readFileSync(join(projectRoot, "docs/security/data.md"), "utf8");
const ofPersons = ["personal", "sensitive", "secret"];

async function tablesOf(statement: string): Promise<string[]> {
  const { rows } = await house.pool.query<{ name: string }>(statement);
  return rows.map(({ name }) => name);
}

describe("every column", () => {
  it("says what it holds, after the one mark of its class", () => {
    expect(columns.length).toBeGreaterThan(1400);
    const marks = Object.keys(MARKS);
    const isTold = ({ mark, meaning }: (typeof columns)[number]) =>
      marks.includes(mark) && !marks.some((other) => meaning.includes(`[${other}]`));
    expect(placesOf(columns.filter((one) => !isTold(one)))).toEqual([]);
  });

  it("has a mark that the page of the classes knows, in its order", () => {
    const known = [...classes.matchAll(/^\| \*\*[A-E] [a-z]+\*\* `\[([a-z]+)\]`/gm)].map(([, mark]) => mark);
    expect(known).toEqual(Object.keys(MARKS));
  });

  it("of bytes says what they are: sealed, a mark, a hash, or public", () => {
    const said =
      /^(sealed: |wrapped |Keyed mark|SHA-256 |COSE key|Id of the credential .*public|.*public$|.*: counts, no person$)/;
    const bytes = columns.filter(({ type }) => type === "bytea");
    expect(bytes.length).toBeGreaterThan(60);
    expect(placesOf(bytes.filter(({ meaning }) => !said.test(meaning)))).toEqual([]);
  });
});

describe("the class of a column", () => {
  it("is that of its sealed bytes, and what is sealed says so first", () => {
    const list = /^Sealed classes by class of data.*: A (.*); B (.*); C (.*); D (.*)\.$/m.exec(classes)?.slice(1) ?? [];
    const wanted = list.flatMap((names, at) =>
      [...names.matchAll(/`([\w.-]+)`/g)].map(([, purpose = ""]) => [purpose, Object.keys(MARKS)[at]] as const),
    );
    const places: Record<string, string> = {
      ...SHARED_PLACES,
      ...Object.fromEntries(
        Object.entries(OWN_PLACES).map(([name, { table, column }]) => [name, `${table}.${column}`]),
      ),
    };
    expect(Object.fromEntries(wanted)).toEqual(
      Object.fromEntries(Object.entries(places).map(([purpose, place]) => [purpose, markOf(place)])),
    );
    const sealed = columns.filter(({ meaning }) => meaning.startsWith("sealed: "));
    const known = [...Object.values(places), "staff_authenticator.next_secret"];
    expect(placesOf(sealed).toSorted()).toEqual(known.toSorted());
  });

  it("is secret where a hash or mark is of what opens something", () => {
    const opens = /^(password_hash|token_sha256|(code|stop|check|ticket|state|challenge|bound|password|key)_mark)$/;
    const counted = ["hotline_call.key_mark", "resume_window.code_mark"];
    const wrong = columns.filter(
      ({ name, place, mark }) => opens.test(name) && (mark === "secret") === counted.includes(place),
    );
    expect(placesOf(wrong)).toEqual([]);
    const others = columns.filter(({ mark, name }) => mark === "secret" && !opens.test(name));
    expect(placesOf(others.filter(({ meaning }) => !/^(sealed: |wrapped )/.test(meaning)))).toEqual([]);
  });

  it("is one of persons wherever somebody is named, reached or described, but in lists that are open", async () => {
    const names =
      /^(full_name|reporter_name|signer_name|folded_name|birth_(on|date)|died_on|phone|email|recipient|insurance_number|id_number|paper_number|number_typed|card_number|diagnosis|says|answers|ethnic_code|bank_.*)$/;
    const open = new Set(
      await tablesOf(
        `select relname as name from pg_class where relkind = 'r' and obj_description(oid, 'pg_class') like '[reference]%'`,
      ),
    );
    const ofUnits = ["drive_unit.folded_name"];
    const some = columns.filter(
      ({ name, table, place }) => names.test(name) && !open.has(table) && !ofUnits.includes(place),
    );
    expect(some.length).toBeGreaterThan(50);
    expect(placesOf(some.filter(({ mark }) => !ofPersons.includes(mark)))).toEqual([]);
    expect(placesOf(columns.filter(({ table, mark }) => open.has(table) && ofPersons.includes(mark)))).toEqual([]);
  });

  it("is one of persons where the log takes a field of that name out", () => {
    const fields = /const personal = \[(.*)\];/.exec(readFileSync(join(projectRoot, "src/log.ts"), "utf8"))?.[1] ?? "";
    const names = [...fields.matchAll(/"(\w+)"/g)].map(([, name = ""]) =>
      name.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`),
    );
    expect(names.length).toBeGreaterThan(5);
    const held = columns.filter(({ name, mark }) => names.includes(name) && mark !== "open");
    expect(placesOf(held.filter(({ mark }) => !ofPersons.includes(mark)))).toEqual([]);
  });

  it("is one of persons in no table that names a person or a file and that a search for whom a breach concerns does not know", () => {
    const named = columns.filter(({ name }) => name === "person_id" || name === "declaration_id");
    const held = new Set(columns.filter(({ mark }) => ofPersons.includes(mark)).map(({ table }) => table));
    const tables = new Set(named.map(({ table }) => table).filter((table) => held.has(table)));
    expect(tables.size).toBeGreaterThan(40);
    expect([...tables].filter((table) => !KINDS_OF_TABLES[table])).toEqual([]);
  });

  it("is one of persons in a file where what was declared is wiped, and nowhere else but how a person agreed", async () => {
    const declared = columns.filter(({ table, mark }) => table === "declaration" && ofPersons.includes(mark));
    const values: Record<string, string> = {
      answers: '{"name": "Mẫu"}',
      birth_on: "1970-01-01",
      birth_precision: "day",
    };
    const filled = declared.filter(({ name }) => name !== "consent");
    const { rows } = await house.pool.query<{ id: string }>(
      `insert into declaration (code, status, created_at, ${filled.map(({ name }) => name).join()})
       values ('BD-TEST-0001', 'draft', $1, ${filled.map((_, at) => `$${at + 2}`).join()}) returning declaration_id as id`,
      [house.clock.now(), ...filled.map(({ name }) => values[name] ?? "x")],
    );
    await inTransaction(house.db, (tx) => forgetDraft(tx, rows[0]?.id ?? "", house.clock.now()));
    const { rows: left } = await house.pool.query("select * from declaration where code = 'BD-TEST-0001'");
    expect(filled.length).toBeGreaterThan(6);
    expect(filled.map(({ name }) => left[0][name]).filter((value) => value !== null)).toEqual([{}]);
  });

  it("is sensitive of everything that a claim or a paper of care tells of its patient", () => {
    const health = ["visit", "visit_rest", "visit_version", "visit_staging", "benefit_document"];
    const ofKind = Object.entries(KINDS_OF_TABLES).flatMap(([table, kinds]) =>
      kinds.some((kind) => kind === "health" || kind === "id_paper") ? [table] : [],
    );
    expect(health.filter((table) => !ofKind.includes(table))).toEqual([]);
    const withNone = ofKind.filter((table) => !columns.some((one) => one.table === table && one.mark === "sensitive"));
    expect(withNone).toEqual([]);
    const own =
      /^(person_id|visit_id|document_id|items_version|spec|batch|arrived_at|ended_.*|end_reason|(source|raw|rest)_.*|card_number|serial|issued_on|unit_name)$/;
    const open = columns.filter(
      ({ table, name, mark }) => health.includes(table) && !own.test(name) && mark !== "sensitive",
    );
    expect(placesOf(open)).toEqual([]);
  });
});
