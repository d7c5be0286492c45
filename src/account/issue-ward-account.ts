import { randomBytes } from "node:crypto";
import type { Tx } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict } from "../kernel/failures.ts";
import type { Lang } from "../kernel/words.ts";
import { hashSecret } from "./hash-lane.ts";
import { findAccount } from "./store.ts";
import { insertWardAccount } from "./store-ward.ts";

interface WardIssue {
  personId: string;
  declarationId: string | undefined;
  lang: Lang;
  now: Date;
}

/**
 * The account of a child or ward: no telephone and no password. It is opened only by a guardian who acts for it. The
 * hash is of bytes that nobody kept, so that trying a number takes as long as for anybody else.
 */
export async function issueWardAccount(tx: Tx, { personId, declarationId, lang, now }: WardIssue): Promise<void> {
  if (await findAccount(tx, personId)) throw new Conflict("account_exists");
  const isNew = await insertWardAccount(tx, {
    person_id: personId,
    password_hash: await hashSecret(randomBytes(32).toString("base64url")),
    password_set_on: dayOf(now).toString(),
    activated_at: now,
    lang,
    declaration_id: declarationId ?? null,
  });
  if (!isNew) throw new Conflict("account_exists");
}
