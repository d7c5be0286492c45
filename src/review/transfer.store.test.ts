import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { browserOn, visible } from "../account/browser.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { Conflict, Invalid, NotAllowed, NotFound } from "../kernel/failures.ts";
import { advance, onFile } from "../registration/advance.ts";
import { lapseDue } from "../registration/lapse-due.ts";
import { eventsOf, getByCode } from "../registration/store.ts";
import { movesOf } from "../registration/store-many.ts";
import { queueOf } from "../registration/store-queue.ts";
import { createWeb } from "../web/server.ts";
import { accept } from "./accept.ts";
import { routes as api } from "./api-transfer.ts";
import { bring } from "./bring.ts";
import { aConfirmed, aReceived, aStaff, countOf } from "./counter.fixture.ts";
import { HeldByColleague } from "./desk.ts";
import { findFile } from "./find-file.ts";
import { handOver } from "./hand-over.ts";
import { routes as pages } from "./officer.tsx";
import { routes as transferPages } from "./officer-transfer.tsx";
import { openFile } from "./open-file.ts";
import { take } from "./take.ts";

const HERE = "52T01";
const THERE = "52T02";
const reason = "Người khai cư trú ở địa bàn kia";

let house: TestHouse;
let lan: Staff;
let minh: Staff;
let there: Staff;
let third: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  minh = await aStaff(house, "Lê Văn Minh");
  there = at(await aStaff(house, "Bùi Thị Xa"), THERE);
  third = at(await aStaff(house, "Hồ Văn Ba"), "52000");
});
afterAll(() => house.close());

const at = (staff: Staff, officeCode: string): Staff => ({ ...staff, roles: [{ role: "officer", officeCode }] });
const codesAt = async (office: string) => (await queueOf(house.db, [office], { limit: 300 })).map(({ code }) => code);

