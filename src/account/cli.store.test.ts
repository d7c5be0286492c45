import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { openStaffSession } from "../staff-factor/staff.fixture.ts";
import { register } from "./cli.ts";
import { identify } from "./identify.ts";
import { stopIdleStaff } from "./review-staff.ts";
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

  test("ends a role at the office that is named alone, and everywhere where none is", async () => {
    const [one, other] = await house.db.selectFrom("bhxh_office").select("office_code as code").limit(2).execute();
    const role = (...more: string[]) => run("role", "--username", "bui.hai", "--role", "officer", ...more);
    const offices = async () => {
      const listed = (await run("list")).find(({ username }) => username === "bui.hai");
      return ((listed?.roles ?? []) as { office_code: string }[]).map(({ office_code: code }) => code);
    };
    const [here = "", there = ""] = [one?.code, other?.code];
    await run("add", "--username", "bui.hai", "--name", "Bùi Hải", "--role", "officer", "--office", here);
    await role("--office", there);
    expect((await offices()).toSorted()).toEqual([here, there].toSorted());
    await role("--office", here, "--end");
    expect(await offices()).toEqual([there]);
    await role("--office", here);
    await role("--end");
    expect(await offices()).toEqual([]);
    await run("remove", "--username", "bui.hai");
  });

  test("says that nothing of what is to end is held, and writes no end into the record", async () => {
    await run("add", "--username", "cao.ly", "--name", "Cao Lý", "--role", "auditor");
    const ends = async () => {
      const { rows } = await house.pool.query("select 1 from audit_event where action ~ '^staff_(role|right)_ended$'");
      return rows.length;
    };
    const before = await ends();
    for (const line of [
      ["role", "--role", "hotline"],
      ["role", "--role", "auditor", "--office", "52T01"],
      ["right", "--right", "hiv"],
    ]) {
      await expect(run(...line, "--username", "cao.ly", "--end"), line.join(" ")).rejects.toThrow("holds no such");
    }
    expect(await ends()).toBe(before);
    await expect(run("right", "--username", "cao.lu", "--right", "hiv", "--by", "QĐ 2")).rejects.toThrow(
      "--username: nobody of staff has this name",
    );
    await run("remove", "--username", "cao.ly");
  });

  test("gives an account that lets nobody in no role, no right and no password, and says what it is", async () => {
    await run("add", "--username", "do.xa", "--name", "Đỗ Xa", "--role", "auditor");
    await run("remove", "--username", "do.xa");
    for (const line of [["role", "--role", "auditor"], ["right", "--right", "claims", "--by", "QĐ 3"], ["password"]]) {
      await expect(run(...line, "--username", "do.xa"), line[0]).rejects.toThrow("this account is closed, or stopped");
    }
    expect((await run("list")).find(({ username }) => username === "do.xa")).toMatchObject({ roles: [] });
  });

  test("says in one sentence which option is wrong", async () => {
    const line = ["add", "--username", "le.van", "--name", "Lê Văn", "--role", "officer"];
    await expect(run(...line)).rejects.toThrow("--office is needed for this role");
  });
});

describe("accounts of staff over the quarters", () => {
  const day = (iso: string) => house.clock.moveTo(new Date(`${iso}T01:00:00Z`));
  const sweep = () => stopIdleStaff({ ...house, settings: { ...house.settings, profile: "production" } });
  const lineOf = async (username: string, ...options: string[]) =>
    (await run("review", ...options)).find((one) => one.username === username);

  test("what each may do since when is listed, falls due after a quarter, and is confirmed by somebody", async () => {
    day("2026-01-05");
    await run("add", "--username", "ha.thu", "--name", "Hà Thu", "--role", "auditor", "--email", "thu@example.vn");
    await run("right", "--username", "ha.thu", "--right", "claims", "--by", "QĐ 1");
    expect((await run("review")).filter((one) => one.username === "ha.thu")).toMatchObject([
      { right: "auditor", since: "2026-01-05", isDue: false, confirmedOn: null },
      { right: "right:claims", since: "2026-01-05", isDue: false },
    ]);
    day("2026-04-08");
    expect(await lineOf("ha.thu", "--due")).toMatchObject({ isDue: true });
    expect(await run("review", "--confirm", "ha.thu", "--by", "BB 2/2026")).toEqual([
      { rights: ["auditor", "right:claims"] },
    ]);
    expect(await lineOf("ha.thu", "--due")).toBeUndefined();
    await run("role", "--username", "ha.thu", "--role", "hotline");
    expect(await lineOf("ha.thu")).toMatchObject({ confirmedOn: "2026-04-08", confirmedBy: "BB 2/2026" });
    expect((await run("review")).find(({ right }) => right === "hotline")).toMatchObject({ confirmedOn: null });
    await expect(run("review", "--confirm", "ha.thu")).rejects.toThrow("--by: whose decision it is");
  });

  test("nobody has signed in for 45 days: it is stopped, written down and told, and may be taken up again", async () => {
    expect(await sweep()).toBe(0);
    day("2026-05-20");
    const { staff_id: staffId } = await house.db
      .selectFrom("staff")
      .select("staff_id")
      .where("username", "=", "ha.thu")
      .executeTakeFirstOrThrow();
    await openStaffSession(house, staffId);
    day("2026-07-04");
    expect(await sweep()).toBe(0);
    day("2026-07-05");
    const { token } = await openStaffSession(house, staffId);
    day("2026-08-20");
    expect(await sweep()).toBe(1);
    expect(await lineOf("ha.thu")).toMatchObject({
      isActive: false,
      stoppedOn: "2026-08-20",
      lastSeenOn: "2026-07-05",
    });
    expect(await identify(house, { cookie: token })).toEqual({ kind: "anyone" });
    const noted = await house.db
      .selectFrom("audit_event")
      .select(["actor_kind", "object_id", "detail"])
      .where("action", "=", "staff_stopped_idle")
      .execute();
    expect(noted).toMatchObject([
      { actor_kind: "system", object_id: staffId, detail: { days: 45, seen: "2026-07-05" } },
    ]);
    const told = await house.db
      .selectFrom("notice")
      .select("recipient")
      .where("template", "=", "factor_changed")
      .execute();
    expect(told).toEqual([{ recipient: "thu@example.vn" }]);
    await run("resume", "--username", "ha.thu", "--by", "QĐ 3");
    expect(await lineOf("ha.thu")).toMatchObject({ isActive: true, stoppedOn: null, lastSeenOn: "2026-08-20" });
    expect(await sweep()).toBe(0);
    await run("remove", "--username", "ha.thu");
    await expect(run("resume", "--username", "ha.thu", "--by", "QĐ 4")).rejects.toThrow(
      "this account was not stopped by itself",
    );
  });

  test("who was stopped and then left is not taken up again", async () => {
    day("2026-08-21");
    await run("add", "--username", "ha.nghi", "--name", "Hà Nghi", "--role", "auditor");
    await sweep();
    day("2026-10-06");
    expect(await sweep()).toBe(1);
    await run("remove", "--username", "ha.nghi");
    await expect(run("resume", "--username", "ha.nghi", "--by", "QĐ 5")).rejects.toThrow(
      "this account was not stopped by itself",
    );
  });
});
