import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import type { Declaration } from "../registration/store.ts";
import { accept } from "../review/accept.ts";
import { aReceived, aStaff, countOf } from "../review/counter.fixture.ts";
import { refuse } from "../review/refuse.ts";
import { followFailed } from "./follow.ts";

let house: TestHouse;
let lan: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
});
afterAll(() => house.close());

const sentence = { grounds: ["form_not_signed"], sentence: "Tờ khai chưa ký. Khai lại, in và ký trước khi nộp." };

async function aRefused(): Promise<Declaration> {
  const file = await aReceived(house, lan, { typed: { email: "" } });
  return refuse(house, lan, { code: file.code, ...sentence });
}

const fail = ({ id }: Declaration) =>
  house.pool.query(
    "update notice set state = 'failed', ended_at = $2, last_error = 'smpp_0x0b' where declaration_id = $1 and class = 'outcome'",
    [id, house.clock.now()],
  );
const tasksOf = ({ id }: Declaration, how = "done_at is null") =>
  countOf(house, `unreached_task where declaration_id = $1 and ${how}`, id);

describe("the sweep over failed results", () => {
  it("gives a result whose seal does not open to the office, and goes on to the others", async () => {
    const received = await aReceived(house, lan, { typed: { email: "" } });
    const sealed = await accept(house, lan, { code: received.code, note: "" });
    const proved = "insert into contact_point values ($1, 'email', 'so.cu@example.vn', $2, null, $2, 'test')";
    await house.pool.query(proved, [sealed.personId, house.clock.now()]);
    await fail(sealed);
    await house.pool.query("update notice set sealed_fields = '\\x0102' where declaration_id = $1", [sealed.id]);
    const other = await aRefused();
    await fail(other);
    expect(await followFailed(house)).toMatchObject({ rerouted: 0, opened: 2 });
    expect([await tasksOf(sealed), await tasksOf(other)]).toEqual([1, 1]);
  });

  it("closes the task of what has arrived after all, however many newer ones are open", async () => {
    const file = await aRefused();
    await fail(file);
    await followFailed(house);
    await house.pool.query(
      `insert into unreached_task (meaning, notice_id, declaration_id, office_code, opened_at, due_on)
       select 'other:' || n, notice_id, declaration_id, office_code, opened_at, due_on
         from unreached_task, generate_series(1, 500) n where declaration_id = $1`,
      [file.id],
    );
    const arrived = "state = 'delivered', delivered_at = $2, sent_at = $2, ended_at = null, last_error = null";
    await house.pool.query(`update notice set ${arrived} where declaration_id = $1 and class = 'outcome'`, [
      file.id,
      house.clock.now(),
    ]);
    expect((await followFailed(house)).arrived).toBe(1);
    expect(await tasksOf(file, "done_how = 'arrived'")).toBe(1);
    expect(await tasksOf(file)).toBe(500);
  });
});
