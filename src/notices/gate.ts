/** What is asked of a message at the last moment before it goes out: decided when sent, not when scheduled. */
import type { House } from "../db/house.ts";
import type { TemplateName } from "./rules-templates.ts";
import type { Claimed } from "./store.ts";

/** `overtaken`: no longer true. A wait costs no try. */
export type Verdict = "send" | "overtaken" | { waitUntil: Date };

/** Given by src/worker.ts: the outbox knows no declarations. A template without a gate always goes out. */
export type Gates = Partial<Record<TemplateName, (house: House, notice: Claimed) => Promise<Verdict>>>;

export async function judge(house: House, gates: Gates, notice: Claimed): Promise<Verdict> {
  return (await gates[notice.template as TemplateName]?.(house, notice)) ?? "send";
}
