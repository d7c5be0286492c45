import type { Command } from "commander";
import type { Connection } from "../db/connection.ts";
import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { policyOn } from "../policy/store.ts";
import { daysLeft, isRefused, markAt, warnDays } from "./rules.ts";
import { lookAtCertificates } from "./watch.ts";

/** `vssid certificates`: a line each, now; exit 1 when one is near its end, over, or not believed. */
export function register(
  program: Command,
  openHouse: () => Promise<House & { connection: Connection; owner: Connection | undefined; close(): Promise<void> }>,
): void {
  program
    .command("certificates")
    .description("When the certificates end on which this system depends, and whether they are believed")
    .action(async () => {
      const house = await openHouse();
      try {
        const now = house.clock.now();
        const marks = await policyOn(house.db, warnDays, dayOf(now));
        const seen = await lookAtCertificates(house);
        if (seen.length === 0) console.log(JSON.stringify({ places: 0 }));
        for (const { place, found } of seen) {
          const days = "endsAt" in found ? daysLeft(found.endsAt, now) : undefined;
          const { name } = place;
          const at = "certFile" in place ? { file: place.certFile } : { host: place.host, port: place.port };
          const endsAt = "endsAt" in found ? found.endsAt : undefined;
          console.log(JSON.stringify({ place: name, ...at, endsAt, days, fault: found.fault }));
          const isNear = "endsAt" in found && markAt(found, now, marks) !== undefined;
          if (isNear || isRefused(found, place)) process.exitCode = 1;
        }
      } finally {
        await house.close();
      }
    });
}
