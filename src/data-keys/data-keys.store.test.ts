import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { secretOfTests } from "../../test/vault.ts";
import { dropKeys, insertKeys } from "../db/data-keys.ts";
import { inTransaction } from "../db/transaction.ts";
import { NotFound } from "../kernel/failures.ts";
import { aReceived, aStaff } from "../review/counter.fixture.ts";
import { findCopy, insertCopy } from "../review/store.ts";
import { ownKeys } from "../vault/own-keys.ts";
import { OWN_PLACES, SHARED_CLASSES, SHARED_PLACES } from "../vault/places.ts";
import { fileRing, newRingText } from "../vault/ring-file.ts";
import { createVault, type Vault } from "../vault/vault.ts";
import { loadClassKeys } from "./class-keys.ts";
import { resealPictures } from "./reseal.ts";
import { keysByVersion, versionsOf } from "./store.ts";
import { retireKeys, rewrapKeys, rotateKeys, takeHeldVersion } from "./turn.ts";

let house: TestHouse;
let fileId: string;
let staffId: string;
const folder = mkdtempSync(join(tmpdir(), "vssid-vault-"));
const path = join(folder, "ring.json");
beforeAll(async () => {
  writeFileSync(path, newRingText(), { mode: 0o600 });
  house = await openTestHouse();
  house.ring = fileRing(path);
  const staff = await aStaff(house, "Trần Thị Khóa");
  staffId = staff.staffId;
  fileId = (await aReceived(house, staff)).id;
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a process has after its start: nothing of another one's memory. */
async function aProcess(): Promise<{ vault: Vault; refresh(): Promise<void> }> {
  const ring = fileRing(path);
  const classes = await loadClassKeys(house.db, ring, house.clock);
  const keys = { classes, own: ownKeys(ring), version: () => classes.version };
  return { vault: createVault([secretOfTests(7)], keys), refresh: () => classes.refresh() };
}

async function fileCopy(vault: Vault, text: string): Promise<string> {
  const copyId = randomUUID();
  const jpeg = Buffer.from(text);
  const { dataKey, ...seal } = await vault.sealOwn("id-paper", jpeg, copyId);
  const sha256 = createHash("sha256").update(jpeg).digest();
  const picture = { copyId, side: "front", width: 1, height: 1, filedAt: house.clock.now(), filedBy: staffId } as const;
  await inTransaction(house.db, async (tx) => {
    await insertCopy(tx, fileId, { ...picture, sha256, keyId: vault.keyId, ...seal });
    await insertKeys(tx, [dataKey], house.clock.now());
  });
  return copyId;
}

async function read(vault: Vault, copyId: string): Promise<string> {
  const copy = await findCopy(house.db, fileId, copyId);
  if (!copy) throw new Error("no copy");
  return (await vault.openOwn("id-paper", copy, copyId)).toString();
}

const twoMinutesLater = () => house.clock.moveTo(new Date(house.clock.now().getTime() + 120_000));

describe("places", () => {
  it("are all the columns that hold sealed bytes", async () => {
    const { rows } = await house.pool.query<{ place: string }>(`
      select relname || '.' || attname as place from pg_attribute join pg_class c on c.oid = attrelid
       where relnamespace = 'public'::regnamespace and relkind = 'r' and atttypid = 'bytea'::regtype and not attisdropped
         and (attname ~ '^sealed' or col_description(c.oid, attnum) ~ '\\msealed\\M')`);
    const known = [
      ...Object.values(SHARED_PLACES),
      ...Object.values(OWN_PLACES).map(({ table, column }) => `${table}.${column}`),
      // Waits to take the place of the other; sealed for it.
      "staff_authenticator.next_secret",
    ];
    expect(rows.map(({ place }) => place).toSorted()).toEqual(known.toSorted());
  });
});

describe("keys turned over beside running processes", () => {
  it("serve old and new, go on where a killed rewrap stopped, and end only when nothing needs them", async () => {
    const [web, worker] = [await aProcess(), await aProcess()];
    const sealed = web.vault.seal("notice", Buffer.from("mã 4821"), "otp:1");
    expect(worker.vault.open("notice", sealed, "otp:1").toString()).toBe("mã 4821");
    const copies = [
      await fileCopy(web.vault, "một"),
      await fileCopy(web.vault, "hai"),
      await fileCopy(web.vault, "ba"),
    ];

    expect(await rotateKeys(house)).toBe(2);
    await expect(retireKeys(house, 2)).rejects.toMatchObject({ code: "key_newest" });
    await expect(retireKeys(house, 1)).rejects.toMatchObject({ code: "key_needed" });
    copies.push(await fileCopy(worker.vault, "bốn, chưa biết khóa mới"));
    await worker.refresh();
    copies.push(await fileCopy(worker.vault, "năm"));
    expect(await keysByVersion(house.db)).toContainEqual({ version: 2, keys: SHARED_CLASSES.length + 1 });

    const killed = rewrapKeys(house, () => Promise.reject(new Error("killed")), 3);
    await killed.catch(() => undefined);
    const left = (await keysByVersion(house.db)).find(({ version }) => version === 1)?.keys ?? 0;
    expect(left).toBeLessThan(SHARED_CLASSES.length + 4);
    expect(await read(web.vault, copies[0] ?? "")).toBe("một");
    const both = await Promise.all([rewrapKeys(house, undefined, 2), rewrapKeys(house, undefined, 2)]);
    expect(both[0] + both[1]).toBe(left);

    await expect(retireKeys(house, 1)).rejects.toMatchObject({ code: "key_young" });
    twoMinutesLater();
    await retireKeys(house, 1);
    await retireKeys(house, 1);
    expect(readFileSync(path, "utf8")).not.toContain('"version": 1');
    const fresh = await aProcess();
    const texts = await Promise.all(copies.map((copyId) => read(fresh.vault, copyId)));
    expect(texts).toEqual(["một", "hai", "ba", "bốn, chưa biết khóa mới", "năm"]);
    expect(fresh.vault.open("notice", sealed, "otp:1").toString()).toBe("mã 4821");
    await expect(fileCopy(web.vault, "sáu, bằng khóa đã bỏ")).rejects.toThrow("data_key_of_version");
    const { rows } = await house.pool.query("select action from audit_event where action like 'keys.%' order by at");
    expect(rows.map(({ action }) => action).toSorted()).toEqual(["keys.retire", "keys.rotate"]);
  });

  it("take up a version that the ring was given before, and no version twice", async () => {
    await expect(takeHeldVersion(house)).rejects.toThrow("key_not_held");
    const held = await house.ring.make();
    expect(await takeHeldVersion(house)).toBe(held);
    expect((await versionsOf(house.db)).at(-1)).toMatchObject({ version: held, ring: "file" });
    await expect(takeHeldVersion(house)).rejects.toThrow("key_not_held");
  });

  it("seal a class anew only when every process has had time to learn the key", async () => {
    const before = (await aProcess()).vault.seal("notice", Buffer.from("a"), "x").subarray(4, 20);
    await rotateKeys(house);
    const young = (await aProcess()).vault.seal("notice", Buffer.from("a"), "x").subarray(4, 20);
    expect(young).toEqual(before);
    twoMinutesLater();
    expect((await aProcess()).vault.seal("notice", Buffer.from("a"), "x").subarray(4, 20)).not.toEqual(before);
  });
});

describe("a picture", () => {
  it("does not open in another row, not even with its key beside it", async () => {
    const { vault } = await aProcess();
    const [mine, other] = [await fileCopy(vault, "của tôi"), await fileCopy(vault, "của người khác")];
    await house.pool.query(
      `update id_paper_copy a set sealed = b.sealed, data_key_id = b.data_key_id
         from id_paper_copy b where a.copy_id = $1 and b.copy_id = $2`,
      [mine, other],
    );
    await expect(read(vault, mine)).rejects.toThrow("authenticate");
    expect(await read(vault, other)).toBe("của người khác");
  });

  it("whose key was destroyed is gone, though its bytes are there", async () => {
    const { vault } = await aProcess();
    const copyId = await fileCopy(vault, "đã hủy khóa");
    const copy = await findCopy(house.db, fileId, copyId);
    await dropKeys(house.db, [copy?.dataKeyId ?? null]);
    await expect(read((await aProcess()).vault, copyId)).rejects.toBeInstanceOf(NotFound);
  });

  it("sealed by an older version gets a key of its own", async () => {
    const { vault } = await aProcess();
    const copyId = "2b0f6d0e-6c3d-4a57-9d7e-1f0b5a3c7e11";
    const old = "5173290e79737aa7e4002d410d4f9fee80e54568ddb2b8f56ae19af92bf2e907795be4a8d51d3a37c7bf02dc1b6d641f";
    await house.pool.query(
      `insert into id_paper_copy (copy_id, declaration_id, side, media_type, width, height, sha256, sealed, key_id, filed_at, filed_by)
       values ($1, $2, 'back', 'image/jpeg', 1, 1, '\\x00', decode($3, 'hex'), 'test', now(), $4)`,
      [copyId, fileId, old, staffId],
    );
    expect(await read(vault, copyId)).toBe("a picture of a paper");
    expect(await resealPictures({ ...house, vault })).toBe(1);
    expect((await findCopy(house.db, fileId, copyId))?.dataKeyId).not.toBeNull();
    expect(await read(vault, copyId)).toBe("a picture of a paper");
    expect(await resealPictures({ ...house, vault })).toBe(0);
  });
});
