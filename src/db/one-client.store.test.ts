import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { oneClient, withClient } from "./one-client.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

/** As when the server is stopped; answers once the client knows. */
async function cutOff(client: ReturnType<typeof oneClient>): Promise<void> {
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const gone = new Promise((done) => client.once("end", done));
  await withClient(house.connection, (other) => other.query("select pg_terminate_backend($1)", [rows[0]?.pid]));
  await gone;
}

describe("a connection outside the pools", () => {
  it("that is cut off while idle fails its next statement, and nothing else", async () => {
    const client = oneClient(house.connection);
    await client.connect();
    await cutOff(client);
    await expect(client.query("select")).rejects.toThrow(/not queryable|closed/i);
    await client.end();
  });

  it("of which a piece of work is cut off fails that piece", async () => {
    const work = withClient(house.connection, async (client) => {
      await cutOff(client);
      return client.query("select");
    });
    await expect(work).rejects.toThrow(/not queryable|closed/i);
  });

  it("that finds no server says so, and needs no closing", async () => {
    const nowhere = { ...house.connection, host: "/nowhere" };
    await expect(withClient(nowhere, async () => "there")).rejects.toThrow(/ENOENT/);
  });
});
