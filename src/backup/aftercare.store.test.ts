import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { insertNotice } from "./backup.fixture.ts";
import { keyOf } from "./key.ts";
import { careFor } from "./restore.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

describe("what happens by itself after a restore", () => {
  it("where some of it fails, its messages are held and the restore is recorded, and then it is said", async () => {
    const place = { dir: join(house.settings.dataDir, "backups"), key: keyOf(randomBytes(32)) };
    const writeAndFail = async () => {
      await insertNotice(house, "late");
      throw new Error("lapse-due: no such table");
    };
    await expect(careFor(house, place, writeAndFail)).rejects.toThrow("lapse-due");
    expect((await house.pool.query("select state, last_error from notice")).rows).toEqual([
      { state: "failed", last_error: "held_after_restore" },
    ]);
    const recorded = await house.pool.query("select detail from audit_event where action = 'backup.restored'");
    expect(recorded.rows).toMatchObject([{ detail: { heldNotices: 1 } }]);
  });
});
