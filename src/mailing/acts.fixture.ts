import { randomUUID } from "node:crypto";
import type { Dice } from "../../test/dice.ts";
import type { TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, formatDay, formatTime } from "../kernel/calendar.ts";
import { everything } from "../notices/notices.fixture.ts";
import { claim, mark } from "../notices/store.ts";
import type { MailingCounts } from "../notices/store-mailing.ts";
import { applyReceipts, keepReceipts } from "../notices/store-receipts.ts";
import { approveMailing } from "./decide.ts";
import { mailingGates } from "./gate.ts";
import { takeReply } from "./refuse-campaigns.ts";
import { sendDue } from "./send-due.ts";
import { stopMailing } from "./stop-mailing.ts";
import { writeMailing } from "./write-mailing.ts";

/**
 * Campaigns lived at random, with a ledger of what happened that the product never sees; the recount is made of the
 * ledger alone.
 */
type Fate = "waiting" | "taken" | "delivered" | "lost" | "refused_number" | "withdrawn" | "refusal" | "further";
interface Message {
  mailing: string;
  phone: string;
  fate: Fate;
  reference?: string;
}
export interface Ledger {
  people: Map<string, { lineId: string; hasDeclared: boolean; refuses: boolean }>;
  messages: Message[];
  /** By campaign: lines left out because they refused, and refusals that answered it. */
  before: Map<string, number>;
  after: Map<string, number>;
  stopped: Set<string>;
}

export const newLedger = (): Ledger => ({
  people: new Map(),
  messages: [],
  before: new Map(),
  after: new Map(),
  stopped: new Set(),
});

interface Scene {
  house: TestHouse;
  dice: Dice;
  ledger: Ledger;
  author: Staff;
  approver: Staff;
}

const pass = ({ clock }: TestHouse, seconds: number) => clock.moveTo(new Date(clock.now().getTime() + seconds * 1000));

async function join({ house, ledger }: Scene): Promise<void> {
  const lineId = randomUUID();
  const phone = `09997${String(90_000 + ledger.people.size)}`;
  await house.pool.query(
    `insert into roster_person (unit_code, line_id, full_name, folded_name, match, phone, joined_at)
     values ('XA', $1, 'Người Thử', 'nguoi thu', 'none', $2, '2026-11-01')`,
    [lineId, phone],
  );
  ledger.people.set(phone, { lineId, hasDeclared: false, refuses: false });
}

async function comeFurther({ house, dice, ledger }: Scene): Promise<void> {
  const [, person] = dice.pick([...ledger.people]);
  await house.pool.query("update roster_person set declared_at = $2 where line_id = $1", [
    person.lineId,
    house.clock.now(),
  ]);
  person.hasDeclared = true;
}

async function refuse({ house, dice, ledger }: Scene): Promise<void> {
  const [phone, person] = dice.pick([...ledger.people]);
  const text = dice.pick(["TC", "từ chối", "cảm ơn"]);
  await takeReply(house, { phone, text });
  if (person.refuses || text === "cảm ơn") return;
  person.refuses = true;
  const last = ledger.messages.findLast((message) => message.phone === phone)?.mailing;
  if (last) ledger.after.set(last, (ledger.after.get(last) ?? 0) + 1);
}

async function campaign({ house, ledger, author, approver }: Scene): Promise<void> {
  const at = new Date(house.clock.now().getTime() + 60_000);
  const form = { unit: "XA", purpose: "finish", on: formatDay(dayOf(at)), time: formatTime(at) };
  const id = await writeMailing(house, author, form, ["to_declare"]);
  await approveMailing(house, approver, id);
  pass(house, 60);
  await sendDue(house);
  for (const [phone, { hasDeclared, refuses }] of ledger.people) {
    if (hasDeclared) continue;
    if (refuses) ledger.before.set(id, (ledger.before.get(id) ?? 0) + 1);
    else ledger.messages.push({ mailing: id, phone, fate: "waiting" });
  }
}

async function stop({ house, dice, ledger, author }: Scene): Promise<void> {
  const running = [...new Set(ledger.messages.map(({ mailing }) => mailing))].filter((id) => !ledger.stopped.has(id));
  if (running.length === 0) return;
  const id = dice.pick(running);
  await stopMailing(house, author, id);
  ledger.stopped.add(id);
  for (const message of ledger.messages) {
    if (message.mailing === id && message.fate === "waiting") message.fate = "withdrawn";
  }
}

