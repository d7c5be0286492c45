import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { inTransaction } from "../db/transaction.ts";
import { anyone } from "../kernel/actor.ts";
import { Conflict, NotAllowed } from "../kernel/failures.ts";
import { advance, onFile, type Step } from "./advance.ts";
import { aConfirmed, aDraft, anOfficer } from "./files.fixture.ts";
import { lapse } from "./lapse.ts";
import { statusOf } from "./rules.ts";
import { eventsOf, getByCode, saveStep } from "./store.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const END = new Date("2026-12-03T17:00:00Z");
const justBefore = new Date(END.getTime() - 1);

const step = (code: string, kind: Step["kind"], at: Date, some: Partial<Step> = {}) =>
  onFile(house, at, (tx) => advance(tx, code, { kind, actor: anOfficer, at, ...some }));

describe("a step of a file", () => {
  it("moves status, clocks and events together", async () => {
    const { code, id } = await aConfirmed(house);
    const at = new Date("2026-11-24T02:00:00Z");
    const received = await step(code, "received", at, { officeCode: "52000" });
    expect(received).toMatchObject({ status: "received", receivedAt: at, officeCode: "52000" });
    expect(received.noticeDueAt).toEqual(new Date("2026-11-24T02:15:00Z"));
    expect(await step(code, "taken", at)).toMatchObject({ heldBy: "1", heldSince: at });
    const refused = await step(code, "refused", at, { detail: { grounds: ["form_not_signed"] } });
    expect(refused).toMatchObject({ status: "refused", decidedAt: at });
    expect(statusOf(await eventsOf(house.db, id))).toBe("refused");
  });

  it("that the state forbids is refused with the state and with what is possible", async () => {
    const { code } = await aConfirmed(house);
    await expect(step(code, "accepted", house.clock.now())).rejects.toMatchObject({
      now: "confirmed",
      allowed: ["receive", "file_paper", "print", "hand_over", "batch", "unbatch"],
    });
    await expect(step(code, "received", house.clock.now(), { actor: anyone })).rejects.toMatchObject({
      allowed: ["withdraw", "print"],
    });
  });

  it("is taken up by one of fifty officers, and the others hear that it is held", async () => {
    const { code } = await aConfirmed(house);
    const at = house.clock.now();
    await step(code, "received", at);
    const officers = Array.from({ length: 50 }, (_, nth) => ({ ...anOfficer, staffId: String(nth + 10) }));
    const results = await Promise.allSettled(
      officers.map((actor) => step(code, "taken", at, { actor: actor as Step["actor"] })),
    );
    const taken = results.filter(({ status }) => status === "fulfilled");
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    expect(taken).toHaveLength(1);
    expect(refused.every((error) => error instanceof Conflict && error.code === "held")).toBe(true);
  });

  it("accepting and refusing at once ends in one decision", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { code, id } = await aConfirmed(house);
      const at = house.clock.now();
      await step(code, "received", at);
      const both = [step(code, "accepted", at), step(code, "refused", at, { detail: { grounds: ["other"] } })];
      const results = await Promise.allSettled(both);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const ends = (await eventsOf(house.db, id)).filter(({ kind }) => kind === "accepted" || kind === "refused");
      expect(ends).toHaveLength(1);
    }
  });

  it("undone with its transaction leaves no trace", async () => {
    const { code, id } = await aConfirmed(house);
    const failed = inTransaction(house.db, async (tx) => {
      await advance(tx, code, { kind: "received", actor: anOfficer, at: house.clock.now() });
      throw new Error("crash");
    });
    await expect(failed).rejects.toThrow("crash");
    expect(await getByCode(house.db, code)).toMatchObject({ status: "confirmed", seq: 1, receivedAt: null });
    expect(await eventsOf(house.db, id)).toHaveLength(2);
  });

  it("decided on an older reading of the file changes nothing, although the status is the same", async () => {
    const old = await aConfirmed(house);
    const at = house.clock.now();
    await step(old.code, "printed", at);
    const event = { kind: "received", at, actorKind: "staff", actorId: "1", officeCode: null, detail: {} } as const;
    const stale = inTransaction(house.db, (tx) => saveStep(tx, old, event, { status: "received" }));
    await expect(stale).rejects.toBeInstanceOf(Conflict);
    expect((await getByCode(house.db, old.code)).status).toBe("confirmed");
  });

  it("a refusal without grounds is stopped by the database itself", async () => {
    const { code } = await aConfirmed(house);
    await step(code, "received", house.clock.now());
    await expect(step(code, "refused", house.clock.now())).rejects.toMatchObject({
      constraint: "declaration_event_refusal_has_grounds",
    });
  });
});

