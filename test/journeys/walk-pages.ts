import {
  askewLabels,
  lostWhenEnlarged,
  lostWhenNarrow,
  objections,
  objectionsInTheDark,
  tooWideWhenNarrow,
} from "./measure-page.ts";
import { openPages, type PageState } from "./open-pages.ts";
import { faultsOfOutline, smallerThanThumb } from "./reach-page.ts";
import { expect, isStaff, test, type Walk } from "./signed-in.ts";
import { signedInPages } from "./signed-in-pages.ts";
import { listen, weigh } from "./weigh-page.ts";

export const states: readonly PageState[] = [...openPages, ...signedInPages];
/** Two walks go beside each other, each with an application of its own: those of the counter, and all others. */
export const staffStates = states.filter(({ who }) => isStaff(who));
export const publicStates = states.filter(({ who }) => !isStaff(who));

/** A desk's page that is read with text twice as large; of citizens' pages each address is. */
const enlarged = ["the file of Trần Thị Thuý Hoà"];

/** Pages that certainly hold names of people, offices or places. */
const withNames = ["the check of all answers", "/app/participation of the worker", "the queue"];

/** The first state of each address: its words are those of the others. */
const firstOfRoute = new Set(states.filter(({ route }, at) => states.findIndex((one) => one.route === route) === at));

const isEnlarged = (state: PageState) =>
  enlarged.includes(state.says) || (firstOfRoute.has(state) && !isStaff(state.who));

/** Colours are those of the parts, and all parts stand in the gallery. Where the further states are walked, all are read so. */
const isInTheDark = ({ route }: PageState) => ["/", "/app", "/console", "/dev/ui"].includes(route);

/** What `bin/test states` walks: the states of an address after its first, and all of them in English. */
const further = "@further";

/**
 * Each page is opened in Vietnamese and asked everything while it is open; each address in English too, what room it
 * takes and how it is heard; then, where the further states are walked, axe reads every state in English and both lights.
 */
export function walkPages(pages: readonly PageState[]): void {
  for (const state of pages) {
    const title = `${state.says}: axe objects to nothing, 320 px lose nothing, and it weighs what its face may`;
    test(title, { tag: firstOfRoute.has(state) ? [] : [further] }, async ({ walk }) => {
      const page = await (state.post ? walk.open(state, "vi") : openAndWeigh(walk, state));
      expect.soft(await objections(page), "axe").toEqual([]);
      if (isInTheDark(state)) expect.soft(await objectionsInTheDark(page), "axe in the dark").toEqual([]);
      expect.soft(await smallerThanThumb(page), "smaller than 48 px").toEqual([]);
      expect.soft(await askewLabels(page), "labels of boxes beside each other").toEqual([]);
      if (firstOfRoute.has(state)) expect.soft(await faultsOfOutline(page), "as it is heard").toEqual([]);
      if (isEnlarged(state)) expect.soft(await lostWhenEnlarged(page), "text twice as large").toEqual([]);
      const { wide, lost, lengthened } = await lostWhenNarrow(page);
      expect.soft(wide, "at 320 px").toEqual([]);
      expect.soft(lost, "at 320 px with the longest names").toEqual([]);
      if (withNames.includes(state.says)) expect.soft(lengthened, "names that were found").toBeGreaterThan(2);
      if (!firstOfRoute.has(state)) return;
      // The same components in other words: they take other room. What axe says of them is asked of the further states.
      const english = await walk.open(state, "en");
      expect.soft(await tooWideWhenNarrow(english), "in English at 320 px").toEqual([]);
      expect.soft(await faultsOfOutline(english), "as it is heard in English").toEqual([]);
    });
  }
  for (const state of pages) {
    test(`${state.says}: in English, light and dark, axe objects to nothing`, { tag: [further] }, async ({ walk }) => {
      const english = await walk.open(state, "en");
      expect.soft(await objections(english), "axe").toEqual([]);
      expect.soft(await objectionsInTheDark(english), "axe in the dark").toEqual([]);
    });
  }
}

/** What leads to the address may open pages of its own: they are weighed by themselves. */
async function openAndWeigh(walk: Walk, state: PageState) {
  const page = await walk.pageOf(state.who);
  const at = typeof state.at === "function" ? { at: await state.at(walk) } : {};
  const { answers, stop } = listen(page);
  await walk.open({ ...state, ...at }, "vi");
  stop();
  await weigh(page, state, answers);
  return page;
}
