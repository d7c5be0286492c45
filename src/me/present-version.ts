/**
 * Of which version a record is now. Whoever holds an answer, or asks for one that is kept, needs nothing else of the
 * database, and so many are answered by one statement: while one is out, everybody who comes gathers for the next. It
 * begins after they came, so nobody is told of a version from before.
 */
import type { House } from "../db/house.ts";
import { asWhatCannot } from "../db/share.ts";
import { rootOf } from "../db/within.ts";
import { versionsOf } from "./store-versions.ts";

type Versions = Promise<Map<string, string>>;

interface Gathering {
  persons: Set<string>;
  answer: Versions;
}

interface Asked {
  /** The question that is out, or the last one. */
  last: Versions;
  next: Gathering | undefined;
}

const asked = new WeakMap<House, Asked>();

/** Undefined: nobody of the register any more. */
export async function presentVersion(house: House, personId: string): Promise<string | undefined> {
  const root = rootOf(house);
  const its = asked.get(root) ?? { last: Promise.resolve(new Map()), next: undefined };
  asked.set(root, its);
  its.next ??= gather(root, its);
  const { persons, answer } = its.next;
  persons.add(personId);
  return (await answer).get(personId);
}

function gather({ pool }: House, its: Asked): Gathering {
  const persons = new Set<string>();
  const ask = () => {
    its.next = undefined;
    // Many wait for it, also some that cannot.
    its.last = asWhatCannot(() => versionsOf(pool, [...persons]));
    return its.last;
  };
  return { persons, answer: its.last.then(ask, ask) };
}
