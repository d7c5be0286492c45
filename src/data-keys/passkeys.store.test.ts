import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { createDatabase, dropDatabase, servingLogin } from "../../test/clusters.ts";
import { openTestHouse, type TestHouse } from "../../test/house.ts";
import { secretOfTests } from "../../test/vault.ts";
import { programFor } from "../command.ts";
import { asLogin, clientConfig, inDatabase } from "../db/connection.ts";
import { migrate } from "../db/migrate.ts";
import { projectRoot } from "../db/root.ts";
import type { Device } from "../factor/device.fixture.ts";
import { giveHerPasskey, keyOf, later, newDevice, provedHoa, putPasskey } from "../factor/factor.fixture.ts";
import { askForPasskey } from "../factor/passkey-ask.ts";
import { signInByPasskey } from "../factor/passkey-proof.ts";
import { sealKey } from "../factor/sealed-key.ts";
import { forCommand, forServer, houseOn, type OpenHouse } from "../house.ts";
import { lookAround } from "../promise/watchdog.ts";
import { parseEnvironment } from "../settings.ts";
import { hired } from "../staff-factor/staff.fixture.ts";
import { ownKeys } from "../vault/own-keys.ts";
import { fileRing, newRingText } from "../vault/ring-file.ts";
import { createVault } from "../vault/vault.ts";
import { loadClassKeys } from "./class-keys.ts";
import { SEALS_CAME_WITH } from "./passkeys.ts";
import { retireKeys, rewrapKeys, rotateKeys } from "./turn.ts";

let house: TestHouse;
const folder = mkdtempSync(join(tmpdir(), "vssid-passkeys-"));
beforeAll(async () => {
  house = await openTestHouse();
});
beforeEach(() => house.clean());
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(device: Device, by = house): Promise<string> {
  const now = by.clock.now();
  const asked = await askForPasskey(by, { purpose: "sign_in", boundTo: "browser", now });
  return keyOf(
    signInByPasskey(by, { response: device.sign(asked), boundTo: "browser", kind: "cookie", device: "", now }),
  );
}

/** What the command answers, and with what it ends. */
async function command(line: string, by: object = house): Promise<unknown> {
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const opened = { ...by, close: async () => undefined } as unknown as OpenHouse;
  await programFor(async () => opened, {} as Parameters<typeof programFor>[1]).parseAsync(line.split(" "), {
    from: "user",
  });
  const answer = { ...JSON.parse(String(said.mock.calls[0]?.[0])), exit: process.exitCode ?? 0 };
  process.exitCode = 0;
  said.mockRestore();
  return answer;
}

const none = { unsealed: 0, foreign: 0 };

const putStaff = (staffId: string, device: Device, sealed: Buffer | null) =>
  house.pool.query(
    `insert into staff_passkey (staff_id, credential_id, public_key, sealed_key, counter, name, created_at)
     values ($1, $2, $3, $4, 0, 'Máy lạ', now())`,
    [staffId, device.id, device.publicKey, sealed],
  );

describe("passkeys of the version before", () => {
  it("sign in once the operator has sealed them; whoever comes later is counted, and is sealed by a word alone", async () => {
    const { citizen, personId } = await provedHoa(house);
    const [own, old, late] = [newDevice(house), newDevice(house), newDevice(house)];
    await giveHerPasskey(house, citizen, own);
    await putPasskey(house, personId, old);
    const { staff } = await hired(house, { username: "khoa.cu", name: "Cán bộ Khóa", role: "auditor" });
    await putStaff(staff.staffId, newDevice(house), null);
    expect(await signIn(old)).toBe("passkey_unknown");
    expect(await command("keys passkeys")).toEqual({
      people: { unsealed: 1, foreign: 0 },
      staff: { unsealed: 1, foreign: 0 },
      exit: 1,
    });
    expect(await command("keys passkeys --seal")).toEqual({
      sealed: { people: 1, staff: 1 },
      people: none,
      staff: none,
      exit: 0,
    });
    expect([await signIn(old), await signIn(own)]).toEqual(["right", "right"]);
    await putPasskey(house, personId, late);
    expect(await command("keys passkeys")).toMatchObject({ people: { unsealed: 1, foreign: 0 }, staff: none, exit: 1 });
    expect(await signIn(late)).toBe("passkey_unknown");
    const { rows } = await house.pool.query("select detail from audit_event where action = 'keys.passkeys'");
    expect(rows).toEqual([{ detail: { people: 1, staff: 1 } }]);
  });

  it("more than a batch are sealed, each for its own owner", async () => {
    const { personId } = await provedHoa(house);
    const device = newDevice(house);
    await house.pool.query(
      `insert into passkey (person_id, credential_id, public_key, counter, name, is_synced, created_at)
       select $1, decode(lpad(to_hex(n), 8, '0'), 'hex'), $2, 0, 'Máy mẫu', false, now() from generate_series(1, 1003) n`,
      [personId, device.publicKey],
    );
    await putPasskey(house, personId, device);
    expect(await command("keys passkeys --seal")).toMatchObject({
      sealed: { people: 1004, staff: 0 },
      people: none,
      exit: 0,
    });
    expect(await signIn(device)).toBe("right");
  });

  it("a seal that is another's is told, and is not sealed over", async () => {
    const { personId } = await provedHoa(house);
    const device = newDevice(house);
    const whose = { kind: "passkey", ownerId: "4711", credentialId: device.id } as const;
    await putPasskey(house, personId, device, sealKey(house, whose, device.publicKey));
    expect(await command("keys passkeys --seal")).toEqual({
      sealed: { people: 0, staff: 0 },
      people: { unsealed: 0, foreign: 1 },
      staff: none,
      exit: 1,
    });
    expect(await signIn(device)).toBe("passkey_unknown");
  });
});

