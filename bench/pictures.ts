/**
 * What a sent picture costs: inspected, decoded, drawn anew and looked at, in processes apart from the web (R45). Of a
 * card as the load bench sends it, and of a telephone's twelve million points. `--pictures=60` a short one.
 */
import { availableParallelism } from "node:os";
import { takeAndLook } from "../src/pictures/images.ts";
import { cardPicture } from "../src/pictures/pictures.fixture.ts";
import { cpuMsUnder } from "./cpu.ts";
import { optionOf, tellAtMost, tellFigure } from "./harness.ts";

const PICTURES = optionOf("pictures") ?? 400;
/** Twenty registrations a second with two pictures each, and half of two cores for everything else. */
const CARD_MS_MOST = 25;
const PHONE_MS_MOST = 400;
const A_SECOND = 40;

const card = await cardPicture();
const phone = await cardPicture({ width: 4000, height: 3000 });
await draw(card, 4);
const cards = await draw(card, PICTURES);
const phones = await draw(phone, Math.ceil(PICTURES / 10));
const cost = (what: string, { cpuMs, seconds, count }: Drawing, goal: number) =>
  tellAtMost({
    id: "R45",
    what: `milliseconds of a processor for ${what}`,
    value: cpuMs / count,
    goal,
    extra: `${count} in ${seconds.toFixed(1)} s`,
  });
const held = [
  cost("the picture of a card, 1,280 × 808", cards, CARD_MS_MOST),
  cost("a telephone's picture, 4,000 × 3,000", phones, PHONE_MS_MOST),
  tellFigure({
    id: "R45",
    what: "pictures of a card a second",
    value: cards.count / cards.seconds,
    goal: A_SECOND,
    extra: `${availableParallelism()} cores`,
  }),
];
process.exit(held.every(Boolean) ? 0 : 1);

interface Drawing {
  count: number;
  seconds: number;
  cpuMs: number;
}

/** As many at a time as there are cores, twice: the queue is never empty and never full. */
async function draw(picture: Buffer, count: number): Promise<Drawing> {
  const [cpuBefore, startedAt] = [cpuMsUnder([process.pid]), performance.now()];
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      const taken = await takeAndLook(picture);
      if (typeof taken === "string") throw new Error(taken);
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, lane));
  return { count, seconds: (performance.now() - startedAt) / 1000, cpuMs: cpuMsUnder([process.pid]) - cpuBefore };
}
