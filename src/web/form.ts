import type { FastifyRequest } from "fastify";
import type { House } from "../db/house.ts";
import { Conflict, Failure, Forbidden, TooLarge } from "../kernel/failures.ts";
import { fileNamedBy, isFormToken, isTokenOfRecord, isTokenOfWard } from "./form-token.ts";
import { visitorOf, wardOf } from "./request.ts";
import type { Ask, PageRoute, Upload } from "./route.ts";

const FIELDS_MAX = 200;
const FIELD_BYTES_MAX = 64 * 1024;
const FILES_MAX = 4;

/**
 * The form was made for another session, or too long ago. What was typed goes with it, to be sent again. `isOfWard`: it
 * was made while acting for somebody. `file`: the one that it names.
 */
export class StaleForm extends Failure {
  readonly status = 403;
  constructor(
    readonly typed: Record<string, string[]>,
    readonly isOfWard: boolean,
    readonly file: string | undefined,
  ) {
    super("stale_form");
  }
}

/** A form came after the session had ended. What was typed goes with it, through the sign-in and back. */
export class SessionEnded extends Failure {
  readonly status = 401;
  constructor(readonly typed: Record<string, string[]>) {
    super("session_ended");
  }
}

/** A member of staff has yet to show the second factor again. What was typed goes with it. */
export class StaleProof extends Failure {
  readonly status = 403;
  constructor(readonly typed: Record<string, string[]>) {
    super("fresh_factor_needed");
  }
}

/** Refuses a write that another site started: Origin and Sec-Fetch-Site must be ours when they are sent. */
export function refuseForeign(house: House, request: FastifyRequest): void {
  const site = request.headers["sec-fetch-site"];
  if (site === "same-origin") return;
  if (site && site !== "none") throw new Forbidden("foreign_form");
  const origin = request.headers.origin;
  if (!origin) return;
  const ours = [new URL(house.settings.baseUrl).host, request.headers.host];
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  if (!host || !ours.includes(host)) throw new Forbidden("foreign_form");
}

/** Reads a posted form into the ask, after checking where it came from and for whom it was made. */
export async function readForm(house: House, request: FastifyRequest, ask: Ask, route: PageRoute): Promise<void> {
  refuseForeign(house, request);
  const many = request.isMultipart() ? await readMultipart(request, ask, route) : fieldsOf(request.body);
  for (const values of Object.values(many)) {
    if (values.some((value) => value.includes("\0"))) throw new Forbidden("bad_request");
  }
  const visitor = visitorOf(house, request);
  const token = many._token?.[0] ?? "";
  delete many._token;
  ask.formFile = fileNamedBy(token);
  if (!visitor || !isFormToken(house.vault, visitor, token)) {
    throw new StaleForm(many, isTokenOfWard(token), ask.formFile);
  }
  if (route.purpose === "own_record" && !isTokenOfRecord(house.vault, visitor, token, wardOf(ask.actor))) {
    throw new Conflict("acting_changed");
  }
  ask.many = many;
  ask.form = Object.fromEntries(Object.entries(many).map(([name, values]) => [name, values[0] ?? ""]));
}

function fieldsOf(body: unknown): Record<string, string[]> {
  // A text would be taken for an object of its letters.
  if (typeof (body ?? {}) !== "object") throw new Forbidden("bad_request");
  const fields: Record<string, string[]> = Object.create(null);
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    const values = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
    if (values.length) fields[name] = values;
  }
  return fields;
}

async function readMultipart(request: FastifyRequest, ask: Ask, route: PageRoute): Promise<Record<string, string[]>> {
  const fields: Record<string, string[]> = Object.create(null);
  const limits = { fileSize: route.filesUpTo, files: FILES_MAX, fields: FIELDS_MAX, fieldSize: FIELD_BYTES_MAX };
  let isTooLarge = false;
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === "field") {
        const known = fields[part.fieldname] ?? [];
        known.push(String(part.value));
        fields[part.fieldname] = known;
        continue;
      }
      const upload = await readUpload(part);
      if (!upload) isTooLarge = true;
      else if (upload.bytes.length > 0) ask.files[part.fieldname] = upload;
    }
  } catch (error) {
    // A body that is not what its head says, or that breaks off, is the sender's fault; limits keep their own answers.
    throw isLimit(error) ? error : new Forbidden("bad_request");
  }
  if (isTooLarge) throw new TooLarge(route.filesUpTo);
  return fields;
}

const isLimit = (error: unknown) => typeof (error as { statusCode?: unknown }).statusCode === "number";

/** Undefined when the file is over the limit: the rest of it is thrown away, never kept in memory. */
async function readUpload(part: {
  file: AsyncIterable<Buffer> & { truncated: boolean };
  filename: string;
  mimetype: string;
}): Promise<Upload | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk);
  if (part.file.truncated) return undefined;
  return { name: part.filename, declaredType: part.mimetype, bytes: Buffer.concat(chunks) };
}
