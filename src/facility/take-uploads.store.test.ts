import { randomUUID } from "node:crypto";
import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { dossier, envelope, sampleWith } from "../../test/samples/envelope.ts";
import { createDb } from "../db/pool.ts";
import { createWalledPool } from "../db/wall.ts";
import { importPersons } from "../intake/import-persons.ts";
import { forgetOld, type SetBack, takeUploads } from "./take-uploads.ts";
import { issueToken } from "./token.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let house: TestHouse;
let tokenId: string;
const tokens = new Map<string, string>();
const error = vi.fn();
/** A house whose complaints are heard. */
let heard: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  heard = { ...house, log: { ...house.log, error } as never };
  const people =
    "full_name,birth,sex,personal_id,insurance_number\nNguyễn Văn Mẫu,15/01/1990,1,099199000001,0000000012";
  await importPersons(house, { name: "people.csv", bytes: Buffer.from(people) });
  for (const facility of ["79998", "79999"]) {
    const issued = await issueToken(house, { facility, days: 30, label: "HIS" });
    tokens.set(facility, issued.token);
    tokenId = issued.tokenId;
  }
});
afterAll(() => house.close());

async function send(payload: string | Buffer, facility = "79999"): Promise<string> {
  const headers = { authorization: `Bearer ${tokens.get(facility)}`, "content-type": "application/xml" };
  const url = "/api/v1/facility/uploads";
  return (await house.app.inject({ method: "POST", url, headers, payload })).json().id;
}
const claim = (no: string, facility = "79999") =>
  envelope([dossier(sampleWith({ "*.MA_LK": no, "XML1.MA_CSKCB": facility }))]);

async function told(id: string, facility = "79999") {
  const headers = { authorization: `Bearer ${tokens.get(facility)}` };
  return (await house.app.inject({ url: `/api/v1/facility/uploads/${id}`, headers })).json();
}
const stateOf = async (id: string, facility?: string) => (await told(id, facility)).state;
const filesLeft = () => readdir(join(house.settings.dataDir, "uploads"));
const moveBy = (ms: number) => house.clock.moveTo(new Date(house.clock.now().getTime() + ms));

describe("files that wait", () => {
  test("are all taken, however long the import before them lasts", async () => {
    const ids = [await send(claim("w1")), await send(claim("w2")), await send(claim("w3"))];
    const pool = createWalledPool(house.connection, { log: house.log, statementTimeoutMs: 400 });
    const holder = await house.pool.connect();
    await holder.query("begin");
    await holder.query("select pg_advisory_xact_lock(8330007)");
    const taking = takeUploads({ ...heard, pool, db: createDb(pool) });
    await Promise.race([taking, wait(1000)]);
    await holder.query("rollback");
    holder.release();
    await taking;
    await pool.end();
    expect(error).not.toHaveBeenCalled();
    expect(await Promise.all(ids.map((id) => stateOf(id)))).toEqual(ids.map(() => "taken"));
    expect(await filesLeft()).toEqual([]);
  });

  test("are taken by one of two workers on the same folder, and their counts told once", async () => {
    const foreign = dossier(sampleWith({ "XML1.MA_CSKCB": "79998", "*.MA_LK": "t1" }));
    const id = await send(envelope([foreign, dossier(sampleWith({ "*.MA_LK": "t2" }))]));
    await Promise.all([takeUploads(house), takeUploads(house)]);
    expect(await told(id)).toMatchObject({ state: "taken", counts: { taken: 1, unchanged: 0, rejected: 1 } });
    expect(await filesLeft()).toEqual([]);
  });

  test("are taken beside any number whose file is not here, and these are given up after a week", async () => {
    const lost = Array.from({ length: 25 }, () => randomUUID());
    const columns = "upload_id, facility_code, token_id, sha256, bytes, received_at, state";
    await house.pool.query(
      `insert into facility_upload (${columns})
       select id, '79999', $2, ''::bytea, 1, $3, 'waiting' from unnest($1::uuid[]) id`,
      [lost, tokenId, house.clock.now()],
    );
    moveBy(MINUTE_MS);
    const id = await send(claim("l1"));
    await takeUploads(house);
    expect(await stateOf(id)).toBe("taken");
    await forgetOld(heard);
    expect(await stateOf(lost[0] ?? "")).toBe("waiting");
    moveBy(8 * DAY_MS);
    error.mockClear();
    await forgetOld(heard);
    expect(await stateOf(lost[0] ?? "")).toBe("failed");
    expect(error).toHaveBeenCalledTimes(lost.length);
  });
});

describe("a file that cannot be taken in", () => {
  /** One facility's claims strike a fault of ours until it is mended. */
  async function breakFor(facility: string) {
    const by = `check (facility_code is distinct from '${facility}') not valid`;
    await withOwner(`alter table visit add constraint broken ${by}`);
    return () => withOwner("alter table visit drop constraint broken");
  }
  async function withOwner(statement: string) {
    const pool = createWalledPool(house.connection, { log: house.log, asApp: false });
    await pool.query(statement);
    await pool.end();
  }

  test("waits, with what its facility sent later, is tried again, and keeps nobody else waiting", async () => {
    const setBack: SetBack = new Map();
    const mend = await breakFor("79999");
    error.mockClear();
    const first = await send(claim("f1"));
    moveBy(MINUTE_MS);
    const later = await send(claim("f1"));
    const other = await send("hello", "79998");
    await takeUploads(heard, setBack);
    await takeUploads(heard, setBack);
    expect(error).toHaveBeenCalledTimes(1);
    expect([await stateOf(first), await stateOf(later), await stateOf(other, "79998")]).toEqual([
      ...["waiting", "waiting", "refused"],
    ]);
    expect(await filesLeft()).toHaveLength(2);
    await mend();
    moveBy(6 * MINUTE_MS);
    expect(await takeUploads(heard, setBack)).toBe(2);
    expect([await stateOf(first), await stateOf(later)]).toEqual(["taken", "taken"]);
    expect(await filesLeft()).toEqual([]);
  });

  test("is called failed after some hours of tries, and its bytes stay", async () => {
    const setBack: SetBack = new Map();
    const mend = await breakFor("79999");
    const id = await send(claim("g1"));
    await takeUploads(heard, setBack);
    for (let n = 0; n < 6; n += 1) {
      expect(await stateOf(id)).toBe("waiting");
      moveBy(61 * MINUTE_MS);
      await takeUploads(heard, setBack);
    }
    expect(await stateOf(id)).toBe("failed");
    await mend();
    await takeUploads(heard, setBack);
    await utimes(join(house.settings.dataDir, "uploads", `${id}.xml`), 0, 0);
    await forgetOld(heard);
    expect(await filesLeft()).toEqual([`${id}.xml`]);
    moveBy(91 * DAY_MS);
    await forgetOld(heard);
    expect(await filesLeft()).toEqual([]);
  });
});
