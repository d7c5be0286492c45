import { type PageState, submit } from "./open-pages.ts";
import type { Walk } from "./signed-in.ts";

/** Claims and their files: at the counter, and the private part of a visit. */
const file = (walk: Walk) => walk.follow("officer", "/console/intake?kind=sent", /^\/console\/intake\/\d+$/);
const table = (walk: Walk) =>
  walk.follow("officer", "/console/intake?kind=tables&show=rejects", /^\/console\/intake\/\d+$/);
const row = async (walk: Walk) => walk.follow("officer", await table(walk), /\/rows\/\d+$/);
const visit = (walk: Walk) => walk.follow("worker", "/app/visits", /\/app\/visits\/[\w-]{8,}/);

/** The same visit as its person sees it and as the counter does. */
const claim = async (walk: Walk) => `/console/claims/${(await visit(walk)).split("/").at(-1)}`;

export const claimPages: PageState[] = [
  { says: "the files received", route: "/console/intake", who: "officer" },
  { says: "files with rejects", route: "/console/intake", who: "officer", at: "/console/intake?show=rejects" },
  { says: "a file received", route: "/console/intake/:file", who: "officer", at: file },
  { says: "a table with rejected rows", route: "/console/intake/:file", who: "officer", at: table },
  { says: "a rejected row", route: "/console/intake/:file/rows/:record", who: "officer", at: row },
  { says: "the search of claims", route: "/console/claims", who: "officer" },
  { says: "a search of no claim", route: "/console/claims", who: "officer", post: submit },
  { says: "a claim", route: "/console/claims/:id", who: "officer", at: claim },
  {
    says: "the private care of a visit",
    route: "/app/visits/:id/private-care",
    who: "worker",
    at: async (walk) => `${await visit(walk)}/private-care`,
  },
];
