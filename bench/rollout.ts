/** The roll-out: coverage of a province, a unit's list of 100,000 people; --people=20000 small ones. */
import { measureCoverage } from "./rollout-coverage.tsx";
import { measureRoster } from "./rollout-roster.ts";

const held = [await measureCoverage(), await measureRoster()];
process.exitCode = held.every(Boolean) ? 0 : 1;
