import { z } from "zod";
import { formatDay } from "../kernel/calendar.ts";
import { allowed, answersKeptUntil, daysLeft, lastDayOf, STATUSES, type Status } from "./rules.ts";
import type { Fields } from "./rules-parse.ts";
import type { Declaration } from "./store.ts";

/** The API's picture of form 01. Shapes only: what is right or wrong is said by the same parsers as on the pages. */
const text = (about: string) => z.string().max(500).describe(about);

export const declarationBody = z
  .object({
    for: z.enum(["self", "child", "helped"]).describe("For whom: oneself, a child or ward, somebody helped"),
    declarer: text("Name of the person who declares, when it is not the person").optional(),
    declarerAs: text("Their relation to the person, or their unit").optional(),
    paper: z
      .object({
        kind: z.enum(["cccd", "cmnd", "passport"]).describe("ID card (12 digits), old identity card (9), passport"),
        number: text("Number on the paper; spaces and dots are ignored"),
        issuedOn: text("Day of issue, YYYY-MM-DD").optional(),
        issuedBy: text("Issuing authority").optional(),
        country: text("Country that issued a passport").optional(),
      })
      .describe("The paper that will be shown at the counter"),
    fullName: text("With all marks, as on the paper"),
    sex: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe("1 male, 2 female, 3 not stated"),
    birth: text("YYYY-MM-DD, YYYY-MM or YYYY, as far as the paper tells"),
    insuranceNumber: text("Mã số BHXH, 10 digits").nullable().describe("null: not known, the office looks it up"),
    phone: text("Mobile number; the result is sent here"),
    email: text("E-mail address").nullable().optional(),
    address: z
      .union([
        z.object({ communeCode: text("Five-digit code, list of 01/07/2025"), street: text("House, street, hamlet") }),
        z.object({ old: text("An address of before 01/07/2025, in words") }),
      ])
      .describe("Contact address"),
    officeCode: text("BHXH office where the signed form will be handed in"),
    submissionMethod: text("Way to hand in that is open: office (when absent), batch, commune_desk, eid, …").optional(),
    lang: z.enum(["vi", "en"]).optional().describe("Language of the messages; vi when absent"),
  })
  .describe("All answers of form 01 (mẫu số 01)");

export type DeclarationBody = z.infer<typeof declarationBody>;

const instant = (about: string) => z.string().nullable().describe(about);

const shape = {
  code: z.string().describe("Code of the file, as BD-4F7K-92QX"),
  status: z.enum(STATUSES),
  allowed: z.array(z.string()).describe("What the person may do now"),
  createdAt: z.string(),
  confirmedAt: instant("When the answers were frozen"),
  lapsesAt: instant("First instant at which an unreceived file lapses (24:00 in Viet Nam, as UTC); null in a batch"),
  lastDay: instant("Last day for handing in, dd/mm/yyyy"),
  daysLeft: z
    .number()
    .nullable()
    .describe("Midnights in Viet Nam until the last day; 0 on the day itself, null once handed in"),
  receivedAt: instant("When the office had the complete file"),
  noticeDueAt: instant("The result is sent no later than this"),
  decidedAt: instant("When it was accepted or refused"),
  phoneConfirmedAt: instant("When a code sent to the declared phone came back"),
  emailConfirmedAt: instant("When a code sent to the declared e-mail address came back"),
  consent: z.enum(["code", "paper"]).nullable().describe("How somebody who was helped agreed; null otherwise"),
  officeCode: z.string().nullable(),
  reason: instant("Why it was not accepted: what the person can act on"),
  answersKeptUntil: instant("Last day (yyyy-mm-dd) on which an ended file can be declared again with its answers"),
};

export const declarationView = z.object(shape);
export const createdView = z.object({
  ...shape,
  accessToken: z.string().describe("Shown once: opens this file as X-File-Token"),
});

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** Where the file stands. What was declared stays inside: the token holder typed it, others need not have it. */
export function viewOf(file: Declaration, status: Status, now: Date): z.infer<typeof declarationView> {
  const { code, createdAt, confirmedAt, lapsesAt, receivedAt, noticeDueAt, decidedAt, officeCode } = file;
  return {
    code,
    status,
    allowed: allowed(status, "citizen"),
    createdAt: createdAt.toISOString(),
    confirmedAt: iso(confirmedAt),
    lapsesAt: file.batchedAt ? null : iso(lapsesAt),
    lastDay: lapsesAt && formatDay(lastDayOf(lapsesAt)),
    daysLeft: lapsesAt && status === "confirmed" && !file.batchedAt ? daysLeft(now, lapsesAt) : null,
    receivedAt: iso(receivedAt),
    noticeDueAt: iso(noticeDueAt),
    decidedAt: iso(decidedAt),
    phoneConfirmedAt: iso(file.phoneProvedAt),
    emailConfirmedAt: iso(file.emailProvedAt),
    consent: file.consent,
    officeCode,
    reason: null,
    answersKeptUntil: answersKeptUntil(file, status, now)?.toString() ?? null,
  };
}

/** The body, laid out as the boxes of the pages: one parser serves both. */
export function fieldsOf(body: DeclarationBody): Fields {
  const { paper, address } = body;
  return {
    for_whom: body.for,
    declarer: body.declarer,
    declarer_as: body.declarerAs,
    paper_kind: paper.kind,
    paper_number: paper.number,
    ...boxesFrom("issued", paper.issuedOn ?? ""),
    issued_by: paper.issuedBy,
    paper_country: paper.country,
    full_name: body.fullName,
    sex: String(body.sex),
    ...boxesFrom("birth", body.birth),
    insurance_number: body.insuranceNumber ?? "",
    insurance_known: body.insuranceNumber === null ? "no" : "yes",
    phone: body.phone,
    email: body.email ?? "",
    ...("old" in address
      ? { address_kind: "old", old_address: address.old }
      : { commune: address.communeCode, street: address.street }),
    office: body.officeCode,
    submission_method: body.submissionMethod,
  };
}

export function boxesFrom(name: string, iso: string): Fields {
  const [year = "", month = "", day = "", ...rest] = iso.trim().split("-");
  const isClean = rest.length === 0;
  return { [`${name}_year`]: isClean ? year : iso, [`${name}_month`]: month, [`${name}_day`]: day };
}

/** The API's own name of a box, for faults. */
const POINTERS: Record<string, string> = {
  for_whom: "for",
  declarer_as: "declarerAs",
  paper_kind: "paper.kind",
  paper_number: "paper.number",
  issued: "paper.issuedOn",
  issued_by: "paper.issuedBy",
  paper_country: "paper.country",
  full_name: "fullName",
  insurance_number: "insuranceNumber",
  commune: "address.communeCode",
  street: "address.street",
  old_address: "address.old",
  office: "officeCode",
  submission_method: "submissionMethod",
};

export const pointerOf = (field: string): string => POINTERS[field] ?? field;
