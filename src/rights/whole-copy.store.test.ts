import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { COLUMNS, type ColumnRow } from "../../scripts/dictionary.mjs";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { provedHoa, type Settled } from "../factor/factor.fixture.ts";
import { exportOwn, jsonOf } from "./export.ts";

/** Hòa has made 230 papers and reported 410 facts, some of each at the same moment; and much else, over the years. */
let house: TestHouse;
let hoa: Settled;
beforeAll(async () => {
  house = await openTestHouse();
  hoa = await provedHoa(house);
  const values = [hoa.personId, house.clock.now()];
  await house.pool.query(
    `insert into statement (person_id, statement_id, kind, made_at, expires_on, code_end, code_mark,
       sealed_figures, pdf_sha256)
     select $1, gen_random_uuid(), 'participation', $2::timestamptz - n / 3 * interval '1 minute', '2027-02-01', 'ABCD',
            sha256(n::text::bytea), 'x', 'x' from generate_series(1, 230) n`,
    values,
  );
  await house.pool.query(
    `insert into dispute (person_id, dispute_id, kind, fact_kind, fact_id, says, created_at)
     select $1, gen_random_uuid(), 'wrong', 'participation', 'bhxh.' || n, 'Sai ' || n,
            $2::timestamptz - n / 3 * interval '1 minute' from generate_series(1, 410) n`,
    values,
  );
  await house.pool.query(
    `insert into account_event (person_id, event_id, at, kind, reference, source)
     select $1, gen_random_uuid(), $2::timestamptz - n * interval '1 day', 'address_changed', 'GD-' || n, 'online'
       from generate_series(1, 60) n`,
    values,
  );
  await house.pool.query(
    `insert into consent_event (person_id, event_id, kind, is_given, notice_version, source, at)
     select $1, gen_random_uuid(), 'push', n % 2 = 0, 1, 'online', $2::timestamptz - n * interval '1 minute'
       from generate_series(1, 210) n`,
    values,
  );
  await house.pool.query(
    `insert into data_request (person_id, request_id, kind, says, opened_at, answer_by, due_on, office_code, withdrawn_at)
     select $1, gen_random_uuid(), 'supply', 'Lần ' || n, $2::timestamptz - n * interval '1 hour', '2026-11-25', '2026-12-03',
            '52T01', $2 from generate_series(1, 60) n`,
    values,
  );
});
afterAll(() => house.close());

type Rows = Record<string, string | null>[];

async function copyOfHoa(): Promise<Record<string, Rows>> {
  const now = house.clock.now();
  let json = "";
  for await (const part of jsonOf(await exportOwn(house, hoa.citizen, { now, as: "json" }), now)) json += part;
  return JSON.parse(json);
}

it("the copy of one's data holds whatever is personal in the rows of who somebody is and how they are reached", async () => {
  await house.pool.query("update person set ethnic_code = '25' where person_id = $1", [hoa.personId]);
  const copy = await copyOfHoa();
  const parts = { person: "person", numbers: "person_number", contacts: "contact_point" };
  const { rows: columns } = await house.pool.query<ColumnRow>(COLUMNS);
  // An id of ours, what is made of the name, and what nobody reads of themselves.
  const leftOut = ["public_id", "folded_name", "died_on"];
  for (const [part, table] of Object.entries(parts)) {
    const held = columns.filter((one) => one.table === table && /^\[(personal|sensitive)\]/.test(one.says ?? ""));
    const told = Object.keys(copy[part]?.[0] ?? {}).map((key) =>
      key.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`),
    );
    expect(held.map(({ column }) => column).filter((name) => !leftOut.includes(name) && !told.includes(name))).toEqual(
      [],
    );
  }
  expect(copy.person?.[0]?.ethnicCode).toBe("25");
});

it("the copy of one's data holds every paper and every report, each once", async () => {
  const { papers = [], disputes = [] } = await copyOfHoa();
  expect(papers).toHaveLength(230);
  expect(new Set(disputes.map(({ says }) => says)).size).toBe(410);
  for (const rows of [papers, disputes]) {
    const times = rows.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  }
});

it("the copy of one's data holds every change of the account, every consent and every request", async () => {
  const { account_events = [], consents = [], requests = [] } = await copyOfHoa();
  expect([account_events.length, consents.filter(({ kind }) => kind === "push").length, requests.length]).toEqual([
    60, 210, 60,
  ]);
});

it("papers are listed a page at a time, so that each can be taken back, on the page and for programs", async () => {
  const cookies = { vssid_session: hoa.token };
  const seen: string[] = [];
  const sizes: number[] = [];
  for (let url: string | undefined = "/app/statements"; url && sizes.length < 9; ) {
    const { body } = await house.app.inject({ url, cookies });
    const ids = [...body.matchAll(/action="\/app\/statements\/([^/]+)\/withdrawal"/g)].map(([, id]) => id ?? "");
    seen.push(...ids);
    sizes.push(ids.length);
    url = /class="older"[^>]*href="([^"#]+)/.exec(body)?.[1];
  }
  expect([sizes, new Set(seen).size]).toEqual([[100, 100, 30], 230]);
  const listed: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null && listed.length < 999) {
    const url: string = `/api/v1/me/statements${cursor ? `?cursor=${cursor}` : ""}`;
    const answer: LightMyRequestResponse = await house.app.inject({
      url,
      headers: { authorization: `Bearer ${hoa.token}` },
    });
    const { statements, next } = answer.json<{ statements: { id: string }[]; next: string | null }>();
    listed.push(...statements.map(({ id }) => id));
    cursor = next;
  }
  expect(listed).toEqual(seen);
});