describe("the last instant", () => {
  it("still belongs to the person", async () => {
    const { code } = await aConfirmed(house);
    expect(await step(code, "received", justBefore)).toMatchObject({ status: "received" });
  });

  it("once over, handing in is refused and the lapse stays, with its message, although no sweep came by", async () => {
    const { code, id } = await aConfirmed(house);
    const late = step(code, "received", END);
    await expect(late).rejects.toBeInstanceOf(NotAllowed);
    await expect(late).rejects.toMatchObject({ now: "lapsed", allowed: ["redeclare"] });
    expect(await getByCode(house.db, code)).toMatchObject({ status: "lapsed", keepUntil: "2027-01-03" });
    expect((await eventsOf(house.db, id)).map(({ kind }) => kind)).toEqual(["drafted", "confirmed", "lapsed"]);
    const told = await house.db.selectFrom("notice").select("template").where("declaration_id", "=", id).execute();
    expect(told.filter(({ template }) => template === "declaration_lapsed")).toHaveLength(2);
  });

  it("hand-in against sweep: one outcome, and it is the one whose row came first", async () => {
    for (let round = 0; round < 60; round += 1) {
      const { code, id } = await aConfirmed(house);
      const handIn = () => step(code, "received", justBefore);
      const sweep = () => lapse(house, id, END);
      const both = round % 2 ? [handIn(), sweep()] : [sweep(), handIn()];
      await Promise.allSettled(both);
      const kinds = (await eventsOf(house.db, id)).map(({ kind }) => kind);
      const { status, receivedAt } = await getByCode(house.db, code);
      expect([
        ["drafted", "confirmed", "received"],
        ["drafted", "confirmed", "lapsed"],
      ]).toContainEqual(kinds);
      expect(status).toBe(kinds.at(-1));
      expect(receivedAt !== null).toBe(status === "received");
    }
  });

  it("moves when a holiday is entered later, and the refused hand-in is then taken", async () => {
    const other = await openTestHouse();
    const { code } = await aConfirmed(other);
    await other.pool.query("insert into public_holiday values ('2026-12-03', 2026, 'holiday', 'Ngày nghỉ thử', 'thử')");
    const received = await onFile(other, END, (tx) =>
      advance(tx, code, { kind: "received", actor: anOfficer, at: END }),
    );
    expect(received).toMatchObject({ status: "received", lapsesAt: new Date("2026-12-04T17:00:00Z") });
    await other.close();
  });

  it("that no table of holidays makes certain refuses nobody, and ends nothing", async () => {
    const other = await openTestHouse({ at: "2028-12-20T03:00:00.000Z" });
    const { code, id, lapsesAt } = await aConfirmed(other);
    expect(lapsesAt).toEqual(new Date("2029-01-02T17:00:00Z"));
    const at = new Date("2029-01-03T03:00:00Z");
    expect(await lapse(other, id, at)).toBe("left");
    const received = await onFile(other, at, (tx) => advance(tx, code, { kind: "received", actor: anOfficer, at }));
    expect(received).toMatchObject({ status: "received", receivedAt: at });
    await other.close();
  });

  it("a draft has none", async () => {
    const { code } = await aDraft(house);
    await expect(step(code, "received", new Date("2027-06-01T00:00:00Z"))).rejects.toMatchObject({ now: "draft" });
  });
});
