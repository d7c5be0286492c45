// R39: the last step of bin/test. Reads the logs, messages and addresses that this run has left for everything that
// would name a person, open something or tell of an illness. The arguments are what must be there beside the log.
import { dirname, join } from "node:path";
import { readRun } from "../test/leaks/read.ts";
import { Search } from "../test/leaks/search.ts";
import { madeUpTokens } from "../test/leaks/tokens.ts";

const SHOWN = 40;
const root = dirname(import.meta.dirname);
const folder = process.env.VSSID_LOGS ?? join(root, "test-results", "logs");
const search = new Search(madeUpTokens(root));
const { lines, found } = readRun(folder, search);
for (const { kind, text, file, line, said } of found.slice(0, SHOWN)) {
  console.error(`${file}:${line}: ${kind} "${text}"${said ? ` in "${said}"` : ""}`);
}
const empty = ["log", ...process.argv.slice(2)].filter((kind) => lines[kind] === 0);
for (const kind of empty) console.error(`no ${kind} at all: nothing was read, so nothing is proved`);
const isHeld = found.length === 0 && empty.length === 0;
console.log(
  `R39 personal things in what the suite left behind: ${found.length} (goal at most 0) ${isHeld ? "held" : "short"} — ` +
    `${lines.log} lines of log, ${lines.messages} messages, ${lines.addresses} addresses, ${search.size} tokens`,
);
process.exitCode = isHeld ? 0 : 1;
