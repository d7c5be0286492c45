/** Says in the browser that this telephone keeps the card: only then its own page carries the script that renews it. */
export const KEPT_COOKIE = "vssid_kept";
export const KEPT_SECONDS = 365 * 24 * 3600;
