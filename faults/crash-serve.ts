/** A web process that dies, fails or hangs at the n-th passage of a door: the parent says when. */
import type { AddressInfo } from "node:net";
import { createApp } from "../src/app.ts";
import { projectRoot } from "../src/db/root.ts";
import { uploadFolder } from "../src/facility/receive-upload.ts";
import { makeHouse } from "../src/house.ts";
import { parseEnvironment } from "../src/settings.ts";
import { obey } from "./crash-child.ts";
import { PLANTS, watchFiles, watchResponses, watchStatements } from "./crash-doors.ts";

const environment = parseEnvironment(process.env, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 2500 });
house.log.level = "silent";
watchStatements(PLANTS.find((plant) => plant === process.env.FAULTS_PLANTED));
watchResponses();
watchFiles(uploadFolder(house.settings));
const app = await createApp(house);
await app.listen({ host: "127.0.0.1", port: 0 });
obey({ port: (app.server.address() as AddressInfo).port });
