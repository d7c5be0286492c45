import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { citizenOf, enter, firstChoice, hoaNumbers, settleHoa } from "../../src/account/account.fixture.ts";
import { signIn } from "../../src/account/sign-in.ts";
import { signOut } from "../../src/account/sign-out.ts";
import { issueCode } from "../../src/codes/issue.ts";
import { programFor } from "../../src/command.ts";
import { noteSecret } from "../../src/data-keys/note-secret.ts";
import { remarkAll, tellSecrets, without } from "../../src/data-keys/secrets.ts";
import { inTransaction } from "../../src/db/transaction.ts";
import { spareMarks } from "../../src/factor/marks.ts";
import { replaceSpareCodes } from "../../src/factor/store-totp.ts";
import { aParent } from "../../src/guardian/guardian.fixture.ts";
import { countTries, noteTries } from "../../src/hotline/store-call.ts";
import type { OpenHouse } from "../../src/house.ts";
import { keepCard } from "../../src/kept-card/keep.ts";
import { keptBy } from "../../src/kept-card/store.ts";
import { devicesOf } from "../../src/push/store.ts";
import { subscribe } from "../../src/push/subscribe.ts";
import { aSubscription } from "../../src/push/subscription.fixture.ts";
import { aDraft } from "../../src/registration/files.fixture.ts";
import { RESUME_TRIES, resume } from "../../src/registration/resume.ts";
import { countRequests, insertRequest } from "../../src/registration/store-find-number.ts";
import { openTestHouse, type TestHouse } from "../house.ts";
import { type Processes, processesOf } from "../secrets.ts";

/** Decision 70: nobody gets new tries because a secret is turned over, and what hangs on the old one is told. */
let house: TestHouse;
let at: Processes;
beforeAll(async () => {
  house = await openTestHouse();
  at = processesOf(house);
});
beforeEach(() => house.clean());
afterAll(() => house.close());

const now = () => house.clock.now();
const later = (milliseconds: number) => house.clock.moveTo(new Date(now().getTime() + milliseconds));
const DAY_MS = 86_400_000;

/** In the order of a turn-over, and back and forth between two steps that run side by side. */
const oneAfterAnother = () => [at.before, at.toldOfNew, at.newInFront, at.toldOfNew, at.newInFront];

const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "right",
    (error: { code?: string }) => error.code ?? "",
  );
const wrong = (by: TestHouse) => refusalOf(enter(by, hoaNumbers.insurance, "không phải mật khẩu này"));

