/** What /metrics and /readyz say of the watch: every alarm as a number (0: quiet), messages by provider and by office. */
import type { House } from "../db/house.ts";
import { type MessageFigures, messageFigures } from "../notices/store-figures.ts";
import { ALARMS, receiptShare } from "./rules-alarms.ts";
import { figureScope, isText, lookAround } from "./watchdog.ts";

/** One gauge with its points, as /metrics takes it. */
interface Series {
  name: string;
  help: string;
  points: { labels: Record<string, string>; value: number }[];
}

/** 0: quiet; 1: to be woken by. */
export async function alarmNumbers(house: House): Promise<Record<string, number>> {
  const raised = new Set((await lookAround(house)).map(({ name }) => name));
  return Object.fromEntries(ALARMS.map((name) => [name, raised.has(name) ? 1 : 0]));
}

const FIGURES = ["accepted", "delivered", "unconfirmed", "waiting", "late", "failing"] as const;

export async function messageSeries(house: House): Promise<Series[]> {
  const scope = await figureScope(house, undefined);
  const byProvider = await messageFigures(house.db, "provider", scope);
  const byOffice = await messageFigures(house.db, "office", scope);
  return [
    {
      name: "vssid_messages",
      help: "Messages of the last 24 hours by provider; accepted says nothing of the handset, delivered is the network's receipt",
      points: byProvider.flatMap((figures) => pointsOf(figures, "provider")),
    },
    {
      name: "vssid_messages_by_office",
      help: "The same messages by the office that they are about",
      points: byOffice.flatMap((figures) => pointsOf(figures, "office")),
    },
    {
      name: "vssid_receipt_percent",
      help: "Text messages of the last 24 hours with a good receipt, of those whose receipt is due",
      points: byProvider.filter(isText).flatMap((figures) => {
        const value = receiptShare(figures, 1);
        return value === undefined ? [] : [{ labels: { provider: figures.of ?? "none" }, value }];
      }),
    },
  ];
}

function pointsOf(figures: MessageFigures, by: "provider" | "office") {
  const { channel, of } = figures;
  return FIGURES.filter((what) => isText(figures) || (what !== "delivered" && what !== "unconfirmed")).map((what) => ({
    labels: { [by]: of ?? "none", channel, what },
    value: figures[what],
  }));
}
