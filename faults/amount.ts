/** What a trial says of itself when it was played at less than its figure asks for. */

/** "held", "held at 70 of the 1,000 that the figure asks for", or "short". */
export function verdictAt(isHeld: boolean, did: number, asked: number): string {
  if (!isHeld) return "short";
  return did >= asked ? "held" : `held at ${written(did)} of the ${written(asked)} that the figure asks for`;
}

const written = (count: number) => count.toLocaleString("en-GB");
