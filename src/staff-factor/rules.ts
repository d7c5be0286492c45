/** Second factors of staff: choices that are asked for. Pure. */

export const RESET_REASONS = ["lost", "replaced", "broken", "suspected"] as const;
export type ResetReason = (typeof RESET_REASONS)[number];

export function parseReason(text: string | undefined): ResetReason | undefined {
  return RESET_REASONS.find((one) => one === text);
}
