import { z } from "zod";
import { readReply } from "../notices/hooks.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { refuseByLink, takeReply } from "./refuse-campaigns.ts";

const LONGEST_TEXT = 2000;

/** What people write to us, as an HTTP gateway passes it on; over SMPP it comes by the line itself. */
const replied = {
  path: "/api/v1/hooks/sms/{provider}/{token}/replies",
  who: ["anyone"],
  purpose: "notices",
  rate: "write",
  params: z.object({ provider: z.string().max(40), token: z.string().max(64) }),
  isIdempotent: false,
  replies: { 204: z.undefined() },
} as const;

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
  apiRoute({
    ...replied,
    method: "GET",
    summary: "A text that somebody wrote to us, as a query; TC or TU CHOI ends campaigns to the number",
    queryOf: z.record(z.string().max(40), z.string().max(LONGEST_TEXT)),
    async handle({ house, params, query }) {
      await takeReply(house, readReply(house, params, query));
      return { status: 204 };
    },
  }),
  apiRoute({
    ...replied,
    method: "POST",
    summary: "A text that somebody wrote to us, as JSON or a form; TC or TU CHOI ends campaigns to the number",
    bodyOf: z.record(z.string().max(40), z.union([z.string().max(LONGEST_TEXT), z.number()])),
    async handle({ house, params, body }) {
      await takeReply(house, readReply(house, params, body));
      return { status: 204 };
    },
  }),
];
