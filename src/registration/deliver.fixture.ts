import { setTimeout as wait } from "node:timers/promises";
import type { TestHouse } from "../../test/house.ts";
import type { Channel } from "../notices/channel.ts";
import type { Gates } from "../notices/gate.ts";
import { createHealth } from "../notices/health.ts";
import { runLane } from "../notices/lane.ts";
import { quick } from "../notices/notices.fixture.ts";
import { shareOf } from "../notices/rules-shares.ts";

/** A provider of texts that takes everything, and the worker's lane before it; ends when nothing waits any more. */
export async function deliverAll(
  house: TestHouse,
  gates: Gates,
  onSend: (noticeId: string) => void = () => undefined,
): Promise<string[]> {
  const sent: string[] = [];
  const channel: Channel = {
    name: "sms",
    provider: "smpp://test",
    window: 8,
    weight: 1,
    reportsDelivery: false,
    isReady: () => true,
    async send({ notice_id: noticeId }) {
      onSend(noticeId);
      sent.push(noticeId);
      return { kind: "accepted", references: [`r${noticeId}`] };
    },
    stop: async () => undefined,
  };
  const lane = runLane(house, channel, {
    pace: quick,
    health: createHealth(1, { probeMs: 60, slowMs: 1000, stepMs: 60 }),
    share: () => shareOf([{ weight: 1, isIn: true }], 0),
    gates,
  });
  const isWaiting = async () =>
    (
      await house.db
        .selectFrom("notice")
        .select("notice_id")
        .where("channel", "=", "sms")
        .where("state", "in", ["queued", "sending", "unknown"])
        .where("next_at", "<=", house.clock.now())
        .execute()
    ).length > 0;
  while (await isWaiting()) await wait(10);
  await lane.stop();
  return sent;
}
