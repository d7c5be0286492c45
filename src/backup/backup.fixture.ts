import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { ownerOf } from "../db/connection.ts";
import { projectRoot } from "../db/root.ts";
import { forCommand, makeHouse, type OpenHouse } from "../house.ts";
import { ownRing } from "../keys.ts";
import { parseEnvironment } from "../settings.ts";
import type { Manifest } from "./folder.ts";
import { type Follower, followLog } from "./follow.ts";
import { placeOf } from "./place.ts";
import { type Restoring, restoreInto } from "./restore.ts";
import { type BackupPlace, takeBackup } from "./take.ts";

/** A folder with one small server and its backups, and the servers that are restored from them. */
export class BackupHome {
  readonly path = mkdtempSync(join(tmpdir(), "vssid-backups-"));
  readonly dir = join(this.path, "backups");
  readonly #open: OpenHouse[] = [];
  #restored = 0;

  environment() {
    const parsed = parseEnvironment(
      { VSSID_DATA_DIR: join(this.path, "data"), VSSID_BACKUP_DIR: this.dir },
      projectRoot,
    );
    if (!parsed.ok) throw new Error(parsed.faults.join("; "));
    return parsed.value;
  }

  async first(): Promise<OpenHouse> {
    const house = await makeHouse(this.environment(), forCommand);
    this.#open.push(house);
    return house;
  }

  place(): BackupPlace {
    return placeOf(this.environment().settings) ?? expect.unreachable();
  }

  async take(house: OpenHouse, now: () => Date = () => new Date()): Promise<Manifest> {
    // The name of a backup is its second.
    await wait(1000);
    return takeBackup({
      ...this.place(),
      connection: ownerOf(house),
      uploads: join(this.path, "none"),
      ...{ secretId: "s", program: "test", now },
    });
  }

  follow(house: OpenHouse): Follower {
    const onTrouble = (reason: string) => expect.fail(reason);
    return followLog({ ...this.place(), connection: ownerOf(house), onTrouble });
  }

  /** Where it was restored to; the server there has ended. */
  async restore(wanted: Pick<Restoring, "until" | "backup">): Promise<string> {
    this.#restored += 1;
    const into = join(this.path, `restored-${this.#restored}`);
    const { server } = await restoreInto({ ...this.place(), into, ...wanted });
    await server.stop();
    return into;
  }

  async openRestored(dataDir: string): Promise<OpenHouse> {
    const environment = this.environment();
    const ring = ownRing(environment.settings.dataDir);
    const settings = { ...environment.settings, dataDir };
    const house = await makeHouse({ ...environment, ring, settings }, forCommand);
    this.#open.push(house);
    return house;
  }

  async close(): Promise<void> {
    for (const house of this.#open) await house.close();
    rmSync(this.path, { recursive: true, force: true });
  }
}

export async function caughtUp(house: OpenHouse, follower: Follower): Promise<void> {
  const { rows } = await house.pool.query("select (pg_current_wal_flush_lsn() - '0/0')::text as at");
  while (follower.position() < BigInt(rows[0].at)) await wait(20);
}

export async function insertNotice({ pool }: OpenHouse, name: string): Promise<void> {
  await pool.query(
    `insert into notice (dedupe_key, class, channel, template, lang, recipient, fields, created_at, queued_at, due_at, next_at)
     values ($1, 'reminder', 'email', 'password_due', 'vi', 'a@example.vn', '{}', now(), now(), now() + interval '15 minutes', now())`,
    [name],
  );
}
