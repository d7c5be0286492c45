/**
 * R30: the database, its log, a dump, the backups, the product's log, its files and a browser are stolen after people
 * with secrets of their own have lived through the system. What docs/security/at-rest.md says must not be readable
 * there is sought in every shape. One secret is planted in each place and must be found. --people=1000, --small 6.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { chromium, devices } from "@playwright/test";
import { optionOf, tellAtMost, tellFigure } from "../bench/harness.ts";
import { makeKeyFile } from "../src/backup/key.ts";
import { projectRoot } from "../src/db/root.ts";
import { issueToken } from "../src/facility/token.ts";
import { wholeBrowser } from "../test/browsers.ts";
import { ByteSearch, type Needle } from "./byte-search.ts";
import { type Canaries, liveOnce, unusualPerson } from "./dump-lives.ts";
import { LivesStand } from "./lives-stand.ts";

const PEOPLE = optionOf("people") ?? (process.argv.includes("--small") ? 6 : 1000);
const AT_ONCE = 6;
const PICTURE_SAMPLE = 32;
/** The browser itself keeps what was typed as a user name, so that it need not be typed again. */
const ownMemory = ["Login Data", "Web Data"];
const planted: Needle = { name: "planted", text: `hạt giống ${crypto.randomUUID()}` };

const beside = mkdtempSync(join(tmpdir(), "vssid-dump-"));
const at = (name: string) => join(beside, name);
for (const name of ["backups", "browser"]) mkdirSync(at(name));
const stand = new LivesStand();
try {
  process.exitCode = (await play()) ? 0 : 1;
} finally {
  await stand.close();
  rmSync(beside, { recursive: true, force: true });
}

/** A place from which something is stolen, and what must not be readable in it. */
interface Place {
  name: string;
  needles: readonly Needle[];
  pieces(): Iterable<Piece>;
}

interface Piece {
  name: string;
  bytes: Buffer;
}

async function play(): Promise<boolean> {
  const backupKey = makeKeyFile(at("backup.key"));
  const env = { VSSID_BACKUP_DIR: at("backups"), VSSID_BACKUP_KEY_FILE: at("backup.key") };
  await stand.open({ webs: 1, workers: 1, officers: AT_ONCE, env, log: at("product.log") });
  await trustTheBlock();
  const lived = await liveAll();
  const keys = await keysOfAll(backupKey.bytes);
  const pictures = await picturesOfAll();
  const dumped = await dumpAll();
  const [first] = lived;
  if (first) await useBrowser(first);
  await promisify(execFile)(process.execPath, [join(projectRoot, "dist", "cli.js"), "backup"], {
    env: { PATH: process.env.PATH, ...stand.environment() },
    cwd: beside,
  });
  await plantAll();
  await stand.owner.query("checkpoint");
  await stand.endProcesses();
  const secrets = [...lived.flatMap((one) => one.secrets), ...keys, ...pictures, planted];
  const personal = lived.flatMap((one) => one.personal);
  const everything = [...secrets, ...personal];
  const places: Place[] = [
    { name: "data folder and WAL", needles: secrets, pieces: () => filesUnder(stand.dataDir) },
    { name: "dump of all tables", needles: secrets, pieces: () => [...dumped, piece("planted", planted.text)] },
    { name: "backups", needles: everything, pieces: () => filesUnder(at("backups")) },
    {
      name: "log of the product",
      needles: everything,
      pieces: () => [piece("product.log", readFileSync(at("product.log")))],
    },
    {
      name: "files beside the database",
      needles: everything,
      pieces: () => filesUnder(stand.folder, ["pg", "ring.json"]),
    },
    { name: "browser after signing out", needles: everything, pieces: () => filesUnder(at("browser"), ownMemory) },
    { name: "what the browser keeps of forms", needles: secrets, pieces: rememberedForms },
  ];
  return tell(places, lived.length, pictures.length);
}

function tell(places: readonly Place[], people: number, pictures: number): boolean {
  let hits = 0;
  let seen = 0;
  let bytes = 0;
  for (const { name, needles, pieces } of places) {
    const search = new ByteSearch(needles);
    const found = new Set<string>();
    for (const piece of pieces()) {
      bytes += piece.bytes.length;
      for (const one of search.in(piece.bytes)) found.add(`${one} in ${piece.name}`);
    }
    const leaks = [...found].filter((one) => !one.startsWith("planted"));
    hits += leaks.length;
    seen += leaks.length < found.size ? 1 : 0;
    console.log(
      `  ${name}: ${leaks.length} of ${needles.length} readable${found.size === leaks.length ? ", the planted one NOT seen" : ""}`,
    );
    for (const leak of leaks.slice(0, 10)) console.log(`    ${leak}`);
  }
  const extra = `${people} people, ${pictures} pictures, ${(bytes / 1e6).toFixed(0)} MB: as it is, hex, base64, UTF-16, gzip unpacked; no pg_dump of this version is here, so every row was read as text`;
  return [
    tellAtMost({ id: "R30", what: "secrets readable in what was stolen", value: hits, goal: 0, extra }),
    tellFigure({
      id: "R30",
      what: "places in which the planted secret is found",
      value: seen,
      goal: places.length,
      extra: "of all",
    }),
  ].every(Boolean);
}

/** Telephones of made-up people all lie in one block; codes that wait unread there are no sign of fraud. */
async function trustTheBlock(): Promise<void> {
  await stand.owner.query(
    `insert into setting (name, valid_from, value, changed_by)
     values ('codes.block_rest_minutes', '2021-02-01', '0', 'trial'), ('codes.unread_in_block', '2021-02-01', '1000000', 'trial')`,
  );
}

