import { Readable } from "node:stream";
import { z } from "zod";
import { citizenFrom } from "../web/citizen-from.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { exportOwn, jsonOf } from "./export.ts";
import { SECTIONS } from "./sections.ts";

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/export",
    who: ["citizen"],
    purpose: "account",
    sensitive: true,
    summary: "A copy of everything my account holds, streamed; a proof of the last ten minutes is needed",
    replies: { 200: z.any().describe(`One JSON object with a list for each of: ${SECTIONS.join(", ")}`) },
    async handle({ house, actor, now }) {
      const parts = await exportOwn(house, citizenFrom({ actor }), { now, as: "json" });
      const headers = { "content-disposition": 'attachment; filename="vssid-du-lieu.json"' };
      return { status: 200, body: Readable.from(jsonOf(parts, now)), headers };
    },
  }),
];
