import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { provedHoa, type Settled } from "../factor/factor.fixture.ts";
import { exportOwn, jsonOf } from "./export.ts";

/** Hòa has made 230 papers and reported 410 facts, some of each at the same moment. */
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
});
afterAll(() => house.close());

it("the copy of one's data holds every paper and every report, each once", async () => {
  const now = house.clock.now();
  let json = "";
  for await (const part of jsonOf(await exportOwn(house, hoa.citizen, { now, as: "json" }), now)) json += part;
  const { papers, disputes }: { papers: { at: string }[]; disputes: { says: string; at: string }[] } = JSON.parse(json);
  expect(papers).toHaveLength(230);
  expect(new Set(disputes.map(({ says }) => says)).size).toBe(410);
  for (const rows of [papers, disputes]) {
    const times = rows.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  }
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
