/** `bin/faults [name…]`: each trial in a process of its own; exit 0 only when every figure held. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const trials: Record<string, string> = {
  identity: "whether anybody exists cannot be seen in answers or in their time (R21)",
  notices: "providers, mail servers, senders, the database and the clock fail while messages go out (F9–F18, F30)",
  restart: "everything is killed in the middle of a burst and started again; order and due times stay",
  upgrade:
    "versions change and processes restart under load: nothing fails, nothing is cut (R46); --restarts=3 --rate=40 --reader=5 a short one",
  import: "an import that is killed at 20 random moments and run again leaves the rows of a clean one",
  hostile: "hostile requests against every address as everybody: no fault, no leak, no hang (A10, T1, T12)",
  memory: "imports of any size, and bombs of every kind, in 512 MB; --megabytes=20 a small one",
  breach:
    "planted breaches of 1, 37 and 10,000 people: exactly those are named, told, in minutes (R35); --persons=500 a small one",
  rights:
    "10,000 requests over personal data around Tết: no clock ends without its alarms (R36); --requests=500 a small one",
  uploads:
    "hostile files at every address that takes files: nothing unsafe kept, no knock outside, memory and neighbours stay (R32); --share=10 each tenth",
  fuzz: "the quick reader against the strict one, and envelopes of every kind of damage: no crash, no hang",
};

const given = process.argv.slice(2);
const options = given.filter((one) => one.startsWith("--"));
const asked = given.filter((one) => !one.startsWith("--"));
const unknown = asked.filter((name) => !(name in trials));
if (unknown.length > 0) {
  console.error(`No trial called ${unknown.join(", ")}. There are:`);
  for (const [name, what] of Object.entries(trials)) console.error(`  ${name}  ${what}`);
  process.exit(1);
}
let isShort = false;
for (const name of asked.length > 0 ? asked : Object.keys(trials)) {
  const script = fileURLToPath(new URL(`./faults-${name}.js`, import.meta.url));
  isShort = spawnSync(process.execPath, [script, ...options], { stdio: "inherit" }).status !== 0 || isShort;
}
process.exitCode = isShort ? 1 : 0;
