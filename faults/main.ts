/** `bin/faults list`, `bin/faults all [--small]`, `bin/faults [name…]`: each trial in a process of its own; exit 0 only when every figure held. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const trials: Record<string, string> = {
  kills: "R1 R9 R47: web, worker and database killed, stopped and standing still while people live on; --kills=1000",
  network: "R1 R9: the wire between product and database cut, frozen, cut in one direction; --kills=200",
  budget:
    "R48: a day in which something breaks every two minutes: so many requests right and in time, no write lost; --hours=24",
  keys: "R6: duplicate, parallel and reordered requests with Idempotency-Keys; --keys=10000",
  crash:
    "R7: statements, files, bytes sent, timers and answers that die, fail or hang at each passage; --every=1 --seeds=20 --only=send --mode=hang",
  full: "F6: the disk of the database full, and with room again; needs the right to mount; --kills=50",
  power: "R2: power cuts by copy of the disk's image; needs the right to mount; --kills=200",
  bits: "R3: bits turned over in the files of the database; --flips=1000",
  identity: "R21: whether anybody exists cannot be seen in answers or in their time",
  simulate:
    "R8: days of made-up people on the pure rules, with every fault mixed in; --seeds=10000, --seed=7 one again",
  leaps: "R18: the clock leaps under every sweep; --runs=50 of each leap",
  flush: "R3 F5: flushes to disk fail, or are left out; needs gcc and the right to mount; --kills=30",
  readonly: "F7: the disk of the database may only be read for a while; needs gcc; --kills=20",
  locks:
    "F21: a long report, and a lock that is held: sign-in as fast as before; --seconds=20 --rounds=5 --rows=50000000",
  standby: "R4 F25: the first server destroyed and the second promoted; a lone one with its log; --kills=20",
  limits: "F27: no more files, no more memory, a thread that stands; needs prlimit; --rounds=10",
  certificates: "F29: names not found, certificates over, an authority gone; needs openssl; --messages=500",
  embedded: "F28: one process and the PostgreSQL that it keeps killed, and started twice; --kills=60",
  backup: "R5 F24: backups killed at each step under load, and restored elsewhere; --kills=40",
  notices: "R14 F9–F18 F30: providers, mail servers, senders, the database and the clock fail while messages go out",
  restart: "everything is killed in the middle of a burst and started again; order and due times stay",
  upgrade:
    "R46: versions change and processes restart under load: nothing fails, nothing is cut; --restarts=3 --rate=40 --reader=5 a short one",
  import: "an import that is killed at 20 random moments and run again leaves the rows of a clean one",
  hostile: "hostile requests against every address as everybody: no fault, no leak, no hang (A10, T1, T12)",
  memory: "imports of any size, and bombs of every kind, in 512 MB; --megabytes=20 a small one",
  breach:
    "planted breaches of 1, 37 and 10,000 people: exactly those are named, told, in minutes (R35); --persons=500 a small one",
  rights:
    "10,000 requests over personal data around Tết: no clock ends without its alarms (R36); --requests=500 a small one",
  looks:
    "R28: people's and officers' reads under kills of web and database: each has its row, and is seen by the person; --reads=100000",
  tamper:
    "R29: whoever owns the database edits the audit; the check with an outside witness finds each; --edits=1000 --rows=20000",
  dump: "R30: database, WAL, dump, backups, log, files and a browser are stolen: no secret of 1,000 people is readable; --people=1000",
  uploads:
    "hostile files at every address that takes files: nothing unsafe kept, no knock outside, memory and neighbours stay (R32); --share=10 each tenth",
  pumping:
    "R34: 100,000 calls that make the system send texts: few go out, honest people get theirs, results do not wait; --calls=100000",
  spraying: "R20: the commonest passwords on every account; --accounts=10000 --passwords=100",
  scraper: "R22: a million numbers and codes from nine thousand addresses: no record, an alarm; --ids=1000000",
  access:
    "R26: roles × addresses × whose, counted; ids swapped; relation checks taken out, which the tests must see; --swaps=50000",
  insider: "R27: officers without a case are denied, a snoop is stopped and told of; --persons=200",
  revocation: "R31: whatever ends a right to enter ends it at two processes within five seconds; --sessions=50",
  replays: "R33 R23: codes, passes and links again, late, changed, elsewhere; redirects; --replays=6000 --codes=10000",
  fuzz: "the quick reader against the strict one; envelopes, CSV files and workbooks of every kind of damage: no crash, no hang; --mutations=20000 a short one",
};
/** Rows of the list of faults: `bin/faults all` runs these. */
const rows = [
  ...["kills", "network", "keys", "crash", "full", "power", "bits", "notices", "restart"],
  ...["locks", "standby", "limits", "certificates"],
  ...["pumping", "spraying", "scraper", "access", "insider", "revocation", "replays"],
  ...["simulate", "leaps", "flush", "readonly", "embedded", "backup", "looks", "tamper", "dump"],
];
const given = process.argv.slice(2);
const options = given.filter((one) => one.startsWith("--"));
const asked = given.filter((one) => !one.startsWith("--"));
const unknown = asked.filter((name) => !(name in trials) && name !== "list" && name !== "all");
if (unknown.length > 0) {
  console.error(`No trial called ${unknown.join(", ")}. There are:`);
  list();
  process.exit(1);
}
if (asked.includes("list")) list();
else {
  const isAll = asked.includes("all");
  const names = isAll ? rows : asked.length > 0 ? asked : Object.keys(trials);
  const short = names.filter((name) => !isHeld(name));
  if (isAll) {
    console.log(
      `\n${names.length - short.length} of ${names.length} rows held${short.length > 0 ? `; short: ${short.join(", ")}` : ""}`,
    );
  }
  process.exitCode = short.length > 0 ? 1 : 0;
}

function list(): void {
  for (const [name, what] of Object.entries(trials)) console.log(`  ${name.padEnd(12)} ${what}`);
  console.log("  all          the rows of the list of faults; --small in a few minutes each");
}

function isHeld(name: string): boolean {
  console.log(`\n${name}: ${trials[name]}`);
  const script = fileURLToPath(new URL(`./faults-${name}.js`, import.meta.url));
  return spawnSync(process.execPath, [script, ...options], { stdio: "inherit" }).status === 0;
}
