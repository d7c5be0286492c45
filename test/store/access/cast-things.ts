import { inTransaction } from "../../../src/db/transaction.ts";
import { openTicket } from "../../../src/hotline/open-ticket.ts";
import type { Staff } from "../../../src/kernel/actor.ts";
import type { TestHouse } from "../../house.ts";

/** Single things of the access table's people, each made in one statement or by one verb. */
export async function aTicket(
  house: TestHouse,
  actor: Staff,
  some: { officeCode: string; says: string },
): Promise<string> {
  const { code } = await inTransaction(house.db, (tx) =>
    openTicket(tx, house, actor, { category: "other", priority: "normal", channel: "counter", lang: "vi", ...some }),
  );
  return code;
}

export async function aTask(
  house: TestHouse,
  { noticeId, declarationId, officeCode }: { noticeId: string; declarationId: string; officeCode: string },
): Promise<string> {
  const { rows } = await house.pool.query<{ task_id: string }>(
    `insert into unreached_task (meaning, notice_id, declaration_id, office_code, opened_at, due_on)
     values (gen_random_uuid()::text, $1::bigint, $2, $3, $4, '2026-11-23') returning task_id`,
    [noticeId, declarationId, officeCode, house.clock.now()],
  );
  return rows[0]?.task_id ?? "";
}

/** One message of the account, as its owner finds it. */
export async function aMessage(house: TestHouse, personId: string): Promise<string> {
  const { rows } = await house.pool.query<{ notice_id: string }>(
    "select min(notice_id)::text as notice_id from notice where person_id = $1",
    [personId],
  );
  return rows[0]?.notice_id ?? "";
}
