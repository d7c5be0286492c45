/** One trial: a fault by name, and what was seen of it. */
import type { Outcome, Stand } from "./notices-stand.ts";

export interface Told {
  isHeld: boolean;
  what: string;
}

export interface Trial {
  name: string;
  run(stand: Stand): Promise<Told>;
}

/** Nothing lost, nothing left, and not one copy too many that the product does not count. */
export function judge(seen: Outcome, goal: { twice?: number; counted?: number } = {}, also = true, more = ""): Told {
  const { lost, twice, counted, open } = seen;
  const wanted = goal.twice ?? 0;
  const wantedCount = goal.counted ?? wanted;
  const isHeld = lost === 0 && open === 0 && twice === wanted && counted === wantedCount && also;
  const what = `lost ${lost}, left ${open}, sent twice ${twice} (goal ${wanted}), counted by the product ${counted} (goal ${wantedCount})`;
  return { isHeld, what: more ? `${what}; ${more}` : what };
}

/** Where how many went out cannot be fixed beforehand: the product counts each of them. */
export function judgeCounted(seen: Outcome, also = true, more = ""): Told {
  return judge(seen, { twice: Math.min(seen.twice, seen.counted), counted: seen.counted }, also, more);
}
