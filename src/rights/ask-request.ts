import { randomUUID } from "node:crypto";
import { needProof } from "../account/proof.ts";
import { refuseLimited } from "../account/refuse-limited.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Citizen } from "../kernel/actor.ts";
import { dayOf } from "../kernel/calendar.ts";
import { Conflict, Invalid, NotFound } from "../kernel/failures.ts";
import { isUuid } from "../kernel/uuid.ts";
import { policyOn } from "../policy/store.ts";
import { officeThatAccepted } from "../registration/store-many.ts";
import { workingCalendar } from "../units/store.ts";
import { answerWorkingDays, clocksOf, parseSays, RIGHTS, SAYS_LEAST, stateOf } from "./rules.ts";
import { insertRequest, lockRequest, saveWithdrawn } from "./store.ts";
import { termsOn } from "./terms-on.ts";

/** The person asks for a right over their data; the office that accepted their file answers. One request at a time. */
export async function askRequest(
  house: House,
  citizen: Citizen,
  typed: { kind: string | undefined; says: string | undefined; agree: boolean },
  now: Date,
): Promise<void> {
  const { personId } = citizen;
  refuseLimited(citizen, now);
  await needProof(house.db, citizen, now);
  const kind = RIGHTS.find((one) => one === typed.kind);
  if (!kind) throw new Invalid([{ field: "kind", key: "kind_missing" }]);
  if (kind === "erase" && !typed.agree) throw new Invalid([{ field: "agree", key: "agree_missing" }]);
  const says = parseSays(typed.says);
  if (kind !== "erase" && says.length < SAYS_LEAST) throw new Invalid([{ field: "says", key: "wish_missing" }]);
  const officeCode = await officeThatAccepted(house.db, personId);
  if (!officeCode) throw new Invalid([{ field: "kind", key: "no_office" }]);
  const today = dayOf(now);
  const days = {
    answer: await policyOn(house.db, answerWorkingDays, today),
    term: (await termsOn(house.db, today))[kind].days,
  };
  const { answerBy, dueOn } = clocksOf(today, days, await workingCalendar(house.db));
  const requestId = randomUUID();
  await inTransaction(house.db, async (tx) => {
    const request = { personId, requestId, kind, says, openedAt: now, officeCode };
    const isNew = await insertRequest(tx, { ...request, answerBy: answerBy.toString(), dueOn: dueOn.toString() });
    if (!isNew) throw new Conflict("request_open");
    await record(tx, {
      at: now,
      actor: citizen,
      action: "rights.ask",
      purpose: "account",
      personId,
      object: { kind: "data_request", id: requestId },
      officeCode,
      detail: { kind },
    });
  });
}

/** The person takes the request back while it is not decided. */
export async function withdrawRequest(house: House, citizen: Citizen, requestId: string, now: Date): Promise<void> {
  await inTransaction(house.db, async (tx) => {
    const found = isUuid(requestId) ? await lockRequest(tx, requestId) : undefined;
    const state = found && stateOf(found);
    if (found?.personId !== citizen.personId || (state !== "open" && state !== "taken")) {
      throw new NotFound("data_request");
    }
    await saveWithdrawn(tx, found, now);
    await record(tx, {
      at: now,
      actor: citizen,
      action: "rights.withdraw",
      purpose: "account",
      personId: citizen.personId,
      object: { kind: "data_request", id: requestId },
    });
  });
}
