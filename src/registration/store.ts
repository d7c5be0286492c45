import type { Db, Tx } from "../db/house.ts";
import type { Lang } from "../kernel/calendar.ts";
import { Conflict, NotFound } from "../kernel/failures.ts";
import type { ActorKind, EventKind, Status, StepKind } from "./rules.ts";
import type { Answers } from "./rules-answers.ts";
import type { Consent } from "./rules-proof.ts";

/** A declaration as it stands. Instants are Dates, days ISO strings; what is not known yet is null. */
export interface Declaration {
  id: string;
  code: string;
  status: Status;
  seq: number;
  answers: Answers;
  answersSha256: Buffer | null;
  lang: Lang;
  officeCode: string | null;
  birthOn: string | null;
  birthPrecision: "day" | "month" | "year" | null;
  insuranceNumber: string | null;
  idKind: "cccd" | "cmnd" | "passport" | null;
  idNumber: string | null;
  phone: string | null;
  phoneProvedAt: Date | null;
  emailProvedAt: Date | null;
  consent: Consent | null;
  consentedAt: Date | null;
  personId: string | null;
  createdAt: Date;
  confirmedAt: Date | null;
  lapsesAt: Date | null;
  receivedAt: Date | null;
  noticeDueAt: Date | null;
  heldBy: string | null;
  heldSince: Date | null;
  /** Which taking up of the file this is; 0: nobody has. */
  holdingNo: number;
  /** Acceptance is proposed and waits for a second person; kept with the decision. */
  proposedBy: string | null;
  proposedAt: Date | null;
  secondedBy: string | null;
  decidedAt: Date | null;
  keepUntil: string | null;
  forgottenAt: Date | null;
  /** Handed in with a batch of a unit. */
  batchedAt: Date | null;
}

export interface DeclarationEvent {
  seq: number;
  kind: EventKind;
  at: Date;
  actorKind: ActorKind;
  actorId: string | null;
  officeCode: string | null;
  detail: Record<string, unknown>;
}

export const declarationColumns = [
  "declaration_id as id",
  "code",
  "status",
  "seq",
  "answers",
  "answers_sha256 as answersSha256",
  "lang",
  "office_code as officeCode",
  "birth_on as birthOn",
  "birth_precision as birthPrecision",
  "insurance_number as insuranceNumber",
  "id_kind as idKind",
  "id_number as idNumber",
  "phone",
  "phone_proved_at as phoneProvedAt",
  "email_proved_at as emailProvedAt",
  "consent",
  "consented_at as consentedAt",
  "person_id as personId",
  "created_at as createdAt",
  "confirmed_at as confirmedAt",
  "lapses_at as lapsesAt",
  "received_at as receivedAt",
  "notice_due_at as noticeDueAt",
  "held_by as heldBy",
  "held_since as heldSince",
  "holding_no as holdingNo",
  "proposed_by as proposedBy",
  "proposed_at as proposedAt",
  "seconded_by as secondedBy",
  "decided_at as decidedAt",
  "keep_until as keepUntil",
  "forgotten_at as forgottenAt",
  "batched_at as batchedAt",
] as const;

export async function findByCode(db: Db | Tx, code: string): Promise<Declaration | undefined> {
  const row = await db.selectFrom("declaration").select(declarationColumns).where("code", "=", code).executeTakeFirst();
  return row as Declaration | undefined;
}

export async function getByCode(db: Db | Tx, code: string): Promise<Declaration> {
  return (await findByCode(db, code)) ?? notFound();
}

/** The same, holding the row until the transaction ends: every decision about a file starts here. */
export async function lockByCode(tx: Tx, code: string): Promise<Declaration> {
  const row = await tx
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("code", "=", code)
    .forUpdate()
    .executeTakeFirst();
  return (row as Declaration | undefined) ?? notFound();
}

/** Whether the receipt of its confirmation went to the declared phone. */
export async function wasTexted(tx: Tx, declarationId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("notice")
    .select("notice_id")
    .where("dedupe_key", "=", `declaration:${declarationId}:declaration_confirmed:sms`)
    .executeTakeFirst();
  return row !== undefined;
}

function notFound(): never {
  throw new NotFound("declaration");
}

export async function eventsOf(db: Db | Tx, declarationId: string): Promise<DeclarationEvent[]> {
  const rows = await db
    .selectFrom("declaration_event")
    .select([
      "seq",
      "kind",
      "at",
      "actor_kind as actorKind",
      "actor_id as actorId",
      "office_code as officeCode",
      "detail",
    ])
    .where("declaration_id", "=", declarationId)
    .orderBy("seq")
    .execute();
  return rows as DeclarationEvent[];
}

export type StepEvent = Omit<DeclarationEvent, "seq" | "kind"> & { kind: StepKind };

/** The columns that a step may change besides the status. */
export interface StepChanges {
  status: Status;
  office_code?: string;
  person_id?: string;
  matched_person_id?: string | null;
  consent?: Consent | null;
  consented_at?: Date | null;
  answers_sha256?: Buffer;
  confirmed_at?: Date;
  lapses_at?: Date;
  received_at?: Date;
  notice_due_at?: Date;
  held_by?: string | null;
  held_since?: Date | null;
  holding_no?: number;
  proposed_by?: string | null;
  proposed_at?: Date | null;
  seconded_by?: string;
  decided_at?: Date;
  keep_until?: string | null;
  batched_at?: Date | null;
}

/** Compare and set: nothing moves unless the file is still as it was read. One step, one event. */
export async function saveStep(
  tx: Tx,
  before: Declaration,
  step: StepEvent,
  changes: StepChanges,
): Promise<Declaration> {
  const row = await tx
    .updateTable("declaration")
    .set({ ...changes, seq: before.seq + 1 })
    .where("declaration_id", "=", before.id)
    .where("status", "=", before.status)
    .where("seq", "=", before.seq)
    .returning(declarationColumns)
    .executeTakeFirst();
  if (!row) throw new Conflict("conflict");
  await insertEvent(tx, before.id, before.seq + 1, step);
  return row as Declaration;
}

export async function insertEvent(
  tx: Tx,
  declarationId: string,
  seq: number,
  event: Omit<DeclarationEvent, "seq">,
): Promise<void> {
  await tx
    .insertInto("declaration_event")
    .values({
      declaration_id: declarationId,
      seq,
      kind: event.kind,
      at: event.at,
      actor_kind: event.actorKind,
      actor_id: event.actorId,
      office_code: event.officeCode,
      detail: JSON.stringify(event.detail),
    })
    .execute();
}

/** Other files that are open for the same number, the same paper or the same person of the register. */
export async function openRivals(tx: Db | Tx, file: Declaration, personId: string | undefined): Promise<Declaration[]> {
  const rows = await tx
    .selectFrom("declaration")
    .select(declarationColumns)
    .where("status", "in", ["confirmed", "received"])
    .where("declaration_id", "!=", file.id)
    .where((where) =>
      where.or([
        where.and([where("id_kind", "=", file.idKind), where("id_number", "=", file.idNumber)]),
        where("insurance_number", "=", file.insuranceNumber),
        where("matched_person_id", "=", personId ?? null),
      ]),
    )
    .execute();
  return rows as Declaration[];
}
