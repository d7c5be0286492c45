import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { placesOf } from "../../test/places.ts";
import { aChild, aDesk, aParent, type Child, link, type Parent } from "../guardian/guardian.fixture.ts";
import { addFacility, addNumber, addPeriod, addVisit } from "../me/person.fixture.ts";
import { forgetOld } from "./forget-old.ts";

let house: TestHouse;
let mother: Parent;
let child: Child;
let privateYear: number;
const now = "2026-11-23T02:00:00.000Z";

beforeAll(async () => {
  house = await openTestHouse({ at: now });
  mother = await aParent(house, "Trần Thị Mẹ Mẫu");
  child = await aChild(house);
  await link(house, await aDesk(house), child, mother);
  await addFacility(house.db);
  await addPeriod(house.db, mother.personId, "2014-01", "2026-06", { unit_name: "=1+1 Công ty Mẫu" });
  await addPeriod(house.db, mother.personId, "2026-07", "2026-08", { status: "unpaid" });
  await addVisit(house.db, mother.personId, "2026-03-02 08:00:00");
  const sensitive = { is_sensitive: true, main_code: "A15.0", diagnosis: "Lao phổi" };
  await addVisit(house.db, mother.personId, "2025-03-02 08:00:00", sensitive);
  privateYear = 2025;
});
afterAll(() => house.close());

const bearer = (who: Parent, ward?: Child) => ({
  authorization: `Bearer ${who.token}`,
  ...(ward ? { "vssid-acting-for": ward.publicId } : {}),
});
const ask = (method: "GET" | "POST", url: string, headers: Record<string, string> = {}, payload?: object) =>
  house.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
const make = (body: object, who = mother, ward?: Child) =>
  ask("POST", "/api/v1/me/statements", bearer(who, ward), body);
const check = async (code: string) => (await ask("POST", "/api/v1/paper-checks", {}, { code })).json();
const listed = async () => (await ask("GET", "/api/v1/me/statements", bearer(mother))).json().statements;

/** The page for everybody, with or without the file that was received. */
async function checkOnPage(code: string, file?: Buffer) {
  const shown = await ask("GET", "/check-paper");
  const token = /name="_token" value="([^"]+)"/.exec(shown.body)?.[1] ?? "";
  const cookies = Object.fromEntries(shown.cookies.map(({ name, value }) => [name, value]));
  const form = new FormData();
  form.set("_token", token);
  form.set("code", code);
  if (file) form.set("file", new Blob([new Uint8Array(file)], { type: "application/pdf" }), "ban-ke.pdf");
  const request = new Request("http://x", { method: "POST", body: form });
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const payload = Buffer.from(await request.arrayBuffer());
  return house.app.inject({ method: "POST", url: "/check-paper", cookies, headers, payload });
}

