/** What the parts of the notices bench say to each other. */

/** ok; cuts every connection; says nothing at all; takes and never answers; always too busy; two seconds late. */
export type PeerMode = "ok" | "reset" | "silent" | "hole" | "throttle" | "slow";

export interface PeersTold {
  modes?: [PeerMode, PeerMode];
  /** Begin to count anew. */
  forget?: boolean;
  /** Answer with what was counted; the number comes back. */
  ask?: number;
}

export interface Counted {
  ask: number;
  /** Telephones that got something. */
  got: number;
  /** Copies beyond the first. */
  twice: number;
}

/** The fifteen minutes run in ninety seconds: leases, gaps and probes too. */
export const SCALE = 0.1;
export const WINDOW_MS = 90_000;
