/** `bin/bench [name…] [--option…]`: each bench in a process of its own; exit 0 only when every figure held. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const benches: Record<string, string> = {
  reads:
    "a citizen's list of visits over HTTP, statements, reading while importing, the second start (G4–G7, G14, G16)",
  wall: "what row-level security costs the home page, a visit's page and the list of visits; --persons=2000 --rounds=3 a small one",
  "desk-wall":
    "what row-level security costs an officer's queue, file and record, in processor time; --rounds=3 --requests=60 a small one",
  growth: "the same list in houses of 100,000 and 1,000,000 persons (G13); --whole adds 10,000,000",
  counter: "the officer's queue and search over a million files",
  pages:
    "budgets of the portal's and the account's pages on slow 3G, and a page against JSON (G19); --rounds=2 a short one, --only=offline (budgets, G19) a part, --browser=whole with all that is around a page",
  lighthouse:
    "Lighthouse on the main pages as on a telephone; brings its program the first time; --rounds=1 a short one",
  import:
    "claims and tables into the database (G9–G12, G15); --persons=1000 --rounds=3 a small one, --country a day of the country (G17)",
  notices: "messages through two providers, dying in every way (R10–R15); --size=5000 a small one, --stretch a million",
  peer: "the same visits in a FHIR server that runs on this machine (G1–G3, G8); its address in PEER_URL, its token in PEER_TOKEN",
  rollout:
    "coverage of a province of two million people: the overview, a day's events against a recount; a unit's list of 100,000 people; --people=20000 small ones",
  load: "sign-ins, reads, registrations, all at once, three times too many, a flood of guesses (R40–R43, R45); --only=R43 a part by itself, --seconds=600 whole, --soak=8 hours (R44)",
  pictures: "what a sent picture costs, decoded apart from the web (R45); --pictures=60 a short one",
  day: "two simulated hours of outcomes, the first provider away for forty minutes; --hours=0.2 a short one",
};

const given = process.argv.slice(2);
const options = given.filter((one) => one.startsWith("--"));
const asked = given.filter((one) => !one.startsWith("--"));
if (options.includes("--help")) {
  console.log(
    "bin/bench [name…] [--option…]: all when none is named (peer with PEER_URL); exit 0 only when every figure held",
  );
  tellBenches(console.log);
  process.exit(0);
}
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No bench called ${unknown.join(", ")}. There are:`);
  tellBenches(console.error);
  process.exit(1);
}
let isShort = false;
/** What needs something from outside runs when it is named. */
const usual = Object.keys(benches).filter((name) => name !== "lighthouse" && (name !== "peer" || process.env.PEER_URL));
for (const name of asked.length > 0 ? asked : usual) {
  const script = fileURLToPath(new URL(`./bench-${name}.js`, import.meta.url));
  isShort = spawnSync(process.execPath, [script, ...options], { stdio: "inherit" }).status !== 0 || isShort;
}
process.exitCode = isShort ? 1 : 0;

function tellBenches(tell: (line: string) => void): void {
  for (const [name, what] of Object.entries(benches)) tell(`  ${name.padEnd(10)} ${what}`);
}
