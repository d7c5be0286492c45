import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { record } from "../audit/record.ts";
import { sealAudit } from "../audit/seal.ts";
import { ownerOf } from "../db/connection.ts";
import { withClient } from "../db/one-client.ts";
import { forCommand, houseOn, type OpenHouse } from "../house.ts";
import { MovableClock } from "../kernel/clock.ts";
import { BackupHome, caughtUp, insertNotice } from "./backup.fixture.ts";
import { careFor, restoreInto } from "./restore.ts";

const home = new BackupHome();
let first: OpenHouse;
let restored: OpenHouse;
let givenUp = "";
beforeAll(async () => {
  first = await home.first();
});
afterAll(() => home.close());

const noticesOf = async ({ pool }: OpenHouse): Promise<string[]> =>
  (await pool.query<{ name: string }>("select dedupe_key as name from notice order by 1")).rows.map(({ name }) => name);

describe("after a restore to a moment before the newest backup", () => {
  it("a further loss brings back what was written since, not what was given up", async () => {
    const follower = home.follow(first);
    await home.take(first);
    await insertNotice(first, "a good deed");
    await wait(50);
    const until = new Date();
    await wait(50);
    await insertNotice(first, "bad deed");
    ({ name: givenUp } = await home.take(first));
    await insertNotice(first, "bad deed, later");
    await caughtUp(first, follower);
    await follower.stop();

    restored = await home.openRestored(await home.restore({ until }));
    const again = home.follow(restored);
    await insertNotice(restored, "since the restore");
    await caughtUp(restored, again);
    await again.stop();
    const third = await home.openRestored(await home.restore({ until: undefined }));
    expect(await noticesOf(third)).toEqual(["a good deed", "since the restore"]);
  });

  it("the operator may name a backup that was given up, and gets what was written after it", async () => {
    const back = await home.openRestored(await home.restore({ until: undefined, backup: givenUp }));
    expect(await noticesOf(back)).toEqual(["a good deed", "bad deed", "bad deed, later"]);
    await expect(home.restore({ until: undefined, backup: "../base" })).rejects.toThrow("there is no backup ../base");
  });

  it("the next backup is the one that is restored", async () => {
    const { name } = await home.take(restored);
    const { unpacked, server } = await restoreInto({ ...home.place(), into: `${home.path}/last`, until: undefined });
    await server.stop();
    expect(unpacked.manifest.name).toBe(name);
  });
});

it("the record of looks is whole although its last seconds were not chained when the disk died", async () => {
  const look = () =>
    record(restored.db, { at: new Date(), actor: { kind: "operator" }, action: "test", purpose: "operate" });
  const care = async (isMissing: boolean) => {
    if (isMissing) {
      await withClient(ownerOf(restored), (client) => client.query("delete from audit_link where link_no = 1"));
    }
    const follower = home.follow(restored);
    await caughtUp(restored, follower);
    await follower.stop();
    const into = `${home.path}/whole-${isMissing}`;
    const { server } = await restoreInto({ ...home.place(), into, until: undefined });
    const house = await houseOn({ ...server, owner: server.connection }, home.environment(), forCommand);
    try {
      if (!(house.clock instanceof MovableClock)) throw new Error("the demo has a clock that can be moved");
      house.clock.moveTo(new Date(Date.now() + 600_000));
      return (await careFor(house, home.place(), async () => undefined)).audit;
    } finally {
      await house.close();
    }
  };
  await look();
  await look();
  await sealAudit(restored);
  await look();
  expect(await care(false)).toMatchObject({ isWhole: true });
  expect(await care(true)).toMatchObject({ isWhole: false });
});