describe("handing over", () => {
  it("moves a file that waits to the other office's queue, keeps its last day, and tells the person once", async () => {
    const file = await aConfirmed(house);
    const moved = await handOver(house, lan, { code: file.code, office: THERE, reason });
    expect(moved).toMatchObject({ status: "confirmed", officeCode: THERE, lapsesAt: file.lapsesAt });
    expect(await codesAt(HERE)).not.toContain(file.code);
    expect(await codesAt(THERE)).toContain(file.code);
    const told = await house.db
      .selectFrom("notice")
      .select(["channel", "fields", "office_code"])
      .where("template", "=", "declaration_handed_over")
      .where("declaration_id", "=", file.id)
      .execute();
    expect(told.map(({ channel }) => channel).sort()).toEqual(["email", "sms"]);
    expect(told[0]).toMatchObject({ office_code: THERE, fields: { code: file.code, deadline: "03/12/2026" } });
  });

  it("of a received file keeps the fifteen minutes running, empties the desk and tells nobody", async () => {
    const file = await aReceived(house, lan);
    const moved = await handOver(house, lan, { code: file.code, office: THERE, reason });
    expect(moved).toMatchObject({ status: "received", noticeDueAt: file.noticeDueAt, heldBy: null, heldSince: null });
    expect(
      await countOf(house, "notice where template = 'declaration_handed_over' and declaration_id = $1", file.id),
    ).toBe(0);
    await take(house, there, { code: file.code });
    await expect(accept(house, lan, { code: file.code, note: "" })).rejects.toBeInstanceOf(NotFound);
    const accepted = await accept(house, there, { code: file.code, note: "" });
    expect(accepted.status).toBe("accepted");
    const due = await house.db
      .selectFrom("notice")
      .select("due_at")
      .where("declaration_id", "=", file.id)
      .where("template", "=", "declaration_accepted")
      .executeTakeFirstOrThrow();
    expect(due.due_at).toEqual(file.noticeDueAt);
  });

  it("leaves the old office the line of the move only, and a third office nothing", async () => {
    const file = await aConfirmed(house, { full_name: "Ngô Thị Chuyển" });
    await handOver(house, lan, { code: file.code, office: THERE, reason });
    await expect(openFile(house, lan, file.code)).rejects.toBeInstanceOf(NotFound);
    await expect(openFile(house, third, file.code)).rejects.toBeInstanceOf(NotFound);
    expect((await openFile(house, there, file.code)).dossier.file.code).toBe(file.code);
    for (const office of [HERE, THERE]) {
      const line = (await movesOf(house.db, [office], 100)).find(({ code }) => code === file.code);
      expect(line).toMatchObject({ reason, staffId: lan.staffId, way: "handed", isHere: office === THERE });
      expect(JSON.stringify(line)).not.toContain('Chuyển"');
      expect(Object.keys(line ?? {})).not.toContain("name");
    }
    expect((await movesOf(house.db, ["52000"], 100)).map(({ code }) => code)).not.toContain(file.code);
    expect(await countOf(house, "audit_event where action = 'review.hand_over' and object_id = $1", file.code)).toBe(2);
  });

  it("needs a reason and another office that is open", async () => {
    const { code } = await aConfirmed(house);
    for (const asked of [
      { office: THERE, reason: "  …  " },
      { office: HERE, reason },
      { office: "", reason },
      { office: "99T99", reason },
      { office: THERE, reason: "x".repeat(301) },
    ]) {
      await expect(handOver(house, lan, { code, ...asked })).rejects.toBeInstanceOf(Invalid);
    }
    expect((await getByCode(house.db, code)).officeCode).toBe(HERE);
  });

  it("is refused from a colleague's desk, after the decision, and after the last day", async () => {
    const held = await aReceived(house, minh);
    await expect(handOver(house, lan, { code: held.code, office: THERE, reason })).rejects.toBeInstanceOf(
      HeldByColleague,
    );
    const decided = await aReceived(house, lan);
    await accept(house, lan, { code: decided.code, note: "" });
    await expect(handOver(house, lan, { code: decided.code, office: THERE, reason })).rejects.toBeInstanceOf(
      NotAllowed,
    );
  });

  it("against taking up and against the sweep: a file ends in one state, and nobody works on another's file", async () => {
    const late = await openTestHouse();
    try {
      const officer = await aStaff(late, "Trần Thị Lan");
      const file = await aConfirmed(late);
      late.clock.moveTo(file.lapsesAt as Date);
      const [moved] = await Promise.allSettled([
        handOver(late, officer, { code: file.code, office: THERE, reason }),
        lapseDue(late),
      ]);
      expect(moved.status).toBe("rejected");
      expect(await getByCode(late.db, file.code)).toMatchObject({ status: "lapsed", officeCode: HERE });
    } finally {
      await late.close();
    }
    const file = await aReceived(house, lan);
    const both = await Promise.allSettled([
      handOver(house, lan, { code: file.code, office: THERE, reason }),
      accept(house, lan, { code: file.code, note: "" }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const kinds = (await eventsOf(house.db, file.id)).map(({ kind }) => kind);
    expect(kinds.includes("handed_over")).not.toBe(kinds.includes("accepted"));
  });
});

describe("handing over by the API", () => {
  it("answers with the file, then with what is possible, and to a third office with nothing", async () => {
    let present: Staff = lan;
    const app = await createWeb(house, [...api], async () => present);
    try {
      const { code } = await aReceived(house, lan);
      const url = `/api/v1/declarations/${code}/hand-over`;
      const payload = { toOfficeCode: THERE, reason };
      const short = await app.inject({ method: "POST", url, payload: { ...payload, reason: "" } });
      expect(short.statusCode).toBe(422);
      const done = await app.inject({ method: "POST", url, payload });
      expect([done.statusCode, done.json()]).toEqual([201, expect.objectContaining({ code, status: "received" })]);
      expect((await app.inject({ method: "POST", url, payload })).statusCode).toBe(404);
      present = third;
      expect((await app.inject({ method: "POST", url, payload })).statusCode).toBe(404);
      present = there;
      const same = await app.inject({ method: "POST", url, payload });
      expect(same.statusCode).toBe(422);
    } finally {
      await app.close();
    }
  });
});

it("a file that a colleague has handed over says where it went, to its former office alone", async () => {
  let present = lan;
  const app = await createWeb(house, [...pages, ...transferPages], async () => present);
  try {
    const { code } = await aReceived(house, lan);
    await handOver(house, lan, { code, office: THERE, reason });
    const told = await browserOn(() => app).get(`/console/files/${code}`);
    expect(told.statusCode).toBe(404);
    expect(visible(told.body)).toContain("Hồ sơ đã chuyển cơ quan khác");
    expect(told.body).toContain('href="/console/transfers"');
    const pressed = await browserOn(() => app).fill(
      "/console/transfers",
      { id_kind: "cccd" },
      `/console/files/${code}/reception`,
    );
    expect(visible(pressed.body)).toContain("Người thực hiện: Trần Thị Lan.");
    expect(visible(pressed.body)).toContain("Việc vừa bấm chưa được thực hiện.");
    const bare = await browserOn(() => app).fill("/console/transfers", {}, `/console/files/${code}/reception`);
    expect(visible(bare.body)).toContain("Việc vừa bấm chưa được thực hiện.");
    expect(visible(told.body)).not.toContain("Việc vừa bấm");
    present = third;
    const unknown = await browserOn(() => app).get(`/console/files/${code}`);
    expect(visible(unknown.body)).not.toContain("chuyển cơ quan");
  } finally {
    await app.close();
  }
});

describe("bringing a form to where the person stands", () => {
  it("moves a waiting file here with a reason that both offices find, and tells the person", async () => {
    const file = await aConfirmed(house);
    expect((await findFile(house, there, file.code)).elsewhere).toBeDefined();
    const brought = await bring(house, there, { code: file.code, reason: "Người dân đang ở quầy" });
    expect(brought.officeCode).toBe(THERE);
    for (const office of [HERE, THERE]) {
      expect((await movesOf(house.db, [office], 100)).find(({ code }) => code === file.code)).toMatchObject({
        way: "brought",
        staffId: there.staffId,
      });
      expect(
        await countOf(
          house,
          "audit_event where action = 'review.bring' and object_id = $1 and office_code = $2",
          file.code,
          office,
        ),
      ).toBe(1);
    }
    expect(
      await countOf(house, "notice where template = 'declaration_handed_over' and declaration_id = $1", file.id),
    ).toBe(2);
  });

  it("is refused without a reason, and once the other office works on the file", async () => {
    const { code } = await aConfirmed(house);
    await expect(bring(house, there, { code, reason: " " })).rejects.toBeInstanceOf(Invalid);
    const received = await aReceived(house, lan);
    const asked = bring(house, there, { code: received.code, reason: "Người dân đang ở quầy" });
    await expect(asked).rejects.toBeInstanceOf(Conflict);
    const inBatch = await aConfirmed(house);
    const step = { kind: "batched", actor: lan, at: house.clock.now(), officeCode: HERE } as const;
    await onFile(house, step.at, (tx) => advance(tx, inBatch.code, step));
    await expect(bring(house, there, { code: inBatch.code, reason: "Người dân đang ở quầy" })).rejects.toMatchObject({
      code: "worked_on_elsewhere",
    });
    await expect(bring(house, there, { code: "BD-2222-2222", reason: "Người dân đang ở quầy" })).rejects.toBeInstanceOf(
      NotFound,
    );
  });

  it("by two offices at once leaves the file at one of them", async () => {
    const file = await aConfirmed(house);
    const tried = await Promise.allSettled(
      [there, third].map((staff) => bring(house, staff, { code: file.code, reason: "Người dân đang ở quầy" })),
    );
    expect(tried.some(({ status }) => status === "fulfilled")).toBe(true);
    const { officeCode } = await getByCode(house.db, file.code);
    const moves = (await eventsOf(house.db, file.id)).filter(({ kind }) => kind === "handed_over");
    expect(moves.at(-1)?.detail.to).toBe(officeCode);
    for (const [before, after] of moves.slice(1).map((move, nth) => [moves[nth], move] as const)) {
      expect(before?.detail.to).toBe(after.detail.from);
    }
  });
});
