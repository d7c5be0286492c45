import { expect, test } from "vitest";
import type { House } from "../db/house.ts";
import { presentVersion } from "./present-version.ts";

/** A database that answers when it is told to. */
function slowDatabase() {
  const asked: { persons: string[]; answer(version: string): void; fail(): void }[] = [];
  const query = ({ values: [persons] }: { values: [string[]] }) =>
    new Promise((done, fail) => {
      asked.push({
        persons,
        answer: (version) => done({ rows: persons.flatMap((id) => (id === "gone" ? [] : [[id, version]])) }),
        fail: () => fail(new Error("away")),
      });
    });
  return { asked, house: { pool: { query } } as unknown as House };
}

const turn = () => new Promise((done) => setImmediate(done));

test("whoever comes while a question is out is in the next one, and never told what was so before they came", async () => {
  const { asked, house } = slowDatabase();
  const first = presentVersion(house, "1");
  await turn();
  const others = [presentVersion(house, "1"), presentVersion(house, "2"), presentVersion(house, "2")];
  await turn();
  expect(asked.map(({ persons }) => persons)).toEqual([["1"]]);
  asked[0]?.answer("7");
  expect(await first).toBe("7");
  await turn();
  expect(asked.map(({ persons }) => persons)).toEqual([["1"], ["1", "2"]]);
  asked[1]?.answer("8");
  expect(await Promise.all(others)).toEqual(["8", "8", "8"]);
});

test("who is not in the register has none; a question that failed fails for those in it alone", async () => {
  const { asked, house } = slowDatabase();
  const failing = presentVersion(house, "1");
  await turn();
  const next = presentVersion(house, "gone");
  asked[0]?.fail();
  await expect(failing).rejects.toThrow("away");
  await turn();
  asked[1]?.answer("3");
  expect(await next).toBeUndefined();
});
