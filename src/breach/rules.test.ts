import { describe, expect, it } from "vitest";
import { actions } from "../me/words-actions.ts";
import { ACCOUNT_TABLES, HINDERING_TABLES, RECORD_TABLES, STAYING_TABLES } from "../register/rules-merge.ts";
import { clocksOf, runningClocks } from "./rules.ts";
import { ADDRESSES, actionsAt, KINDS_OF_TABLES, kindsOfAction } from "./rules-kinds.ts";

const detected = new Date("2027-02-05T10:00:00Z");
const hours = (count: number) => new Date(detected.getTime() + count * 3_600_000);
const within = { notify: 72, serious: 24, tell: 72 };
const none = { notifiedAt: null, cyberNotifiedAt: null, toldAt: null };

describe("the clocks of a breach", () => {
  it("run from the detection, through nights and Tết: 72 hours, and 24 where it is serious", () => {
    expect(clocksOf(detected, false, within)).toEqual({ notifyBy: hours(72), cyberBy: hours(72), tellBy: hours(72) });
    expect(clocksOf(detected, true, within).cyberBy).toEqual(hours(24));
  });

  it("stand with what is left, the next on top, until they are answered", () => {
    const breach = { ...clocksOf(detected, true, within), ...none };
    const seen = runningClocks(breach, hours(23.5));
    expect(seen.map(({ clock, hoursLeft }) => [clock, hoursLeft])).toEqual([
      ["cyber", 0],
      ["authority", 48],
      ["persons", 48],
    ]);
    expect(runningClocks({ ...breach, cyberNotifiedAt: hours(1) }, hours(73))[0]).toMatchObject({ hoursLeft: -1 });
    const all = { notifiedAt: hours(1), cyberNotifiedAt: hours(1), toldAt: hours(1) };
    expect(runningClocks({ ...breach, ...all }, hours(90))).toEqual([]);
  });
});

describe("what was seen", () => {
  it("is known of every table of persons", () => {
    const tables = [...RECORD_TABLES, ...ACCOUNT_TABLES, ...HINDERING_TABLES, ...STAYING_TABLES];
    expect(tables.filter((table) => !KINDS_OF_TABLES[table])).toEqual([]);
  });

  it("is health where a visit is read, and a picture where a copy is shown", () => {
    expect(kindsOfAction("read_visits")).toEqual(["health"]);
    expect(kindsOfAction("review.show_paper")).toEqual(["id_paper"]);
    const deeds = Object.keys(actions("vi")).filter((one) => kindsOfAction(one).includes("account"));
    expect(deeds).not.toContain("read_hiv");
    expect(deeds.filter((one) => /^(read_|review|person\.|claim|roster|guardian|hotline)/.test(one))).toEqual([]);
  });

  it("at an address is what its pages write into the record", () => {
    expect(actionsAt("/console/persons/:person")).toContain("person.");
    expect(actionsAt("/console/personsx")).toBeUndefined();
    expect(actionsAt("/nowhere")).toBeUndefined();
    expect(actionsAt("/console/units")).toBeUndefined();
  });

  it("of whatever kind is found at one address at least, but for what no page does", () => {
    const starts = ADDRESSES.flatMap(([, actions]) => actions);
    const lost = Object.keys(actions("vi")).filter((one) => !starts.some((start) => one.startsWith(start)));
    expect(lost).toEqual([]);
  });
});