async function liveAll(): Promise<Canaries[]> {
  const lived: Canaries[] = [];
  let next = 0;
  const lane = async (officer: string) => {
    while (next < PEOPLE) {
      next += 1;
      lived.push(await liveOnce(stand, unusualPerson(next), officer));
    }
  };
  await Promise.all(stand.officers.map(lane));
  return lived;
}

/** Keys and tokens of the system and of programs. */
async function keysOfAll(backupKey: Buffer): Promise<Needle[]> {
  const ring = JSON.parse(readFileSync(join(stand.folder, "ring.json"), "utf8")) as { keys: { key: string }[] };
  const { VSSID_SECRET = "" } = stand.environment();
  await stand.owner.query(
    `insert into facility (facility_code, valid_from, name, folded_name, source)
     values ('52999', '2020-01-01', 'Trung tâm y tế Mẫu', 'trung tam y te mau', 'trial') on conflict do nothing`,
  );
  const { token } = await issueToken(stand.house, { facility: "52999", label: "Phần mềm mẫu", days: 30 });
  return [
    { name: "token of a facility", text: token },
    ...stand.officers.map((text) => ({ name: "token of staff", text })),
    ...[VSSID_SECRET, ...ring.keys.map(({ key }) => key)].flatMap((key) => [
      { name: "key", text: key },
      { name: "bytes of a key", text: Buffer.from(key, "base64") },
    ]),
    { name: "key of backups", text: backupKey },
  ];
}

/** From the middle of each picture as it was stored, before it was sealed. */
async function picturesOfAll(): Promise<Needle[]> {
  const { rows } = await stand.owner.query<{
    id: string;
    sealed: Buffer;
    key: string;
    version: number;
    wrapped: Buffer;
  }>(
    `select p.photo_id::text as id, p.sealed, p.data_key_id::text as key, k.version, k.wrapped
       from declaration_photo p join data_key k on k.key_id = p.data_key_id`,
  );
  return Promise.all(
    rows.map(async ({ id, sealed, key, version, wrapped }) => {
      const held = { sealed, dataKeyId: key, keyVersion: version, wrapped };
      const plain = await stand.house.vault.openOwn("declaration-photo", held, id);
      const middle = Math.floor(plain.length / 2);
      return { name: `picture ${id}`, text: Buffer.from(plain.subarray(middle, middle + PICTURE_SAMPLE)) };
    }),
  );
}

/** No text may be longer than half a gigabyte, and the pictures of a thousand people are more. */
const ROWS_A_PIECE = 500;

async function dumpAll(): Promise<Piece[]> {
  const { rows } = await stand.owner.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  const pieces: Piece[] = [];
  for (const { name } of rows) {
    const all = await stand.owner.query<{ line: string }>(`select t::text as line from ${name} t`);
    for (let at = 0; at < all.rows.length; at += ROWS_A_PIECE) {
      const lines = all.rows.slice(at, at + ROWS_A_PIECE).map(({ line }) => line);
      pieces.push(piece(name, lines.join("\n")));
    }
  }
  return pieces;
}

/** Signs in, looks at everything that is kept near, signs out; the profile stays as a finder of the telephone has it. */
async function useBrowser({ login, password, token }: Canaries): Promise<void> {
  const base = `http://127.0.0.1:${stand.webs[0]?.port}`;
  const { userAgent, viewport } = devices["Pixel 5"];
  const context = await chromium.launchPersistentContext(at("browser"), {
    ...{ executablePath: wholeBrowser(), args: ["--no-sandbox"] },
    ...{ userAgent, viewport, locale: "vi-VN" },
  });
  const page = await context.newPage();
  await page.goto(`${base}/sign-in`);
  await page.locator("[name=login]").fill(login);
  await page.locator("[name=password]").fill(password);
  await page.locator('form[action="/sign-in"] button.button').first().click();
  await page.waitForURL(({ pathname }) => pathname !== "/sign-in");
  // The six digits would be of a telephone that is not played here: the session is one that the person has opened.
  await context.addCookies([{ name: "vssid_session", value: token, url: base }]);
  for (const path of ["/app", "/app/participation", "/app/visits", "/app/more"]) {
    const reply = await page.goto(`${base}${path}`);
    if (!reply?.ok()) throw new Error(`${path} answered ${reply?.status()} in the browser`);
  }
  await page.locator('form[action="/sign-out"] button').first().click();
  await page.waitForLoadState();
  await context.close();
}

/** In each place in another shape: what is not found here would not be found of anybody. */
async function plantAll(): Promise<void> {
  const bytes = Buffer.from(planted.text as string);
  await stand.owner.query("create table planted (line text)");
  await stand.owner.query("insert into planted values ($1)", [bytes.toString("base64")]);
  writeFileSync(join(at("backups"), "planted"), gzipSync(Buffer.from(planted.text as string, "utf16le")));
  writeFileSync(at("product.log"), `${bytes.toString("hex")}\n`, { flag: "a" });
  writeFileSync(join(stand.folder, "planted"), bytes);
  writeFileSync(join(at("browser"), "planted"), gzipSync(bytes));
  writeFileSync(join(at("browser"), "Default", "Login Data"), bytes, { flag: "a" });
}

function rememberedForms(): Piece[] {
  return ownMemory.map((name) => piece(name, readFileSync(join(at("browser"), "Default", name))));
}

function piece(name: string, what: string | Buffer): Piece {
  return { name, bytes: Buffer.from(what as string) };
}

function* filesUnder(folder: string, but: readonly string[] = []): Generator<Piece> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (but.includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path, but);
    else if (entry.isFile()) yield piece(entry.name, readFileSync(path));
  }
}
