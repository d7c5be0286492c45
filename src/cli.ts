import { endWithReader } from "./end-with-reader.ts";
import { requireNode24 } from "./node-version.ts";

/** `bin/vssid`, the operator's commands. Loaded late: an older Node would fail before it could say why. */
requireNode24();
endWithReader(process, (code) => process.exit(code));
const { runCommand } = await import("./command.ts");
await runCommand(process.argv, process.env);