describe("limits", () => {
  it("of five tries at a password stay five, in whichever process they are made, and the door stays closed", async () => {
    await settleHoa(house);
    const answers: string[] = [];
    for (const by of oneAfterAnother()) answers.push(await wrong(by));
    expect(answers).toEqual([...Array(4).fill("wrong_login"), "locked"]);
    for (const by of oneAfterAnother().slice(1)) {
      expect(await refusalOf(enter(by, hoaNumbers.insurance, firstChoice))).toBe("locked");
    }
  });

  it("of tries at the same moment on both sides stay five", async () => {
    await settleHoa(house);
    const both = [at.toldOfNew, at.newInFront];
    const answers = await Promise.all(Array.from({ length: 12 }, (_none, n) => wrong(both[n % 2] ?? house)));
    expect(answers.filter((answer) => answer === "wrong_login")).toHaveLength(4);
    expect(await refusalOf(enter(at.newInFront, hoaNumbers.insurance, firstChoice))).toBe("locked");
  });

  it("begin anew with the right password, on both sides", async () => {
    await settleHoa(house);
    for (const by of [at.before, at.newInFront, at.toldOfNew]) await wrong(by);
    await enter(at.newInFront, hoaNumbers.insurance, firstChoice);
    const { rows } = await house.pool.query("select tries from sign_in_window");
    expect(rows).toEqual([]);
  });

  it("of ten birth dates for one file stay ten", async () => {
    const { code } = await aDraft(house);
    const date = { birth_month: "1", birth_year: "1990" };
    const tries = (by: TestHouse, day: string) => refusalOf(resume(by, { code, ...date, birth_day: day }, now()));
    for (let n = 0; n < RESUME_TRIES; n += 1) await tries(oneAfterAnother()[Math.floor(n / 2)] ?? house, "16");
    expect(await tries(at.newInFront, "15")).not.toBe("right");
    expect(await tries(at.toldOfNew, "15")).not.toBe("right");
    expect(await tries(at.withoutOld, "15")).toBe("right");
  });

  it("of codes by person and by telephone are counted through", async () => {
    const asked = { purpose: "confirm_phone", boundTo: "x", subject: "x", channel: "sms", lang: "vi" } as const;
    const issue = (by: TestHouse, recipient: string) =>
      inTransaction(house.db, (tx) => issueCode(tx, by, { ...asked, recipient, now: now() }));
    // Read in, so that the budget of the telephone alone refuses, three an hour, and that of the person, five a day.
    const isSent = async (by: TestHouse, recipient: string) => {
      const sent = await issue(by, recipient);
      await house.pool.query("update one_time_code set proved_at = $1", [now()]);
      return sent !== undefined;
    };
    const answers: boolean[] = [];
    for (const by of oneAfterAnother()) answers.push(await isSent(by, "0912345678"));
    for (const by of [at.toldOfNew, at.newInFront, at.toldOfNew, at.afterBreach]) {
      answers.push(await isSent(by, "0986543210"));
    }
    expect(answers).toEqual([true, true, true, false, false, true, true, false, false]);
  });

  it("of asking for one's number, and of guesses about a caller, are counted through", async () => {
    const marksOf = ({ vault }: TestHouse) => ({
      recipient: vault.everyMark("number-request", "phone:0912345678"),
      address: vault.everyMark("number-request", "address:127.0.0.1"),
    });
    const callers = ({ vault }: TestHouse) => [vault.everyMark("hotline-caller", "person:7")];
    for (const by of oneAfterAnother()) {
      await inTransaction(house.db, async (tx) => {
        await insertRequest(tx, randomUUID(), marksOf(by), now());
        await noteTries(tx, callers(by), now(), randomUUID());
      });
    }
    for (const by of [at.toldOfNew, at.newInFront, at.afterBreach]) {
      const recent = await inTransaction(house.db, (tx) => countRequests(tx, marksOf(by), now()));
      expect([recent.recipientToday, recent.addressThisHour]).toEqual([5, 5]);
      expect(await countTries(house.db, callers(by), new Date(0))).toBe(5);
    }
  });
});

describe("a device that signs in again", () => {
  it("is known, is told of no second time, and signing out there ends its notices and its card", async () => {
    const personId = await settleHoa(house);
    const first = await enter(at.before, hoaNumbers.insurance, firstChoice);
    const citizen = await citizenOf(house, first.token);
    await subscribe(at.before, citizen, { subscription: aSubscription(), label: "Chrome", now: now() });
    await keepCard(at.before, citizen, { lock: "pin", label: "Chrome", now: now() });
    const told = async () => (await house.pool.query("select 1 from notice where template = 'new_device'")).rows.length;
    const before = await told();
    const again = await enter(at.newInFront, hoaNumbers.insurance, firstChoice, first.deviceCookie);
    expect(again.deviceCookie.split(".")[0]).toBe(first.deviceCookie.split(".")[0]);
    expect(again.deviceCookie).not.toBe(first.deviceCookie);
    const last = await enter(at.withoutOld, hoaNumbers.insurance, firstChoice, again.deviceCookie);
    expect(await told()).toBe(before);
    await signOut(at.withoutOld, await citizenOf(house, last.token), now());
    expect(await devicesOf(house.db, [personId])).toEqual([]);
    expect(await keptBy(house.db, personId)).toEqual([]);
  });

  it("as a program is told of once, whichever secret it was seen under", async () => {
    await settleHoa(house);
    const asProgram = (by: TestHouse) =>
      signIn(by, { login: hoaNumbers.insurance, password: firstChoice, kind: "bearer", device: "HIS", now: now() });
    for (const by of oneAfterAnother()) await asProgram(by);
    const { rows } = await house.pool.query("select 1 from notice where template = 'new_device'");
    expect(rows).toHaveLength(1);
  });
});

