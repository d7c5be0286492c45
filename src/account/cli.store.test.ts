import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { register } from "./cli.ts";
import { staffSignIn } from "./staff-sign-in.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

/** Runs one command line; answers the lines it printed. */
async function run(...words: string[]): Promise<Record<string, unknown>[]> {
  const printed = vi.spyOn(console, "log").mockImplementation(() => {});
  const program = new Command("vssid");
  register(program, async () => ({ ...house, close: async () => {} }));
  try {
    await program.parseAsync(["user", ...words], { from: "user" });
    return printed.mock.calls.map(([line]) => JSON.parse(String(line)));
  } finally {
    printed.mockRestore();
  }
}

describe("vssid user", () => {
  test("adds an officer, prints the password once, and that password signs in", async () => {
    const { office_code: office } = await house.db
      .selectFrom("bhxh_office")
      .select("office_code")
      .executeTakeFirstOrThrow();
    const line = ["add", "--username", "le.minh", "--name", "Lê Văn Minh", "--role", "officer", "--office", office];
    const [added] = await run(...line);
    const { token } = await staffSignIn(house, {
      username: "le.minh",
      password: String(added?.password),
      device: "",
      now: house.clock.now(),
    });
    expect(token).toHaveLength(43);
    const [listed] = await run("list");
    expect(listed).toMatchObject({
      username: "le.minh",
      is_active: true,
      roles: [{ role: "officer", office_code: office }],
    });
    expect(JSON.stringify(listed)).not.toContain("argon2");
  });

  test("gives and ends roles, renews a password, closes an account", async () => {
    await run("role", "--username", "le.minh", "--role", "auditor");
    await run("role", "--username", "le.minh", "--role", "officer", "--end");
    expect((await run("list"))[0]?.roles).toMatchObject([{ role: "auditor" }]);
    expect((await run("password", "--username", "le.minh"))[0]?.password).toMatch(/^[a-z]{4}-[a-z]{4}-[a-z]{4}-\d{4}$/);
    await run("remove", "--username", "le.minh");
    expect((await run("list"))[0]).toMatchObject({ is_active: false, roles: [] });
  });

  test("says in one sentence which option is wrong", async () => {
    const line = ["add", "--username", "le.van", "--name", "Lê Văn", "--role", "officer"];
    await expect(run(...line)).rejects.toThrow("--office is needed for this role");
  });
});
