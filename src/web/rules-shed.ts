/** How long a request can wait when more come than the machine carries. Decided for every address of the registry. */
export type Importance = "vital" | "usual" | "bulk";

/** How full this process is. */
export interface Pressure {
  /** Requests that wait for a connection to the database: the fewest of the last three tenths of a second. */
  waiting: number;
  /** By how much the event loop is late, in milliseconds: the median of the last two seconds. */
  lagMs: number;
}

/** What a row of the registry says of its address (route.ts). */
interface Address {
  method: string;
  path: string;
  purpose: string;
  who: readonly string[];
}

type Bounds = readonly [none: number, all: number];

/** Below the first number nobody is sent away, from the second on everybody of that kind is, and a share between them. */
const bounds: Record<Importance, { waiting: Bounds; lagMs: Bounds }> = {
  bulk: { waiting: [16, 32], lagMs: [200, 400] },
  usual: { waiting: [64, 160], lagMs: [400, 1000] },
  vital: { waiting: [500, 1000], lagMs: [3000, 6000] },
};

const FELT = 16;

/**
 * People notice, long before anybody is sent away. `underWay`: requests without an answer; a process that keeps up has
 * a handful, at a thousand a second too.
 */
export function isFelt(underWay: number): boolean {
  return underWay >= FELT;
}

/** The share of requests of this kind that is told to come again, from 0 to 1. */
export function refusedShare(importance: Importance, pressure: Pressure): number {
  const { waiting, lagMs } = bounds[importance];
  return Math.max(between(pressure.waiting, waiting), between(pressure.lagMs, lagMs));
}

function between(value: number, [none, all]: Bounds): number {
  return Math.min(1, Math.max(0, (value - none) / (all - none)));
}

/** A person at a hospital window, at the door of the account, or in the middle of form 01. */
const vitalPaths =
  /^\/(app\/card|api\/v1\/me\/cards|app\/offline|verify|\.well-known|sign-in|console\/sign-in|console\/home|account\/(password|recovery|proof)|register)(\/|$)/;
const bulkPaths = /(\.(csv|xlsx)|\/export|^\/account\/data\/(copy|file)|^\/fhir\/.*)$/;
const bulkPurposes = ["rollout", "operation", "looks", "partner"];

/**
 * Whatever somebody has typed goes on, and so do the counter with its fifteen minutes and the hotline. Reports, lists,
 * exports and the files of facilities, which are sent again by a program, can wait.
 */
export function importanceOf(route: Address): Importance {
  if (bulkPaths.test(route.path) || route.who.includes("facility")) return "bulk";
  const isDesk = route.purpose === "review" || route.purpose === "hotline";
  if (route.method !== "GET" || isDesk || vitalPaths.test(route.path)) return "vital";
  return bulkPurposes.includes(route.purpose) ? "bulk" : "usual";
}
