import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../house.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it("no index is the beginning of another of the same rows: each write would pay for both", async () => {
  const { rows } = await house.pool.query<{ less: string; more: string }>(
    `with known as (
       select i.indexrelid::regclass::text as name, i.indrelid, i.indisunique, i.indkey::smallint[] as keys, i.indclass::oid[] as classes,
              i.indoption::smallint[] as options, i.indcollation::oid[] as collations, i.indnkeyatts as wide, c.relam,
              pg_get_expr(i.indpred, i.indrelid) as of_rows, pg_get_expr(i.indexprs, i.indrelid) as of_words
         from pg_index i join pg_class c on c.oid = i.indexrelid
        where c.relnamespace = 'public'::regnamespace)
     select less.name as less, more.name as more
       from known less join known more using (indrelid, relam)
      where less.name <> more.name and not less.indisunique and less.of_words is null
        and less.of_rows is not distinct from more.of_rows
        and (less.wide < more.wide or more.indisunique or less.name > more.name)
        and less.wide <= more.wide
        and less.keys[0:less.wide - 1] = more.keys[0:less.wide - 1]
        and less.classes[0:less.wide - 1] = more.classes[0:less.wide - 1]
        and less.options[0:less.wide - 1] = more.options[0:less.wide - 1]
        and less.collations[0:less.wide - 1] = more.collations[0:less.wide - 1]
      order by 1, 2`,
  );
  expect(rows.map(({ less, more }) => `${less} is the beginning of ${more}`)).toEqual([]);
});
