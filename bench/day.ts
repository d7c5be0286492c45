/**
 * Two hours of a day in two minutes: files are received, decided after some minutes, and told; the first provider is
 * away for forty minutes, half of them cut off and half of them silent. Share of outcomes with a provider within
 * fifteen minutes of reception. `--hours=0.2` plays a short one, `--files=12000` so many files instead of 3,000.
 */
import { setTimeout as wait } from "node:timers/promises";
import { optionOf, tellFigure } from "./harness.ts";
import { clear, close, counted, house, owner, startSender, tell, untilSent } from "./notices-stage.ts";
import { enqueueDecided, resultOf } from "./notices-store.ts";

/** One minute of the day in one second. */
const SCALE = 1 / 60;
const MINUTE_MS = 60_000 * SCALE;
const hours = optionOf("hours") ?? 2;
const files = optionOf("files") ?? Math.round(1500 * hours);
const dayMs = hours * 60 * MINUTE_MS;
const WINDOW = 15 * MINUTE_MS;
const TICK_MS = 100;

try {
  await startSender(SCALE);
  await startSender(SCALE);
  await clear();
  await Promise.all([decideAll(), breakFirst()]);
  const { open } = await untilSent();
  const { late, p99Ms, sent, unconfirmed, repeats } = await resultOf(owner, "outcome");
  const { got, twice } = await counted();
  const isHeld = tellFigure({
    id: "day",
    what: `percent of ${sent + open} outcomes at a provider within fifteen minutes of reception`,
    value: (1 - (late + open) / files) * 100,
    goal: 99.9,
    extra: `${late} late, ${files - got} telephones without one, ${twice} twice (${repeats} told again, ${unconfirmed} not confirmed), p99 ${(p99Ms / MINUTE_MS).toFixed(1)} minutes after the decision`,
  });
  process.exitCode = isHeld ? 0 : 1;
} finally {
  await close();
}

/** Arrivals at random; an officer takes between one and twelve minutes, one file in a hundred all but fifteen seconds. */
async function decideAll(): Promise<void> {
  const startedAt = Date.now();
  let made = 0;
  while (made < files) {
    const due = Math.min(files, Math.round(((Date.now() - startedAt) / dayMs) * files));
    const now = Date.now();
    const decided = Array.from({ length: due - made }, (_, at) => {
      const n = made + at;
      const tookMs = n % 100 === 0 ? WINDOW - MINUTE_MS / 4 : MINUTE_MS * (1 + 11 * Math.random());
      return { n, dueAt: new Date(now - tookMs + WINDOW) };
    });
    made = due;
    if (decided.length) await enqueueDecided(house, decided, new Date(now));
    await wait(TICK_MS);
  }
}

/** From the fortieth to the eightieth minute; the same share of a shorter day. */
async function breakFirst(): Promise<void> {
  await wait(dayMs / 3);
  tell({ modes: ["reset", "ok"] });
  await wait(dayMs / 6);
  tell({ modes: ["hole", "ok"] });
  await wait(dayMs / 6);
  tell({ modes: ["ok", "ok"] });
}