describe("a paper of one's own record", () => {
  it("is made once, with a code by which anybody sees its totals, initials and three last digits, and no more", async () => {
    const made = await make({ kind: "participation" });
    expect([made.statusCode, made.headers["content-type"], made.body.slice(0, 5)]).toEqual([
      201,
      "application/pdf",
      "%PDF-",
    ]);
    const code = String(made.headers["vssid-statement-code"]);
    const answer = await check(code.toLowerCase().replaceAll("-", " "));
    expect(answer).toMatchObject({ standing: "good", kind: "participation", expiresOn: "2027-02-21" });
    const lines = Object.fromEntries(answer.lines.map(({ key, value }: Record<string, string>) => [key, value]));
    expect(lines).toEqual({
      "Của ai (chữ đầu họ tên)": "T. T. M. M.",
      "Mã số BHXH": `•••••••${mother.number.slice(-3)}`,
      "Đã đóng BHXH": "150 tháng, tháng cuối 06/2026",
      "Chưa đóng BHXH": "2 tháng",
      "Tiền lương đóng BHXH mới nhất": "7.800.000\u00a0đ (tháng 06/2026)",
      "Số dòng trong các bảng": "2",
    });
    expect(JSON.stringify(answer)).not.toContain(mother.number);
    expect(JSON.stringify(answer)).not.toContain("Mẹ Mẫu");
  });

  it("is tied to whoever has a number of identity alone by that, on the paper as in the check; of others it stays away", async () => {
    const numbersShown = async (who: Parent) => {
      const { lines } = await check(
        String((await make({ kind: "participation" }, who)).headers["vssid-statement-code"]),
      );
      return lines.filter(({ value }: Record<string, string>) => value?.startsWith("•"));
    };
    const newcomer = await aParent(house, "Trần Thị Mới Mẫu");
    await house.pool.query(
      "update person_number set kind = 'personal_id', number = '099190000166' where person_id = $1 and kind = 'bhxh'",
      [newcomer.personId],
    );
    expect(await numbersShown(newcomer)).toEqual([{ key: "Số định danh cá nhân", value: "•••••••••166" }]);
    await addNumber(house.db, mother.personId, "personal_id", "099190000155");
    expect(await numbersShown(mother)).toEqual([{ key: "Mã số BHXH", value: `•••••••${mother.number.slice(-3)}` }]);
  });

  it("keeps no code, no number and no figure that can be read in the database", async () => {
    const made = await make({ kind: "visits", year: 2026 });
    const code = String(made.headers["vssid-statement-code"]);
    for (const one of [code, code.slice(3, 17), code.slice(3).replaceAll("-", ""), "T. T. M. M."])
      expect(await placesOf(house, one), one).toEqual([]);
    for (const one of [mother.number, "726601"])
      expect(await placesOf(house, one), one).not.toContain("public.statement");
  });

  it("each check is counted, and told to the owner in the list and among the looks; a mistyped code is not", async () => {
    const code = String((await make({ kind: "participation" })).headers["vssid-statement-code"]);
    await check(code);
    await check(code);
    expect((await ask("POST", "/api/v1/paper-checks", {}, { code: code.replace(/.$/, "?") })).statusCode).toBe(422);
    expect((await listed())[0]).toMatchObject({
      codeEnd: code.slice(-4),
      checks: 2,
      checkedAt: expect.stringMatching("2026-11-23T02:00"),
    });
    const { body } = await house.app.inject({ url: "/app/looks", cookies: mother.cookies });
    expect(body).toContain("Kiểm tra mã của một bản kê");
  });

  it("a code that nobody was given tells nothing, on the page as in the API", async () => {
    expect(await check("BK-2222-2222-2222-2222")).toEqual({ standing: "unknown" });
    const page = await checkOnPage("BK-2222-2222-2222-2222");
    expect([page.statusCode, page.body.includes("Không có bản kê nào mang mã này")]).toEqual([422, true]);
  });

  it("the file itself may be held against it: one bit more, and it is said to be another", async () => {
    const made = await make({ kind: "participation" });
    const code = String(made.headers["vssid-statement-code"]);
    expect((await checkOnPage(code, made.rawPayload)).body).toContain("giống hệt tệp đã phát");
    const altered = Buffer.concat([made.rawPayload, Buffer.from("\n")]);
    const { body } = await checkOnPage(code, altered);
    expect(body).toContain("khác tệp đã phát");
    expect(body).toContain("150 tháng");
  });

  it("taken back by its owner, its check says so and shows nothing; nobody else can take it back", async () => {
    const made = await make({ kind: "participation" });
    const at = `/api/v1/me/statements/${made.headers["vssid-statement-id"]}/withdrawal`;
    const other = await aParent(house, "Người Ngoài");
    expect((await ask("POST", at, bearer(other))).statusCode).toBe(404);
    expect((await ask("POST", at, bearer(mother))).statusCode).toBe(204);
    expect((await ask("POST", at, bearer(mother))).statusCode).toBe(404);
    expect(await check(String(made.headers["vssid-statement-code"]))).toEqual({ standing: "withdrawn" });
  });

  it("answers to the end of its last day, is told as ended after it, and is forgotten in the end", async () => {
    const code = String((await make({ kind: "participation" })).headers["vssid-statement-code"]);
    house.clock.moveTo(new Date("2027-02-21T16:59:00Z"));
    expect(await check(code)).toMatchObject({ standing: "good" });
    house.clock.moveTo(new Date("2027-02-21T17:01:00Z"));
    expect(await check(code)).toEqual({ standing: "ended", expiresOn: "2027-02-21" });
    expect(await forgetOld(house)).toBe(0);
    house.clock.moveTo(new Date("2028-03-01T00:00:00Z"));
    expect(await forgetOld(house)).toBeGreaterThan(5);
    expect(await check(code)).toEqual({ standing: "unknown" });
    expect((await house.pool.query("select from statement_code")).rowCount).toBe(0);
    house.clock.moveTo(new Date(now));
  });

  it("goes with the record when two records of one person become one", async () => {
    const code = String((await make({ kind: "participation" })).headers["vssid-statement-code"]);
    const survivor = await aParent(house, "Trần Thị Mẹ Mẫu");
    await house.pool.query("update person set merged_into = $2 where person_id = $1", [
      mother.personId,
      survivor.personId,
    ]);
    await house.pool.query("update statement set person_id = $2 where person_id = $1", [
      mother.personId,
      survivor.personId,
    ]);
    expect(await check(code)).toMatchObject({ standing: "good" });
    await house.pool.query("update statement set person_id = $2 where person_id = $1", [
      survivor.personId,
      mother.personId,
    ]);
    await house.pool.query("update person set merged_into = null where person_id = $1", [mother.personId]);
  });

  it("a guardian makes the child's: the child's name, the guardian on record, never the guardian's own rows", async () => {
    const made = await make({ kind: "participation" }, mother, child);
    const answer = await check(String(made.headers["vssid-statement-code"]));
    expect(JSON.stringify(answer.lines)).not.toContain("150 tháng");
    const { rows } = await house.pool.query(
      "select actor_id, person_id from audit_event where action = 'statement.make' order by event_id desc limit 1",
    );
    expect(rows[0]).toMatchObject({ actor_id: mother.personId, person_id: child.personId });
  });

  it("no more than the policy says are made a day, and the refusal says how many", async () => {
    const hurried = await aParent(house, "Người Vội");
    const codes: number[] = [];
    for (let n = 0; n < 21; n += 1) codes.push((await make({ kind: "participation" }, hurried)).statusCode);
    expect(codes.filter((code) => code === 201)).toHaveLength(20);
    expect(codes.at(-1)).toBe(422);
  });
});

