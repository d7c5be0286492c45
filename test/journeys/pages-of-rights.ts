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
  { says: "places near home, before one is chosen", route: "/find", who: "stranger" },
  { says: "places near a commune", route: "/find", who: "stranger", at: "/find?province=52&commune=21952" },
  { says: "consents of the worker", route: "/account/consents", who: "worker" },
  { says: "what is new in the privacy notice", route: "/account/notice", who: "worker" },
  { says: "my data, without a request", route: "/account/data", who: "worker" },
  { says: "requests to delete at the office", route: "/console/data-requests", who: "officer" },
];
