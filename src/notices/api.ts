import { z } from "zod";
import { apiRoute, type Route } from "../web/route.ts";
import { takeReport } from "./hooks.ts";

/** Where HTTP gateways report what became of an SMS: by GET with a query, or by POST with JSON. */
const from = z.object({ provider: z.string().max(40), token: z.string().max(64) });
const hook = {
  path: "/api/v1/hooks/sms/{provider}/{token}",
  who: ["anyone"],
  purpose: "notices",
  rate: "write",
  params: from,
  isIdempotent: false,
  replies: { 204: z.undefined() },
} as const;

export const routes: Route[] = [
  apiRoute({
    ...hook,
    method: "GET",
    summary: "A gateway's report of delivery, as a query",
    queryOf: z.record(z.string().max(40), z.string().max(200)),
    async handle({ house, params, query }) {
      await takeReport(house, params, query);
      return { status: 204 };
    },
  }),
  apiRoute({
    ...hook,
    method: "POST",
    summary: "A gateway's report of delivery, as JSON",
    bodyOf: z.record(z.string().max(40), z.union([z.string().max(200), z.number()])),
    async handle({ house, params, body }) {
      await takeReport(house, params, body);
      return { status: 204 };
    },
  }),
];
