import { describe, expect, it } from "vitest";
import { filterOf, queueHref, readQueueAsk, SHOWS } from "./rules-queue.ts";

const offices = ["52T01", "52T02"];
const now = new Date("2026-11-23T02:00:00Z");

describe("the address of the queue", () => {
  it("shows what is open when it says nothing, or nonsense", () => {
    const plain = { show: "open", holder: undefined, office: undefined, name: "", way: undefined, after: undefined };
    expect(readQueueAsk({}, offices)).toEqual(plain);
    expect(
      readQueueAsk({ show: "all", holder: "'; --", office: "99X", way: "Nộp ' or", after: "received.x.1" }, offices),
    ).toEqual(plain);
  });

  it("never names an office of others", () => {
    expect(readQueueAsk({ office: "52T02" }, offices).office).toBe("52T02");
    expect(readQueueAsk({ office: "52T03" }, offices).office).toBeUndefined();
  });

  it("keeps every filter on the way to the next page, and reads its own cursor back", () => {
    const ask = readQueueAsk(
      { show: "received", holder: "nobody", office: "52T01", name: " Hà  An ", way: "batch" },
      offices,
    );
    const place = { lane: "received" as const, at: now, id: "12" };
    const href = queueHref(ask, place);
    const read = readQueueAsk(Object.fromEntries(new URL(href, "http://a").searchParams), offices);
    expect(read).toEqual({ ...ask, after: place });
    expect(queueHref(readQueueAsk({}, offices))).toBe("/console");
  });

  it.each(SHOWS.map((show) => [show] as const))("the view %s asks only for files that are under it", (show) => {
    const filter = filterOf(readQueueAsk({ show }, offices), "7", now);
    expect(filter).toMatchObject({
      statuses: show === "open" ? undefined : [show === "confirmed" ? "confirmed" : "received"],
      heldBy: show === "mine" ? "7" : undefined,
      isProposed: show === "second",
      dueBefore: show === "late" ? now : undefined,
    });
  });
});
