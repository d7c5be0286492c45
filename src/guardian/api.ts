import { z } from "zod";
import { NotFound, NotSignedIn } from "../kernel/failures.ts";
import { parseFileCode } from "../kernel/file-code.ts";
import { apiRoute, type Route } from "../web/route.ts";
import { familyOf } from "./family.ts";
import { nameGuardian } from "./name-guardian.ts";
import { PAPER_KINDS, RELATIONS } from "./rules.ts";
import type { LinkForm } from "./rules-parse.ts";

/** Guardians for programs: for whom one may act, and naming the guardian of a child's file. */
const day = z.iso.date();

const wardReply = z.object({
  publicId: z.uuid().describe("Goes into the header Vssid-Acting-For to read this person's record"),
  fullName: z.string(),
  relation: z.enum(RELATIONS).describe("What the asker is to them"),
  lastDay: day.nullable().describe("Last day of the link, in Viet Nam; null: no end is known"),
});

const guardianBody = z.object({
  number: z.string().max(30).describe("Guardian's mã số BHXH or personal ID; they have an account of their own"),
  relation: z.enum(RELATIONS),
  paper: z.object({
    kind: z.enum(PAPER_KINDS),
    number: z.string().max(60),
    issuedOn: day,
    issuedBy: z.string().max(150),
  }),
  originalSeen: z.boolean().describe("The original paper was on the counter"),
  from: day.optional().describe("First day that the paper names; its day of issue when absent"),
  last: day.optional().describe("Last day that the paper names"),
});

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me/wards",
    who: ["citizen"],
    purpose: "account",
    summary: "The children and wards for whom I may act today",
    replies: { 200: z.object({ wards: z.array(wardReply) }) },
    async handle({ house, actor, now }) {
      if (actor.kind !== "citizen") throw new NotSignedIn();
      const members = await familyOf(house, actor, now);
      const wards = members.flatMap(({ ward, link, lastDay }) =>
        ward
          ? [
              {
                publicId: ward.publicId,
                fullName: ward.name,
                relation: link.relation,
                lastDay: lastDay?.toString() ?? null,
              },
            ]
          : [],
      );
      return { status: 200, body: { wards } };
    },
  }),
  apiRoute({
    method: "POST",
    path: "/api/v1/declarations/{code}/guardian",
    who: ["officer", "supervisor"],
    purpose: "review",
    summary: "Name the guardian of a child's received file; needed before it is accepted",
    params: z.object({ code: z.string().max(40) }),
    bodyOf: guardianBody,
    replies: { 204: z.undefined() },
    async handle({ house, actor, params, body }) {
      if (actor.kind !== "staff") throw new NotSignedIn();
      const code = parseFileCode(params.code);
      if (!code) throw new NotFound("declaration");
      await nameGuardian(house, actor, code, { form: formOf(body) });
      return { status: 204 };
    },
  }),
];

/** The same fields as the page posts, so that one parser reads both. */
function formOf(body: z.infer<typeof guardianBody>): LinkForm {
  return {
    number: body.number,
    relation: body.relation,
    paper_kind: body.paper.kind,
    paper_number: body.paper.number,
    paper_issuer: body.paper.issuedBy,
    paper_seen: body.originalSeen ? "yes" : "",
    ...partsOf("paper", body.paper.issuedOn),
    ...partsOf("from", body.from ?? ""),
    ...partsOf("last", body.last ?? ""),
  };
}

function partsOf(name: string, iso: string): LinkForm {
  const [year = "", month = "", dayOfMonth = ""] = iso.split("-");
  return { [`${name}_year`]: year, [`${name}_month`]: month, [`${name}_day`]: dayOfMonth };
}
