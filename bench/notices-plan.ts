/** What the parts of the notices bench say to each other. */

/**
 * ok; cuts every connection; says nothing at all; takes and never answers; always too busy; two seconds late; takes it
 * with success, delivers nothing and never reports; the same with one text in twenty.
 */
export type PeerMode = "ok" | "reset" | "silent" | "hole" | "throttle" | "slow" | "swallow" | "leak";

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
  /** Taken with success and delivered nowhere. */
  swallowed: number;
  /** Calls of one sender to one provider under way at once, at most. */
  mostUnderWay: number;
}

/** The fifteen minutes run in ninety seconds: leases, gaps and probes too. */
export const SCALE = 0.1;
export const WINDOW_MS = 90_000;
/** Under way at once, for each sender and provider: sixteen in all that a killed sender may have sent without a mark. */
export const SENDER_WINDOW = 8;
