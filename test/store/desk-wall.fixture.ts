import { aboutPersons, behindDeskWall } from "../../src/db/wall.ts";
import type { Staff } from "../../src/kernel/actor.ts";
import { aMember, aRecord, type Made } from "../../src/register/merge.fixture.ts";
import type { TestHouse } from "../house.ts";

/** Two officers and a supervisor, two persons, and how to ask as one of them behind the second wall. */
export async function aDesk(house: TestHouse) {
  const lan = await aMember(house, "Trần Thị Lan", "officer");
  const chief = await aMember(house, "Phan Văn Trưởng", "supervisor");
  const away = await aMember(house, "Võ Thị Xa", "officer", "52T02");
  const own = await aRecord(house);
  const other = await aRecord(house, { name: "Người Khác Hẳn", birthOn: "1971-02-03" });
  const ask = async (text: string, values: unknown[] = []) => (await house.pool.query(text, values)).rows;
  const column = async (text: string): Promise<string[]> => (await ask(text)).map(({ name }) => name);
  const count = async (table: string, where = "true") =>
    Number((await ask(`select count(*) as n from ${table} where ${where}`))[0]?.n);
  const behind = <T>(by: Staff, work: () => T) => behindDeskWall(by.staffId, house.clock.now(), work);
  const about = <T>(by: Staff, people: readonly Made[], work: () => T) => {
    const ids = people.map(({ personId }) => personId);
    return behind(by, () => aboutPersons(ids, work));
  };
  /** While `work` goes on these persons stand at the counter of 52T01. */
  const withMatter = async (people: readonly Made[], work: () => Promise<void>) => {
    for (const { personId } of people) await ask(matter, [personId, "52T01", lan.staffId]);
    await work().finally(() => ask(noMatter));
  };
  return { lan, chief, away, own, other, ask, column, count, behind, about, withMatter };
}

/** `$1` the person, `$2` the office, `$3` a member of staff. */
export const matter = `insert into counter_matter values
  (gen_random_uuid(), $1, $2, $3, 'present', '2026-11-23T08:00+07', '2026-11-23T23:59+07')`;
export const noMatter = "delete from counter_matter";
