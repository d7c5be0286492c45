import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { aConfirmed, aDraft } from "./files.fixture.ts";
import { forgetOld } from "./forget.ts";
import { lapseDue } from "./lapse-due.ts";
import { eventsOf, getByCode } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const END = "2026-12-03T17:00:00.000Z";

describe("the sweep of lapsed files", () => {
  it("ends nothing one millisecond early and everything at 24:00, once", async () => {
    const files = [await aConfirmed(house), await aConfirmed(house)];
    house.clock.moveTo(new Date("2026-12-03T16:59:59Z"));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0 });
    house.clock.moveTo(new Date(END));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 2, failed: 0 });
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0 });
    for (const { code } of files) expect((await getByCode(house.db, code)).status).toBe("lapsed");
    const told = await house.db
      .selectFrom("notice")
      .select("dedupe_key")
      .where("template", "=", "declaration_lapsed")
      .execute();
    expect(told).toHaveLength(4);
  });

  it("by two runners at once ends each file once", async () => {
    const files = [];
    for (let nth = 0; nth < 12; nth += 1) files.push(await aConfirmed(house));
    house.clock.moveTo(new Date(END));
    const [one, two] = await Promise.all([lapseDue(house), lapseDue(house)]);
    expect(one.lapsed + two.lapsed).toBe(12);
    for (const { id } of files)
      expect((await eventsOf(house.db, id)).filter(({ kind }) => kind === "lapsed")).toHaveLength(1);
  });

  it("goes on after a poisoned row, reports it, and tries it again next time", async () => {
    const [poisoned, healthy] = [await aConfirmed(house), await aConfirmed(house)];
    await house.pool.query(
      `insert into declaration_event (declaration_id, seq, kind, at, actor_kind) values ($1, 2, 'printed', $2, 'staff')`,
      [poisoned.id, house.clock.now()],
    );
    house.clock.moveTo(new Date(END));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 1, failed: 1 });
    expect((await getByCode(house.db, healthy.code)).status).toBe("lapsed");
    expect((await getByCode(house.db, poisoned.code)).status).toBe("confirmed");
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0, failed: 1 });
  });

  it("refuses in a year without a holiday table", async () => {
    const { code } = await aConfirmed(house);
    await house.pool.query("update declaration set confirmed_at = $1, lapses_at = $2", [
      new Date("2039-01-03T03:00:00Z"),
      new Date("2039-01-13T17:00:00Z"),
    ]);
    house.clock.moveTo(new Date("2039-02-01T00:00:00Z"));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0, refused: "no_holiday_table" });
    expect((await getByCode(house.db, code)).status).toBe("confirmed");
  });

  it("refuses when far more than usual would end, until an operator agrees", async () => {
    await aConfirmed(house);
    await house.pool.query(
      `insert into declaration (code, status, answers, office_code, id_kind, id_number, phone, created_at, confirmed_at, lapses_at)
       select 'X-' || n, 'confirmed', d.answers, d.office_code, 'passport', 'X' || n, d.phone, d.created_at, d.confirmed_at, d.lapses_at
       from declaration d, generate_series(1, 201) n`,
    );
    house.clock.moveTo(new Date(END));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0, refused: "unusual_number" });
    expect(await lapseDue(house, { isApproved: true })).toMatchObject({ lapsed: 202 });
  });

  it("asks nobody after Tết, when the files of eight days end with one", async () => {
    const { id } = await aConfirmed(house);
    // Forty files of each day of January that were not handed in, and of the eight days that end on 12/02/2027.
    await house.pool.query(
      `insert into declaration (code, status, answers, office_code, id_kind, id_number, phone, created_at, confirmed_at, lapses_at)
       select 'X-' || day || n, case when day < '2027-01-26' then 'lapsed' else 'confirmed' end, d.answers, d.office_code,
              'passport', 'X' || day || n, d.phone, day, day,
              case when day < '2027-01-26' then day + interval '11 days' else timestamptz '2027-02-12T17:00:00Z' end
         from declaration d, generate_series(1, 40) n,
              generate_series(timestamptz '2027-01-01T05:00:00Z', '2027-02-02T05:00:00Z', interval '1 day') day`,
    );
    await house.pool.query("update declaration set status = 'withdrawn' where declaration_id = $1", [id]);
    house.clock.moveTo(new Date("2027-02-12T17:00:00Z"));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 320, failed: 0 });
  });

  it("gives the extra day when a holiday was entered after the confirmation", async () => {
    const { code } = await aConfirmed(house);
    await house.pool.query("insert into public_holiday values ('2026-12-03', 2026, 'holiday', 'Ngày nghỉ thử', 'thử')");
    house.clock.moveTo(new Date(END));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 0, moved: 1 });
    expect((await getByCode(house.db, code)).lapsesAt).toEqual(new Date("2026-12-04T17:00:00Z"));
    house.clock.moveTo(new Date("2026-12-04T17:00:00Z"));
    expect(await lapseDue(house)).toMatchObject({ lapsed: 1 });
  });
});

describe("forgetting", () => {
  it("wipes what a draft or a lapsed file declared after 30 days, and keeps code, status and events", async () => {
    const [draft, lapsed] = [await aDraft(house), await aConfirmed(house)];
    house.clock.moveTo(new Date(END));
    await lapseDue(house);
    house.clock.moveTo(new Date("2026-12-23T16:59:00Z"));
    expect(await forgetOld(house)).toBe(0);
    house.clock.moveTo(new Date("2026-12-23T17:00:00Z"));
    expect(await forgetOld(house)).toBe(1);
    expect(await getByCode(house.db, draft.code)).toMatchObject({
      status: "draft",
      answers: {},
      phone: null,
      idNumber: null,
    });
    expect((await getByCode(house.db, lapsed.code)).answers.name).toBeDefined();
    house.clock.moveTo(new Date("2027-01-04T00:00:00Z"));
    expect(await forgetOld(house)).toBe(1);
    expect(await forgetOld(house)).toBe(0);
    expect(await eventsOf(house.db, lapsed.id)).toHaveLength(3);
  });
});
