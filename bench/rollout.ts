/** The roll-out at the size of a province: 135 communes, 6,000 enterprises, two million people. */
import { measureCoverage } from "./rollout-coverage.tsx";

process.exitCode = (await measureCoverage()) ? 0 : 1;
/** The roll-out: a unit's list of 100,000 people into its tables; --people=10000 a small one. */
import { measureRoster } from "./rollout-roster.ts";

process.exitCode = (await measureRoster()) ? 0 : 1;
