import { z } from "zod";
import { dayOf, type PlainDate } from "../kernel/calendar.ts";
import { readUnlessHeld } from "../me/kept-bodies.ts";
import { ownLook } from "../me/own-look.ts";
import { layoutFor, readerOf } from "../me/reader.ts";
import { knownVersion, unchanged, versioned, versionHeader } from "../me/versioned.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { cardToShow, entitlementOn, stateOf } from "./rules.ts";
import { readCards, type ShownCard } from "./store.ts";

const cardReply = z.object({
  number: z.string(),
  form: z.enum(["card15", "card10", "card12"]),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  state: z.enum(["valid", "not_yet", "ended", "replaced", "revoked", "reported_down"]).describe("Today, in Viet Nam"),
  isShown: z.boolean().describe("The card to show at a desk today"),
  group: z.string().nullable().describe("Object group of QĐ 1351/QĐ-BHXH"),
  level: z.number().int().nullable(),
  percent: z.number().int().nullable().describe("What the fund pays within scope, by group and day"),
  livingArea: z.string().nullable(),
  facility: z.object({ code: z.string(), name: z.string().nullable() }).nullable(),
  fiveYearOn: z.string().nullable(),
});

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/cards",
    who: ["citizen"],
    purpose: "own_record",
    summary: "My health-insurance cards, newest first, with how each stands today",
    headersOf: versionHeader,
    replies: { 200: z.object({ on: z.string(), cards: z.array(cardReply) }), ...unchanged },
    async handle(ask) {
      const actor = readerOf(ask.actor);
      const day = dayOf(ask.now);
      // How a card stands changes at midnight without any change of the record.
      const layout = layoutFor(actor, `c1.${day.toString().replaceAll("-", "")}`);
      const look = ownLook(actor, "read_cards", ask.now);
      const read = await readUnlessHeld(ask.house, knownVersion(ask.headers, layout), look, () =>
        readCards(ask.house.pool, actor.personId),
      );
      return versioned(read.version, layout, read.cards && bodyOf(read.cards, day));
    },
  }),
];

function bodyOf(cards: readonly ShownCard[], day: PlainDate): string {
  const shown = cardToShow(cards, day)?.card;
  return JSON.stringify({
    on: day.toString(),
    cards: cards.map((card) => ({
      number: card.number,
      form: card.form,
      validFrom: card.validFrom,
      validTo: card.validTo ?? null,
      state: stateOf(card, day),
      isShown: card === shown,
      group: card.group ?? null,
      level: card.level ?? null,
      percent: entitlementOn(card, day)?.percent ?? null,
      livingArea: card.livingArea ?? null,
      facility: card.facilityCode ? { code: card.facilityCode, name: card.facilityName ?? null } : null,
      fiveYearOn: card.fiveYearOn ?? null,
    })),
  });
}
