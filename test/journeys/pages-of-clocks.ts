import type { PageState } from "./open-pages.ts";

/** The promise of fifteen minutes as the console shows it: late files, all files, and a period in which there are none. */
export const clocksPages: readonly PageState[] = [
  { says: "the promise of fifteen minutes", route: "/console/promise", who: "officer" },
  {
    says: "the promise of fifteen minutes with every file",
    route: "/console/promise",
    who: "officer",
    at: "/console/promise?days=30&show=all",
  },
  {
    says: "the promise of fifteen minutes without a file in danger",
    route: "/console/promise",
    who: "officer",
    at: "/console/promise?days=1&show=endangered",
  },
];
