/**
 * The sweep over results that failed (letter 330, annex 1, step 4: by e-mail or SMS): first the person's other ways,
 * then the office that received the file. What arrives after all closes its task by itself.
 */
import { record } from "../audit/record.ts";
import type { House, Tx } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { system } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { enqueue } from "../notices/enqueue.ts";
import { needs } from "../notices/rules-templates.ts";
import { openSecrets } from "../notices/secrets.ts";
import {
  arrivedTasks,
  type FailedResult,
  failedResults,
  hasReached,
  markFollowed,
  resultWays,
} from "../notices/store-follow.ts";
import type { Declaration } from "../registration/store.ts";
import { findByIds } from "../registration/store-many.ts";
import { otherWays } from "./other-ways.ts";
import { closeTask, openTask } from "./store.ts";

const BATCH = 50;
const CLOSED_AT_MOST = 500;

export interface Followed {
  /** Results that went out by another way, results given to an office, tasks that closed by themselves. */
  rerouted: number;
  opened: number;
  arrived: number;
}

export async function followFailed(house: House): Promise<Followed> {
  const now = house.clock.now();
  return inTransaction(house.db, async (tx) => {
    const told = { rerouted: 0, opened: 0, arrived: await closeArrived(tx, now) };
    const failed = await failedResults(tx, BATCH);
    const files = await findByIds(
      tx,
      failed.flatMap(({ declarationId }) => declarationId ?? []),
    );
    for (const result of failed) {
      const file = files.get(result.declarationId ?? "");
      const became = file ? await follow(tx, house, { result, file, now }) : undefined;
      if (became) told[became] += 1;
      await markFollowed(tx, result.id, now);
    }
    return told;
  });
}

interface Case {
  result: FailedResult;
  file: Declaration;
  now: Date;
}

async function follow(tx: Tx, house: House, { result, file, now }: Case): Promise<"rerouted" | "opened" | undefined> {
  const ways = (await resultWays(tx, [file.id])).filter(({ meaning }) => meaning === result.meaning);
  // One that its provider took may still come back: then it is followed itself.
  if (ways.some((way) => hasReached(way) || way.state === "sent")) return undefined;
  const tried = ways.map(({ channel }) => channel);
  if (await reroute(tx, house, { result, file, now }, tried)) return "rerouted";
  const officeCode = result.officeCode ?? file.officeCode;
  if (!officeCode) return undefined;
  const { meaning, id: noticeId } = result;
  const task = { meaning, noticeId, declarationId: file.id, officeCode, openedAt: now, dueOn: dayOf(now).toString() };
  if (!(await openTask(tx, task))) return undefined;
  await record(tx, {
    at: now,
    actor: system,
    action: "unreached.opened",
    purpose: "notices",
    personId: file.personId ?? undefined,
    object: { kind: "declaration", id: file.code },
    officeCode,
  });
  return "opened";
}

/** The same words by the next way; what was secret in them only while the outbox still holds it sealed. */
async function reroute(tx: Tx, house: House, { result, file, now }: Case, tried: FailedResult["channel"][]) {
  const hasSecret = needs[result.template].secrets.length > 0;
  if (hasSecret && !result.sealed) return false;
  const [way] = await otherWays(tx, file, { hasSecret, tried });
  if (!way) return false;
  const secrets = secretsOf(house, result);
  if (secrets === "unreadable") return false;
  const { template, lang, fields, meaning: dedupeKey } = result;
  const made = await enqueue(tx, house.vault, {
    ...{ dedupeKey, template, lang, fields, now },
    class: "outcome",
    [way.channel]: way.to,
    ...(secrets ? { secrets } : {}),
    dueAt: result.dueAt,
    declarationId: file.id,
    personId: result.personId ?? undefined,
    officeCode: result.officeCode ?? undefined,
  });
  return made > 0;
}

/** A seal that does not open must not hold back the other results of the sweep. */
function secretsOf({ vault, log }: House, { id, dedupeKey, sealed }: FailedResult) {
  if (!sealed) return undefined;
  try {
    return openSecrets(vault, dedupeKey, sealed);
  } catch {
    log.error({ notice: id }, "the secrets of a failed result do not open; its office is told");
    return "unreadable";
  }
}

async function closeArrived(tx: Tx, now: Date): Promise<number> {
  let closed = 0;
  for (const task of await arrivedTasks(tx, CLOSED_AT_MOST)) {
    if (!(await closeTask(tx, task.id, { how: "arrived", by: null, note: "", at: now }))) continue;
    closed += 1;
    await record(tx, {
      at: now,
      actor: system,
      action: "unreached.arrived",
      purpose: "notices",
      object: { kind: "unreached_task", id: task.id },
      officeCode: task.officeCode,
    });
  }
  return closed;
}