const PROVIDER = "smpp:thu";

/** What a sender does, without a network: leases, asks the gate, tells what came of it. */
async function send({ house, dice, ledger }: Scene): Promise<void> {
  const now = house.clock.now();
  const claimed = await claim(house.db, {
    ...{ channel: "sms", lanes: [3, 3], limit: 3, owner: randomUUID(), provider: PROVIDER, now },
    ...{ leaseUntil: new Date(now.getTime() + 30_000), inFlight: [], share: everything, mayTakeOver: true },
    suspects: false,
  });
  for (const notice of claimed) {
    const verdict = await mailingGates.mailing_finish?.(house, notice);
    const [, mailing = ""] = notice.dedupe_key.split(":");
    const own = ledger.messages.find((one) => one.mailing === mailing && one.phone === notice.recipient);
    if (!own) throw new Error("a message that nobody wrote");
    const person = ledger.people.get(own.phone);
    const row = {
      notice_id: notice.notice_id,
      provider: PROVIDER,
      fence: notice.fence,
      next_at: now,
      tries: 1,
      wipes_secret: true,
    };
    const told = { ...row, error: null as string | null, references: [] as string[], awaits_receipt: false };
    if (typeof verdict === "object" && "endsAs" in verdict) {
      await mark(house.db, [{ ...told, outcome: "overtaken", state: "overtaken", error: verdict.endsAs }], now);
      own.fate = person?.refuses ? "refusal" : person?.hasDeclared ? "further" : "delivered";
      continue;
    }
    const answer = dice.roll();
    if (answer < 0.7) {
      const reference = `r${notice.notice_id}`;
      const taken = { ...told, outcome: "accepted", state: "sent", references: [reference], awaits_receipt: true };
      await mark(house.db, [taken], now);
      Object.assign(own, { fate: "taken", reference });
    } else if (answer < 0.85) {
      await mark(house.db, [{ ...told, outcome: "refused", state: "failed", error: "smpp_0x0b" }], now);
      own.fate = "refused_number";
    } else await mark(house.db, [{ ...told, outcome: "later", state: "queued", error: "no_line" }], now);
  }
}

async function receive({ house, dice, ledger }: Scene): Promise<void> {
  const taken = ledger.messages.filter(({ fate }) => fate === "taken");
  if (taken.length === 0) return;
  const message = dice.pick(taken);
  const receipt = dice.roll() < 0.8 ? "delivered" : "undelivered";
  const key = { provider: PROVIDER, reference: message.reference ?? "" };
  const now = house.clock.now();
  await inTransaction(house.db, async (tx) => {
    await keepReceipts(tx, [{ ...key, receipt, detail: null }], now);
    await applyReceipts(tx, [key], now);
  });
  message.fate = receipt === "delivered" ? "delivered" : "lost";
}

/** One act; the first ones make somebody to write to. */
export async function act(scene: Scene, nth: number): Promise<void> {
  pass(scene.house, 1);
  if (nth < 8) return join(scene);
  if (nth % 25 === 8) return campaign(scene);
  const acts = [send, send, send, receive, receive, refuse, comeFurther, join];
  await (scene.dice.roll() < 0.02 ? stop(scene) : scene.dice.pick(acts)(scene));
}

export type Recounted = Omit<MailingCounts, "over"> & { refusedBefore: number; refusedAfter: number };

export function recount(ledger: Ledger, mailing: string): Recounted {
  const own = ledger.messages.filter((message) => message.mailing === mailing);
  const of = (...fates: Fate[]) => own.filter(({ fate }) => fates.includes(fate)).length;
  return {
    ...{ written: own.length, waiting: of("waiting"), submitted: of("taken", "delivered", "lost") },
    ...{ delivered: of("delivered"), failed: of("lost", "refused_number"), withdrawn: of("withdrawn") },
    ...{ refusedInTime: of("refusal"), cameFurther: of("further") },
    refusedBefore: ledger.before.get(mailing) ?? 0,
    refusedAfter: ledger.after.get(mailing) ?? 0,
  };
}
