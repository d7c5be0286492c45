import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone, type Staff } from "../kernel/actor.ts";
import { Conflict, Invalid } from "../kernel/failures.ts";
import { parseSays } from "./rules.ts";
import type { Letter } from "./store.ts";
import type { Addressee } from "./store-addressees.ts";
import { insertSaid, talkOf } from "./store-receipts.ts";
import { tellAddressee, tellSender } from "./tell.ts";

interface About {
  letter: Letter;
  addressee: Addressee;
}

const SAID_MOST = 100;

/** An addressee asks; the sender is told, and finds it in the register. */
export async function askSender(
  house: House,
  about: About,
  typed: string | undefined,
  staff: Staff | undefined,
): Promise<void> {
  await say(house, about, { typed, field: "question", isAnswer: false, staff });
}

/** The sender answers; the addressee is told, and finds it with the letter. */
export async function answerAddressee(
  house: House,
  about: About,
  typed: string | undefined,
  staff: Staff,
): Promise<void> {
  await say(house, about, { typed, field: "answer", isAnswer: true, staff });
}

interface Saying {
  typed: string | undefined;
  field: string;
  isAnswer: boolean;
  staff: Staff | undefined;
}

async function say(house: House, about: About, { typed, field, isAnswer, staff }: Saying): Promise<void> {
  const says = parseSays(typed, field);
  if (!says.ok) throw new Invalid(says.faults);
  const now = house.clock.now();
  const { addresseeId } = about.addressee;
  await inTransaction(house.db, async (tx) => {
    if ((await talkOf(tx, addresseeId)).length >= SAID_MOST) throw new Conflict("letter_talk_full");
    const said = { isAnswer, says: says.value, at: now, staffId: staff?.staffId ?? null };
    const no = await insertSaid(tx, addresseeId, said);
    if (isAnswer) await tellAddressee(tx, house, about, { template: "letter_answered", meaning: `said:${no}`, now });
    else await tellSender(tx, house, about, { meaning: `said:${no}`, now });
    await record(tx, {
      at: now,
      actor: staff ?? anyone,
      action: isAnswer ? "letter.answer" : "letter.ask",
      purpose: "rollout",
      object: { kind: "letter_addressee", id: addresseeId },
      officeCode: about.letter.officeCode ?? undefined,
    });
  });
}
