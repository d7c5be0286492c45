import type { House } from "../db/house.ts";
import { dayOf } from "../kernel/calendar.ts";
import { remarkReceipts } from "../letters/receipt-code.ts";
import { keyDays } from "../letters/rules.ts";
import { policyOn } from "../policy/store.ts";
import { remarkEndpoints } from "../push/remark-endpoints.ts";
import { BEAT_MS, BROWSERS_KEEP_DAYS } from "./note-secret.ts";
import { countOldSeals } from "./reseal-old.ts";
import { countHanging, type FrontTime, frontTimes, type Hanging } from "./store-secrets.ts";

const DAY_MS = 86_400_000;

export interface SecretTold {
  secret: string;
  /** `unknown`: it stood in front once, and is not among the settings of this process. */
  standing: "front" | "known" | "leaked" | "unknown";
  /** When some process had it in front; none for one that is still to come. */
  front?: { from: string; to: string };
}

/** The secrets that are known here and those that stood in front before. Says nothing of them but their names. */
export async function tellSecrets({ db, vault }: House): Promise<SecretTold[]> {
  const times = await frontTimes(db);
  const known = vault.secrets.map(({ keyId, standing }) => tell(keyId, standing, timeOf(times, keyId)));
  const names = new Set(vault.secrets.map(({ keyId }) => keyId));
  return [...known, ...times.filter(({ keyId }) => !names.has(keyId)).map((one) => tell(one.keyId, "unknown", one))];
}

const timeOf = (times: readonly FrontTime[], keyId: string) => times.find((one) => one.keyId === keyId);

function tell(secret: string, standing: SecretTold["standing"], time: FrontTime | undefined): SecretTold {
  if (!time) return { secret, standing };
  return { secret, standing, front: { from: time.firstAt.toISOString(), to: time.lastAt.toISOString() } };
}

/** Marks with the secret in front whatever can be marked without the people whose it is. */
export async function remarkAll(house: House) {
  return { receipts: await remarkReceipts(house), endpoints: await remarkEndpoints(house) };
}

export interface Without {
  secret: string;
  /** Nothing is lost with it. */
  isFree: boolean;
  /** Some process has it in front, or had it a moment ago. */
  isInFront: boolean;
  /** Values sealed before there were data keys; which secret they need they do not say. */
  oldSeals: number;
  hanging: Hanging;
  /** Until then browsers may hold what was marked with it: known devices, passes of files. */
  browsersUntil: string;
}

/** What would be lost without a secret. Throws when it never stood in front: nothing can hang on it. */
export async function without(house: House, secret: string): Promise<Without> {
  const now = house.clock.now();
  const time = timeOf(await frontTimes(house.db), secret);
  if (!time) throw new Error(`the secret ${secret} never stood in front here: bin/vssid keys secrets`);
  // A process may have written for a moment after it last said so.
  const until = new Date(time.lastAt.getTime() + BEAT_MS);
  const days = await policyOn(house.db, keyDays, dayOf(now));
  const letterKeysFrom = new Date(now.getTime() - days * DAY_MS);
  const hanging = await countHanging(house.db, { until, now, today: dayOf(now).toString(), letterKeysFrom });
  const isInFront = house.vault.keyId === secret || now.getTime() - time.lastAt.getTime() < 2 * BEAT_MS;
  const oldSeals = await countOldSeals(house.db);
  const browsersUntil = new Date(until.getTime() + BROWSERS_KEEP_DAYS * DAY_MS);
  const left = Object.values(hanging).reduce((sum, n) => sum + n, oldSeals);
  return {
    secret,
    isFree: left === 0 && !isInFront && browsersUntil <= now,
    isInFront,
    oldSeals,
    hanging,
    browsersUntil: browsersUntil.toISOString(),
  };
}
