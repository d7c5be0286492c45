/**
 * What is open for a caller who was identified: files with their clocks, messages that did not arrive, the account,
 * reported facts, tickets. Never health, never pay: those reads are not made here at all.
 */
import { subjectMarks } from "../account/marks.ts";
import { isLimited, isPasswordOutlived } from "../account/rules.ts";
import { findAccount } from "../account/store.ts";
import { lockedUntil } from "../account/store-window.ts";
import { record } from "../audit/record.ts";
import type { House } from "../db/house.ts";
import { disputesOf } from "../dispute/store.ts";
import { unitNames, unitOfPerson } from "../drive/store-person-unit.ts";
import type { Staff } from "../kernel/actor.ts";
import { plainDate } from "../kernel/calendar.ts";
import { maskNumber } from "../kernel/numbers.ts";
import { isUnconfirmed } from "../notices/rules.ts";
import { type NoticeView, searchNotices } from "../notices/store-read.ts";
import { contactsOf, getPerson, recordsOf } from "../register/store.ts";
import { shownStatus } from "../registration/is-over.ts";
import { answersKeptUntil, type Status } from "../registration/rules.ts";
import type { Declaration } from "../registration/store.ts";
import { fileIdsOf, findByIds } from "../registration/store-many.ts";
import type { Call } from "./store-call.ts";
import { type Ticket, ticketsAbout } from "./store-ticket.ts";

const FILES_MOST = 5;
const MESSAGES_MOST = 100;
const SINCE_DAYS = 30;

export interface FileMatter {
  code: string;
  status: Status;
  confirmedAt: Date | null;
  lapsesAt: Date | null;
  noticeDueAt: Date | null;
  decidedAt: Date | null;
  batchedAt: Date | null;
  canDeclareAgain: boolean;
}

export type AccountMatter = "none" | "waits" | "change" | "limited" | "active" | "suspended" | "closed";

export interface Matters {
  name: string;
  birthOn: string;
  birthPrecision: "day" | "month" | "year";
  /** Masked: where answers go. */
  phone: string | undefined;
  email: string | undefined;
  unit: { code: string; name: string } | undefined;
  files: FileMatter[];
  failed: NoticeView[];
  account: AccountMatter;
  lockedUntil: Date | undefined;
  /** Days only: what was reported stays with the office. */
  disputes: { openedAt: Date; dueOn: string | undefined; isOpen: boolean }[];
  tickets: Ticket[];
}

/** The look is on record, in the person's own list as well. */
export async function mattersOf(house: House, staff: Staff, call: Call): Promise<Matters> {
  await record(house.db, {
    at: house.clock.now(),
    actor: staff,
    action: "hotline.matters",
    purpose: "hotline",
    personId: call.personId ?? undefined,
    object: { kind: "hotline_call", id: call.id },
    officeCode: call.officeCode ?? undefined,
  });
  return call.personId ? ofPerson(house, call.personId) : ofFile(house, call.declarationId ?? "0");
}

async function ofPerson(house: House, personId: string): Promise<Matters> {
  const { db } = house;
  const person = await getPerson(db, personId);
  const records = await recordsOf(db, personId);
  const fileIds = await fileIdsOf(db, records);
  const contacts = await contactsOf(db, personId);
  const contactOf = (wanted: string) => contacts.find(({ kind }) => kind === wanted)?.value;
  const { disputes } = await disputesOf(
    db,
    { personId, hidesSensitive: false },
    { after: undefined, limit: FILES_MOST },
  );
  const phone = contactOf("phone");
  return {
    name: person.fullName,
    birthOn: person.birthOn,
    birthPrecision: person.birthPrecision,
    phone: phone && maskNumber(phone),
    email: contactOf("email") && "•••",
    unit: await unitOf(house, records),
    files: await filesFrom(house, await findByIds(db, fileIds)),
    failed: await failedMessages(house, records, fileIds),
    ...(await accountOf(house, personId)),
    disputes: disputes.map(({ createdAt, answerDueOn, status }) => ({
      openedAt: createdAt,
      dueOn: answerDueOn,
      isOpen: status === "open",
    })),
    tickets: await ticketsAbout(db, { personIds: records, declarationIds: fileIds }, FILES_MOST),
  };
}

async function ofFile(house: House, declarationId: string): Promise<Matters> {
  const found = await findByIds(house.db, [declarationId]);
  const file = found.get(declarationId);
  return {
    name: file?.answers.name?.full ?? "",
    birthOn: file?.birthOn ?? "1900-01-01",
    birthPrecision: file?.birthPrecision ?? "day",
    phone: file?.phone ? maskNumber(file.phone) : undefined,
    email: file?.answers.email?.address ? "•••" : undefined,
    unit: undefined,
    files: await filesFrom(house, found),
    failed: await failedMessages(house, [], [declarationId]),
    account: "none",
    lockedUntil: undefined,
    disputes: [],
    tickets: await ticketsAbout(house.db, { personIds: [], declarationIds: [declarationId] }, FILES_MOST),
  };
}

async function filesFrom(house: House, found: ReadonlyMap<string, Declaration>): Promise<FileMatter[]> {
  const now = house.clock.now();
  const files = [...found.values()]
    .filter(({ status }) => status !== "draft")
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .slice(0, FILES_MOST);
  return Promise.all(files.map((file) => fileMatter(house, file, now)));
}

/** A file whose days are over is lapsed for everybody, whether the sweep has come by or not. */
export async function fileMatter({ db }: House, file: Declaration, now: Date): Promise<FileMatter> {
  const status = await shownStatus(db, file, now);
  const { code, confirmedAt, lapsesAt, noticeDueAt, decidedAt, batchedAt } = file;
  const canDeclareAgain = answersKeptUntil(file, status, now) !== undefined;
  return { code, status, confirmedAt, lapsesAt, noticeDueAt, decidedAt, batchedAt, canDeclareAgain };
}

async function failedMessages(
  house: House,
  personIds: readonly string[],
  declarationIds: readonly string[],
): Promise<NoticeView[]> {
  const since = house.clock.now().getTime() - SINCE_DAYS * 86_400_000;
  const search = { recipients: [], personIds, declarationIds, ownPersonIds: [] };
  const found = await searchNotices(house.db, { officeCodes: undefined }, search, MESSAGES_MOST);
  return found
    .filter((notice) => notice.class !== "code" && notice.channel !== "push" && notice.createdAt.getTime() > since)
    .filter((notice) => notice.state === "failed" || isUnconfirmed(notice))
    .slice(0, FILES_MOST);
}

async function accountOf(house: House, personId: string): Promise<Pick<Matters, "account" | "lockedUntil">> {
  const now = house.clock.now();
  const account = await findAccount(house.db, personId);
  const key = { subjectMarks: subjectMarks(house, personId), device: "" };
  const until = await lockedUntil(house.db, key);
  const locked = until && until > now ? until : undefined;
  const of = (state: AccountMatter) => ({ account: state, lockedUntil: locked });
  if (!account) return { account: "none", lockedUntil: undefined };
  if (account.status === "suspended" || account.status === "closed") return of(account.status);
  if (!account.first_signed_in_at) return of("waits");
  if (account.password_kind === "issued" || isPasswordOutlived(plainDate(account.password_set_on), now))
    return of("change");
  return of(isLimited(account, now) ? "limited" : "active");
}

async function unitOf(house: House, records: readonly string[]): Promise<Matters["unit"]> {
  const code = await unitOfPerson(house.db, records);
  return code ? { code, name: (await unitNames(house.db, [code])).get(code) ?? code } : undefined;
}
