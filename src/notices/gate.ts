/** What is asked of a message at the last moment before it goes out: decided when sent, not when scheduled. */
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { deadNumberDays } from "./rules-dead-numbers.ts";
import type { TemplateName } from "./rules-templates.ts";
import type { Claimed } from "./store.ts";
import { isDeadNumber } from "./store-follow.ts";

/** `overtaken`: no longer true. `known_dead`: nobody would get it. A wait costs no try. */
export type Verdict = "send" | "overtaken" | "known_dead" | { waitUntil: Date } | { endsAs: Unsent };

/** Why a message of a campaign is not sent any more, where it is counted apart. */
export type Unsent = "withdrawn" | "campaigns_refused" | "campaign_over" | "came_further";

/** Given by src/worker.ts: the outbox knows no declarations. A template without a gate always goes out. */
export type Gates = Partial<Record<TemplateName, (house: House, notice: Claimed) => Promise<Verdict>>>;

export async function judge(house: House, gates: Gates, notice: Claimed): Promise<Verdict> {
  const verdict = (await gates[notice.template as TemplateName]?.(house, notice)) ?? "send";
  return verdict === "send" && (await isInVain(house, notice)) ? "known_dead" : verdict;
}

const DAY_MS = 86_400_000;

/** A result and a code are always tried: the network may be wrong, and silence costs more than a text. */
async function isInVain(house: House, { class: kind, channel, recipient }: Claimed): Promise<boolean> {
  if (channel !== "sms" || kind === "outcome" || kind === "code") return false;
  const now = house.clock.now();
  const days = await policyOn(house.db, deadNumberDays, dayOf(now));
  return isDeadNumber(house.db, recipient, new Date(now.getTime() - days * DAY_MS));
}
