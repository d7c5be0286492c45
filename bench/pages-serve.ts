/**
 * The served side of the page bench in a process of its own: the whole product, and one address more that answers
 * what /app/visits shows as JSON. `bench-pages-serve.js DATA_DIR`; tells its port to its parent.
 */
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { identify } from "../src/account/identify.ts";
import { registry } from "../src/app.ts";
import { flushLooks, noteLook } from "../src/audit/record.ts";
import { projectRoot } from "../src/db/root.ts";
import { makeHouse } from "../src/house.ts";
import { dayOf } from "../src/kernel/calendar.ts";
import { readerOf } from "../src/me/reader.ts";
import { parseEnvironment } from "../src/settings.ts";
import { findCoPayment } from "../src/visits/co-payment.tsx";
import { readOverview, visitsOfYear } from "../src/visits/store-year.ts";
import { rates } from "../src/web/rates.ts";
import { apiRoute } from "../src/web/route.ts";
import { createWeb } from "../src/web/server.ts";

const [dataDir = ""] = process.argv.slice(2);
const environment = parseEnvironment({ VSSID_DATA_DIR: dataDir }, projectRoot);
if (!environment.ok) throw new Error(environment.faults.join("; "));
const house = await makeHouse(environment.value, { mayJoin: true, statementTimeoutMs: 2500 });

/** The page's own reads, look and session; only what is made of them differs. */
const sameAsJson = apiRoute({
  method: "GET",
  path: "/bench/visits",
  who: ["citizen"],
  purpose: "own_record",
  sensitive: true,
  summary: "What the page of visits shows",
  replies: { 200: z.unknown() },
  async handle(ask) {
    const actor = readerOf(ask.actor);
    const [{ years, fresh }, visits] = await Promise.all([
      readOverview(ask.house.db, actor),
      visitsOfYear(ask.house.db, actor, undefined),
    ]);
    const coPayment = await findCoPayment(ask.house, actor, years[0]?.year ?? 2026, dayOf(ask.now));
    noteLook(ask.house, { at: ask.now, actor, action: "read_visits", purpose: "own_record", personId: actor.personId });
    const body = JSON.stringify({ years, visits, fresh, coPayment }, (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    return { status: 200, body };
  },
});

// The limiter counts every request as always; one address asks for all people here, so its limit is out of reach.
rates.read.max = Number.MAX_SAFE_INTEGER;
const app = await createWeb(house, [...registry, sameAsJson], identify);
app.addHook("onClose", () => flushLooks(house));
await app.listen({ host: "127.0.0.1", port: 0 });
process.send?.({ port: (app.server.address() as AddressInfo).port });
process.on("disconnect", () => process.exit(0));
