/** One sender of the notices bench: `bench-notices-send.js DATA_DIR PROVIDERS`; ends with its parent. */
import { projectRoot } from "../src/db/root.ts";
import { makeHouse } from "../src/house.ts";
import { usualPace } from "../src/notices/channel.ts";
import { startDelivery } from "../src/notices/deliver.ts";
import { parseEnvironment } from "../src/settings.ts";
import { SCALE } from "./notices-plan.ts";

const [dataDir = "", providers = "", smtp = ""] = process.argv.slice(2);
const environment = parseEnvironment(
  { VSSID_DATA_DIR: dataDir, VSSID_SMS_PROVIDERS: providers, SMTP_URL: smtp },
  projectRoot,
);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 10_000 });
/** Sixteen under way in all: what a killed sender may have sent without a mark. */
startDelivery(house, { ...usualPace, scale: SCALE, smsWindow: 8, answerMs: 1000 });
process.send?.("started");
process.on("disconnect", () => process.exit(0));
