/** What a facility's program may do: send a file, ask what became of it, fetch what was rejected. */
import type { Readable } from "node:stream";
import { z } from "zod";
import { REJECTS_HEAD, reasonOf, rejectLine } from "../intake/rejects-csv.ts";
import { listRejects } from "../intake/store-files.ts";
import type { Actor, Facility } from "../kernel/actor.ts";
import { NotFound, NotSignedIn } from "../kernel/failures.ts";
import { apiRoute, csvAnswer, type Route } from "../web/route.ts";
import { receiveUpload } from "./receive-upload.ts";
import { findUpload } from "./store-uploads.ts";

const sender = { who: ["facility"], purpose: "operation" } as const;
const REJECTS_MAX = 50_000;

const receipt = {
  id: z.guid(),
  sha256: z.string().describe("Of the bytes as they came, hex: compare it with your own"),
  bytes: z.number().int(),
  receivedAt: z.string(),
  state: z.enum(["waiting", "taken", "refused", "failed"]),
};
const outcome = z.object({
  ...receipt,
  finishedAt: z.string().nullable(),
  counts: z
    .object({ taken: z.number(), unchanged: z.number(), rejected: z.number(), flagged: z.number() })
    .nullable()
    .describe("Records of the file; null while it waits"),
  refusal: z
    .object({ code: z.string(), reason: z.string() })
    .nullable()
    .describe("Why the file as a whole was refused"),
  rejects: z.string().nullable().describe("Where the rejected records can be fetched as CSV"),
});
const named = z.object({ id: z.guid() });

export const routes: Route[] = [
  apiRoute({
    ...sender,
    method: "POST",
    path: "/api/v1/facility/uploads",
    summary: "Send a GIAMDINHHS or HSCHUNGTU file (body: the XML itself); answered with a receipt, imported afterwards",
    rate: "write",
    sensitive: true,
    isIdempotent: false,
    streams: ["application/xml", "text/xml", "application/octet-stream"],
    replies: { 202: z.object(receipt) },
    async handle({ house, actor, body }) {
      const { receivedAt, ...rest } = await receiveUpload(
        house,
        facilityOf(actor),
        body as unknown as Readable | undefined,
      );
      const location = `/api/v1/facility/uploads/${rest.id}`;
      const told = { ...rest, receivedAt: receivedAt.toISOString(), state: "waiting" };
      return { status: 202, headers: { location }, body: told };
    },
  }),
  apiRoute({
    ...sender,
    method: "GET",
    path: "/api/v1/facility/uploads/{id}",
    summary: "What became of a file that this facility sent",
    params: named,
    replies: { 200: outcome },
    async handle({ house, actor, params, lang }) {
      const upload = await findUpload(house.db, facilityOf(actor).facilityCode, params.id);
      if (!upload) throw new NotFound("upload");
      const { taken, unchanged, rejected, flagged, refusal } = upload;
      const isWaiting = upload.state === "waiting";
      return {
        status: 200,
        body: {
          id: upload.upload_id,
          sha256: upload.sha256.toString("hex"),
          bytes: Number(upload.bytes),
          receivedAt: upload.received_at.toISOString(),
          state: upload.state,
          finishedAt: upload.finished_at?.toISOString() ?? null,
          counts: isWaiting ? null : { taken, unchanged, rejected, flagged },
          refusal: refusal ? { code: refusal, reason: reasonOf(refusal, lang) } : null,
          rejects: rejected > 0 ? `/api/v1/facility/uploads/${upload.upload_id}/rejects` : null,
        },
      };
    },
  }),
  apiRoute({
    ...sender,
    method: "GET",
    path: "/api/v1/facility/uploads/{id}/rejects",
    summary: "Rejected records of a file as CSV: record, line, field and reason, never values",
    params: named,
    replies: { 200: csvAnswer("A line for each rejected record, under a head") },
    async handle({ house, actor, params, lang }) {
      const upload = await findUpload(house.db, facilityOf(actor).facilityCode, params.id);
      if (!upload?.file_id) throw new NotFound("upload");
      const rejects = await listRejects(house.db, upload.file_id, REJECTS_MAX);
      const lines = rejects.map((reject) => rejectLine({ ...reject, file: `${upload.upload_id}.xml` }, lang));
      return { status: 200, body: REJECTS_HEAD + lines.join("") };
    },
  }),
];

function facilityOf(actor: Actor): Facility {
  if (actor.kind !== "facility") throw new NotSignedIn();
  return actor;
}
