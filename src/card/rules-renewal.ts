/** What becomes of a card after its last day, by who pays for the group. docs/laws/card-renewal.md. */
import type { Card } from "./rules.ts";

/**
 * The place of work pays · a fund or the budget pays for as long as one belongs to the group · the commune lists the
 * group anew each year · the person pays · the school collects.
 */
export type Renewal = "by_work" | "by_fund" | "by_list" | "by_payment" | "by_school";

const groups: Record<Renewal, string> = {
  by_work: "DN HX CH NN TK HC XK",
  by_fund: "HT TB NO XB CT CS XN MS CC CK CB KC BT PV TS TC",
  by_list: "HN CN DT DK XD",
  by_payment: "GD GB",
  by_school: "HS SV",
};

const renewalOf = new Map(
  Object.entries(groups).flatMap(([renewal, codes]) => codes.split(" ").map((code) => [code, renewal as Renewal])),
);

/**
 * Undefined where nothing is due or nothing is known. Who pays in person is told at every last day; the others at
 * 31/12, which is no end to them.
 * @law card-renewal
 */
export function renewalNote({ group, validTo }: Pick<Card, "group" | "validTo">): Renewal | undefined {
  const renewal = renewalOf.get(group ?? "");
  if (validTo === undefined) return undefined;
  return renewal === "by_payment" || validTo.endsWith("-12-31") ? renewal : undefined;
}
