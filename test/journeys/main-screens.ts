import { MAIN_SCREENS } from "../../scripts/sheets.mjs";
import type { PageState } from "./open-pages.ts";
import { states } from "./walk-pages.ts";

/** The twelve screens that most people meet, and officers sit at: docs/security/wcag.md lists them. */
export const mainScreens: readonly PageState[] = Object.keys(MAIN_SCREENS).map((name) => {
  const state = states.find(({ says }) => says === name);
  if (!state) throw new Error(`no page is called ${name}`);
  return state;
});
