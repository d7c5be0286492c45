/** People who sign in as they always do, on a telephone that they have signed in on before, while something else goes on. */
import { setTimeout as wait } from "node:timers/promises";
import { type Callers, cookiesOf, honestAddress, openForm } from "./abuse-callers.ts";

export interface Person {
  login: string;
  password: string;
  from: string;
  /** What the browser keeps: the mark of a known device. */
  device?: Record<string, string>;
}

interface Seen {
  tried: number;
  served: number;
  slowestMs: number;
}

const WITHIN_MS = 2000;
const PAUSE_MS = 100;

export const personOf = (nth: number, login: string, password: string): Person => ({
  ...{ login, password, from: honestAddress(nth) },
});

/** Signs in on the page; true when it let them in within two seconds. */
export async function enter(callers: Callers, person: Person): Promise<{ isIn: boolean; ms: number }> {
  const { token, cookies } = await openForm(callers, "/sign-in", person.from);
  const form = { _token: token, login: person.login, password: person.password, next: "" };
  const said = await callers.ask({
    path: "/sign-in",
    from: person.from,
    form,
    cookies: { ...cookies, ...person.device },
  });
  const kept = cookiesOf(said);
  const isIn = said.status === 303 && kept.vssid_session !== undefined;
  if (isIn && kept.vssid_device) person.device = { vssid_device: kept.vssid_device };
  return { isIn, ms: said.ms };
}

/** One after the other, again and again, until the work beside is over. */
export async function meanwhile<T>(
  callers: Callers,
  people: readonly Person[],
  work: () => Promise<T>,
): Promise<{ done: T; seen: Seen }> {
  const seen: Seen = { tried: 0, served: 0, slowestMs: 0 };
  const ending = new AbortController();
  const living = (async () => {
    for (let nth = 0; !ending.signal.aborted; nth += 1) {
      const person = people[nth % people.length];
      if (!person) return;
      const { isIn, ms } = await enter(callers, person);
      seen.tried += 1;
      seen.slowestMs = Math.max(seen.slowestMs, ms);
      if (isIn && ms <= WITHIN_MS) seen.served += 1;
      await wait(PAUSE_MS);
    }
  })();
  const done = await work();
  ending.abort();
  await living;
  return { done, seen };
}

export const tellOf = ({ tried, served, slowestMs }: Seen) =>
  `${served} of ${tried} sign-ins within 2 s, slowest ${slowestMs.toFixed(0)} ms`;
