import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hold } from "../../test/held.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { sampleBytes } from "../../test/samples/envelope.ts";
import type { Staff } from "../kernel/actor.ts";
import { aMember, aRecord } from "../register/merge.fixture.ts";
import { recordDeath } from "../register/record-death.ts";
import { findPersonByKey, getPerson } from "../register/store.ts";
import { undoDeath } from "../register/undo-death.ts";
import { importClaims } from "./import-claims.ts";
import { importPersons } from "./import-persons.ts";

/** A file of persons and the counter, which write of the same people at one moment. */
let house: TestHouse;
let lan: Staff;
let chief: Staff;
beforeAll(async () => {
  house = await openTestHouse();
  lan = await aMember(house, "Trần Thị Lan", "officer");
  chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
});
afterAll(() => house.close());

const form = { died_day: "5", died_month: "11", died_year: "2026", death_paper: "extract", death_number: "12/2026" };
let files = 0;

function importRows(...rows: readonly string[]) {
  files += 1;
  const bytes = Buffer.from(["full_name,birth,sex,insurance_number", ...rows].join("\n"));
  return importPersons(house, { name: `persons-${files}.csv`, bytes });
}

describe("what the counter writes while a file of persons comes in", () => {
  it("a recorded death stays recorded, and the file's own words are taken", async () => {
    const person = await aRecord(house);
    const deaths = await hold(house, "lock table person_death in exclusive mode");
    const dying = recordDeath(house, lan, { person: person.publicId, form });
    await deaths.waiting(1);
    const importing = importRows(`Đặng Thị Hai,1980-05-06,2,${person.insuranceNumber}`);
    await deaths.waiting(2);
    await deaths.letGo();
    await Promise.all([dying, importing]);
    expect(await getPerson(house.db, person.personId)).toMatchObject({
      fullName: "Đặng Thị Hai",
      diedOn: "2026-11-05",
    });
  });

  it("a wrong death that was taken back stays taken back", async () => {
    const person = await aRecord(house);
    await recordDeath(house, lan, { person: person.publicId, form });
    const deaths = await hold(house, "lock table person_death in exclusive mode");
    const undoing = undoDeath(house, chief, { person: person.publicId, reason: "Nhầm người trùng tên" });
    await deaths.waiting(1);
    const importing = importRows(`Đặng Thị Hai,1980-05-06,2,${person.insuranceNumber}`);
    await deaths.waiting(2);
    await deaths.letGo();
    await Promise.all([undoing, importing]);
    expect(await getPerson(house.db, person.personId)).toMatchObject({ fullName: "Đặng Thị Hai", diedOn: null });
  });

  it.each([
    ["somebody else is rejected", "Võ Thị Mới,1991-02-03,2", { taken: 0, rejected: 1 }],
    ["the same person is taken as theirs", "Đặng Thị Hai Số,1980-05-06,2", { taken: 1, rejected: 0 }],
  ])("the row of a number that went to %s, and nobody stands twice", async (_, row, counts) => {
    const person = await aRecord(house);
    const number = `529912345${files}`;
    await house.pool.query("delete from person_number where person_id = $1 and kind = 'bhxh'", [person.personId]);
    const key = await hold(house, "insert into person_key values ('bhxh', $1, $2)", [number, person.personId]);
    const importing = importRows(`${row},${number}`);
    await key.waiting(1);
    await key.letGo();
    expect(await importing).toMatchObject(counts);
    expect((await findPersonByKey(house.db, "bhxh", number))?.personId).toBe(person.personId);
    const { rows } = await house.pool.query("select person_id from person_number where number = $1", [number]);
    expect(rows).toEqual(counts.taken ? [{ person_id: person.personId }] : []);
  });

  it("a first number that somebody was given is theirs, and another one of the file is rejected", async () => {
    const person = await aRecord(house);
    const [bhxh, cccd] = ["5299123470", "052180123470"];
    await house.pool.query("delete from person_number where person_id = $1 and kind = 'bhxh'", [person.personId]);
    await house.pool.query("insert into person_key values ('personal_id', $1, $2)", [cccd, person.personId]);
    const numbering = await hold(
      house,
      `with bumped as (update person set data_version = data_version + 1 where person_id = $1 returning person_id)
       insert into person_number (person_id, kind, number, valid_from) select person_id, 'bhxh', '5299123471', '2026-11-23' from bumped`,
      [person.personId],
    );
    const bytes = Buffer.from(
      `full_name,birth,sex,insurance_number,personal_id\nĐặng Thị Hai Số,1980-05-06,2,${bhxh},${cccd}`,
    );
    const importing = importPersons(house, { name: "numbers.csv", bytes });
    await numbering.waiting(1);
    await numbering.letGo();
    expect((await importing).rejects).toMatchObject([{ field: "insurance_number", code: "other_number" }]);
    expect(await findPersonByKey(house.db, "bhxh", bhxh)).toBeUndefined();
  });
});

it("whom a file does not change waits for nothing while it comes in", async () => {
  const [same, changed] = [await aRecord(house), await aRecord(house)];
  const person = await hold(house, "select from person where person_id = $1 for update", [changed.personId]);
  const importing = importRows(
    `Đặng Thị Hai Số,1980-05-06,2,${same.insuranceNumber}`,
    `Đặng Thị Hai,1980-05-06,2,${changed.insuranceNumber}`,
  );
  await person.waiting(1);
  const locked = house.pool.query("select from person where person_id = $1 for update nowait", [same.personId]);
  await expect(locked).resolves.toMatchObject({ rowCount: 1 });
  await person.letGo();
  expect(await importing).toMatchObject({ taken: 1, unchanged: 1 });
});

describe("a file that meets the counter in the other order", () => {
  const cccd = "052180123481";

  it("of a number and a person is taken from its beginning, after whoever was there first", async () => {
    const person = await aRecord(house);
    const counter = await hold(house, "select from person where person_id = $1 for no key update", [person.personId]);
    const told: number[] = [];
    const bytes = Buffer.from(
      `full_name,birth,sex,insurance_number,personal_id
Võ Thị Mới,1991-02-03,2,,${cccd}
Đặng Thị Hai,1980-05-06,2,${person.insuranceNumber},`,
    );
    const importing = importPersons(
      house,
      { name: "crossing.csv", bytes },
      { onReject: ({ record }) => told.push(record) },
    );
    await counter.waiting(1);
    await counter.take("insert into person_key values ('personal_id', $1, $2)", [cccd, person.personId]);
    await counter.letGo();
    expect(await importing).toMatchObject({ taken: 1, rejected: 1, rejects: [{ record: 1, code: "person_mismatch" }] });
    expect(told).toEqual([1]);
    expect((await getPerson(house.db, person.personId)).fullName).toBe("Đặng Thị Hai");
  });

  it("of a person whose claims it brings is read once more, and taken whole", async () => {
    const [person] = (await importRows("Nguyễn Văn Mẫu,1990-01-15,1,0000000012")).rejects;
    expect(person).toBeUndefined();
    const holder = await findPersonByKey(house.db, "bhxh", "0000000012");
    const counter = await hold(house, "select from person where person_id = $1 for no key update", [holder?.personId]);
    const read: number[] = [];
    const importing = importClaims(
      house,
      { name: "crossing.xml", bytes: sampleBytes },
      { onProgress: (bytes) => read.push(bytes) },
    );
    await counter.waiting(1);
    await counter.take("select from person where person_id = $1 for update", [holder?.personId]);
    await counter.letGo();
    expect(await importing).toMatchObject({ taken: 1, rejected: 0 });
    expect(read).toEqual([sampleBytes.length, sampleBytes.length]);
  });
});
