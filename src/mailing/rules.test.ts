import { describe, expect, it } from "vitest";
import type { Staff } from "../kernel/actor.ts";
import { readReply } from "../notices/smpp-meaning.ts";
import { allowedActs, type Mailing, mayRun, parseMailing, stateOf } from "./rules.ts";
import { type Contacts, chooseRecipients, countRecipients, type Line } from "./rules-audience.ts";
import { isRefusal } from "./rules-reply.ts";

const hours = { from: 8, until: 20 };
const now = new Date("2026-11-26T02:00:00Z");
const limits = { now, hours, days: 2 };
const local = (text: string) => new Date(`${text}+07:00`);
const typed = { purpose: "finish", on: "26/11/2026", time: "9:30" };

describe("what a campaign must say", () => {
  it("goes out from its hour to the closing hour of its last day", () => {
    const parsed = parseMailing(typed, ["to_declare", "health"], limits);
    expect(parsed).toEqual({
      ok: true,
      value: {
        ...{ purpose: "finish", audience: ["to_declare"], fields: {} },
        ...{ startsAt: local("2026-11-26T09:30"), endsAt: local("2026-11-27T20:00") },
      },
    });
  });

  it("for a desk day ends when the desk opens, or before", () => {
    const ends = (desk: Record<string, string>) => {
      const parsed = parseMailing({ ...typed, purpose: "desk", place: "Nhà văn hóa", ...desk }, ["to_declare"], limits);
      return parsed.ok ? parsed.value.endsAt : parsed.faults.map(({ key }) => key);
    };
    expect(ends({ desk_on: "27/11/2026", desk_time: "8:00" })).toEqual(local("2026-11-27T08:00"));
    expect(ends({ desk_on: "30/11/2026", desk_time: "8:00" })).toEqual(local("2026-11-27T20:00"));
    expect(ends({ desk_on: "26/11/2026", desk_time: "9:30" })).toEqual(["desk_before_message"]);
  });

  it.each([
    [{ ...typed, time: "20:00" }, ["to_declare"], ["at_night"]],
    [{ ...typed, on: "27/11/2026", time: "7:59" }, ["to_declare"], ["at_night"]],
    [{ ...typed, time: "8:00" }, ["to_declare"], ["day_past"]],
    [typed, ["pensioner"], ["audience_missing"]],
    [
      { ...typed, purpose: "desk", desk_on: "25/11/2026", desk_time: "8:00", place: "xem https://a.vn" },
      ["to_hand_in"],
      ["desk_before_message", "place_link"],
    ],
    [
      { purpose: "gift", on: "31/02/2026", time: "25:00" },
      [],
      ["purpose_missing", "audience_missing", "day_shape", "time_shape"],
    ],
  ])("is refused with reasons: %j to %j", (form, audience, keys) => {
    const parsed = parseMailing(form, audience, limits);
    expect(parsed.ok ? [] : parsed.faults.map(({ key }) => key)).toEqual(keys);
  });
});

