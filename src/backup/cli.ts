import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { backup as writeArchive } from "../db/backup.ts";
import { type Connection, ownerOf } from "../db/connection.ts";
import type { House } from "../db/house.ts";
import { withClient } from "../db/one-client.ts";
import { restore as readArchive } from "../db/restore.ts";
import { uploadFolder } from "../facility/receive-upload.ts";
import { noteBeat, noteFirst } from "../notices/store-beat.ts";
import { goOn } from "../timekeeping/trust.ts";
import type { KeyRing } from "../vault/ring.ts";
import { noteErasures } from "./erasures.ts";
import { backupNames, readManifest } from "./folder.ts";
import { SLOT } from "./follow.ts";
import { addKey } from "./key.ts";
import { placeOf } from "./place.ts";
import { pruneBackups } from "./prune.ts";
import type { Recovered } from "./recover.ts";
import { rehearse } from "./rehearse.ts";
import { careFor, releaseHeld, restoreInto } from "./restore.ts";
import { parseMoment, usualKeepRules } from "./rules.ts";
import { Damaged } from "./seal.ts";
import { forgetSlot } from "./standby.ts";
import { type BackupPlace, takeBackup } from "./take.ts";
import { verifyBackups } from "./verify.ts";

type Opened = House & { connection: Connection; owner: Connection | undefined; ring: KeyRing; close(): Promise<void> };
type OpenHouse = () => Promise<Opened>;

/** What the program gives to commands that must not open the database of the settings. */
export interface Surroundings {
  settings(): House["settings"];
  version: string;
  /** A house on a database that was just restored. */
  openOn(server: Recovered): Promise<Opened>;
  /** All that happens by itself and is due. */
  runDue(house: Opened): Promise<void>;
}

interface BackupOptions {
  out?: string;
  list?: boolean;
  verify?: boolean;
  prune?: boolean;
  rehearse?: boolean;
  newKey?: string;
  unfollow?: boolean;
  daily: string;
  weekly: string;
  monthly: string;
  work: string;
  pgBin?: string;
}

interface RestoreOptions {
  from?: string;
  into?: string;
  until?: string;
  backup?: string;
  pgBin?: string;
  releaseNotices?: boolean;
}

/** `vssid backup`, `vssid restore`: sealed copies of the whole server, and archives of the tables. */
export function register(program: Command, openHouse: OpenHouse, surroundings: Surroundings): void {
  const { daily, weekly, monthly } = usualKeepRules;
  program
    .command("backup")
    .description("A sealed backup of everything into VSSID_BACKUP_DIR, while the system runs")
    .option("--list", "what there is")
    .option("--verify", "read every byte of it; exit 1 when one is not as it was written")
    .option("--prune", "take away what the rules below do not keep")
    .option("--daily <n>", "last backups of so many days", String(daily))
    .option("--weekly <n>", "last backups of so many weeks", String(weekly))
    .option("--monthly <n>", "last backups of so many months", String(monthly))
    .option(
      "--rehearse",
      "restore the newest into a folder that goes again, and compare every table; exit 1 when one differs",
    )
    .option("--work <dir>", "where --rehearse has room for the whole database", tmpdir())
    .option("--pg-bin <dir>", "programs of the source's PostgreSQL version, where it is not the built-in one")
    .option(
      "--new-key <file>",
      "a key of backups, in front of those that the file holds; keep it apart from them, and twice",
    )
    .option(
      "--unfollow",
      "the log is followed no more (VSSID_BACKUP_LOG is not set): the server keeps none of it for us",
    )
    .option("--out <file>", "instead: the tables alone in one compressed file, which is not sealed")
    .action(async (options: BackupOptions) => {
      if (options.newKey) return print({ file: options.newKey, key: addKey(options.newKey).id });
      if (options.out) return archive(openHouse, options.out);
      if (options.list) return list(placeIn(surroundings));
      if (options.verify) return verify(placeIn(surroundings));
      if (options.prune) return print(await pruneBackups(placeIn(surroundings), rulesOf(options)));
      if (options.rehearse) return practise(openHouse, options);
      if (options.unfollow) return unfollow(openHouse);
      return take(openHouse, surroundings);
    });
  program
    .command("restore [file]")
    .description("Bring a backup back into a new folder; or an archive of --out into an empty database")
    .option("--from <dir>", "folder of backups; VSSID_BACKUP_DIR when not given")
    .option("--into <dir>", "new folder; start with VSSID_DATA_DIR set to it")
    .option("--until <moment>", 'the last moment that comes back: "2026-11-26 10:00:00" of Viet Nam')
    .option("--backup <name>", "this one, also where a restore to an earlier moment gave it up; --list names them")
    .option("--pg-bin <dir>", "programs of the source's PostgreSQL version, where it is not the built-in one")
    .option("--release-notices", "send what was held after a restore")
    .action(async (file: string | undefined, options: RestoreOptions) => {
      if (options.releaseNotices) {
        return withHouse(openHouse, async (house) => print({ released: await releaseHeld(house) }));
      }
      if (options.into) {
        if (file) throw new Error("--into takes the newest backup of --from, or the one that --backup names: no file");
        return bringBack(surroundings, { ...options, into: options.into });
      }
      if (!file) throw new Error("say --into a new folder, or name an archive");
      return withHouse(openHouse, async (house) => {
        print({ file, ...(await readArchive(ownerOf(house), file, namesOf(house))) });
      });
    });
}

