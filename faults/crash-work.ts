/**
 * What a worker does by itself – messages, sweeps, changes of telephone, the chain of the audit, uploads – twenty times as fast, in a process
 * that dies, fails or hangs at the n-th passage of a door. `faults-crash-work.js TRAP`, TRAP as JSON or nothing.
 */
import { setTimeout as wait } from "node:timers/promises";
import { sealAudit } from "../src/audit/seal.ts";
import { applyDue } from "../src/contact/apply-due.ts";
import { projectRoot } from "../src/db/root.ts";
import { uploadFolder } from "../src/facility/receive-upload.ts";
import { takeUploads } from "../src/facility/take-uploads.ts";
import { makeHouse } from "../src/house.ts";
import { startDelivery } from "../src/notices/deliver.ts";
import { lapseDue } from "../src/registration/lapse-due.ts";
import { parseEnvironment } from "../src/settings.ts";
import { obey } from "./crash-child.ts";
import { setTrap, type Trap, watchFiles, watchSends, watchStatements, watchTimers } from "./crash-doors.ts";
import { quickPace } from "./notices-plan.ts";

const environment = parseEnvironment(process.env, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 2500 });
house.log.level = "silent";
const { smppUrl, smtpUrl } = house.settings;
watchStatements();
watchFiles(uploadFolder(house.settings));
watchSends([smppUrl, smtpUrl].map((url) => Number(new URL(url).port)));
watchTimers();
setTrap(process.argv[2] ? (JSON.parse(process.argv[2]) as Trap) : undefined);
obey({ isStarted: true });
// Without gates: what a trial by night lapses is not to wait for the morning.
startDelivery(house, quickPace);
for (const work of [sealAudit, takeUploads, applyDue, () => lapseDue(house, { isApproved: true })]) void again(work);

async function again(work: (here: typeof house) => Promise<unknown>): Promise<void> {
  for (;;) {
    await work(house).catch(() => undefined);
    await wait(150).catch(() => undefined);
  }
}
