/**
 * A message whose sender died each time it was under way. One death proves little: up to a window of messages is under
 * way at each. After the second in a row a message is a suspect and goes alone, so that the third death names it. Counted
 * are the leases that took it over from a sender that was lost. Pinned to the index notice_taken_over.
 */
export const SUSPECT_AFTER = 1;
/** Fewer would isolate what merely stood beside a killer; each one more costs a death of the worker and a lease. */
export const ISOLATED_AFTER = 2;
/** Between two suspects the others have the sender for so long: many suspects delay them, and never stop them. */
export const SUSPECT_GAP_MS = 1_000;
