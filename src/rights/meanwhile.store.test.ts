import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { citizenOf, enter, firstChoice, hoaEmail, hoaNumbers, settleHoa } from "../account/account.fixture.ts";
import { raise } from "../account/proof.ts";
import { findAccount } from "../account/store.ts";
import type { Citizen, Staff } from "../kernel/actor.ts";
import { recordDeath } from "../register/record-death.ts";
import { getPerson } from "../register/store.ts";
import { undoDeath } from "../register/undo-death.ts";
import { aStaff } from "../review/counter.fixture.ts";
import { askRequest, withdrawRequest } from "./ask-request.ts";
import { decideRequest } from "./desk.ts";
import { requestsOf } from "./store.ts";

let house: TestHouse;
let personId: string;
let requestId: string;
let hoa: Citizen;
let officer: Staff;
let colleague: Staff;

beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(async () => {
  await house.clean();
  personId = await settleHoa(house, hoaEmail);
  hoa = await citizenOf(house, (await enter(house, hoaNumbers.insurance, firstChoice)).token);
  officer = await aStaff(house, "Cán bộ Thử");
  colleague = await aStaff(house, "Cán bộ Khác");
  await house.pool.query(
    `insert into declaration (code, status, office_code, person_id, created_at, decided_at)
     values ('BD-TEST-0001', 'accepted', '52T01', $1, $2, $2)`,
    [personId, now()],
  );
  await raise(house.db, hoa, "password", now());
  await askRequest(house, hoa, { kind: "erase", says: "Tôi ra nước ngoài ở", agree: true }, now());
  requestId = (await requestsOf(house.db, personId))[0]?.requestId ?? "";
});
afterAll(() => house.close());

const now = () => house.clock.now();
const erased = { outcome: "erased", answer: "Đã xóa theo yêu cầu." };
const refused = { outcome: "refused", answer: "Đang hưởng lương hưu, chưa xóa được" };

describe("a deletion that is being carried out", () => {
  it.each([
    ["is taken back no more", () => withdrawRequest(house, hoa, requestId, now()), "not_found.data_request"],
    ["is refused no more", () => decideRequest(house, colleague, { requestId, ...refused }), "request_decided"],
  ] as const)("%s: what closes the account answers the request", async (_, meanwhile, code) => {
    const account = await hold(house, "select from account where person_id = $1 for update", [personId]);
    const erasing = decideRequest(house, officer, { requestId, ...erased });
    await account.waiting(1);
    const other = meanwhile();
    const both = Promise.allSettled([erasing, other]);
    await account.waiting(2);
    await account.letGo();
    expect(await both).toMatchObject([{ status: "fulfilled" }, { reason: { code } }]);
    expect((await requestsOf(house.db, personId))[0]).toMatchObject({ outcome: "erased", withdrawnAt: null });
    expect((await findAccount(house.db, personId))?.status).toBe("closed");
  });
});

it("an account that was deleted stays closed when a wrong death before it is taken back", async () => {
  const chief = await aStaff(house, "Phan Văn Trưởng", "supervisor");
  const { publicId } = await getPerson(house.db, personId);
  const form = { died_day: "5", died_month: "11", died_year: "2026", death_paper: "extract", death_number: "12/2026" };
  await recordDeath(house, officer, { person: publicId, form });
  await decideRequest(house, officer, { requestId, ...erased });
  await undoDeath(house, chief, { person: publicId, reason: "Nhầm người trùng tên" });
  expect((await getPerson(house.db, personId)).diedOn).toBeNull();
  expect((await findAccount(house.db, personId))?.status).toBe("closed");
});
