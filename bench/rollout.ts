/** The roll-out at the size of a province: 135 communes, 6,000 enterprises, two million people. */
import { measureCoverage } from "./rollout-coverage.tsx";

process.exitCode = (await measureCoverage()) ? 0 : 1;
