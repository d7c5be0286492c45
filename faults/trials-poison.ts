/** A message that kills its sender whenever it is sent (reliability: F17). */
import type { OnSubmit } from "../src/notices/providers.fixture.ts";
import { deliver, type Sender, type Stand } from "./notices-stand.ts";
import { fill, rowsOf } from "./notices-store.ts";
import { judgeCounted, type Told, type Trial } from "./trial.ts";

/** A lease of one second; the fifteen minutes of a result are 45 seconds at this pace. */
const pace = { leaseMs: 20_000 };
const RESULT_MS = 45_000;

export const poison: Trial = { name: "a message that kills its sender, among others", run: isolate };

async function isolate(stand: Stand): Promise<Told> {
  const { pool } = stand.ground;
  let victim: Sender | undefined;
  let killer = "";
  const take: OnSubmit = (session, pdu, count) => {
    if (pdu.destination_addr?.replace(/^84/, "0") === killer) victim?.child.kill("SIGKILL");
    else deliver(session, pdu, count);
  };
  await stand.open(take);
  [killer = ""] = await fill(pool, { count: 10 });
  /** How many one sender had under way at each death, the killer included. */
  const beside: number[] = [];
  let isOver = false;
  const supervised = (async () => {
    while (!isOver) {
      victim = await stand.sender({ pace });
      await victim.ended;
      if (isOver) return;
      beside.push(await underWayWith(stand, killer));
      await fill(pool, { count: 10 });
    }
  })();
  const isSettled = await stand.settled(60);
  const seen = await stand.outcome();
  isOver = true;
  await victim?.kill();
  await supervised;
  const rows = await rowsOf(pool);
  const isolated = rows.filter(({ state }) => state === "failed");
  const others = rows.filter(({ recipient }) => recipient !== killer);
  const waitedMs = others.map((row) => (row.sent_at?.getTime() ?? Number.NaN) - row.queued_at.getTime());
  const longestMs = Math.max(...waitedMs);
  const isRight =
    isolated.length === 1 &&
    isolated[0]?.recipient === killer &&
    isolated[0].last_error === "isolated" &&
    beside.length === 3 &&
    beside[2] === 1 &&
    longestMs < RESULT_MS;
  const more = `isolated ${isolated.length} (goal 1, the killer); under way at each death ${beside.join(", ")} (goal three, the last 1); the longest wait of ${others.length} others ${longestMs} ms (goal below ${RESULT_MS})`;
  return judgeCounted(seen, isSettled && isRight, more);
}

async function underWayWith(stand: Stand, recipient: string): Promise<number> {
  const { rows } = await stand.ground.pool.query<{ count: number }>(
    `select count(*)::integer as count from notice
      where lease_owner = (select lease_owner from notice where recipient = $1)`,
    [recipient],
  );
  return rows[0]?.count ?? Number.NaN;
}
