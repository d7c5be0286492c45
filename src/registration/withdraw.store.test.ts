import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { anyone } from "../kernel/actor.ts";
import { Invalid, NotAllowed } from "../kernel/failures.ts";
import { advance, onFile } from "./advance.ts";
import { confirm } from "./confirm.ts";
import { issuePass, readPass } from "./file-pass.ts";
import { aConfirmed, aDraft, anOfficer } from "./files.fixture.ts";
import { redeclare } from "./redeclare.ts";
import { RESUME_TRIES, resume } from "./resume.ts";
import { eventsOf } from "./store.ts";
import { withdraw } from "./withdraw.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const by = (code: string) => ({ code, actor: anyone, now: house.clock.now() });

describe("withdrawing", () => {
  it("twice at once is one event and one message", async () => {
    const { code, id } = await aConfirmed(house);
    const files = await Promise.all([withdraw(house, by(code)), withdraw(house, by(code))]);
    expect(files.map(({ status }) => status)).toEqual(["withdrawn", "withdrawn"]);
    expect((await eventsOf(house.db, id)).map(({ kind }) => kind)).toEqual(["drafted", "confirmed", "withdrawn"]);
    const told = await house.db
      .selectFrom("notice")
      .select("channel")
      .where("declaration_id", "=", id)
      .where("template", "=", "declaration_withdrawn")
      .execute();
    expect(told).toEqual([{ channel: "email" }]);
  });

  it("R34: by text only where the telephone was proved, or an hour after the receipt", async () => {
    const channels = async (id: string) => {
      const rows = await house.db
        .selectFrom("notice")
        .select(["template", "channel"])
        .where("declaration_id", "=", id)
        .execute();
      return rows.filter(({ channel }) => channel === "sms").map(({ template }) => template);
    };
    const proved = await aDraft(house);
    await house.pool.query("update declaration set phone_proved_at = $1 where declaration_id = $2", [
      house.clock.now(),
      proved.id,
    ]);
    await confirm(house, by(proved.code));
    await withdraw(house, by(proved.code));
    expect(await channels(proved.id)).toEqual(["declaration_confirmed", "declaration_withdrawn"]);
    const late = await aConfirmed(house);
    const beside = await aConfirmed(house, { phone: `${late.phone?.slice(0, -3)}999` });
    house.clock.moveTo(new Date(house.clock.now().getTime() + 3_600_000));
    await withdraw(house, by(late.code));
    expect(await channels(late.id)).toEqual(["declaration_confirmed", "declaration_withdrawn"]);
    expect(await channels(beside.id), "another telephone of the block").toEqual([]);
  });

  it("is refused once the office has received the file", async () => {
    const { code } = await aConfirmed(house);
    await onFile(house, house.clock.now(), (tx) =>
      advance(tx, code, { kind: "received", actor: anOfficer, at: house.clock.now() }),
    );
    await expect(withdraw(house, by(code))).rejects.toMatchObject({ now: "received", allowed: ["print"] });
  });

  it("frees the number: the same answers can be declared again under a new code", async () => {
    const first = await aConfirmed(house);
    await withdraw(house, by(first.code));
    const again = await redeclare(house, by(first.code));
    expect(again.code).not.toBe(first.code);
    expect(again.answers).toEqual(first.answers);
    expect(await confirm(house, by(again.code))).toMatchObject({ status: "confirmed", seq: 1 });
  });

  it("offers its answers for thirty days, whether or not the night has wiped them by then", async () => {
    const { code, answers } = await aConfirmed(house);
    await withdraw(house, by(code));
    const inDays = (days: number) => new Date(house.clock.now().getTime() + days * 86_400_000);
    const late = redeclare(house, { ...by(code), now: inDays(31) });
    await expect(late).rejects.toMatchObject({ faults: [{ field: "code", key: "answers_gone" }] });
    expect((await redeclare(house, { ...by(code), now: inDays(30) })).answers).toEqual(answers);
  });

  it("comes before declaring again: an open file cannot be doubled", async () => {
    const { code } = await aConfirmed(house);
    await expect(redeclare(house, by(code))).rejects.toBeInstanceOf(NotAllowed);
  });
});

describe("coming back", () => {
  const right = { birth_day: "15", birth_month: "1", birth_year: "1990" };
  const wrong = { ...right, birth_day: "16" };
  const open = (fields: Record<string, string>) => resume(house, fields, house.clock.now());

  it("takes the code as it is read out and the birth date", async () => {
    const { code } = await aDraft(house);
    expect(await open({ code: code.toLowerCase().replace(/-/g, " "), ...right })).toMatchObject({ code });
  });

  it("answers alike for an unknown code and for a wrong birth date", async () => {
    const { code } = await aDraft(house);
    const answers = await Promise.all(
      [
        { code: "BD-2222-2222", ...right },
        { code, ...wrong },
        { code, birth_day: "", birth_month: "", birth_year: "1990" },
      ].map((fields) => open(fields).catch((error: unknown) => (error instanceof Invalid ? error.faults : error))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['[{"field":"code","key":"no_match"}]']),
    );
  });

  it("closes a file for an hour after ten wrong dates, and the ninth does not", async () => {
    const { code } = await aDraft(house);
    const fail = async (times: number) => {
      for (let nth = 0; nth < times; nth += 1) await expect(open({ code, ...wrong })).rejects.toBeInstanceOf(Invalid);
    };
    await fail(RESUME_TRIES - 1);
    expect(await open({ code, ...right })).toMatchObject({ code });
    await fail(RESUME_TRIES);
    await expect(open({ code, ...right })).rejects.toBeInstanceOf(Invalid);
    const later = new Date(house.clock.now().getTime() + 3_600_001);
    expect(await resume(house, { code, ...right }, later)).toMatchObject({ code });
  });

  it("counts from the beginning once the hour is over: one wrong date more closes nothing", async () => {
    const { code } = await aDraft(house);
    for (let nth = 0; nth < RESUME_TRIES; nth += 1) await open({ code, ...wrong }).catch(() => undefined);
    const later = new Date(house.clock.now().getTime() + 3_600_001);
    await expect(resume(house, { code, ...wrong }, later)).rejects.toBeInstanceOf(Invalid);
    expect(await resume(house, { code, ...right }, later)).toMatchObject({ code });
  });

  it("by what a device keeps opens the file until that ends, and none by one whose end was changed", async () => {
    const { code } = await aDraft(house);
    const now = house.clock.now();
    const pass = issuePass(house.vault, code, now, 60);
    const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    expect(readPass(house.vault, pass, inSeconds(58))).toBe(code);
    expect(readPass(house.vault, pass, inSeconds(60))).toBeUndefined();
    const [, end = ""] = pass.split(".");
    expect(readPass(house.vault, pass.replace(end, String(Number(end) + 60)), inSeconds(58))).toBeUndefined();
  });

  it("with the year alone opens a file that knows only the year", async () => {
    const { code } = await aDraft(house, { birth_day: "", birth_month: "", birth_year: "1955" });
    expect(await open({ code, birth_day: "", birth_month: "", birth_year: "1955" })).toMatchObject({ code });
    await expect(open({ code, birth_day: "", birth_month: "", birth_year: "1956" })).rejects.toBeInstanceOf(Invalid);
  });
});
