/** Longer addresses do not travel in another one: headers have an end, here and in whatever stands in front. */
export const NEXT_LONGEST = 500;

/** `to`, from where one comes back to `here`: where that is too long, to its page without what was asked of it. */
export function withNext(to: string, here: string): string {
  const short = [here, here.split("?")[0] ?? ""].find((one) => one.length <= NEXT_LONGEST) ?? "";
  return `${to}?next=${encodeURIComponent(short)}`;
}

/** Where a stronger proof ends what a reset by SMS limits, before `here`. */
export function liftPage(here: string): string {
  return `${withNext("/account/proof", here)}&lift=1`;
}
