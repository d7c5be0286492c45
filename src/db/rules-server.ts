/** Whether a PostgreSQL of ours that lets nobody in is left alone, or ended and started again. Pure. */
export interface ServerSight {
  /** takes: it lets somebody in · refuses: it says that it cannot, or nobody listens · silent: no answer in time. */
  answer: "takes" | "refuses" | "silent";
  /** It plays its log, or writes everything down before its end; undefined: this machine does not tell. */
  isBusy: boolean | undefined;
  /** Another text than before as long as something goes on in it. */
  progress: string;
}

export interface Patience {
  /** Milliseconds without anything going on after which it is ended, by what is seen of it. */
  refusesMs: number;
  silentMs: number;
  busyMs: number;
}

/**
 * PostgreSQL itself kills what does not end after five seconds: a crash that it mends alone is past that. Silence may
 * be a machine that has too much to do. What plays its log is never ended while it moves, however long it takes.
 */
export const usualPatience: Patience = { refusesMs: 10_000, silentMs: 60_000, busyMs: 600_000 };

/** Ended again and again without having let anybody in, it is given longer each time, up to so many times as long. */
const LONGEST_FACTOR = 32;

export interface Watched {
  /** When it last let somebody in, or something went on in it. */
  movedAt: number;
  progress: string;
  /** How often it was ended by us since it last let somebody in. */
  ends: number;
}

export const newlyStarted = (nowMs: number, ends = 0): Watched => ({ movedAt: nowMs, progress: "", ends });

export function lookedAt(before: Watched, { answer, progress }: ServerSight, nowMs: number): Watched {
  if (answer === "takes") return { movedAt: nowMs, progress, ends: 0 };
  return { ...before, progress, movedAt: progress === before.progress ? before.movedAt : nowMs };
}

/** True when nothing goes on in it and nothing will. */
export function isStuck(watched: Watched, { answer, isBusy }: ServerSight, nowMs: number, patience: Patience): boolean {
  if (answer === "takes") return false;
  const ms = isBusy === false ? patience[`${answer}Ms`] : patience.busyMs;
  return nowMs - watched.movedAt >= ms * Math.min(2 ** watched.ends, LONGEST_FACTOR);
}
