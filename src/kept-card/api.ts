import { z } from "zod";
import { deviceLabel } from "../account/rules-next.ts";
import { citizenFrom } from "../web/citizen-from.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { hasForgotten } from "./forget.ts";
import { keepCard } from "./keep.ts";
import { KEPT_COOKIE, keptCookie } from "./marks.ts";
import { mayKeep, renewCard } from "./renew.ts";
import { LOCK_KINDS } from "./rules.ts";

/** What the scripts of a telephone that keeps the card say to the server, and what it answers. */
const card = z.object({
  number: z.string(),
  form: z.enum(["card15", "card10", "card12"]),
  validFrom: z.string(),
  validTo: z.string().optional(),
  status: z.enum(["valid", "replaced", "revoked", "reported_down"]),
  facility: z.string().optional(),
  fiveYearOn: z.string().optional(),
});
const document = z.object({
  v: z.literal(1),
  at: z.iso.datetime(),
  people: z.array(
    z.object({
      name: z.string(),
      born: z.string(),
      until: z.iso.datetime().optional().describe("Shown no longer than this: the link to a ward ends"),
      cards: z.array(card),
    }),
  ),
});
const anew = z
  .string()
  .optional()
  .describe("Given in place of the handle that was shown, which will not be known for ever");
const named = z.object({ handle: z.string().max(400).describe("What the device got when it first kept the card") });

const own = { method: "POST", who: ["citizen"], purpose: "account", isIdempotent: false } as const;
/** The handle alone is asked for: a device whose session has ended must learn that it was given up. */
const byHandle = { ...own, who: ["anyone"] } as const;

export const routes: Route[] = [
  apiRoute({
    ...own,
    path: "/api/v1/me/kept-cards",
    summary: "My card and those of my wards, to be sealed and kept on this device",
    bodyOf: z.object({ lock: z.enum(LOCK_KINDS) }),
    replies: { 201: z.object({ handle: z.string(), document }) },
    async handle(ask) {
      const label = deviceLabel(ask.headers["user-agent"]);
      const { lock } = ask.body;
      const citizen = citizenFrom(ask);
      const body = await keepCard(ask.house, citizen, { lock, label, now: ask.now });
      return { status: 201, body, cookies: [keptCookie(ask.house, citizen.personId)] };
    },
  }),
  apiRoute({
    ...own,
    path: "/api/v1/me/kept-cards/renewal",
    summary: "The cards as they are now, for a device of mine that keeps them",
    bodyOf: named,
    replies: { 200: document.extend({ handle: anew }) },
    async handle(ask) {
      const citizen = citizenFrom(ask);
      const body = await renewCard(ask.house, citizen, ask.body.handle, ask.now);
      return { status: 200, body, cookies: [keptCookie(ask.house, citizen.personId)] };
    },
  }),
  apiRoute({
    ...byHandle,
    path: "/api/v1/kept-cards/contact",
    summary: "May this device still keep the card? Otherwise it wipes it",
    bodyOf: named,
    replies: {
      200: z.object({
        mayKeep: z.boolean(),
        at: z.iso.datetime().describe("The clock of the server"),
        handle: anew,
      }),
    },
    async handle({ house, body, now }) {
      const { personId, ...told } = await mayKeep(house, body.handle, now);
      const cookies = personId === undefined ? [] : [keptCookie(house, personId)];
      return { status: 200, body: { ...told, at: now.toISOString() }, cookies };
    },
  }),
  apiRoute({
    ...byHandle,
    path: "/api/v1/kept-cards/removal",
    summary: "This device has wiped the card",
    bodyOf: named,
    replies: { 204: z.undefined() },
    async handle({ house, body, now }) {
      await hasForgotten(house, body.handle, now);
      return { status: 204, clearCookies: [KEPT_COOKIE] };
    },
  }),
];
