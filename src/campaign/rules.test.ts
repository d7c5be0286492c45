import { describe, expect, it, test } from "vitest";
import {
  isPreview,
  LENGTHS,
  mayGiveNumber,
  parseAired,
  parseBroadcast,
  parseDesk,
  parseMinutes,
  parseSeconds,
  readAloud,
  readingSeconds,
  syllablesOf,
} from "./rules.ts";
import { scriptOf } from "./words-script.ts";

const office = {
  unitName: "Xã Tuy Phước (mẫu)",
  officeName: "Bảo hiểm xã hội cơ sở Tuy Phước",
  hours: "Thứ Hai–thứ Sáu, 7:30–11:30 và 13:30–17:00",
  phone: "0000 000 521",
};
const now = new Date("2026-11-23T02:00:00Z");

test.each([
  ["bảo hiểm xã hội", 4],
  ["VssID", 5],
  ["gọi 1900 9068", 9],
  ["trong 10 ngày.", 4],
  ["", 0],
])("%j has %i syllables", (text, count) => {
  expect(syllablesOf(text)).toBe(count);
});

describe("the text for a loudspeaker", () => {
  it.each(LENGTHS)("%s takes one to two minutes at the usual pace, the full one longer", (length) => {
    const secondsOf = (one: typeof length) => readingSeconds(scriptOf(one, office).join(" "), 180);
    expect(secondsOf(length)).toBeGreaterThanOrEqual(60);
    expect(secondsOf(length)).toBeLessThanOrEqual(120);
    expect(secondsOf("short")).toBeLessThan(secondsOf("long"));
  });

  it.each(LENGTHS)(
    "%s names purpose, the four steps, ten days, what to bring, the office and the swindlers",
    (length) => {
      const text = scriptOf(length, office).join(" ");
      for (const part of ["Tuy Phước", "miễn phí", "mẫu số 01", "10 ngày", "bản gốc", "mã kích hoạt", "lừa đảo"]) {
        expect(text).toContain(part);
      }
      expect(text).toContain("Bảo hiểm xã hội cơ sở Tuy Phước làm việc thứ Hai đến thứ Sáu, 7 giờ 30 đến 11 giờ 30");
      expect(text).toContain("0000 000 521");
      expect(text).not.toMatch(/\(mẫu\)|BHXH|BHYT/);
    },
  );
});

test("hours are read aloud as people say them", () => {
  expect(readAloud("7:30–11:30 và 13:00–17:00")).toBe("7 giờ 30 đến 11 giờ 30 và 13 giờ đến 17 giờ");
});

test.each([
  ["7:30", 450],
  ["07h30", 450],
  ["17", 1020],
  ["24:00", undefined],
  ["7:60", undefined],
  ["sáng", undefined],
])("the time %j is minute %j of the day", (text, minutes) => {
  expect(parseMinutes(text)).toBe(minutes);
});

test.each([
  ["1:20", 80],
  ["95", 95],
  ["0", undefined],
  ["1:75", undefined],
  ["4000", undefined],
])("the length %j is %j seconds", (text, seconds) => {
  expect(parseSeconds(text)).toBe(seconds);
});

describe("plans", () => {
  it("of a broadcast need a text, a day and a time in Viet Nam", () => {
    expect(parseBroadcast({ length: "short", on: "1/12/2026", time: "17:00" })).toEqual({
      ok: true,
      value: { length: "short", plannedAt: new Date("2026-12-01T10:00:00Z") },
    });
    expect(parseBroadcast({})).toMatchObject({ faults: [{ field: "length" }, { field: "on" }, { field: "time" }] });
  });

  it("are noted as read with a length and an announcer, never ahead of time", () => {
    const aired = { aired_on: "23/11/2026", aired_time: "08:30", seconds: "1:20", announcer: "Võ Đọc" };
    expect(parseAired(aired, now)).toMatchObject({ ok: true, value: { seconds: 80 } });
    expect(parseAired({ ...aired, aired_time: "09:01" }, now)).toMatchObject({ faults: [{ key: "not_yet" }] });
    expect(parseAired({ ...aired, seconds: "", announcer: "" }, now)).toMatchObject({
      faults: [{ key: "seconds_shape" }, { key: "announcer_missing" }],
    });
  });

  it("of a desk lie not in the past and end after they begin", () => {
    const desk = { desk_on: "30/11/2026", from: "8:00", to: "11:00", place: "Nhà văn hóa thôn Một" };
    expect(parseDesk(desk, "2026-11-23")).toMatchObject({ ok: true, value: { fromMinute: 480, toMinute: 660 } });
    const wrong = parseDesk({ ...desk, desk_on: "22/11/2026", to: "7", place: "" }, "2026-11-23");
    expect(wrong).toMatchObject({ faults: [{ key: "day_past" }, { key: "to_before_from" }, { key: "place_missing" }] });
    expect(mayGiveNumber({ onDay: "2026-11-23", cancelledAt: null }, now)).toBe(true);
    expect(mayGiveNumber({ onDay: "2026-11-24", cancelledAt: null }, now)).toBe(false);
    expect(mayGiveNumber({ onDay: "2026-11-23", cancelledAt: now }, now)).toBe(false);
  });
});

test("what fetches a link to show a picture of it is no scan", () => {
  expect([isPreview("facebookexternalhit/1.1"), isPreview("Mozilla/5.0 (Linux; Android 14) Chrome/140")]).toEqual([
    true,
    false,
  ]);
});
