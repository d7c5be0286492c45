/**
 * Citus, rule 5 (docs/guides/scale-out.md): what is asked for one person names that person at every table that is
 * spread by person, so that it is one task on one worker (G18). PostgreSQL's own plan says whether it does.
 */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registry } from "../../src/app.ts";
import { seed } from "../../src/seed/seed.ts";
import { openTestHouse, type TestHouse } from "../house.ts";

interface Node {
  "Relation Name"?: string;
  "Index Cond"?: string;
  "Recheck Cond"?: string;
  Filter?: string;
  Plans?: Node[];
}

let house: TestHouse;
let spread: Set<string>;
let headers: { authorization: string };
const said = new Map<string, string>();
const client = pg.Client.prototype as unknown as { query(...asked: unknown[]): unknown };
const { query } = client;

beforeAll(async () => {
  house = await openTestHouse();
  const { rows } = await house.pool.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and obj_description(oid, 'pg_class') like '[person]%'",
  );
  spread = new Set(rows.map(({ name }) => name));
  const citizen = (await seed(house)).find(({ name }) => name === "Nguyễn Văn Mẫu");
  const payload = { login: citizen?.signIn, password: citizen?.password };
  const { token } = (await house.app.inject({ method: "POST", url: "/api/v1/session", payload })).json();
  headers = { authorization: `Bearer ${token}` };
});
afterAll(() => house.close());

/** Own reads without anything in their address but the person. */
const reads = registry.filter(
  ({ method, path, who, purpose }) =>
    method === "GET" && purpose === "own_record" && who.includes("citizen") && !path.includes(":"),
);

async function note(path: string): Promise<void> {
  client.query = function (...asked) {
    const [first] = asked as [string | { text: string }];
    const text = typeof first === "string" ? first : first.text;
    if (/^\s*(?:select|with)\b/i.test(text)) said.set(text, path);
    return query.apply(this, asked);
  };
  try {
    await house.app.inject({ url: path, headers });
  } finally {
    client.query = query;
  }
}

/** Who is signed in is found by a token, as the guide says; records that became one are followed from one to the other. */
const crossesPersons = (text: string) =>
  /^select .* from "session" left join "account"/s.test(text) || /^\s*with recursive record \(/.test(text);

const scansOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(scansOf)];

test("each statement of an own read names the person at every table that is spread by person", async () => {
  expect(reads.length).toBeGreaterThan(20);
  for (const { path } of reads) await note(path);
  const wrong: string[] = [];
  expect([...said.keys()].filter(crossesPersons)).toHaveLength(3);
  let looked = 0;
  for (const [text, path] of said) {
    const { rows } = await house.pool.query<[{ "QUERY PLAN": [{ Plan: Node }] }]>(
      `explain (generic_plan, format json, costs off) ${text}`,
    );
    const [{ Plan: plan } = { Plan: {} }] = (rows[0] as unknown as { "QUERY PLAN": [{ Plan: Node }] })["QUERY PLAN"];
    for (const node of scansOf(plan)) {
      const table = node["Relation Name"];
      if (table === undefined || !spread.has(table)) continue;
      looked += 1;
      const how = `${node["Index Cond"]} ${node["Recheck Cond"]} ${node.Filter}`;
      if (!/\bperson_id = (?:ANY \()?\(?\$\d+/.test(how) && !crossesPersons(text))
        wrong.push(`${path}: ${table}: ${how}: ${text.slice(0, 300)}`);
    }
  }
  expect(looked).toBeGreaterThan(20);
  expect(wrong).toEqual([]);
});