describe("who is reached", () => {
  const line = (lineId: string, personId: string | null, phone: string | null): Line => ({
    ...{ unitCode: "X", lineId, personId, knownAs: personId, phone },
  });
  const nobody = { persons: new Set<string>(), phones: new Set<string>(), emails: new Set<string>() };
  const contacts = new Map<string, Contacts>([
    ["1", { phone: "0999979001", email: "a@example.vn" }],
    ["2", { email: "b@example.vn" }],
    ["3", { phone: "0999979003" }],
  ]);
  const lines = [
    line("a", "1", "0999979099"),
    line("b", "2", null),
    line("c", null, "0999979003"),
    line("d", "3", null),
    line("e", null, null),
    line("f", "1", null),
  ];
  const results = (refused = nobody, hasSms = true) =>
    chooseRecipients(lines, contacts, refused, hasSms).map(({ result, ...one }) =>
      "phone" in one ? one.phone : "email" in one ? one.email : result,
    );

  it("one message a person and an address: the own number, the unit's, an e-mail", () => {
    expect(results()).toEqual(["0999979001", "b@example.vn", "0999979003", "repeated", "no_channel", "repeated"]);
    expect(results(nobody, false)).toEqual([
      ...["a@example.vn", "b@example.vn", "no_channel", "no_channel", "no_channel", "repeated"],
    ]);
  });

  it("who refuses one way is reached by no other", () => {
    expect(results({ ...nobody, phones: new Set(["0999979001"]) })[0]).toBe("refused");
    expect(results({ ...nobody, emails: new Set(["a@example.vn"]) })[0]).toBe("refused");
    expect(results({ ...nobody, persons: new Set(["2"]) })[1]).toBe("refused");
    const named = { ...line("g", null, "0999979007"), knownAs: "7" };
    expect(chooseRecipients([named], contacts, { ...nobody, persons: new Set(["7"]) }, true)[0]?.result).toBe(
      "refused",
    );
  });

  it("every line counts once", () => {
    expect(countRecipients(chooseRecipients(lines, contacts, nobody, true))).toEqual({
      ...{ people: 6, sms: 2, email: 1, noChannel: 1, refused: 0, repeated: 2 },
    });
  });
});

describe("four eyes", () => {
  const mailing = {
    ...{ writtenBy: "1", decision: null, decidedAt: null, begunAt: null, queuedAt: null, stoppedAt: null },
    ...{ startsAt: now, endsAt: local("2026-11-27T20:00") },
  } as Mailing;
  it("the author may drop it, somebody else decides, and later whoever runs it may stop it", () => {
    expect(allowedActs(mailing, "1", now)).toEqual(["stop"]);
    expect(allowedActs(mailing, "2", now)).toEqual(["approve", "refuse"]);
    const approved: Mailing = { ...mailing, decision: "approved", begunAt: now };
    expect([stateOf(approved, now), allowedActs(approved, "1", now)]).toEqual(["sending", ["stop"]]);
    expect(stateOf(mailing, mailing.endsAt)).toBe("missed");
    expect(allowedActs({ ...approved, stoppedAt: now }, "1", now)).toEqual([]);
  });

  it("a coordinator runs the own unit and the hamlets of the own commune, never an enterprise below", () => {
    const staff = { kind: "staff", roles: [{ role: "coordinator", unitCode: "XA" }] } as unknown as Staff;
    const unit = (code: string, kind: string, parentCode: string | null) => ({
      code,
      kind,
      parentCode,
      officeCode: "52T01",
    });
    expect(mayRun(staff, unit("XA", "commune", "TINH"))).toBe(true);
    expect(mayRun(staff, unit("THON", "hamlet", "XA"))).toBe(true);
    expect(mayRun(staff, unit("CTY", "enterprise", "XA"))).toBe(false);
    expect(mayRun(staff, unit("TINH", "province", null))).toBe(false);
  });
});

describe("a text that came in", () => {
  it.each(["TC", " tc ", "Từ chối", "TU CHOI.", "TUCHOI"])("refuses: %s", (text) => {
    expect(isRefusal(text)).toBe(true);
  });
  it.each(["", "TC gì vậy?", "Toi khong tu choi", "STC"])("does not refuse: %s", (text) => {
    expect(isRefusal(text)).toBe(false);
  });
  it("is read from the network in both alphabets; a receipt is no text", () => {
    const ucs2 = Buffer.from("Từ chối", "utf16le").swap16();
    expect(readReply({ esm_class: 0, source_addr: "84999979001", short_message: Buffer.from("TC") })).toEqual({
      ...{ phone: "0999979001", text: "TC" },
    });
    expect(readReply({ source_addr: "+84999979001", data_coding: 8, short_message: ucs2 })?.text).toBe("Từ chối");
    expect(
      readReply({ esm_class: 4, source_addr: "84999979001", short_message: Buffer.from("id:1 stat:DELIVRD") }),
    ).toBeUndefined();
    expect(readReply({ source_addr: "8079", short_message: Buffer.from("TC") })).toBeUndefined();
  });
});
