import { requireNode24 } from "./node-version.ts";

/** `bin/vssid`, the operator's commands. Loaded late: an older Node would fail before it could say why. */
requireNode24();
const { runCommand } = await import("./command.ts");
await runCommand(process.argv, process.env);