async function take(openHouse: OpenHouse, { version }: Surroundings): Promise<void> {
  await withHouse(openHouse, async (house) => {
    // Before anything can fail: one that never succeeds is missed as well.
    if (house.settings.backup) await noteFirst(house.db, "backup_tried", house.clock.now());
    const place = needed(placeOf(house.settings));
    const startedAt = performance.now();
    const taking = takeBackup({
      ...place,
      connection: ownerOf(house),
      uploads: uploadFolder(house.settings),
      secretId: house.vault.keyId,
      program: version,
      now: () => house.clock.now(),
    });
    // Also where none could be taken; and not before, for on a full disk it is the backup that makes room.
    const noted = taking.then(
      () => noteErasures(house),
      () => noteErasures(house),
    );
    await noted.catch(() => undefined);
    const { name, files, tables, positions } = await taking;
    await noted;
    await noteBeat(house.db, "backup", house.clock.now());
    await noteFirst(house.db, "rehearsal", house.clock.now());
    print({
      backup: name,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: seconds(performance.now() - startedAt),
      mark: positions.mark,
      tables: tables ? Object.keys(tables).length : "not counted: writers left no moment free",
    });
  });
}

/** One that cannot be read hides none of the others: this is where their names are looked for. */
async function list(place: BackupPlace): Promise<void> {
  for (const name of backupNames(place.dir)) {
    const read = await readManifest(place.key, place.dir, name).catch((error: Error) => error.message);
    if (typeof read === "string") {
      print({ backup: name, fault: read });
      process.exitCode = 1;
      continue;
    }
    const { markedAt, files, program, migration, server, secretId } = read;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const postgres = Math.floor(server.version / 10_000);
    print({ backup: name, markedAt, bytes, program, migration: migration.number, postgres, secret: secretId });
  }
  if (backupNames(place.dir).length === 0) print({ backups: 0 });
}

async function verify(place: BackupPlace): Promise<void> {
  const verdict = await verifyBackups(place);
  print({ ...verdict });
  if (verdict.faults.length > 0) process.exitCode = 1;
}

