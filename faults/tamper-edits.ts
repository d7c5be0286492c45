/** What somebody who owns the database, and knows how the chain is made, does to it. */
import type pg from "pg";
import { GENESIS, linkHash } from "../src/audit/rules.ts";
import type { Checkpoint } from "../src/audit/rules-checkpoint.ts";
import { linksAfter } from "../src/audit/store.ts";
import type { Db } from "../src/db/house.ts";
import { createDb } from "../src/db/pool.ts";
import type { Dice } from "../test/dice.ts";

interface Reach {
  client: pg.PoolClient;
  random: Dice;
  kept: readonly Checkpoint[];
  rows: number;
}

export interface Tampered {
  name: string;
  /** Returns what the witness would read where that was forged. */
  act(reach: Reach): Promise<string | undefined>;
}

const eventOf = "(select event_id from audit_link where link_no = $1)";
const columns: readonly string[] = [
  "at = at - interval '1 second'",
  "actor_kind = 'system'",
  "actor_id = actor_id + 1",
  "action = 'person.compare'",
  "purpose = 'own_record'",
  "person_id = person_id + 1",
  "object_kind = 'dispute'",
  "object_id = object_id || '0'",
  "office_code = '52T02'",
  'detail = detail || \'{"case": "ticket"}\'',
];

const one = (name: string, act: (reach: Reach, link: number) => Promise<unknown>): Tampered => ({
  name,
  async act(reach) {
    await act(reach, 2 + reach.random.below(reach.rows - 3));
    return undefined;
  },
});

/** Of the last tenth, so that all that follows is made anew in little time. */
const late = ({ random, rows }: Reach) => rows - 2 - random.below(Math.floor(rows / 10));

export const edits: readonly Tampered[] = [
  ...columns.map((set) =>
    one(`changed: ${set.split(" ")[0]}`, ({ client }, link) =>
      client.query(`update audit_event set ${set} where event_id = ${eventOf}`, [link]),
    ),
  ),
  one("the event removed", ({ client }, link) =>
    client.query(`delete from audit_event where event_id = ${eventOf}`, [link]),
  ),
  one("event and link removed", async ({ client }, link) => {
    await client.query(`delete from audit_event where event_id = ${eventOf}`, [link]);
    await client.query("delete from audit_link where link_no = $1", [link]);
  }),
  one("two events change their places", async ({ client }, link) => {
    await client.query("update audit_link set event_id = -event_id where link_no in ($1::bigint, $1::bigint + 1)", [
      link,
    ]);
    await client.query(
      `update audit_link l set event_id = -(select o.event_id from audit_link o where o.link_no = 2 * $1::bigint + 1 - l.link_no)
        where l.link_no in ($1::bigint, $1::bigint + 1)`,
      [link],
    );
  }),
  one("a hash changed", ({ client }, link) =>
    client.query("update audit_link set hash = sha256(hash) where link_no = $1", [link]),
  ),
  anew("an event changed, all hashes after it made anew", ({ client }, link) =>
    client.query(`update audit_event set person_id = person_id + 1 where event_id = ${eventOf}`, [link]),
  ),
  anew("an event removed, the chain closed over it", async ({ client }, link) => {
    await client.query(`delete from audit_event where event_id = ${eventOf}`, [link]);
    await client.query("delete from audit_link where link_no = $1", [link]);
    await moveLinks(client, link, -1);
  }),
  anew("an event inserted, the chain opened for it", async ({ client }, link) => {
    await moveLinks(client, link - 1, 1);
    await client.query(
      `with made as (
         insert into audit_event (at, actor_kind, actor_id, action, purpose, person_id, detail)
         select at, 'staff', 7, 'person.look', 'review', 5, '{}' from audit_event where event_id = (select event_id from audit_link where link_no = $1::bigint + 1)
         returning event_id)
       insert into audit_link (link_no, event_id, hash) select $1::bigint, event_id, sha256('') from made`,
      [link],
    );
  }),
  anew("two events change their places, all hashes made anew", async ({ client }, link) => {
    await client.query("update audit_link set event_id = -event_id where link_no in ($1::bigint, $1::bigint + 1)", [
      link,
    ]);
    await client.query(
      `update audit_link l set event_id = -(select o.event_id from audit_link o where o.link_no = 2 * $1::bigint + 1 - l.link_no)
        where l.link_no in ($1::bigint, $1::bigint + 1)`,
      [link],
    );
  }),
  {
    name: "the tail cut off",
    async act(reach) {
      await cutOff(reach, 1 + reach.random.below(200));
      return undefined;
    },
  },
  {
    name: "rolled back to an older day, and gone on from there",
    async act(reach) {
      const link = late(reach);
      await cutOff(reach, reach.rows - link);
      await reach.client.query(
        `with made as (
           insert into audit_event (at, actor_kind, action, purpose, detail)
           select now() - interval '30 minutes', 'system', 'lapsed', 'registration', '{}' from generate_series(1, $1::int)
           returning event_id)
         insert into audit_link (link_no, event_id, hash)
         select $2::bigint + row_number() over (order by event_id), event_id, sha256('') from made`,
        [reach.rows - link, link],
      );
      await rechain(reach.client, link + 1);
      return undefined;
    },
  },
  {
    name: "the tail cut off, and the checkpoints of the witness with other heads",
    async act(reach) {
      const link = late(reach);
      await cutOff(reach, reach.rows - link);
      const { rows } = await reach.client.query<{ link_no: string; head: string }>(
        "select link_no::text, encode(hash, 'hex') as head from audit_link order by link_no desc limit 1",
      );
      const [last] = rows;
      const forged = reach.kept.map((kept) =>
        Number(kept.links) > link && last ? { ...kept, links: last.link_no, head: last.head } : kept,
      );
      return forged.map((kept) => JSON.stringify(kept)).join("\n");
    },
  },
];

