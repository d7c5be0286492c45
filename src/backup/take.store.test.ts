import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownerOf } from "../db/connection.ts";
import { withClient } from "../db/one-client.ts";
import type { OpenHouse } from "../house.ts";
import { BackupHome } from "./backup.fixture.ts";
import { verifyBackups } from "./verify.ts";

const home = new BackupHome();
let house: OpenHouse;
beforeAll(async () => {
  house = await home.first();
});
afterAll(() => home.close());

describe("a backup", () => {
  it("names each file once and is whole, however much is written after its mark", async () => {
    let asked = 0;
    let writing: Promise<unknown> = Promise.resolve();
    const manifest = await home.take(house, () => {
      asked += 1;
      // Asked the second time right after the mark.
      if (asked === 2) writing = fillSegments(3);
      return new Date();
    });
    await writing;
    const names = manifest.files.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect((await verifyBackups(home.place())).faults).toEqual([]);
  });

  it("is taken of a server that was itself restored", async () => {
    const restored = await home.openRestored(await home.restore({ until: undefined }));
    const { server, files } = await home.take(restored);
    expect(server.timeline).toBe(2);
    expect(files.map(({ name }) => name)).toContain("00000002.history");
    expect((await verifyBackups(home.place())).faults).toEqual([]);
  });
});

async function fillSegments(count: number): Promise<void> {
  await withClient(ownerOf(house), async (client) => {
    for (let n = 0; n < count; n += 1) {
      await client.query("begin; select pg_logical_emit_message(true, 'test', 'later'); commit");
      await client.query("select pg_switch_wal()");
    }
  });
}
