import { join } from "node:path";
import { projectRoot } from "../../src/db/root.ts";

/** One file a worker, one statement a line, as JSON. */
export const saidFolder = join(projectRoot, "test-results/said");
