/** One side of the read bench in a process of its own: `bench-reads-serve.js SIDE DATA_DIR`; tells its port to its parent. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type pg from "pg";
import { createApp } from "../src/app.ts";
import type { House } from "../src/db/house.ts";
import { createDb, createPool } from "../src/db/pool.ts";
import { projectRoot } from "../src/db/root.ts";
import { makeHouse } from "../src/house.ts";
import { keptBodies } from "../src/me/kept-bodies.ts";
import { parseEnvironment } from "../src/settings.ts";
import { ITEM_FIELDS } from "../src/visits/items.ts";
import { readVisits } from "../src/visits/store-json.ts";
import { rates } from "../src/web/rates.ts";
import { normalisedList } from "./reads-store.ts";

const PAGE = 20;
const [side = "", dataDir = ""] = process.argv.slice(2);
const environment = parseEnvironment({ VSSID_DATA_DIR: dataDir }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 2500 });
const port = await listen();
process.send?.({ port });
process.on("disconnect", () => process.exit(0));

async function listen(): Promise<number> {
  if (side === "ours" || side === "again" || side === "unwalled") {
    // The limiter counts every request as always; one address asks for all people here, so its limit is out of reach.
    rates.read.max = Number.MAX_SAFE_INTEGER;
    // A hundred people ask again and again: each time as if it were the first.
    if (side !== "again") keptBodies.bytesMax = 0;
    const app = await createApp(side === "unwalled" ? withoutWall() : house);
    await app.listen({ host: "127.0.0.1", port: 0 });
    return (app.server.address() as AddressInfo).port;
  }
  const answer = side === "normalised" ? listNormalised : listOwn;
  const server = createServer((request, reply) => {
    answer(house.pool, String(request.headers["x-person"] ?? "")).then(
      (body) => send(reply, body),
      (error: unknown) => fail(request, reply, error),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

/** Every request on the connections of the desk, which no policy holds back. */
function withoutWall(): House {
  const pool = createPool(house.connection, { log: house.log, statementTimeoutMs: 2500 });
  return { ...house, pool, db: createDb(pool) };
}

function send(reply: ServerResponse, body: string): void {
  reply.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  });
  reply.end(body);
}

function fail(_request: IncomingMessage, reply: ServerResponse, error: unknown): void {
  console.error(error);
  reply.writeHead(500).end();
}

/** G5: our tables and our statement, and nothing else. */
async function listOwn(pool: pg.Pool, personId: string): Promise<string> {
  const read = await readVisits(pool, {
    personId,
    hidesSensitive: false,
    from: "1900-01-01",
    before: "3000-01-01",
    facility: undefined,
    after: undefined,
    limit: PAGE,
  });
  return `{"visits":[${read.rows.join(",")}],"next":null}`;
}

const visitFields = (
  "id facilityCode admittedAt dischargedAt careType entitlementCode cardNumber mainCode otherCodes diagnosis outcome " +
  "dischargeKind total inScope fundPaid coPaid selfPaid otherPaid isSensitive"
).split(" ");

/** G4: one row an item, joined, gathered and serialised here, as over any normalised schema. */
async function listNormalised(pool: pg.Pool, personId: string): Promise<string> {
  const { rows } = await pool.query<unknown[]>({ ...normalisedList, values: [personId, PAGE], rowMode: "array" });
  const visits: { id: unknown; items: Record<string, unknown>[] }[] = [];
  for (const row of rows) {
    let visit = visits.at(-1);
    if (!visit || visit.id !== row[0]) {
      visit = { id: row[0], items: [] };
      for (const [at, field] of visitFields.entries()) (visit as Record<string, unknown>)[field] = row[at];
      visits.push(visit);
    }
    const item: Record<string, unknown> = {};
    for (const [at, field] of ITEM_FIELDS.entries()) item[field] = row[visitFields.length + at];
    visit.items.push(item);
  }
  return JSON.stringify({ visits, next: null });
}