describe("the same rows as CSV", () => {
  const csv = async (path: string) => (await ask("GET", `/api/v1/me/statements/${path}`, bearer(mother))).body;

  it("begins with a byte-order mark and a head in words, and holds no formula", async () => {
    const text = await csv("participation.csv");
    expect(text.startsWith("\uFEFF")).toBe(true);
    const [head = [], , unpaid = []] = parse(text, { bom: true }) as string[][];
    expect(head.slice(0, 3)).toEqual(["Quỹ", "Từ tháng", "Đến tháng"]);
    expect(text).toContain("'=1+1 Công ty Mẫu");
    expect(unpaid).toBeDefined();
  });

  it("covers a private illness unless it is asked for", async () => {
    expect(await csv(`visits.csv?year=${privateYear}`)).toContain("Nội dung riêng tư");
    expect(await csv(`visits.csv?year=${privateYear}`)).not.toContain("Lao");
    expect(await csv(`visits.csv?year=${privateYear}&withPrivate=true`)).toContain("Lao phổi");
    expect((await ask("GET", "/api/v1/me/statements/visits.csv", bearer(mother))).statusCode).toBe(422);
  });
});

it("a year in which a stay of before merely ended has no list of visits to offer", async () => {
  const stayed = await aParent(house, "Đỗ Thị Mẫu Nằm");
  await addVisit(house.db, stayed.personId, "2023-12-28 08:00:00", { discharged_at: "2024-01-05 10:00:00" });
  const { body } = await house.app.inject({ url: "/app/statements", cookies: stayed.cookies });
  expect([...body.matchAll(/<option[^>]* value="(\d{4})"/g)].map(([, year]) => year)).toEqual(["2023"]);
});