describe("the watch", () => {
  it("tells within the hour of passkeys that were not sealed here, and no more once there are none", async () => {
    const { personId } = await provedHoa(house);
    const { staff } = await hired(house, { username: "khoa.la", name: "Cán bộ Khóa", role: "auditor" });
    const told = async () => (await lookAround(house)).filter(({ name }) => name === "passkeys_unsealed");
    later(house, 2 * 3600_000);
    expect(await told()).toEqual([]);
    await putPasskey(house, personId, newDevice(house));
    await putStaff(staff.staffId, newDevice(house), Buffer.alloc(120, 7));
    expect(await told(), "asked once an hour").toEqual([]);
    later(house, 3600_000);
    expect(await told()).toEqual([{ name: "passkeys_unsealed", value: 2 }]);
    const { body } = await house.app.inject("/metrics");
    expect(body).toContain('vssid_state{part="alarm",what="passkeys_unsealed"} 1');
    await house.pool.query("delete from staff_passkey");
    await command("keys passkeys --seal");
    later(house, 3600_000);
    expect(await told()).toEqual([]);
  });
});

describe("keys that are turned over", () => {
  it("leave every passkey as it was, before and after the old version is gone", async () => {
    const path = join(folder, "ring.json");
    writeFileSync(path, newRingText(), { mode: 0o600 });
    const aProcess = async (): Promise<TestHouse> => {
      const classes = await loadClassKeys(house.db, fileRing(path), house.clock);
      const keys = { classes, own: ownKeys(fileRing(path)), version: () => classes.version };
      return { ...house, ring: fileRing(path), vault: createVault([secretOfTests(7)], keys) };
    };
    const web = await aProcess();
    const { citizen } = await provedHoa(web);
    const device = newDevice(web);
    await giveHerPasskey(web, citizen, device);
    await rotateKeys(web);
    await rewrapKeys(web);
    later(house, 120_000);
    await retireKeys(web, 1);
    const fresh = await aProcess();
    expect(await signIn(device, fresh)).toBe("right");
    expect(await command("keys passkeys", fresh)).toMatchObject({ people: none, exit: 0 });
  });
});

describe("the upgrade", () => {
  /** A database as the version before left it. */
  async function before(): Promise<{ name: string; end(): Promise<void> }> {
    const name = `p_${randomUUID().replaceAll("-", "")}`;
    await createDatabase(inject("cluster"), name);
    const root = mkdtempSync(join(folder, "root-"));
    cpSync(join(projectRoot, "db/migrations"), join(root, "db/migrations"), { recursive: true });
    for (const file of readdirSync(join(root, "db/migrations"))) {
      if (file >= SEALS_CAME_WITH) rmSync(join(root, "db/migrations", file));
    }
    await migrate(inDatabase(inject("cluster"), name), root);
    return { name, end: () => dropDatabase(inject("cluster"), name) };
  }

  const openOn = (name: string, use = forServer) => {
    const parsed = parseEnvironment({ VSSID_DATA_DIR: join(folder, name) }, projectRoot);
    if (!parsed.ok) throw new Error(parsed.faults.join("; "));
    const owner = inDatabase(inject("cluster"), name);
    return houseOn(
      { connection: asLogin(owner, servingLogin), owner, stop: async () => undefined },
      parsed.value,
      use,
      house.log,
    );
  };

  it("seals what stands in the very run that brings the seals, and nothing that comes after it", async () => {
    const { name, end } = await before();
    const client = new pg.Client(clientConfig(inDatabase(inject("cluster"), name)));
    await client.connect();
    try {
      const put = (label: string) =>
        client.query(
          `with made as (insert into person (public_id, full_name, folded_name, birth_on, sex)
             values (gen_random_uuid(), 'Người Mẫu', 'nguoi mau', '1980-01-01', 1) returning person_id),
           account_of as (insert into account (person_id, password_hash, password_kind, password_set_on, activated_at)
             select person_id, 'x', 'chosen', '2026-10-01', now() from made returning person_id)
           insert into passkey (person_id, credential_id, public_key, counter, name, is_synced, created_at)
           select person_id, $1, '\\x01', 0, 'Máy mẫu', false, now() from account_of`,
          [Buffer.from(label)],
        );
      const sealed = async () =>
        (await client.query("select count(sealed_key)::int as sealed, count(*)::int as n from passkey")).rows[0];
      await put("from before");
      await client.query(
        `with made as (insert into staff (username, full_name, password_hash, password_set_on)
           values ('truoc', 'Cán bộ Trước', 'x', '2026-11-01') returning staff_id)
         insert into staff_passkey (staff_id, credential_id, public_key, counter, name, created_at)
         select staff_id, 'staff', '\\x02', 0, 'Máy ở quầy', now() from made`,
      );
      const first = await openOn(name, forCommand);
      expect(await command("keys passkeys", first)).toMatchObject({ people: none, staff: none, exit: 0 });
      await first.close();
      expect(await sealed()).toEqual({ sealed: 1, n: 1 });
      await put("since");
      const again = await openOn(name);
      await again.close();
      expect(await sealed()).toEqual({ sealed: 1, n: 2 });
    } finally {
      await client.end();
      await end();
    }
  });
});
