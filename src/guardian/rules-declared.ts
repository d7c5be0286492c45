/** Is form 01 declared by a parent or guardian for a child or ward? Then a guardian must be named before it is accepted. */
export function isForWard(forWhom: string | undefined): boolean {
  return forWhom === "child" || forWhom === "ward";
}
