import { type PageState, submit } from "./open-pages.ts";

/** Papers of one's own record and their check, and the rights over one's data. */
export const rightsPages: readonly PageState[] = [
  { says: "papers of the pensioner", route: "/app/statements", who: "pensioner" },
  {
    says: "the check of a paper",
    route: "/check-paper",
    who: "stranger",
    at: "/check-paper?code=BK-2222-2222-2222-2222",
  },
  { says: "the check without a code", route: "/check-paper", who: "stranger", post: submit },
];
