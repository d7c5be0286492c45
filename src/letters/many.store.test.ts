import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { hired, openStaffSession } from "../staff-factor/staff.fixture.ts";
import { OFFICE, someUnits } from "./letters.fixture.ts";

/** An office that has sent 230 letters to one commune, each to be signed for; the oldest was asked about. */
let house: TestHouse;
let tokens: { office: string; unit: string };
beforeAll(async () => {
  house = await openTestHouse();
  await someUnits(house);
  const office = await hired(house, { username: "thu.vanthu", name: "Lê Văn Mẫu", role: "supervisor", office: OFFICE });
  const unit = await hired(house, { username: "thu.xa", name: "Lê Thị Mẫu", role: "coordinator", unit: "XA01" });
  tokens = {
    office: (await openStaffSession(house, office.staff.staffId)).token,
    unit: (await openStaffSession(house, unit.staff.staffId)).token,
  };
  await house.pool.query(
    `with l as (insert into letter (letter_id, office_code, number, dated_on, subject, issuer, signed_by, lang, made_at,
         made_by, sent_at, sent_by)
       select n, $1, 'CV-' || n, '2026-11-20', 'Việc mẫu', 'UBND', 'Ký', 'vi', $2, $3, $2, $3
         from generate_series(1, 230) n returning letter_id),
     p as (insert into letter_paper select letter_id, 'x', 'x', 1, 'k' from l)
     insert into letter_addressee (addressee_id, letter_id, group_name, unit_code, name)
       select gen_random_uuid(), letter_id, 'Các xã', 'XA01', 'UBND xã Mẫu Bình' from l`,
    [OFFICE, house.clock.now(), office.staff.staffId],
  );
  await house.pool.query(
    `insert into letter_talk select addressee_id, 1, false, 'Nộp ở đâu?', $1 from letter_addressee where letter_id = 1`,
    [house.clock.now()],
  );
});
afterAll(() => house.close());

const get = async (url: string, token: string) =>
  (await house.app.inject({ url, headers: { cookie: `vssid_session=${token}` } })).body;

/** The numbers of the letters on each page, from link to link. */
async function pagesOf(token: string): Promise<number[][]> {
  const pages: number[][] = [];
  for (let url: string | undefined = "/console/letters"; url && pages.length < 9; ) {
    const body = await get(url, token);
    pages.push([...body.matchAll(/href="\/console\/letters\/(\d+)"/g)].map(([, id]) => Number(id)));
    url = /class="older"[^>]*href="([^"]+)"/.exec(body)?.[1]?.replaceAll("&amp;", "&");
  }
  return pages;
}
const downFrom = (first: number, last: number) => Array.from({ length: first - last + 1 }, (_, at) => first - at);

describe("more letters than a page holds", () => {
  it("are all reached by who sent them, those with a question that waits first", async () => {
    const pages = await pagesOf(tokens.office);
    expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
    expect(pages.flat()).toEqual([1, ...downFrom(230, 2)]);
  });

  it("are all reached by the unit that received them, signed ones last", async () => {
    await house.pool.query(
      `insert into letter_receipt (addressee_id, signer_name, signer_position, place, way, signed_at, digest, check_mark)
       select addressee_id, 'Trần Thị Nhận', 'Văn thư', 'Xã', 'account', $1, 'x', sha256(addressee_id::text::bytea)
         from letter_addressee where letter_id = 229`,
      [house.clock.now()],
    );
    expect((await pagesOf(tokens.unit)).flat()).toEqual([230, ...downFrom(228, 1), 229]);
  });

  it("can be replaced however old they are, and a page that nobody gave is the first", async () => {
    expect(await get("/console/letters?replaces=7", tokens.office)).toMatch(/<option value="7" selected/);
    expect(await get("/console/letters", tokens.office)).not.toContain('<option value="7"');
    for (const wrong of ["sent=9-1", "sent=x", "received=0-1-x"]) {
      expect(await get(`/console/letters?${wrong}`, tokens.office)).toContain("/console/letters/230");
    }
  });
});
