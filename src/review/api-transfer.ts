import { z } from "zod";
import { apiRoute, type Route } from "../web/route.ts";
import { answer, fileView, params } from "./api.ts";
import { handOver } from "./hand-over.ts";
import { REASON_AT_MOST } from "./rules-transfer.ts";

/** A file that changes office, for other programs of the agency. */
export const routes: Route[] = [
  apiRoute({
    method: "POST",
    path: "/api/v1/declarations/{code}/hand-over",
    who: ["officer", "supervisor"],
    purpose: "review",
    summary: "Hand a confirmed or received file to another office; no clock stops",
    params,
    bodyOf: z.object({
      toOfficeCode: z.string().max(10).describe("The office that works on the file from now on"),
      reason: z.string().max(REASON_AT_MOST).describe("Why; both offices read it"),
    }),
    replies: { 201: fileView },
    handle: (ask) =>
      answer(ask, (staff, code) => {
        const { toOfficeCode, reason } = ask.body;
        return handOver(ask.house, staff, { code, office: toOfficeCode, reason });
      }),
  }),
];
