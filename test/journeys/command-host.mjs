// The operator's commands of the built product, one after another, for whoever forked this: `{env, args}` comes,
// `{code, printed, complained}` goes.
import { readFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { join } from "node:path";
import { format } from "node:util";

const dist = join(import.meta.dirname, "../../dist");
const [, chunk] = /import\("\.\/(command-[\w-]+\.js)"\)/.exec(readFileSync(join(dist, "cli.js"), "utf8")) ?? [];
if (!chunk) throw new Error("dist/cli.js loads no commands");

// An import puts its process behind all others for good; this one has more to do.
os.setPriority = () => {};
syncBuiltinESMExports();

const { runCommand } = await import(join(dist, chunk));
let [printed, complained] = ["", ""];
console.log = (...said) => {
  printed += `${format(...said)}\n`;
};
console.error = (...said) => {
  complained += `${format(...said)}\n`;
};
process.stdout.write = (text) => {
  printed += text;
  return true;
};

process.on("message", async ({ env, args }) => {
  [printed, complained] = ["", ""];
  process.exitCode = 0;
  await runCommand([process.execPath, "vssid", ...args], env);
  const code = process.exitCode;
  process.exitCode = 0;
  process.send({ code, printed, complained });
});
process.on("disconnect", () => process.exit());
