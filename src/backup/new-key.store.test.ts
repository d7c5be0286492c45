import { afterAll, beforeAll, expect, it } from "vitest";
import type { OpenHouse } from "../house.ts";
import { BackupHome, caughtUp, insertNotice } from "./backup.fixture.ts";
import { noteErasures, readErasures } from "./erasures.ts";
import { addKey } from "./key.ts";
import { pruneBackups } from "./prune.ts";
import { usualKeepRules } from "./rules.ts";
import { verifyBackups } from "./verify.ts";

const home = new BackupHome();
let house: OpenHouse;
beforeAll(async () => {
  house = await home.first();
});
afterAll(() => home.close());

it("backups, the log and the list of erasures go on under a new key, and what is older opens", async () => {
  await anErased(house);
  expect(await noteErasures(house)).toBe(1);
  const early = home.follow(house);
  const before = await home.take(house);
  await insertNotice(house, "under the old key");
  await caughtUp(house, early);
  await early.stop();

  addKey(home.environment().settings.backup?.keyFile ?? expect.unreachable());
  const late = home.follow(house);
  expect(await noteErasures(house)).toBe(0);
  const { earlier, ...newest } = home.place().key;
  expect(earlier.length).toBe(1);
  // Whoever has the newest alone reads the list: an old key may go with its backups.
  expect(await readErasures({ ...home.place(), key: { ...newest, earlier: [] } })).toMatchObject([
    { answer: "Đã xóa." },
  ]);
  await insertNotice(house, "under the new key");
  await caughtUp(house, late);
  await late.stop();
  const restored = await home.openRestored(await home.restore({ until: undefined }));
  const { rows } = await restored.pool.query("select dedupe_key as name from notice order by 1");
  expect(rows.map(({ name }) => name)).toEqual(["under the new key", "under the old key"]);

  const after = await home.take(house);
  expect(await verifyBackups(home.place())).toMatchObject({ backups: 2, faults: [] });
  expect(await pruneBackups(home.place(), { ...usualKeepRules, daily: 1, weekly: 0, monthly: 0 })).toMatchObject({
    kept: [after.name],
    removed: [before.name],
  });
});

async function anErased({ pool }: OpenHouse): Promise<void> {
  await pool.query(
    `with made as (insert into person (public_id, full_name, folded_name, birth_on, sex)
       values (gen_random_uuid(), 'Nguyễn Thử', 'nguyen thu', '1980-01-01', 1) returning person_id)
     insert into data_request (person_id, request_id, kind, says, opened_at, answer_by, due_on, office_code, taken_at,
                               decided_at, decided_by, taken_by, outcome, answer)
     select person_id, gen_random_uuid(), 'erase', 'x', now(), current_date, current_date,
            (select min(office_code) from bhxh_office), now(), now(), 1, 1, 'erased', 'Đã xóa.' from made`,
  );
}
