/**
 * Is a history of overlapping acts what some order of single acts would have given? The search of Wing and Gong with
 * a memory of what was tried (Lowe): an act may come next when none that had returned before it began is still out.
 */

/** One act as its client saw it. `returnedAt` undefined: no answer came, so it may have happened later or never. */
export interface Act<A> {
  what: A;
  invokedAt: number;
  returnedAt: number | undefined;
}

export interface Model<S, A> {
  start: S;
  /** States in which the act with this answer may leave the thing; none: the answer cannot be. `isKnown` false: no answer. */
  step(state: S, what: A, isKnown: boolean): readonly S[];
  /** Equal texts for equal states. */
  keyOf(state: S): string;
}

export interface Verdict<A> {
  isLinear: boolean;
  /** The longest order that could be explained, to begin looking from. */
  longest: readonly Act<A>[];
  tried: number;
}

interface Node<S> {
  state: S;
  done: bigint;
  order: readonly number[];
}

export function checkHistory<S, A>(acts: readonly Act<A>[], model: Model<S, A>): Verdict<A> {
  const all = acts.toSorted((one, other) => one.invokedAt - other.invokedAt);
  const mustBeDone = all.reduce((mask, act, at) => (act.returnedAt === undefined ? mask : mask | bit(at)), 0n);
  const seen = new Set<string>();
  const open: Node<S>[] = [{ state: model.start, done: 0n, order: [] }];
  let longest: readonly number[] = [];
  let tried = 0;
  for (let node = open.pop(); node; node = open.pop()) {
    tried += 1;
    if (node.order.length > longest.length) longest = node.order;
    if ((node.done & mustBeDone) === mustBeDone) return { isLinear: true, longest: named(node.order), tried };
    for (const at of mayComeNext(all, node.done)) {
      const act = all[at] as Act<A>;
      for (const state of model.step(node.state, act.what, act.returnedAt !== undefined)) {
        const done = node.done | bit(at);
        const key = `${done} ${model.keyOf(state)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        open.push({ state, done, order: [...node.order, at] });
      }
    }
  }
  return { isLinear: false, longest: named(longest), tried };

  function named(order: readonly number[]): Act<A>[] {
    return order.map((at) => all[at] as Act<A>);
  }
}

const bit = (at: number) => 1n << BigInt(at);

/** Those not yet done that began before the first of the others had returned. */
function mayComeNext(all: readonly Act<unknown>[], done: bigint): number[] {
  const left = all.flatMap((_, at) => ((done & bit(at)) === 0n ? [at] : []));
  const firstReturn = Math.min(...left.map((at) => all[at]?.returnedAt ?? Number.POSITIVE_INFINITY));
  return left.filter((at) => (all[at]?.invokedAt ?? 0) <= firstReturn);
}
