/** By which original an officer knew the person at the counter. Pure. */
export const PAPERS_SEEN = ["cccd", "cmnd", "passport", "vneid"] as const;
export type PaperSeen = (typeof PAPERS_SEEN)[number];

export const paperSeenOf = (text: string | undefined) => PAPERS_SEEN.find((one) => one === text);

/** Both ticks: the original was on the counter, and the face is the one in its picture. */
export const isComparedWell = (checks: readonly string[] | undefined): boolean =>
  Boolean(checks?.includes("seen") && checks.includes("face"));
