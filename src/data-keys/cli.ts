import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import type { Connection } from "../db/connection.ts";
import type { House } from "../db/house.ts";
import { dayOf, daysBetween } from "../kernel/calendar.ts";
import { Conflict } from "../kernel/failures.ts";
import { policyOn } from "../policy/store.ts";
import type { KeyRing } from "../vault/ring.ts";
import { fileRing, newRingText } from "../vault/ring-file.ts";
import { keyAges } from "./ages.ts";
import { sealPasskeys, strangePasskeys } from "./passkeys.ts";
import { resealPictures } from "./reseal.ts";
import { resealOld } from "./reseal-old.ts";
import { isDue, keyWarnDays } from "./rules-ages.ts";
import { remarkAll, tellSecrets, without } from "./secrets.ts";
import { keysByVersion, versionsOf } from "./store.ts";
import { retireKeys, rewrapKeys, rotateKeys, takeHeldVersion } from "./turn.ts";

type OpenHouse = () => Promise<House & { ring: KeyRing; owner: Connection | undefined; close(): Promise<void> }>;

/** `vssid keys`: the key-encryption keys, and the secrets of marks. Beside a running server, and as often as one likes. */
export function register(program: Command, openHouse: OpenHouse): void {
  const keys = program
    .command("keys")
    .description("Key-encryption keys: list, rotate, rewrap, retire; secrets of marks");
  keys
    .command("make")
    .description("Write a new key ring with its first version, for VSSID_KEY_RING; never over another file")
    .requiredOption("--to <file>", "file to write, readable by its owner only")
    .action(({ to }: { to: string }) => {
      writeFileSync(to, newRingText(), { flag: "wx", mode: 0o600 });
      console.log(JSON.stringify({ made: to, version: 1 }));
    });
  keys
    .command("add")
    .description("Add a version to the file of a key ring; nothing is wrapped by it before keys rotate --held")
    .requiredOption("--to <file>", "the file of the ring")
    .action(async ({ to }: { to: string }) => {
      console.log(JSON.stringify({ added: to, version: await fileRing(to).make() }));
    });
  keys
    .command("list")
    .description("Versions, and how many data keys each of them wraps")
    .action(() => withHouse(openHouse, list));
  keys
    .command("ages")
    .description("Every key and password, since when it is what it is and its planned end; exit 1 when one is due")
    .action(() => withHouse(openHouse, ages));
  keys
    .command("rotate")
    .description("Make a new version; what is sealed from now on is wrapped by it")
    .option("--held", "take the newest version that the ring holds already, instead of making one", false)
    .action(({ held }: { held: boolean }) =>
      withHouse(openHouse, async (house) => ({
        rotated: await (held ? takeHeldVersion(house).catch(explain) : rotateKeys(house)),
      })),
    );
  keys
    .command("rewrap")
    .description("Wrap the data keys of older versions anew, in batches; may be stopped and run again at any time")
    .option("--old", "also seal under data keys what was sealed before there were any", false)
    .action(({ old }: { old: boolean }) =>
      withHouse(openHouse, async (house) => {
        const say = (what: string) => (done: number) => console.error(`${what} ${done}`);
        const resealed = old ? await resealPictures(house, say("resealed")) : 0;
        const values = old ? await resealOld(house) : undefined;
        return { rewrapped: await rewrapKeys(house, say("rewrapped")), ...(old ? { resealed, values } : {}) };
      }),
    );
  keys
    .command("retire <version>")
    .description(
      "End a version for good; refused while a data key needs it. Backups from before the rewrap need it too",
    )
    .action((version: string) =>
      withHouse(openHouse, async (house) => {
        if (!/^\d{1,9}$/.test(version)) throw new Error("the version is a number: bin/vssid keys list");
        await retireKeys(house, Number(version)).catch(explain);
        return { retired: Number(version) };
      }),
    );
  registerSecrets(keys, openHouse);
  keys
    .command("passkeys")
    .description("Passkeys that sign nobody in, because their key was not sealed here; exit 1 when there are any")
    .option("--seal", "seal those that have no seal, as the owner: only what the version before wrote", false)
    .action(({ seal }: { seal: boolean }) => withHouse(openHouse, (house) => passkeys(house, seal)));
}

/** `vssid keys secrets` and `remark`: the secrets of marks. */
function registerSecrets(keys: Command, openHouse: OpenHouse): void {
  keys
    .command("secrets")
    .description("Secrets of marks, by their names: which is in front, which are known, when each of them wrote")
    .option("--without <name>", "what would be lost without this one; exit 1 as long as that is anything")
    .action(({ without: secret }: { without?: string }) =>
      withHouse(openHouse, async (house) => {
        if (secret === undefined) return tellSecrets(house);
        const lost = await without(house, secret);
        if (!lost.isFree) process.exitCode = 1;
        return lost;
      }),
    );
  keys
    .command("remark")
    .description("Mark with the secret in front what can be marked without its owners: receipts, addresses of devices")
    .action(() => withHouse(openHouse, remarkAll));
}

async function list(house: House) {
  const held = new Map((await keysByVersion(house.db)).map(({ version, keys }) => [version, keys]));
  const versions = await versionsOf(house.db);
  return versions.map(({ version, ring, madeAt }) => ({
    version,
    ring,
    madeAt: madeAt.toISOString(),
    dataKeys: held.get(version) ?? 0,
  }));
}

async function passkeys(house: Awaited<ReturnType<OpenHouse>>, withSeal: boolean) {
  const sealed = withSeal ? await sealPasskeys(house) : undefined;
  const people = await strangePasskeys(house, "passkey");
  const staff = await strangePasskeys(house, "staff-passkey");
  if ([people, staff].some(({ unsealed, foreign }) => unsealed + foreign > 0)) process.exitCode = 1;
  return { ...(sealed ? { sealed: { people: sealed.passkey, staff: sealed["staff-passkey"] } } : {}), people, staff };
}

/** A day that nobody knows, and an end that is on no plan, are null. */
async function ages(house: House) {
  const now = house.clock.now();
  const all = await keyAges(house);
  const marks = await policyOn(house.db, keyWarnDays, dayOf(now));
  if (all.some((age) => isDue(age, now, marks))) process.exitCode = 1;
  return all.map((age) => ({
    kind: age.kind,
    of: age.of,
    since: age.since?.toISOString() ?? null,
    days: age.since ? daysBetween(dayOf(age.since), dayOf(now)) : null,
    plannedEnd: age.plannedEnd?.toISOString() ?? null,
    isDue: isDue(age, now, marks),
  }));
}

function explain(error: Error): never {
  throw error instanceof Conflict ? new Error(whyNot(error), { cause: error }) : error;
}

function whyNot({ code, detail }: Conflict): string {
  if (code === "key_not_held") return "the ring holds no version that is newer than the one in use: keys add";
  if (code === "key_newest") return "it is the newest version: rotate first";
  if (code === "key_young") return "the newer version is less than a minute old: running processes may not know it yet";
  return `${detail.keys} data keys still need it: bin/vssid keys rewrap`;
}

async function withHouse(
  openHouse: OpenHouse,
  work: (house: Awaited<ReturnType<OpenHouse>>) => Promise<unknown>,
): Promise<void> {
  const house = await openHouse();
  try {
    console.log(JSON.stringify(await work(house)));
  } finally {
    await house.close();
  }
}
