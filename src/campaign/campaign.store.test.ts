import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { dice } from "../../test/dice.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { aMember, aUnit } from "../drive/drive.fixture.ts";
import type { Staff } from "../kernel/actor.ts";
import { dayOf, formatDay } from "../kernel/calendar.ts";
import { formTokenFor } from "../web/form-token.ts";
import { SESSION_COOKIE } from "../web/request.ts";
import { giveNumber, noteBroadcast, planBroadcast, planDesk } from "./plan.ts";
import { broadcastsOf, desksOf, numbersOf, scansOf } from "./store.ts";

let house: TestHouse;
let coordinator: { actor: Staff; token: string };
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.clean();
  await aUnit(house, "XA1");
  await aUnit(house, "XA2", { officeCode: "52T02" });
  coordinator = await aMember(house, "thu.xa", { role: "coordinator", unit: "XA1" });
});

const headers = () => ({ cookie: `${SESSION_COOKIE}=${coordinator.token}` });
const get = (url: string) => house.app.inject({ url, headers: headers() });
const post = (url: string, form: Record<string, string>) =>
  house.app.inject({
    method: "POST",
    url,
    headers: { ...headers(), "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ ...form, _token: formTokenFor(house.vault, coordinator.token) }).toString(),
  });
const scans = async () => (await house.pool.query("select on_day, scans from poster_scan order by on_day")).rows;
const today = { desk_on: "23/11/2026", from: "8:00", to: "11:00", place: "Nhà văn hóa" };

it("A poster holds the unit's own address, which counts scans by day, sets no cookie and leads to the portal", async () => {
  const first = await get("/console/campaign/XA1/papers/poster-a4");
  expect([first.statusCode, first.headers["content-type"]]).toEqual([200, "application/pdf"]);
  expect((await get("/console/campaign/XA1/papers/poster-a3")).statusCode).toBe(200);
  const { rows } = await house.pool.query<{ mark: string; paper: string }>("select mark, paper from poster_mark");
  expect(rows).toHaveLength(1);
  const url = `/q/${rows[0]?.mark}`;
  for (const agent of ["Mozilla/5.0 (Linux; Android 14)", "Mozilla/5.0 (iPhone)", "facebookexternalhit/1.1"]) {
    const answer = await house.app.inject({ url, headers: { "user-agent": agent } });
    expect([answer.statusCode, answer.headers.location, answer.headers["set-cookie"]]).toEqual([303, "/", undefined]);
  }
  house.clock.moveTo(new Date("2026-11-24T02:00:00Z"));
  await house.app.inject({ url });
  await house.app.inject({ url: "/q/222222" });
  expect(await scans()).toEqual([
    { on_day: "2026-11-23", scans: 2 },
    { on_day: "2026-11-24", scans: 1 },
  ]);
});

it("A broadcast is planned, and noted once as it really was; another unit's coordinator cannot", async () => {
  const { actor } = coordinator;
  await planBroadcast(house, actor, "XA1", { length: "short", on: "23/11/2026", time: "08:00" });
  await expect(
    planBroadcast(house, actor, "XA2", { length: "short", on: "23/11/2026", time: "08:00" }),
  ).rejects.toMatchObject({ status: 404 });
  const [{ id: broadcast = "" } = {}] = await broadcastsOf(house.db, ["XA1"], new Date(0), 9);
  const aired = { broadcast, aired_on: "23/11/2026", aired_time: "08:05", seconds: "1:20", announcer: "Võ Đọc" };
  await noteBroadcast(house, actor, "XA1", aired);
  await expect(noteBroadcast(house, actor, "XA1", aired)).rejects.toMatchObject({ code: "broadcast_ended" });
  const shown = (await get("/console/campaign")).body;
  expect(shown).toContain("Đã phát lúc 08:05 23/11/2026, dài 1:20");
  const wrong = await post("/console/campaign/XA1/broadcast", { length: "long", on: "hôm nay", time: "17:00" });
  expect([wrong.statusCode, wrong.body.includes('value="hôm nay"')]).toEqual([422, true]);
});

it("A desk day gives each who walks in a number of their own, also when two are asked at once, and its list prints", async () => {
  const { actor } = coordinator;
  await planDesk(house, actor, "XA1", today);
  await planDesk(house, actor, "XA1", { ...today, desk_on: "24/11/2026" });
  const [first, later] = await desksOf(house.db, ["XA1"], "2026-11-23", 9);
  const desk = { desk: first?.id ?? "" };
  const given = await Promise.all([1, 2, 3].map(() => giveNumber(house, actor, "XA1", desk)));
  expect(given.sort()).toEqual([1, 2, 3]);
  expect(await numbersOf(house.db, desk.desk)).toHaveLength(3);
  const tomorrow = giveNumber(house, actor, "XA1", { desk: later?.id ?? "" });
  await expect(tomorrow).rejects.toMatchObject({ code: "desk_other_day" });
  const kept = await post("/console/campaign/XA1/desk-cancel", desk);
  expect([kept.statusCode, kept.body.includes("Đã phát số cho ngày này")]).toEqual([409, true]);
  const list = await get(`/console/campaign/XA1/papers/desk-${desk.desk}`);
  expect([list.statusCode, list.headers["content-type"]]).toEqual([200, "application/pdf"]);
});

it("A leader sees the campaign and plans nothing", async () => {
  const leader = await aMember(house, "thu.ld", { role: "leader", unit: "XA1" });
  await expect(planDesk(house, leader.actor, "XA1", today)).rejects.toMatchObject({ status: 403 });
  const url = "/console/campaign?unit=XA1";
  const seen = await house.app.inject({ url, headers: { cookie: `${SESSION_COOKIE}=${leader.token}` } });
  expect([seen.statusCode, seen.body.includes("/console/campaign/XA1/desk")]).toEqual([200, false]);
});

it("scans and queue numbers equal a recount of what happened, after random acts", {
  timeout: 600_000,
}, async () => {
  const seed = Number(process.env.VSSID_SEED ?? 330);
  const acts = Number(process.env.VSSID_ACTS ?? 200) / 4;
  const game = dice(seed);
  const { actor } = await aMember(house, "thu.ks", { role: "supervisor", office: "52T01" });
  await aUnit(house, "XA3");
  const scanned = new Map<string, number[]>();
  const [numbers, days] = [new Map<string, number>(), 40];
  for (const paper of ["poster", "leaflet"] as const) {
    for (const unit of ["XA1", "XA3"]) {
      const mark = `${paper === "poster" ? "P" : "L"}22${unit}`.replace("1", "4");
      await house.pool.query("insert into poster_mark (mark, unit_code, paper, made_at) values ($1, $2, $3, $4)", [
        ...[mark, unit, paper, house.clock.now()],
      ]);
      scanned.set(`${mark} ${unit} ${paper}`, []);
    }
  }
  for (let nth = 0; nth < acts; nth += 1) {
    const day = Math.floor((nth / acts) * days);
    house.clock.moveTo(new Date(Date.UTC(2026, 10, 23 + day, 2 + game.below(8), game.below(60))));
    if (game.roll() < 0.8) {
      const [key, seen] = game.pick([...scanned]);
      const isPreview = game.roll() < 0.2;
      const headers = { "user-agent": isPreview ? "facebookexternalhit/1.1" : "Mozilla/5.0 (iPhone)" };
      await house.app.inject({ url: `/q/${key.slice(0, 6)}`, headers });
      if (!isPreview) seen.push(day);
      continue;
    }
    const unit = game.pick(["XA1", "XA3"]);
    const today = formatDay(dayOf(house.clock.now()));
    const [found] = await desksOf(house.db, [unit], dayOf(house.clock.now()).toString(), 1);
    if (!found) await planDesk(house, actor, unit, { desk_on: today, from: "8:00", to: "11:00", place: "Nhà văn hóa" });
    else if (found.onDay === dayOf(house.clock.now()).toString()) {
      const given = await giveNumber(house, actor, unit, { desk: found.id });
      numbers.set(found.id, (numbers.get(found.id) ?? 0) + 1);
      expect(given, `seed ${seed}, act ${nth}`).toBe(numbers.get(found.id));
    }
  }
  const told = await scansOf(house.db, ["XA1", "XA3"], dayOf(house.clock.now()).subtract({ days: 27 }).toString());
  const today = Math.floor(((acts - 1) / acts) * days);
  const truth = [...scanned].map(([key, seen]) => {
    const [, unitCode, paper] = key.split(" ");
    return { unitCode, paper, all: seen.length, recent: seen.filter((day) => day >= today - 27).length };
  });
  expect(told, `seed ${seed}`).toEqual(expect.arrayContaining(truth));
  const { token } = await aMember(house, "thu.ks2", { role: "supervisor", office: "52T01" });
  const page = await house.app.inject({ url: "/console/campaign", headers: { cookie: `${SESSION_COOKIE}=${token}` } });
  const cells = [...page.body.matchAll(/<td[^>]*class="number"[^>]*>(?:<span>)?([\d.]+)/g)].map(([, count]) =>
    Number(count),
  );
  expect(
    cells.toSorted((a, b) => a - b),
    `seed ${seed}, the page`,
  ).toEqual(truth.flatMap(({ all, recent }) => [recent, all]).toSorted((a, b) => a - b));
});
