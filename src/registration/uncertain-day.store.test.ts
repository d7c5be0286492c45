import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { fileMatter } from "../hotline/matters.ts";
import { anyone } from "../kernel/actor.ts";
import { NotAllowed } from "../kernel/failures.ts";
import { completeYear } from "../units/change-lists.ts";
import { createWeb } from "../web/server.ts";
import { routes as apiRoutes } from "./api.ts";
import { routes as pageRoutes } from "./citizen.tsx";
import { confirm } from "./confirm.ts";
import { issuePass, PASS_COOKIE } from "./file-pass.ts";
import { aConfirmed, anOfficer } from "./files.fixture.ts";
import { sendPhotos } from "./photos/send-photos.ts";
import { printForm } from "./print.ts";
import { redeclare } from "./redeclare.ts";
import { type Declaration, eventsOf } from "./store.ts";

/** The promised day has passed, and that year has no table of holidays: nobody is told that the file has ended. */
let house: TestHouse;
let app: FastifyInstance;
let file: Declaration;
beforeAll(async () => {
  house = await openTestHouse({ at: "2028-12-20T03:00:00.000Z" });
  app = await createWeb(house, [...apiRoutes, ...pageRoutes], async () => anyone);
  await app.ready();
});
beforeEach(async () => {
  await house.clean();
  house.clock.moveTo(new Date("2028-12-20T03:00:00Z"));
  file = await aConfirmed(house);
  house.clock.moveTo(new Date("2029-01-03T03:00:00Z"));
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const by = () => ({ code: file.code, actor: anyone, now: house.clock.now() });
const pass = () => issuePass(house.vault, file.code, house.clock.now(), 3600);
const read = async () =>
  (await app.inject({ url: `/api/v1/declarations/${file.code}`, headers: { "x-file-token": pass() } })).json();
const see = (url: string) => app.inject({ url, cookies: { [PASS_COOKIE]: pass() } });
const kinds = async () => (await eventsOf(house.db, file.id)).map(({ kind }) => kind);

async function year2029(): Promise<void> {
  await house.pool.query("insert into public_holiday values ('2029-01-01', 2029, 'holiday', 'Tết Dương lịch', 'thử')");
  await completeYear(house, { year: 2029, by: "TB thử", why: "thử" });
}

describe("a declaration whose last day no table of holidays makes certain", () => {
  it("is shown as it stands, to the person, to programs and to the hotline, until the year is complete", async () => {
    expect(await read()).toMatchObject({ status: "confirmed", allowed: ["withdraw", "print"], answersKeptUntil: null });
    expect((await see("/register/receipt")).statusCode).toBe(200);
    expect((await see("/register/track")).body).not.toContain("/register/again");
    expect(await fileMatter(house, file, house.clock.now())).toMatchObject({
      status: "confirmed",
      canDeclareAgain: false,
    });
    await year2029();
    expect(await read()).toMatchObject({ status: "lapsed", allowed: ["redeclare"], answersKeptUntil: "2029-02-02" });
    expect((await see("/register/track")).body).toContain("/register/again");
    expect(await fileMatter(house, file, house.clock.now())).toMatchObject({ status: "lapsed", canDeclareAgain: true });
  });

  it("is printed for the person and by the officer, and a print that is refused is none on record", async () => {
    expect((await printForm(house, by())).subarray(0, 5).toString()).toBe("%PDF-");
    const atDesk = () => printForm(house, { ...by(), actor: anOfficer, officeCode: "52T01" });
    expect((await atDesk()).subarray(0, 5).toString()).toBe("%PDF-");
    expect(await kinds()).toEqual(["drafted", "confirmed", "printed"]);
    await year2029();
    await expect(atDesk()).rejects.toThrow(NotAllowed);
    await expect(printForm(house, by())).rejects.toMatchObject({ now: "lapsed" });
    expect(await kinds()).toEqual(["drafted", "confirmed", "printed", "lapsed"]);
  });

  it("is not declared again beside itself; confirmed again it is the same file, and pictures may still come", async () => {
    await expect(redeclare(house, by())).rejects.toMatchObject({ now: "confirmed", allowed: ["withdraw", "print"] });
    expect(await confirm(house, by())).toMatchObject({ code: file.code, status: "confirmed" });
    const pictures = sendPhotos(house, { ...by(), pictures: {}, insists: false });
    await expect(pictures).rejects.toMatchObject({ faults: [{ key: "image_missing" }] });
    await year2029();
    expect((await redeclare(house, by())).status).toBe("draft");
  });
});
