import { z } from "zod";
import { apiRoute, type Route } from "../web/route.ts";
import { readUnlessHeld } from "./kept-bodies.ts";
import { ownLook } from "./own-look.ts";
import { layoutFor, readerOf } from "./reader.ts";
import { readMe } from "./store.ts";
import { knownVersion, unchanged, versioned, versionHeader } from "./versioned.ts";

const LAYOUT = "m1";

const meReply = z
  .object({
    publicId: z.uuid(),
    fullName: z.string(),
    birthDate: z.string().describe("YYYY-MM-DD, YYYY-MM or YYYY: as much as the register knows"),
    sex: z.number().int().describe("1 male, 2 female, 3 undetermined"),
    nationality: z.string(),
    managedBy: z.enum(["bhxh", "defence", "police"]),
    numbers: z.array(
      z.object({
        kind: z.enum(["bhxh", "personal_id", "cmnd", "passport"]),
        number: z.string(),
        validFrom: z.string().nullable(),
        validTo: z.string().nullable(),
        issuedOn: z.string().nullable(),
        issuedBy: z.string().nullable(),
      }),
    ),
    contacts: z.array(
      z.object({ kind: z.enum(["phone", "email", "address"]), value: z.string(), isVerified: z.boolean() }),
    ),
  })
  .describe("Who the register says one is");

export const routes: Route[] = [
  apiRoute({
    method: "GET",
    path: "/api/v1/me",
    who: ["citizen"],
    purpose: "own_record",
    summary: "Who the register says I am: name, birth, numbers through time, contacts",
    headersOf: versionHeader,
    replies: { 200: meReply, ...unchanged },
    async handle(ask) {
      const actor = readerOf(ask.actor);
      const layout = layoutFor(actor, LAYOUT);
      const look = ownLook(actor, "read_person", ask.now);
      const read = await readUnlessHeld(ask.house, knownVersion(ask.headers, layout), look, () =>
        readMe(ask.house.pool, actor.personId),
      );
      return versioned(read.version, layout, read.body);
    },
  }),
];
