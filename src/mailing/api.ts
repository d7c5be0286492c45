import { z } from "zod";
import { apiRoute, type Route } from "../web/route.ts";
import { refuseByLink } from "./refuse-campaigns.ts";

/**
 * RFC 8058: mail programs post here, without cookies and without asking further. Our own page with the button posts to
 * the same address and is led back.
 */
export const routes: Route[] = [
  apiRoute({
    method: "POST",
    path: "/refuse/{token}",
    who: ["anyone"],
    purpose: "notices",
    rate: "guess",
    summary: "Ends campaigns to the mailbox of one e-mail (List-Unsubscribe-Post)",
    isIdempotent: false,
    params: z.object({ token: z.string().max(80) }),
    bodyOf: z
      .object({ from: z.string().max(8).optional() })
      .loose()
      .nullish(),
    replies: { 204: z.undefined(), 303: z.undefined() },
    async handle({ house, params, body }) {
      await refuseByLink(house, params.token);
      if (body?.from !== "page") return { status: 204 };
      return { status: 303, headers: { location: `/refuse/${params.token}?done=yes` } };
    },
  }),
];
