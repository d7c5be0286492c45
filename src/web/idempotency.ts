import { createHash } from "node:crypto";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { houseWithin, tellCommitted } from "../db/within.ts";
import { Failure, Invalid, TryLater } from "../kernel/failures.ts";
import type { ApiAsk, ApiReply, ApiRoute } from "./route.ts";
import { claimKey, dropKey, findAnswer, holdKey, keepAnswer, takeOverKey } from "./store.ts";

/** A first run that has not answered for so long was killed: its key may be taken over. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Runs a write once for its Idempotency-Key: the same key and body answer with the first answer's bytes,
 * another body is refused. What is done and the answer are kept together or not at all, so a process that dies
 * between the two leaves nothing behind and a retry does it once. Refusals and faults are not kept: nothing was
 * done, so a retry may succeed.
 */
export async function answerOnce(
  house: House,
  route: ApiRoute,
  ask: ApiAsk<never, never, never>,
  run: (house: House) => Promise<ApiReply>,
): Promise<ApiReply> {
  const key = ask.headers["idempotency-key"];
  if (!key) return run(house);
  if (key.length > 255) throw new Invalid([{ field: "Idempotency-Key", key: "too_long" }]);
  const asker = askerOf(ask);
  if (asker === STRANGER && key.length < STRANGER_KEY_LEAST) {
    throw new Invalid([{ field: "Idempotency-Key", key: "too_short" }]);
  }
  const request = digest(
    JSON.stringify([route.method, route.path, ask.params, ask.body ?? null, ask.headers["x-file-token"] ?? null]),
  );
  const claim = { asker, key, at: ask.now };
  const before = new Date(ask.now.getTime() - ABANDONED_AFTER_MS);
  const isFirst =
    (await claimKey(house.db, { ...claim, request })) || (await takeOverKey(house.db, { ...claim, request, before }));
  if (!isFirst) return replay(house, asker, key, request);
  try {
    return await runAndKeep(house, claim, run);
  } catch (error) {
    await dropKey(house.db, claim);
    throw error;
  }
}

/**
 * A refusal is thrown or answered after the commit: what it left on purpose (a lapsed file, a counted try) stays, and
 * its key is free again.
 */
async function runAndKeep(
  house: House,
  claim: { asker: string; key: string; at: Date },
  run: (house: House) => Promise<ApiReply>,
): Promise<ApiReply> {
  const done = await inTransaction(house.db, async (tx) => {
    if (!(await holdKey(tx, claim))) throw new TryLater("in_progress", 2, 409);
    const within = houseWithin(house, tx);
    try {
      const answer = await run(within);
      if (answer.status < 400) await keep(tx, house.vault, claim, answer);
      else await dropKey(tx, claim);
      return { within, answer };
    } catch (refusal) {
      if (!(refusal instanceof Failure)) throw refusal;
      return { within, refusal };
    }
  });
  tellCommitted(done.within);
  if ("refusal" in done) throw done.refusal;
  return done.answer;
}

const STRANGER = "anyone";
/** 22 signs of base64url, 32 of hex and a UUID all hold 122 bits or more: nobody meets another's key by chance or search. */
const STRANGER_KEY_LEAST = 22;

/** Strangers share one namespace, so their keys must be long and random; a signed-in asker has their own. */
function askerOf(ask: ApiAsk<never, never, never>): string {
  if (ask.actor.kind === "citizen") {
    const { personId, actingFor } = ask.actor;
    return actingFor ? `citizen:${personId}:for:${actingFor.personId}` : `citizen:${personId}`;
  }
  if (ask.actor.kind === "staff") return `staff:${ask.actor.staffId}`;
  return STRANGER;
}

async function replay(house: House, asker: string, key: string, request: Buffer): Promise<ApiReply> {
  const first = await findAnswer(house.db, asker, key);
  if (!first) throw new TryLater("in_progress", 2, 409);
  if (!request.equals(first.request))
    throw new Invalid([{ field: "Idempotency-Key", key: "other_body" }], "other_body");
  if (first.status === null || !first.body) throw new TryLater("in_progress", 2, 409);
  const kept = JSON.parse(house.vault.open("idempotency", first.body, `${asker} ${key}`).toString("utf8")) as ApiReply;
  return { ...kept, headers: { ...kept.headers, "idempotent-replay": "true" } };
}

async function keep(
  tx: Tx,
  vault: House["vault"],
  { asker, key }: { asker: string; key: string },
  answer: ApiReply,
): Promise<void> {
  const plain = Buffer.from(JSON.stringify({ ...answer, cookies: undefined }));
  const body = vault.seal("idempotency", plain, `${asker} ${key}`);
  await keepAnswer(tx, { asker, key, status: answer.status, body });
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
