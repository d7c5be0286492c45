import { z } from "zod";
import { noteLook } from "../audit/record.ts";
import { newestReceipt } from "../intake/file-times.ts";
import { dayOf } from "../kernel/calendar.ts";
import { readerOf } from "../me/reader.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { householdOf } from "./store.ts";

/** Names and relations alone (decision 56). Unversioned: a household is told without a change of the person's record. */
const householdReply = z.object({
  members: z
    .array(
      z.object({
        fullName: z.string(),
        relation: z.string().nullable().describe("To the head of the household, as it was declared"),
        isSelf: z.boolean().describe("The person whose record this is"),
      }),
    )
    .describe("In the order of the declaration; empty when none is known"),
  reportedOn: z.string().nullable().describe("Day on which the newest declaration came, in Viet Nam"),
});

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/household",
    who: ["citizen"],
    purpose: "own_record",
    summary: "Who was declared with me as one household in health insurance, by name and relation",
    replies: { 200: householdReply },
    async handle({ house, now, actor: asker }) {
      const actor = readerOf(asker);
      const { personId } = actor;
      const members = await householdOf(house.db, personId);
      const receivedAt = await newestReceipt(
        house.db,
        members.map(({ sourceFileId }) => sourceFileId),
      );
      noteLook(house, { at: now, actor, action: "read_household", purpose: "own_record", personId });
      const body = {
        members: members.map(({ fullName, relation, isSelf }) => ({ fullName, relation: relation ?? null, isSelf })),
        reportedOn: receivedAt ? dayOf(receivedAt).toString() : null,
      };
      return { status: 200, body };
    },
  }),
];
