/** Looks at every certificate on which we depend, some times a day; who asks gets what was seen last. */
import type { Connection } from "../db/connection.ts";
import type { House } from "../db/house.ts";
import { rootOf } from "../db/within.ts";
import { lookAt, lookAtOwn } from "./look.ts";
import {
  daysLeft,
  type Found,
  isLate,
  isRefused,
  isShort,
  type OwnCertificate,
  ownAt,
  ownAtKeyService,
  type Place,
  placesOf,
} from "./rules.ts";

interface Sight {
  place: Place | OwnCertificate;
  found: Found;
}

/** While something is wrong, it is looked at more often: whoever mended it wants to see that. */
const EVERY_MS = 6 * 3_600_000;
const AGAIN_MS = 5 * 60_000;

const sights = new WeakMap<House, readonly Sight[]>();

/** What was seen last; of a place that could not be reached then, what was seen before. */
export const certificatesOf = (house: House): readonly Sight[] => sights.get(rootOf(house)) ?? [];

type Connected = House & { connection: Connection; owner?: Connection | undefined };

export async function lookAtCertificates(
  house: Connected,
  places: readonly Sight["place"][] = placesFor(house),
): Promise<readonly Sight[]> {
  const before = new Map(certificatesOf(house).map(({ place, found }) => [place.name, found]));
  const seen = await Promise.all(
    places.map(async (place): Promise<Sight> => {
      const found = "certFile" in place ? lookAtOwn(place) : await lookAt(place);
      const isNews = "endsAt" in found || isRefused(found, place);
      return { place, found: isNews ? found : (before.get(place.name) ?? found) };
    }),
  );
  sights.set(rootOf(house), seen);
  return seen;
}

function placesFor({ settings, connection, owner }: Connected): Sight["place"][] {
  const databaseUrl = addressAt(connection);
  const ownerUrl = owner && owner !== connection ? addressAt(owner) : undefined;
  const smsProviders = settings.smsProviders.map(({ name, url }) => ({ name, url }));
  const host = isEverywhere(settings.host) ? "127.0.0.1" : settings.host;
  const listenerUrl = settings.tls ? `https://${host.includes(":") ? `[${host}]` : host}:${settings.port}` : undefined;
  const shown = [
    ownAt("database_login", databaseUrl),
    ownAt("database_owner", ownerUrl),
    ownAtKeyService(settings.keyService),
  ];
  const places = placesOf({ ...settings, smsProviders, databaseUrl, listenerUrl });
  return [...places, ...shown.filter((own) => own !== undefined)];
}

const addressAt = (connection: Connection) =>
  "connectionString" in connection ? connection.connectionString : undefined;

const isEverywhere = (host: string) => host === "0.0.0.0" || host === "::";

/** For /metrics: how many places are looked at, and the days of the one that ends first; of a short one only when it is late. */
export function certificateNumbers(house: House): Record<string, number> {
  const seen = certificatesOf(house);
  const now = house.clock.now();
  const days = seen.flatMap(({ found }) =>
    "endsAt" in found && (!isShort(found) || isLate(found, now)) ? [daysLeft(found.endsAt, now)] : [],
  );
  return { watched: seen.length, ...(days.length > 0 ? { days: Math.min(...days) } : {}) };
}

/** Refused, or of a life so short that six hours are much of it. */
const isPressing = ({ found, place }: Sight) => isRefused(found, place) || ("endsAt" in found && isShort(found));

export function watchCertificates(house: Connected): { stop(): Promise<void> } {
  let looking: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = () => {
    looking = lookAtCertificates(house)
      .then(
        (seen) => (seen.some(isPressing) ? AGAIN_MS : EVERY_MS),
        (error: Error) => {
          house.log.error({ reason: error.message }, "the certificates could not be looked at");
          return AGAIN_MS;
        },
      )
      .then((ms) => {
        if (!isOver) timer = setTimeout(look, ms).unref();
      });
  };
  look();
  return {
    async stop() {
      isOver = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