async function practise(openHouse: OpenHouse, { work, pgBin }: BackupOptions): Promise<void> {
  await withHouse(openHouse, async (house) => {
    const found = await rehearse(needed(placeOf(house.settings)), { workFolder: work, pgBin });
    const { restoreSeconds, countSeconds, ...rest } = found;
    print({ ...rest, restoreSeconds: seconds(restoreSeconds * 1000), countSeconds: seconds(countSeconds * 1000) });
    if (found.differing.length > 0) process.exitCode = 1;
    else if (found.isCompared) await noteBeat(house.db, "rehearsal", house.clock.now());
  });
}

async function unfollow(openHouse: OpenHouse): Promise<void> {
  await withHouse(openHouse, async (house) => {
    const isGone = await withClient(ownerOf(house), (client) => forgetSlot(client, SLOT));
    if (!isGone) throw new Error("no log is kept, or a worker follows it: unset VSSID_BACKUP_LOG and start it anew");
    print({ followed: false });
  });
}

async function bringBack(surroundings: Surroundings, options: RestoreOptions & { into: string }): Promise<void> {
  const until = options.until === undefined ? undefined : parseMoment(options.until);
  if (options.until !== undefined && !until) {
    throw new Error('--until must be a moment like "2026-11-26 10:00:00" (Viet Nam) or 2026-11-26T03:00:00Z');
  }
  const own = placeIn(surroundings);
  const place = { ...own, dir: options.from ?? own.dir };
  const startedAt = performance.now();
  const { into, backup, pgBin } = options;
  const { unpacked, server } = await restoreInto({ ...place, into, until, backup, pgBin }).catch((error: Error) => {
    if (!(error instanceof Damaged)) throw error;
    const another = "another of bin/vssid backup --list, with --backup and into another folder, may be whole";
    throw new Error(`${error.message}; ${another}`, { cause: error });
  });
  const house = await surroundings.openOn(server);
  try {
    // What was seen last is as old as the copy: whoever restores it has said that this is now.
    await goOn(house);
    const care = await careFor(house, place, () => surroundings.runDue(house));
    const { manifest, gapAt } = unpacked;
    print({
      backup: manifest.name,
      into,
      secret: manifest.secretId,
      seconds: seconds(performance.now() - startedAt),
    });
    print({ ...care });
    if (!namesOf(house).includes(manifest.secretId)) {
      print({
        warning: `marks in it need the secret ${manifest.secretId}, which is not known here: VSSID_SECRETS_KNOWN`,
      });
    }
    if (gapAt) print({ warning: `the log lacks ${gapAt}: what was kept of it after that could not come back` });
    if (!care.audit.isWhole) process.exitCode = 1;
  } finally {
    await house.close();
    rmSync(join(into, "pg.log"), { force: true });
  }
}

async function archive(openHouse: OpenHouse, out: string): Promise<void> {
  await withHouse(openHouse, async (house) => {
    const { keyId } = house.vault;
    print({
      file: out,
      secret: keyId,
      ...(await writeArchive(ownerOf(house), out, { at: house.clock.now(), keyId })),
    });
  });
}

async function withHouse(openHouse: OpenHouse, work: (house: Opened) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

const placeIn = (surroundings: Surroundings): BackupPlace => needed(placeOf(surroundings.settings()));

function needed(place: BackupPlace | undefined): BackupPlace {
  if (!place) throw new Error("VSSID_BACKUP_DIR says where backups lie; it is not set");
  return place;
}

function rulesOf(options: BackupOptions) {
  const [daily = 0, weekly = 0, monthly = 0] = [options.daily, options.weekly, options.monthly].map((text) => {
    const count = Number(text);
    if (!Number.isInteger(count) || count < 0) throw new Error(`"${text}" is no number of days, weeks or months`);
    return count;
  });
  return { daily, weekly, monthly };
}

const seconds = (ms: number): number => Math.round(ms / 10) / 100;

function print(line: object): void {
  console.log(JSON.stringify(line));
}

/** An archive of any secret that is known here is understood here. */
const namesOf = ({ vault }: Opened) => vault.secrets.map(({ keyId }) => keyId);
