import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import type { Staff } from "../kernel/actor.ts";
import { createWeb } from "../web/server.ts";
import { aConfirmed, aReceived, aStaff, OFFICE } from "./counter.fixture.ts";
import { routes } from "./officer.tsx";
import { propose } from "./propose.ts";

let house: TestHouse;
let app: FastifyInstance;
let lan: Staff;
let present: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aStaff(house, "Trần Thị Lan");
  present = lan;
  app = await createWeb(house, routes, async () => present);
});
afterAll(async () => {
  await app.close();
  await house.close();
});

const open = async (url: string) => (await app.inject({ method: "GET", url })).body;
const codesIn = (body: string) => [...new Set(body.match(/BD-\w{4}-\w{4}/g) ?? [])];

describe("a long queue", () => {
  it("is walked page by page, every file once, the least time left first", async () => {
    const model = await aConfirmed(house);
    await house.pool.query(
      `insert into declaration (code, status, seq, answers, answers_sha256, office_code, birth_on, birth_precision,
         folded_name, insurance_number, id_kind, id_number, phone, created_at, confirmed_at, lapses_at)
       select 'BD-QQQQ-' || lpad(n::text, 4, '0'), 'confirmed', 2, answers, answers_sha256, $2, birth_on, birth_precision,
         folded_name, '70' || lpad(n::text, 8, '0'), 'cccd', '088' || lpad(n::text, 9, '0'), phone, created_at, confirmed_at,
         lapses_at + n % 7 * interval '1 day'
         from declaration, generate_series(1, 119) n where declaration_id = $1`,
      [model.id, OFFICE],
    );
    const seen: string[] = [];
    let url: string | undefined = "/console?show=confirmed";
    for (let pages = 0; url && pages < 5; pages += 1) {
      const body: string = await open(url);
      seen.push(...codesIn(body));
      url = /rel="next" href="([^"]+)"|href="([^"]+)" rel="next"/
        .exec(body)
        ?.slice(1)
        .find(Boolean)
        ?.replaceAll("&amp;", "&");
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    const { rows } = await house.pool.query(
      "select code from declaration where status = 'confirmed' order by lapses_at, declaration_id",
    );
    expect(seen).toEqual(rows.map(({ code }) => code));
  });

  it("of several offices can be narrowed to one, and never shows an office of others", async () => {
    const here = await aConfirmed(house, { full_name: "Hà Thị Nơi Này" });
    const there = await aConfirmed(house, { full_name: "Hà Thị Nơi Kia", office: "52T02" });
    present = { ...lan, roles: [...lan.roles, { role: "officer", officeCode: "52T02" }] };
    expect(codesIn(await open("/console?name=ha+noi")).toSorted()).toEqual([here.code, there.code].toSorted());
    expect(codesIn(await open("/console?name=ha+noi&office=52T02"))).toEqual([there.code]);
    present = lan;
    expect(codesIn(await open("/console?name=ha+noi&office=52T02"))).toEqual([here.code]);
  });
});

describe("the way in which forms are handed in", () => {
  it("narrows the queue: at the office, in a batch whatever was declared, or by a way of the installation", async () => {
    const names = { full_name: "Vàng Thị Lối Vào" };
    const [plain, batched, desk] = [
      await aConfirmed(house, names),
      await aConfirmed(house, names),
      await aConfirmed(house, names),
    ];
    await house.pool.query("update declaration set batched_at = now() where code = $1", [batched.code]);
    await house.pool.query(
      `update declaration set answers = jsonb_set(answers, '{office,method}', '{"code": "commune_desk", "name": "bàn"}')
        where code = $1`,
      [desk.code],
    );
    const asked = async (way: string) => codesIn(await open(`/console?name=loi+vao&way=${way}`));
    expect(await asked("office")).toEqual([plain.code]);
    expect(await asked("batch")).toEqual([batched.code]);
    expect(await asked("commune_desk")).toEqual([desk.code]);
    expect(await asked("")).toHaveLength(3);
    expect(await open("/console?way=commune_desk")).toMatch(
      /<option[^>]*value="commune_desk"[^>]*selected|selected[^>]*value="commune_desk"/,
    );
  });
});

describe("a file that waits for a second person", () => {
  it("stands in a view of its own with its clock and who proposed it, and under nobody's desk", async () => {
    const file = await aReceived(house, lan, { register: { name: "Nguyễn Thị Diễm Hường" } });
    const ticks = { name: { trusted: "paper", reason: "Đã xem giấy khai sinh" } };
    await propose(house, lan, { code: file.code, note: "", ticks });
    const body = await open("/console?show=second");
    expect(codesIn(body)).toEqual([file.code]);
    expect(body).toContain("Chờ cán bộ kiểm soát (Trần Thị Lan trình)");
    expect(body).toMatch(/còn 1[45] phút/);
    expect(codesIn(await open("/console?show=mine"))).toEqual([]);
    expect(codesIn(await open("/console?show=received&holder=nobody"))).toEqual([]);
    const page = await open(`/console/files/${file.code}`);
    expect(page).toContain("Ông/Bà là người đề nghị.");
    expect(page).toContain("Đã xem giấy khai sinh");
    expect(page).not.toContain(`/console/files/${file.code}/acceptance`);
  });
});
