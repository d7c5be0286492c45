import type { PageState } from "./open-pages.ts";

/** A coordinator's own people, one of them, a list that was sent without a file, and windows at the office. */
const list = "/console/roster";

export const rosterPages: PageState[] = [
  { says: "my people", route: list, who: "clerk" },
  {
    says: "one of my people",
    route: `${list}/people/:line`,
    who: "clerk",
    at: (walk) => walk.follow("clerk", list, /^\/console\/roster\/people\/[\w-]+$/),
  },
  {
    says: "a list that was sent without its file",
    route: `${list}/upload`,
    who: "clerk",
    post: (page) => page.locator("main form button.button").last().click(),
  },
  { says: "windows for many at the office", route: `${list}/appointments`, who: "clerk" },
];