/** An edit after which the chain fits in itself again. */
function anew(name: string, act: (reach: Reach, link: number) => Promise<unknown>): Tampered {
  return {
    name,
    async act(reach) {
      const link = late(reach);
      await act(reach, link);
      await rechain(reach.client, link);
      return undefined;
    },
  };
}

async function moveLinks(client: pg.PoolClient, after: number, by: 1 | -1): Promise<void> {
  await client.query("update audit_link set link_no = -(link_no + $2::bigint) where link_no > $1::bigint", [after, by]);
  await client.query("update audit_link set link_no = -link_no where link_no < 0");
}

async function cutOff({ client, rows }: Reach, count: number): Promise<void> {
  await client.query("delete from audit_event where event_id in (select event_id from audit_link where link_no > $1)", [
    rows - count,
  ]);
  await client.query("delete from audit_link where link_no > $1", [rows - count]);
}

/** What is asked goes to this one connection, in its transaction. */
export function dbOn(client: pg.PoolClient): Db {
  const one = { query: client.query.bind(client), release: () => undefined };
  return createDb({ connect: async () => one, end: async () => undefined } as unknown as pg.Pool);
}

/** With our own rule, as whoever has the source can. */
async function rechain(client: pg.PoolClient, from: number): Promise<void> {
  const before = await client.query<{ hash: Buffer }>("select hash from audit_link where link_no = $1", [from - 1]);
  let previous: Buffer = before.rows[0]?.hash ?? GENESIS;
  const links = await linksAfter(dbOn(client), String(from - 1), 1_000_000);
  const hashes = links.map((link) => {
    previous = linkHash(previous, link.link_no, link);
    return previous;
  });
  await client.query(
    "update audit_link l set hash = made.hash from unnest($1::bigint[], $2::bytea[]) as made (link_no, hash) where l.link_no = made.link_no",
    [links.map((link) => link.link_no), hashes],
  );
}