describe("what hangs on the old secret", () => {
  const beat = async (by: TestHouse) => (await noteSecret(house.db, by.vault, house.clock, house.log))();

  it("is told by the secrets' names, and the old one is not free while it stands in front or anything needs it", async () => {
    await beat(at.before);
    const personId = await settleHoa(house);
    const other = await aParent(house);
    const held = { person_id: other.personId, created_at: now(), confirmed_at: now() };
    const sealed_secret = house.vault.seal("authenticator", Buffer.from("x"), "x");
    await house.db
      .insertInto("authenticator")
      .values({ ...held, sealed_secret })
      .execute();
    const codes = ["k7mq2-x9fhd", "k7mq2-x9fhe"].map((code) => spareMarks(at.before, other.personId, code)[0]);
    await inTransaction(house.db, (tx) => replaceSpareCodes(tx, other.personId, codes));
    const session = await enter(at.before, hoaNumbers.insurance, firstChoice);
    const citizen = await citizenOf(house, session.token);
    await subscribe(at.before, citizen, { subscription: aSubscription(), label: "Chrome", now: now() });
    await beat(at.toldOfNew);
    expect(await without(at.toldOfNew, "test")).toMatchObject({ isFree: false, isInFront: true });
    later(60_000);
    await beat(at.newInFront);
    expect(await without(at.newInFront, "test")).toMatchObject({ isInFront: true });
    later(10 * 60_000);
    expect(await without(at.newInFront, "test")).toMatchObject({
      ...{ isFree: false, isInFront: false, oldSeals: 0 },
      hanging: { spareCodes: 2, noticeDevices: 1, keptCards: 0, paperCodes: 0 },
    });
    expect((await remarkAll(at.newInFront)).endpoints).toEqual({ done: 1, lost: 0 });
    const again = await enter(at.newInFront, hoaNumbers.insurance, firstChoice, session.deviceCookie);
    expect(again.personId).toBe(personId);
    expect((await without(at.newInFront, "test")).hanging).toMatchObject({ spareCodes: 2, noticeDevices: 0 });
    await house.pool.query("delete from spare_code");
    later(DAY_MS);
    expect((await without(at.newInFront, "test")).isFree).toBe(false);
    later(180 * DAY_MS);
    expect(await without(at.newInFront, "test")).toMatchObject({ isFree: true });
    expect(await without(at.newInFront, "test-8")).toMatchObject({ isFree: false, isInFront: true });
    expect((await tellSecrets(at.withoutOld)).map(({ secret, standing }) => [secret, standing])).toEqual([
      ["test-8", "front"],
      ["test", "unknown"],
    ]);
    await expect(without(at.newInFront, "nobody")).rejects.toThrow("never stood in front");
  });

  it("is told at a start that does not know it, until nothing can be in a browser any more", async () => {
    const warn = vi.spyOn(house.log, "warn");
    await beat(at.before);
    await beat(at.newInFront);
    await beat(at.afterBreach);
    expect(warn).not.toHaveBeenCalled();
    await beat(at.withoutOld);
    expect(warn.mock.lastCall).toEqual([{ missing: ["test"] }, expect.stringContaining("VSSID_SECRETS_KNOWN")]);
    warn.mockClear();
    later(181 * DAY_MS);
    await beat(at.withoutOld);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it("keeps the command from saying that it is free: exit 1, and 0 when nothing is lost", async () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const run = async (by: TestHouse, ...args: string[]) => {
      const opened = { ...by, close: async () => undefined } as unknown as OpenHouse;
      const nowhere = {} as Parameters<typeof programFor>[1];
      process.exitCode = 0;
      await programFor(async () => opened, nowhere).parseAsync(["keys", ...args], { from: "user" });
      const code = process.exitCode;
      process.exitCode = 0;
      return { code, said: JSON.parse(String(said.mock.lastCall?.[0])) };
    };
    await beat(at.before);
    await settleHoa(house);
    await beat(at.newInFront);
    expect((await run(at.toldOfNew, "secrets")).said).toMatchObject([
      { secret: "test", standing: "front" },
      { secret: "test-8", standing: "known" },
    ]);
    expect(await run(at.newInFront, "secrets", "--without", "test")).toMatchObject({
      code: 1,
      said: { isFree: false },
    });
    expect((await run(at.newInFront, "remark")).said).toEqual({
      ...{ receipts: { done: 0, lost: 0 }, endpoints: { done: 0, lost: 0 } },
    });
    expect((await run(at.newInFront, "rewrap", "--old")).said).toMatchObject({ values: { done: 0, lost: 0 } });
    later(181 * DAY_MS);
    expect(await run(at.newInFront, "secrets", "--without", "test")).toMatchObject({ code: 0, said: { isFree: true } });
    said.mockRestore();
  });
});
